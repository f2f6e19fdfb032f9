"""Refusals about cards and calculations."""

from collections.abc import Sequence
from typing import NamedTuple

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class WrongInput(NamedTuple):
    """One input that cannot be calculated with."""

    input: str
    code: str
    detail: str


class CardNotFound(NotFound):
    """No version of such a card is approved, or it is not the caller's to see."""

    code, title = "grant-card-not-found", "No such card"

    def __init__(self, card: str) -> None:
        super().__init__(f"There is no card {card} in a version that you may see.")


class InputsRefused(Unprocessable):
    """Inputs are missing, unknown or outside of what the card allows; each is named."""

    code, title = "calculation-inputs-refused", "The card cannot be calculated with this"

    def __init__(self, card: str, wrong: Sequence[WrongInput]) -> None:
        self.wrong = tuple(wrong)
        named = "; ".join(f"{one.input}: {one.detail}" for one in wrong)
        fields = [{"pointer": f"/inputs/{one.input}", "code": one.code, "detail": one.detail} for one in wrong]
        super().__init__(f"Card {card}: {named}", errors=fields)


class CalculationTooLarge(Unprocessable):
    """The lines come to less than nothing, or to more than any budget."""

    code, title = "calculation-out-of-range", "This comes to no grant"


class ExamplesDiffer(Unprocessable):
    """The card does not come to the figures that its own examples take from the source."""

    code, title = "card-examples-differ", "The card does not come to its own examples"


class CardVersionTaken(Conflict):
    """The card has another version of this number, or from this day in this project year."""

    code, title = "card-version-taken", "That version is taken"


class PublishedCardDiffers(Conflict):
    """An approved version came again with other content."""

    code, title = "published-card-differs", "A published card never changes"


class CardDecided(Conflict):
    """The draft has been decided."""

    code, title = "card-already-decided", "Already decided"


class SameCardPerson(Forbidden):
    """A card is approved by another person than the one who proposed it."""

    code, title = "card-needs-second-person", "Another person has to do this"
