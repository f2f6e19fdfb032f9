"""What figures say against a question. The bounds are this platform's, in the range that test makers use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

TOO_EASY = 0.95
TOO_HARD = 0.20
TELLS_LITTLE = 0.10
UNUSED_SHARE = 0.02
OFTEN_LEFT_OUT = 0.10


class Flag(StrEnum):
    """A reason to look at a question again."""

    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    TELLS_LITTLE = "tells_little"
    """Those who know the rest do hardly better at it."""
    MISLEADS = "misleads"
    """Those who know the rest do worse at it: perhaps its answer is wrong."""
    UNUSED_OPTION = "unused_option"
    OFTEN_LEFT_OUT = "often_left_out"


@dataclass(frozen=True)
class Figures:
    """What answers to a question came to."""

    shown: int
    answered: int
    facility: float
    discrimination: float | None
    """Point-biserial, with the marks of the rest of the paper; none where all did alike."""
    wrong_shares: Sequence[float]
    """Of each wrong option, how often it was chosen."""


def flags_of(figures: Figures) -> list[Flag]:
    """Why to look at a question again; none when nothing speaks against it."""
    return list(_flags(figures))


def _flags(figures: Figures) -> Iterable[Flag]:
    if figures.facility > TOO_EASY:
        yield Flag.TOO_EASY
    if figures.facility < TOO_HARD:
        yield Flag.TOO_HARD
    if figures.discrimination is not None and figures.discrimination < 0:
        yield Flag.MISLEADS
    elif figures.discrimination is not None and figures.discrimination < TELLS_LITTLE:
        yield Flag.TELLS_LITTLE
    if any(share < UNUSED_SHARE for share in figures.wrong_shares):
        yield Flag.UNUSED_OPTION
    if figures.answered < figures.shown * (1 - OFTEN_LEFT_OUT):
        yield Flag.OFTEN_LEFT_OUT
