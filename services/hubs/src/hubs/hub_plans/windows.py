"""When a plan may be handed in: within the network's window, or until the day that its national team gave the hub."""

from dataclasses import dataclass
from datetime import date

from hubs.networks.document import PlanWindow


@dataclass(frozen=True)
class Window:
    """The days of one plan; None has no bound."""

    opens_on: date | None
    closes_on: date | None
    open_until_on: date | None = None

    @classmethod
    def of(cls, network: PlanWindow, open_until_on: date | None) -> "Window":
        """The network's, and what was given to the hub."""
        return cls(network.opens_on, network.closes_on, open_until_on)

    def is_open(self, today: date) -> bool:
        """Whether the plan may be handed in on this day."""
        if self.open_until_on is not None and today <= self.open_until_on:
            return True
        return (self.opens_on is None or self.opens_on <= today) and (self.closes_on is None or today <= self.closes_on)

    def in_words(self) -> str:
        """When it is open."""
        opens = f"from {self.opens_on} " if self.opens_on else ""
        closes = f"until {self.closes_on}" if self.closes_on else "on"
        return f"Plans are taken in {opens}{closes}."
