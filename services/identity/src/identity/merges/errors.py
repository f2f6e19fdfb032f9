"""Refusals about merges, each named for what a person has to settle first."""

from chassis.errors import Conflict, Forbidden, NotFound


class MergeNotFound(NotFound):
    """There is no such merge, or it does not wait for what was asked."""

    code, title = "merge-not-found", "There is no such merge"


class MergeTakesTwo(Forbidden):
    """Neither one's own accounts nor one's own proposal."""

    code, title = "merge-takes-two", "This takes two administrators"

    def __init__(self) -> None:
        super().__init__("Somebody proposes it and somebody else decides, neither of them one of those merged.")


class PersonMergedAlready(Conflict):
    """One of the two goes by another id, or a proposal for them waits."""

    code, title = "person-merged-already", "Merged already, or proposed to be"


class MergedOnward(Conflict):
    """Later merges are taken back before earlier ones."""

    code, title = "merged-onward", "Merged again since"


class DifferentTeacherNumbers(Conflict):
    """A teacher has one number for life: two numbers are two people, or one of them is wrong."""

    code, title = "different-teacher-numbers", "Two different teacher reference numbers"


class NumberBetterProven(Conflict):
    """Both have the number, and that of the account to be merged is better proven."""

    code, title = "number-better-proven", "Keep the account whose number is better proven"


class MergedPersonHoldsRoles(Conflict):
    """What staff did is held against the id that did it."""

    code, title = "merged-person-holds-roles", "The account to be merged holds a role"


class ErasureStandsInTheWay(Conflict):
    """One of the two asked to be forgotten."""

    code, title = "erasure-stands-in-the-way", "One of them asked to be forgotten"


class SchoolToBeChosen(Conflict):
    """Both are at a school now, and it is not the same."""

    code, title = "school-to-be-chosen", "Say which school is the present one"


class PersonMerged(NotFound):
    """The id was merged into another."""

    code, title = "person-merged", "The person goes by another id"
