"""Turns what is held about a school into the facts that rules ask for, each with its source and date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from funding.areas.rules import Keys
from funding.areas.service import ACHIEVING_EXCELLENCE, OnList, where_all_on
from funding.base import Queryable
from funding.eligibility.models import EstablishmentType
from funding.policies.facts import LISTED, NOT_HELD, OF_TRUST, Fact, Scalar
from funding.schools.service import SchoolFacts, schools_of_trusts

BY_PHASE: dict[str, tuple[bool | None, bool | None, bool | None]] = {
    "nursery": (False, False, False),
    "primary": (True, False, False),
    "secondary": (False, True, None),
    "all_through": (True, True, None),
    "post_16": (False, False, True),
    "not_applicable": (None, None, None),
}
"""Whether a school of a phase teaches key stages 1–2, 3–4 and post-16, where the register gives no ages."""


@dataclass(frozen=True)
class TypeVerdict:
    """Our verdict on an establishment type."""

    name: str
    is_state_funded: bool
    is_disputed: bool


async def gather_facts(
    db: Queryable, school: SchoolFacts | None, on: date, asked: frozenset[str] = frozenset()
) -> dict[str, Fact]:
    """Every fact held about a school, by the lists that count on a day; of the lists, those that are asked for.

    Without a school there is none, and rules answer that a person must look.
    """
    return {} if school is None else (await gather_all_facts(db, [school], on, asked))[school.urn]


async def gather_all_facts(
    db: Queryable, schools: Sequence[SchoolFacts], on: date, asked: frozenset[str] = frozenset()
) -> dict[str, dict[str, Fact]]:
    """The same for any number of schools by their numbers, in as many queries as for one."""
    keys = {school.urn: _keys(school) for school in schools}
    verdicts = await _verdicts(db)
    areas = await where_all_on(db, ACHIEVING_EXCELLENCE, keys, on)
    found = {
        school.urn: school_facts(school, verdicts.get(school.establishment_type), areas[school.urn])
        for school in schools
    }
    for name in sorted(one for one in asked if one.startswith(LISTED)):
        for urn, standing in (await where_all_on(db, name.removeprefix(LISTED), keys, on)).items():
            found[urn][name] = listed_fact(standing)
    of_trusts = frozenset(name.removeprefix(OF_TRUST) for name in asked if name.startswith(OF_TRUST))
    if of_trusts:
        await _inherit(db, schools, on, of_trusts, found)
    return found


async def _inherit(
    db: Queryable, schools: Sequence[SchoolFacts], on: date, asked: frozenset[str], found: dict[str, dict[str, Fact]]
) -> None:
    """Facts of all schools of a school's trusts; nothing is known of a school whose trusts are not."""
    codes = {code for school in schools for code in school.trust_codes or ()}
    siblings = await schools_of_trusts(db, codes)
    theirs = await gather_all_facts(db, siblings, on, asked) if siblings else {}
    for school in schools:
        trusts = set(school.trust_codes or ())
        of_same = [one for one in siblings if trusts & set(one.trust_codes or ())]
        source = f"schools of trust {', '.join(sorted(trusts))}" if trusts else "the school is in no trust"
        for name in asked:
            members = tuple(theirs[one.urn].get(name, NOT_HELD) for one in of_same)
            found[school.urn][OF_TRUST + name] = Fact(
                source=source if school.trust_codes is not None else "the register names no trust",
                as_of=school.as_of_on,
                members=None if school.trust_codes is None else members,
                is_whole=school.trust_codes is not None,
            )


def _keys(school: SchoolFacts) -> Keys:
    trusts = None if school.trust_codes is None else frozenset(school.trust_codes)
    return Keys(school.urn, school.district_code, school.local_authority_code, trusts)


def listed_fact(found: OnList) -> Fact:
    """Whether the school is on a list. Where no list counts nobody is on it, and that is known."""
    is_listed = found.standing.is_listed if found.edition is not None else False
    return Fact(possible=() if is_listed is None else (is_listed,), source=found.source, as_of=found.as_of)


def school_facts(school: SchoolFacts, verdict: TypeVerdict | None, area: OnList) -> dict[str, Fact]:
    """The facts of a school; those that the register does not settle are there, with no possible value."""
    said = f"{school.source} (register facts, event {school.sequence})"

    def fact(value: Scalar | None, source: str = said) -> Fact:
        return Fact(possible=() if value is None else (value,), source=source, as_of=school.as_of_on)

    early, later, post_16 = _teaches(school)
    ages = f"{said}; from the ages taught" if school.highest_age is not None else f"{said}; from the phase"
    return {
        "school.is_open": fact(school.is_open),
        "school.is_in_england": fact(school.is_in_england),
        "school.is_state_funded": _state_funded(school, verdict, said),
        "school.phase": fact(None if school.phase == "not_applicable" else school.phase),
        "school.teaches_key_stages_1_2": fact(early, ages),
        "school.teaches_key_stages_3_4": fact(later, ages),
        "school.teaches_post_16": fact(post_16, ages),
        "school.offers_gcse_computer_science": fact(school.offers_gcse_computer_science),
        "area.category": Fact(possible=area.standing.categories, source=area.source, as_of=area.as_of),
    }


def _state_funded(school: SchoolFacts, verdict: TypeVerdict | None, said: str) -> Fact:
    """Our table of types decides. A disputed type, or a register that says the opposite, leaves it unknown."""
    if verdict is None:
        source = f"{said}; type {school.establishment_type} is not in our table"
        value = school.is_state_funded
    elif verdict.is_disputed:
        source, value = f"establishment types table: {verdict.name} is disputed", None
    elif school.is_state_funded not in (None, verdict.is_state_funded):
        source, value = f"establishment types table and {said} contradict each other on {verdict.name}", None
    else:
        source, value = f"establishment types table: {verdict.name}", verdict.is_state_funded
    return Fact(possible=() if value is None else (value,), source=source, as_of=school.as_of_on)


def _teaches(school: SchoolFacts) -> tuple[bool | None, bool | None, bool | None]:
    """Key stages 1–2 are ages 5 to 11, 3–4 ages 11 to 16. A school's highest age is that of leaving."""
    low, high = school.lowest_age, school.highest_age
    if low is None or high is None:
        return BY_PHASE.get(school.phase, (None, None, None))
    return low < 11 and high > 5, low < 16 and high > 11, high > 16


async def _verdicts(db: Queryable) -> dict[int, TypeVerdict]:
    table = EstablishmentType.__table__.c
    rows = await db.execute(select(table.code, table.name, table.is_state_funded, table.is_disputed))
    return {row.code: TypeVerdict(row.name, row.is_state_funded, row.is_disputed) for row in rows}
