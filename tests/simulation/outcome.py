"""What came of a seed, and how it is told when something was wrong."""

from dataclasses import dataclass

SHOWN = 40


@dataclass(frozen=True)
class Outcome:
    """The digest of all decisions, how many there were, and where everything stood in the end."""

    seed: int
    decisions: str
    steps: int
    states: tuple[str, ...]
    crashes: int


class Failed(AssertionError):
    """A seed at which something was not as it must be."""

    def __init__(self, kind: str, seed: int, trace: list[str], why: str) -> None:
        last = "\n".join(f"  {line}" for line in trace[-SHOWN:])
        again = f"./ncce test --campaign simulation_of_{kind} --seed {seed} --seeds 1"
        super().__init__(f"{kind}, seed {seed}, after {len(trace)} steps: {why}\n{last}\nAgain: {again}")
        self.seed = seed
