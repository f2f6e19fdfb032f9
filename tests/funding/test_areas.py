"""Categories of districts, across vintages."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select

from builders import a_teacher, anonymous
from chassis.ids import new_id
from contracts.hubs import AreaListApproved
from funding.areas.models import AreaCategory
from funding.areas.rules import Succession, categories_of, districts_then
from funding.areas.service import Categories, categories_of_district, hold_version
from funding.bursaries.models import BursaryDecision
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
    assert districts_then(code, SUCCESSIONS, LISTED_FROM) == then


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
    assert categories_of("X", listed, SUCCESSIONS, LISTED_FROM) == possible


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


async def categories(funding: ServiceHarness, code: str, on: date = TODAY) -> Categories:
    """What funding says of a district on a day."""
    async with funding.session() as session:
        return await categories_of_district(session, code, on)


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
    assert (before.possible, after.possible) == ((5,), (1,))
    assert "edition 2 (complete list)" in after.source
    await funding.seed("areas")
    assert await categories(funding, "E06000032") == after


async def test_a_list_counts_on_its_days_only(funding: ServiceHarness) -> None:
    later = {"valid_from_on": date(2027, 1, 1), "valid_to_on": date(2027, 8, 31)}
    [part] = the_list({"E06000032": (1,)}, **later)
    await funding.deliver(part)
    days = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 8, 31), date(2027, 9, 1))
    assert [(await categories(funding, "E06000032", on)).possible for on in days] == [(5,), (1,), (1,), (5,)]


async def test_a_list_in_older_codes_answers_for_the_districts_made_of_them(funding: ServiceHarness) -> None:
    made_of = {"E07000026": (5,), "E07000028": (5,), "E07000029": (6,)}
    for part in the_list(made_of):
        await funding.deliver(part, sequence=part.part)
    assert (await categories(funding, "E06000063")).possible == (5, 6)
    assert (await categories(funding, "E06000064")).possible == ()


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
        query = select(BursaryDecision.inputs).where(BursaryDecision.bursary_id == UUID(bursary["id"]))
        inputs = (await session.scalars(query)).all()
    assert sorted("edition 2 (complete list); district E07000200" in one for one in inputs) == [False, True]
