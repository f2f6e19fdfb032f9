"""Categories of districts, across vintages."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from funding.areas.models import AreaCategory, AreaList
from funding.areas.rules import Succession, categories_of, districts_then
from funding.areas.service import categories_of_district, import_list
from funding.seeds import read_lists
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


async def test_an_import_that_changes_nothing_adds_no_edition_and_a_fuller_list_adds_one(
    funding: ServiceHarness,
) -> None:
    held = next(one for one in read_lists() if one.scheme == "achieving-excellence-areas")
    fuller = held.model_copy(
        update={"areas": (*held.areas, held.areas[0].model_copy(update={"area_code": "E07000001", "categories": (2,)}))}
    )
    async with funding.session() as session:
        assert not await import_list(session, held)
        before = await categories_of_district(session, "E07000001")
        assert await import_list(session, fuller)
        after = await categories_of_district(session, "E07000001")
        assert (before.possible, after.possible) == ((), (2,))
        assert "edition 2" in after.source
        assert replace(before, possible=(2,), source=after.source) == after
        query = select(func.count()).select_from(AreaList).where(AreaList.scheme == held.scheme)
        assert (await session.execute(query)).scalar_one() == 2
        kept = select(func.count()).select_from(AreaCategory).where(AreaCategory.edition == 1)
        assert (await session.execute(kept)).scalar_one() == 122
