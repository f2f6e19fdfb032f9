"""Where a district or a school stands on a list; no database here. What is not known stays unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.hubs import AreaKeyType


@dataclass(frozen=True)
class Succession:
    """One district or authority became, or became part of, another on a day."""

    old_code: str
    new_code: str
    effective_on: date


@dataclass(frozen=True)
class Keys:
    """By what a list may name a school; None: not known. A school in no trust has an empty set of them."""

    district: str | None = None
    local_authority: str | None = None
    urn: str | None = None
    trusts: frozenset[str] | None = None


@dataclass(frozen=True)
class Listed:
    """A list as far as it may name somebody: those of its codes that were asked for, and what it says of itself."""

    key_type: AreaKeyType
    categories: Mapping[str, Sequence[int]]
    is_complete: bool
    is_plain: bool
    """Whether it has no categories: everything on it is simply on it."""
    codes_on: date
    """The day as of which its codes are read."""


@dataclass(frozen=True)
class Standing:
    """Whether somebody is on a list (None: not known), the categories they may be in, and the codes that say so."""

    is_listed: bool | None
    categories: tuple[int, ...]
    codes: frozenset[str]


def codes_then(code: str, successions: Sequence[Succession], on: date) -> frozenset[str]:
    """The codes on another day of what has this code; itself when it neither began after that day nor ended by it."""
    made_of = [one.old_code for one in successions if one.new_code == code and one.effective_on > on]
    became = [one.new_code for one in successions if one.old_code == code and one.effective_on <= on]
    if others := made_of or became:
        return frozenset().union(*(codes_then(other, successions, on) for other in others))
    return frozenset({code})


def codes_of(keys: Keys, key_type: AreaKeyType, successions: Sequence[Succession], on: date) -> frozenset[str]:
    """Every code by which a list of that day may name somebody; none when that is not known."""
    if key_type == "trust":
        return keys.trusts or frozenset()
    code = _code(keys, key_type)
    if code is None:
        return frozenset()
    return codes_then(code, successions, on) | {code}


def standing_on(listed: Listed, keys: Keys, successions: Sequence[Succession]) -> Standing:
    """Where somebody stands on a list. Absence from a partial one, and from one with categories, says nothing."""
    if listed.key_type == "trust":
        return _standing_of_trusts(listed, keys.trusts)
    code = _code(keys, listed.key_type)
    if code is None:
        return Standing(None, (), frozenset())
    # A code that is on the list itself needs no tracing.
    codes = frozenset({code})
    if code not in listed.categories:
        codes = codes_then(code, successions, listed.codes_on)
    found = codes & listed.categories.keys()
    # What was several on the list's day is settled only when all of them are on it, or none is.
    if found == codes:
        return _on(listed, codes)
    says_no = not found and listed.is_complete and listed.is_plain
    return Standing(False if says_no else None, (), codes)


def _standing_of_trusts(listed: Listed, trusts: frozenset[str] | None) -> Standing:
    if trusts is None:
        return Standing(None, (), frozenset())
    if found := trusts & listed.categories.keys():
        return _on(listed, found)
    says_no = listed.is_plain and (listed.is_complete or not trusts)
    return Standing(False if says_no else None, (), trusts)


def _on(listed: Listed, codes: frozenset[str]) -> Standing:
    return Standing(True, tuple(sorted({category for code in codes for category in listed.categories[code]})), codes)


def _code(keys: Keys, key_type: AreaKeyType) -> str | None:
    return {"district": keys.district, "local_authority": keys.local_authority, "urn": keys.urn}[key_type]
