"""Pure rules of duplicates: how likely two accounts are one person's, and what forbids merging them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from identity.merges.errors import (
    DifferentTeacherNumbers,
    ErasureStandsInTheWay,
    MergedPersonHoldsRoles,
    NumberBetterProven,
    PersonMergedAlready,
    SchoolToBeChosen,
)
from identity.teacher_numbers.models import Standing

Reason = Literal[
    "same_teacher_number", "same_federated_subject", "same_name_same_time_same_school", "same_name_same_school",
    "same_name", "address_looks_mistyped",
]  # fmt: skip

SCORES: dict[Reason, int] = {
    "same_teacher_number": 60,
    "same_federated_subject": 50,
    "same_name_same_time_same_school": 35,
    "same_name_same_school": 25,
    "same_name": 15,
    "address_looks_mistyped": 5,
}
"""What a reason adds, of a hundred. An address is a hint and never a reason by itself."""
STANDINGS = list(Standing)


@dataclass(frozen=True)
class Alike:
    """What two accounts have in common."""

    teacher_number: bool = False
    federated_subject: bool = False
    name: bool = False
    school: bool = False
    time_at_school: bool = False
    addresses: tuple[str, str] | None = None


def reasons_of(alike: Alike) -> list[Reason]:
    """Why two accounts may be one person's, the strongest reason first."""
    found: list[Reason] = []
    if alike.teacher_number:
        found.append("same_teacher_number")
    if alike.federated_subject:
        found.append("same_federated_subject")
    if alike.name and alike.time_at_school:
        found.append("same_name_same_time_same_school")
    elif alike.name and alike.school:
        found.append("same_name_same_school")
    elif alike.name and found:
        found.append("same_name")
    if found and alike.addresses is not None and is_mistyped(*alike.addresses):
        found.append("address_looks_mistyped")
    return found


def score(reasons: Sequence[Reason]) -> int:
    """How likely it is, up to 100."""
    return min(100, sum(SCORES[reason] for reason in reasons))


def is_mistyped(one: str, other: str) -> bool:
    """Whether the part before the @ differs by one slip: a letter too many, too few, another, or two swapped."""
    first, _, domain = one.rpartition("@")
    second, _, other_domain = other.rpartition("@")
    if domain != other_domain or first == second or abs(len(first) - len(second)) > 1:
        return False
    start = _common(first, second)
    end = min(_common(first[::-1], second[::-1]), min(len(first), len(second)) - start)
    left, right = first[start : len(first) - end], second[start : len(second) - end]
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


@dataclass(frozen=True)
class Side:
    """One of two people to be merged, as far as it can forbid that."""

    trn: str | None = None
    standing: Standing | None = None
    school_urn: str | None = None
    holds_role: bool = False
    goes_by_another: bool = False
    asked_to_be_forgotten: bool = False


def refuse(kept: Side, merged: Side, present_school: str | None) -> None:
    """Raise what a person has to settle before two are merged."""
    if kept.goes_by_another or merged.goes_by_another:
        raise PersonMergedAlready("One of the two goes by another id already. Merge into that one.")
    if kept.asked_to_be_forgotten or merged.asked_to_be_forgotten:
        raise ErasureStandsInTheWay("Wait until it is carried out or cancelled.")
    if merged.holds_role:
        raise MergedPersonHoldsRoles("End its roles first, or keep that account and merge the other one into it.")
    if kept.trn and merged.trn and kept.trn != merged.trn:
        raise DifferentTeacherNumbers("Find out which number is right and correct the other, or leave them apart.")
    if kept.standing and merged.standing and STANDINGS.index(merged.standing) > STANDINGS.index(kept.standing):
        raise NumberBetterProven("Merge the other way round, or verify the number of the account that is kept.")
    if needs_choice(kept, merged) and present_school is None:
        raise SchoolToBeChosen("Both have a present school. Say whose it is: `kept` or `merged`.")


def needs_choice(kept: Side, merged: Side) -> bool:
    """Whether both are at a school now, and not at the same."""
    return bool(kept.school_urn and merged.school_urn and kept.school_urn != merged.school_urn)
