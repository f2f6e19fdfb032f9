"""Where a school stands on a list, by its number, trusts, authority or district; what is not known stays unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

KeyType = Literal["district", "local_authority", "urn", "trust"]


@dataclass(frozen=True)
class Succession:
    """One district or authority became, or became part of, another on a day."""

    old_code: str
    new_code: str
    effective_from: date


@dataclass(frozen=True)
class Keys:
    """By what a list may name a school; None: not known. A school in no trust has an empty set of them."""

    urn: str | None = None
    district: str | None = None
    local_authority: str | None = None
    trusts: frozenset[str] | None = None


@dataclass(frozen=True)
class Listed:
    """A list as far as it may name a school: those of its codes that were asked for, and what it says of itself."""

    key_type: KeyType
    categories: Mapping[str, Sequence[int]]
    is_complete: bool
    is_plain: bool
    """Whether it has no categories: everything on it is simply on it."""
    codes_on: date
    """The day as of which its codes are read."""


@dataclass(frozen=True)
class Standing:
    """Whether a school is on a list (None: not known), and the categories it may be in (none: not known)."""

    is_listed: bool | None
    categories: tuple[int, ...]


UNKNOWN = Standing(None, ())


def codes_then(code: str, successions: Sequence[Succession], on: date) -> frozenset[str]:
    """The codes on another day of what has this code; itself when it neither began after that day nor ended by it."""
    made_of = [one.old_code for one in successions if one.new_code == code and one.effective_from > on]
    became = [one.new_code for one in successions if one.old_code == code and one.effective_from <= on]
    if others := made_of or became:
        return frozenset().union(*(codes_then(other, successions, on) for other in others))
    return frozenset({code})


def codes_of(keys: Keys, key_type: KeyType, successions: Sequence[Succession], on: date) -> frozenset[str]:
    """Every code by which a list of that day may name a school; none when that is not known."""
    if key_type == "trust":
        return keys.trusts or frozenset()
    code = code_of(keys, key_type)
    return frozenset() if code is None else codes_then(code, successions, on) | {code}


def standing_on(listed: Listed, keys: Keys, successions: Sequence[Succession]) -> Standing:
    """Where a school stands. Absence from a partial list, and from one with categories, says nothing.

    A complete list of categories has every area, so that absence from it is a fault of the list or of the code.
    """
    if listed.key_type == "trust":
        return _standing_of_trusts(listed, keys.trusts)
    code = code_of(keys, listed.key_type)
    if code is None:
        return UNKNOWN
    codes = frozenset({code})
    if code not in listed.categories:  # a code that is on the list itself needs no tracing
        codes = codes_then(code, successions, listed.codes_on)
    found = codes & listed.categories.keys()
    # What was several on the list's day is settled only when all of them are on it, or none is.
    if found == codes:
        return _on(listed, codes)
    return Standing(False, ()) if not found and listed.is_complete and listed.is_plain else UNKNOWN


def _standing_of_trusts(listed: Listed, trusts: frozenset[str] | None) -> Standing:
    if trusts is None:
        return UNKNOWN
    if found := trusts & listed.categories.keys():
        return _on(listed, found)
    return Standing(False, ()) if listed.is_plain and (listed.is_complete or not trusts) else UNKNOWN


def _on(listed: Listed, codes: frozenset[str]) -> Standing:
    return Standing(True, tuple(sorted({category for code in codes for category in listed.categories[code]})))


def code_of(keys: Keys, key_type: KeyType) -> str | None:
    """The one code of a school for lists of this kind; a school has any number of trusts."""
    codes = {"urn": keys.urn, "district": keys.district, "local_authority": keys.local_authority}
    return codes[key_type]


def end_of(vintage: str) -> date:
    """The day by which a list's codes are read: the last of the year of its vintage."""
    return date(int(vintage), 12, 31)
