"""Which categories a district may be in, by a list of its own or an older vintage of districts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Succession:
    """One district became, or became part of, another on a day."""

    old_code: str
    new_code: str
    effective_from: date


def districts_then(code: str, successions: Sequence[Succession], on: date) -> frozenset[str]:
    """The districts of an earlier day out of which today's district was made; itself when it is no younger."""
    before = [one.old_code for one in successions if one.new_code == code and one.effective_from > on]
    if not before:
        return frozenset({code})
    return frozenset().union(*(districts_then(old, successions, on) for old in before))


def categories_of(
    code: str, listed: Mapping[str, Sequence[int]], successions: Sequence[Succession], codes_on: date
) -> tuple[int, ...]:
    """The categories the district may be in; empty when unknown. The list is written in the codes of `codes_on`.

    A merged district takes the categories of all it was made from: alike, they settle it; when one of them is not on
    the list, nothing is known. A district that is not on a list is unknown, never "no": a complete list of categories
    has every district, so its absence is a fault of the list or of the code.
    """
    if code in listed:
        return tuple(sorted(listed[code]))
    then = districts_then(code, successions, codes_on)
    if any(old not in listed for old in then):
        return ()
    return tuple(sorted({category for old in then for category in listed[old]}))


def end_of(vintage: str) -> date:
    """The day by which a list's codes are read: the last of the year of its vintage."""
    return date(int(vintage), 12, 31)
