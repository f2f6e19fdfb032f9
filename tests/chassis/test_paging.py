"""Pages by key: complete, ordered, stable while rows are written; a made-up cursor is refused."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_teacher
from chassis import clock, paging
from chassis.ids import new_id
from chassis.paging import CursorInvalid, Page, PageOf
from harness import ServiceHarness
from sample_service.models import Membership

START = clock.now()


def a_membership(teacher: UUID | None, minute: int, badge: str) -> Membership:
    """A membership of so many minutes ago; several may share a minute."""
    joined_at = START + timedelta(minutes=minute)
    return Membership(id=new_id(), teacher_id=teacher, hub_id=new_id(), badge=badge, version=1, joined_at=joined_at)


async def add(sample: ServiceHarness, *memberships: Membership) -> None:
    """Store memberships."""
    async with sample.session() as session:
        session.add_all(memberships)


async def test_pages_are_complete_and_ordered_while_others_write(sample: ServiceHarness) -> None:
    teacher = a_teacher()
    await add(sample, *(a_membership(teacher.id, number // 3, f"b{number:02}") for number in range(10)))
    client = await sample.client(teacher)
    seen: list[str] = []
    cursor: str | None = None
    for page_number in range(4):
        after = f"&cursor={cursor}" if cursor else ""
        page = (await client.get(f"/v1/memberships?limit=3{after}")).json()
        seen += [row["badge"] for row in page["data"]]
        cursor = page["page"]["next_cursor"]
        assert page["page"]["has_more"] is (cursor is not None)
        # Rows before the page just read neither repeat nor hide any that follow.
        await add(sample, a_membership(teacher.id, -1, f"late{page_number}"))
    assert cursor is None
    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == 10


async def test_a_page_holds_fifty_rows_unless_asked_otherwise(sample: ServiceHarness) -> None:
    teacher = a_teacher()
    await add(sample, *(a_membership(teacher.id, number, f"b{number}") for number in range(51)))
    client = await sample.client(teacher)
    assert len((await client.get("/v1/memberships")).json()["data"]) == 50
    assert len((await client.get("/v1/memberships?limit=100")).json()["data"]) == 51


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many"])
async def test_a_page_size_out_of_bounds_is_refused(sample: ServiceHarness, limit: str) -> None:
    client = await sample.client(a_teacher())
    reply = await client.get("/v1/memberships", params={"limit": limit})
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (422, "limit")


MADE_UP = [
    "x",
    "é",
    "W10",
    paging.encode(()),
    paging.encode(("yesterday", str(new_id()))),
    paging.encode((START.isoformat(), "7")),
    paging.encode((START.isoformat(),)),
    paging.encode((START.isoformat(), str(new_id()), "more")),
]


@pytest.mark.parametrize("cursor", MADE_UP, ids=range(len(MADE_UP)))  # ids that two workers of one run agree on
async def test_a_made_up_cursor_is_refused(sample: ServiceHarness, cursor: str) -> None:
    client = await sample.client(a_teacher())
    reply = await client.get("/v1/memberships", params={"cursor": cursor})
    assert (reply.status_code, reply.json()["code"]) == (400, "cursor-invalid")


@given(st.lists(st.text(max_size=20), max_size=4))
def test_a_cursor_carries_its_key_unchanged(key: list[str]) -> None:
    assert paging.decode(paging.encode(key)) == tuple(key)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_cursor(cursor: str) -> None:
    with suppress(CursorInvalid):
        paging.decode(cursor)


@dataclass(frozen=True)
class Row:
    """A row with one sort key."""

    key: str


@given(st.lists(st.integers(0, 99), unique=True), st.integers(1, 7))
def test_walking_the_pages_visits_every_row_once(numbers: Sequence[int], limit: int) -> None:
    rows = [Row(f"{number:02}") for number in sorted(numbers)]
    seen: list[Row] = []
    request: PageOf | None = PageOf(limit)
    while request is not None:
        after = request.after
        left = [row for row in rows if after is None or row.key > after[0]][: limit + 1]
        page = Page[Row].model_validate(Page.of(left, request, key=lambda row: (row.key,)))
        seen += page.data
        cursor = page.page.next_cursor
        request = PageOf(limit, paging.decode(cursor)) if cursor else None
    assert seen == rows
