"""Categories of districts, across vintages."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from builders import a_teacher, anonymous
from chassis.ids import new_id
from contracts.hubs import AreaListApproved
from funding.areas.models import AreaCategory
from funding.areas.rules import Keys, KeyType, Listed, Standing, Succession, codes_then, standing_on
from funding.areas.service import ACHIEVING_EXCELLENCE, OnList, hold_version, where_on
from funding.bursaries.models import BursaryDecision
from funding.impacts.service import work_off
from funding.seeds import read_lists
from funding_facts import Steps, booking_placed, school_changed
from harness import ServiceHarness

LISTED_FROM = date(2016, 3, 17)
SUCCESSIONS = [
    Succession("A", "X", date(2019, 4, 1)),
    Succession("B", "X", date(2019, 4, 1)),
    Succession("X", "Y", date(2023, 4, 1)),
    Succession("C", "Y", date(2023, 4, 1)),
    Succession("OLD", "NEW", date(2013, 4, 1)),
    Succession("D", "D2", date(2025, 4, 1)),
]


@pytest.mark.parametrize(
    ("code", "then"),
    [("A", {"A"}), ("X", {"A", "B"}), ("Y", {"A", "B", "C"}), ("NEW", {"NEW"}), ("D2", {"D"}), ("Z", {"Z"})],
)
def test_a_district_is_traced_back_to_the_lists_vintage(code: str, then: set[str]) -> None:
    assert codes_then(code, SUCCESSIONS, LISTED_FROM) == then


@pytest.mark.parametrize(("code", "then"), [("A", {"Y"}), ("X", {"Y"}), ("D", {"D2"}), ("Y", {"Y"}), ("Z", {"Z"})])
def test_a_code_that_ended_before_the_list_is_traced_forward(code: str, then: set[str]) -> None:
    assert codes_then(code, SUCCESSIONS, date(2025, 12, 31)) == then


@pytest.mark.parametrize(
    ("listed", "possible"),
    [
        ({"A": [5], "B": [5]}, (5,)),
        ({"A": [5], "B": [6]}, (5, 6)),
        ({"A": [5], "B": [1]}, (1, 5)),
        ({"A": [5]}, ()),
        ({}, ()),
        ({"X": [2], "A": [5], "B": [5]}, (2,)),
    ],
    ids=["alike", "both-priority", "different", "one-missing", "none", "listed-itself"],
)
def test_a_merged_district_is_settled_only_when_all_it_was_made_from_agree(
    listed: dict[str, list[int]], possible: tuple[int, ...]
) -> None:
    found = standing_on(Listed("district", listed, True, False, LISTED_FROM), Keys(district="X"), SUCCESSIONS)
    assert found == Standing(True if possible else None, possible)


SCHOOL = Keys("900001", "E1", "383", frozenset({"2087"}))
NOWHERE = Keys("900001", None, None, None)
NO_TRUST = Keys("900001", "E1", "383", frozenset())


@pytest.mark.parametrize(
    ("key_type", "codes", "keys", "partial", "complete"),
    [
        ("urn", {"900001"}, SCHOOL, True, True),
        ("urn", {"900002"}, SCHOOL, None, False),
        ("district", {"E1"}, SCHOOL, True, True),
        ("district", {"E2"}, SCHOOL, None, False),
        ("district", {"E1"}, NOWHERE, None, None),
        ("local_authority", {"383"}, SCHOOL, True, True),
        ("local_authority", {"331"}, SCHOOL, None, False),
        ("local_authority", {"383"}, NOWHERE, None, None),
        ("trust", {"2087"}, SCHOOL, True, True),
        ("trust", {"2088"}, SCHOOL, None, False),
        ("trust", {"2087"}, NOWHERE, None, None),
        ("trust", {"2087"}, NO_TRUST, False, False),
    ],
)
def test_absence_says_no_only_on_a_complete_list_and_only_when_the_key_is_known(
    key_type: KeyType, codes: set[str], keys: Keys, partial: bool | None, complete: bool | None
) -> None:
    for is_complete, expected in ((False, partial), (True, complete)):
        listed = Listed(key_type, dict.fromkeys(codes, ()), is_complete, True, LISTED_FROM)
        assert standing_on(listed, keys, []).is_listed is expected
        with_categories = Listed(key_type, dict.fromkeys(codes, (5,)), is_complete, False, LISTED_FROM)
        assert standing_on(with_categories, keys, []) == Standing(expected or None, (5,) if expected else ())


def test_an_authority_is_traced_to_what_it_was_part_of() -> None:
    parts = [Succession("909", "942", date(2023, 4, 1)), Succession("909", "943", date(2023, 4, 1))]
    for code, vintage, is_listed in (("942", 2022, True), ("942", 2024, False), ("383", 2022, False)):
        listed = Listed("local_authority", {"909": ()}, True, True, date(vintage, 12, 31))
        assert standing_on(listed, Keys(local_authority=code), parts).is_listed is is_listed


TODAY = date(2026, 11, 22)


def the_list(areas: Mapping[str, tuple[int, ...]], **facts: object) -> list[AreaListApproved]:
    """A version of the category list as hubs tells of it, one area to a part."""
    known: dict[str, object] = {
        "list_id": new_id(),
        "scheme": "achieving-excellence-areas",
        "list_version": 2,
        "title": "Achieving excellence areas",
        "key_type": "district",
        "vintage": "2018",
        "valid_from_on": date(2026, 11, 1),
        "valid_to_on": None,
        "completeness": "complete",
        "source": "the department's own file",
        "checksum": "c" * 64,
        "size": len(areas),
        "parts": len(areas),
    }
    rows = [
        {"area_code": code, "area_name": code, "categories": categories, "basis": ""}
        for code, categories in areas.items()
    ]
    return [
        AreaListApproved.model_validate(known | facts | {"part": number, "areas": [row]})
        for number, row in enumerate(rows, start=1)
    ]


async def categories(funding: ServiceHarness, code: str, on: date = TODAY) -> OnList:
    """What funding says of a district on a day."""
    async with funding.session() as session:
        return await where_on(session, ACHIEVING_EXCELLENCE, Keys("900001", code), on)


async def test_a_version_is_held_once_and_the_reference_lists_stay_the_first(funding: ServiceHarness) -> None:
    held = next(one for one in read_lists() if one.scheme == "achieving-excellence-areas")
    other = held.model_copy(update={"areas": held.areas[:1]})
    async with funding.session() as session:
        assert not await hold_version(session, other, 1)
        query = select(func.count()).select_from(AreaCategory).where(AreaCategory.scheme == held.scheme)
        assert (await session.execute(query)).scalar_one() == len(held.areas)


async def test_a_list_counts_when_all_its_parts_are_there_in_whatever_order(funding: ServiceHarness) -> None:
    parts = the_list({"E07000001": (2,), "E07000004": (6,), "E06000032": (1,)})
    before = await categories(funding, "E06000032")
    for part in (parts[2], parts[0]):
        await funding.deliver(part, times=2, sequence=part.part)
        assert await categories(funding, "E06000032") == before
    await funding.deliver(parts[1], sequence=2)
    after = await categories(funding, "E06000032")
    assert (before.standing.categories, after.standing.categories) == ((5,), (1,))
    assert "edition 2 (complete list)" in after.source
    await funding.seed("areas")
    assert await categories(funding, "E06000032") == after


async def test_a_list_counts_on_its_days_only(funding: ServiceHarness) -> None:
    later = {"valid_from_on": date(2027, 1, 1), "valid_to_on": date(2027, 8, 31)}
    [part] = the_list({"E06000032": (1,)}, **later)
    await funding.deliver(part)
    days = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 8, 31), date(2027, 9, 1))
    assert [(await categories(funding, "E06000032", on)).standing.categories for on in days] == [(5,), (1,), (1,), (5,)]


async def test_a_list_in_older_codes_answers_for_the_districts_made_of_them(funding: ServiceHarness) -> None:
    made_of = {"E07000026": (5,), "E07000028": (5,), "E07000029": (6,)}
    for part in the_list(made_of):
        await funding.deliver(part, sequence=part.part)
    assert (await categories(funding, "E06000063")).standing.categories == (5, 6)
    assert (await categories(funding, "E06000064")).standing.categories == ()


async def test_a_new_list_changes_the_public_answer(funding: ServiceHarness) -> None:
    await funding.deliver(school_changed())
    client = await funding.client(anonymous())
    before = (await client.get("/v1/eligibility", params={"urn": "900001"})).json()
    [part] = the_list({"E06000032": (1,)}, valid_from_on=date(2016, 3, 17))
    await funding.deliver(part)
    after = (await client.get("/v1/eligibility", params={"urn": "900001"})).json()
    found = [{rule["rule"]: rule["outcome"] for rule in answer["rules"]} for answer in (before, after)]
    assert found[0] != found[1]


async def test_what_waited_for_a_list_is_decided_when_it_comes(steps: Steps) -> None:
    teacher = a_teacher()
    booking = booking_placed(teacher, phase="post_16")
    await steps.funding.deliver(school_changed(district_code="E07000200"))
    await steps.funding.deliver(booking)
    bursary = await steps.apply(teacher, booking)
    assert bursary["status"] == "needs_review"
    [part] = the_list({"E07000200": (5,)}, valid_from_on=date(2016, 3, 17))
    await steps.funding.deliver(part)
    async with steps.funding.session() as session:
        assert await work_off(session) == 1
    async with steps.funding.session() as session:
        query = select(BursaryDecision.inputs).where(BursaryDecision.bursary_id == UUID(bursary["id"]))
        inputs = (await session.scalars(query)).all()
    assert sorted("edition 2 (complete list); district E07000200" in one for one in inputs) == [False, True]


KEYED: dict[str, Any] = {"local_authority_code": "383", "trust_codes": ("2087",)}


@pytest.mark.parametrize(
    ("key_type", "code", "otherwise"),
    [
        ("urn", "900001", {}),
        ("district", "E08000035", {"district_code": None}),
        ("local_authority", "383", {"local_authority_code": None}),
        ("trust", "2087", {"trust_codes": None}),
    ],
)
async def test_the_category_is_decided_by_whatever_the_list_names_schools_by(
    steps: Steps, key_type: str, code: str, otherwise: dict[str, Any]
) -> None:
    client = await steps.funding.client(anonymous())

    async def free_place() -> tuple[str, str]:
        rules = (await client.get("/v1/eligibility", params={"urn": "900001"})).json()["rules"]
        [found] = [one for one in rules if one["rule"] == "cpd-free-place"]
        return found["outcome"], next(one["source"] for one in found["criteria"] if one["fact"] == "area.category")

    await steps.funding.deliver(school_changed(district_code="E08000035", **KEYED))
    assert (await free_place())[0] == "needs_review"
    [part] = the_list({code: (5,)}, key_type=key_type, completeness="partial")
    await steps.funding.deliver(part)
    outcome, source = await free_place()
    assert outcome == "eligible"
    assert f"edition 2 (partial list); {'school' if key_type == 'urn' else key_type.split('_')[-1]} {code}" in source
    for facts in ({**KEYED, **otherwise},) if otherwise else ():
        await steps.funding.deliver(school_changed(**{"district_code": "E08000035", **facts}), sequence=2)
        assert (await free_place())[0] == "needs_review"


@pytest.mark.parametrize(("completeness", "outcome"), [("partial", "needs_review"), ("complete", "ineligible")])
async def test_a_list_of_named_schools_adds_to_the_categories_and_absence_says_no_only_when_it_is_complete(
    steps: Steps, completeness: str, outcome: str
) -> None:
    client = await steps.funding.client(anonymous())

    async def free_place(urn: str) -> str:
        rules = (await client.get("/v1/eligibility", params={"urn": urn})).json()["rules"]
        return next(str(one["outcome"]) for one in rules if one["rule"] == "cpd-free-place")

    [known] = the_list({"E08000035": (2,)})
    await steps.funding.deliver(known)
    for urn in ("900001", "900002"):
        await steps.funding.deliver(school_changed(urn, district_code="E08000035"))
        assert await free_place(urn) == "ineligible", "no list names any school"
    [named] = the_list({"900001": ()}, scheme="priority-schools", key_type="urn", completeness=completeness)
    await steps.funding.deliver(named)
    assert (await free_place("900001"), await free_place("900002")) == ("eligible", outcome)
