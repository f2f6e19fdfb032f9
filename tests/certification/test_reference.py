"""Reference data, the catalogue and the schemes as the public reads them."""

from collections import Counter
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from builders import a_teacher, anonymous
from certification.activities.schemas import ActivityRecord
from certification.app import SERVICE
from certification.diagnostics.schemas import PathwayRecord
from certification.reference import read
from certification.schemes.seed import PublishedVersionChanged
from chassis import migrate
from harness import Databases, ServiceHarness

TABLES = ("scheme", "scheme_version", "scheme_case", "activity", "pathway", "diagnostic", "diagnostic_case")


async def snapshot(certification: ServiceHarness) -> dict[str, list[object]]:
    async with certification.session() as session:
        rows = {table: (await session.execute(text(f"SELECT t::text FROM {table} t ORDER BY 1"))) for table in TABLES}
        return {table: list(found.scalars()) for table, found in rows.items()}


async def test_loading_again_changes_nothing_and_announces_nothing(certification: ServiceHarness) -> None:
    before = await snapshot(certification)
    await certification.seed()
    assert await snapshot(certification) == before
    assert {table: len(rows) for table, rows in before.items()} == {
        "scheme": 5,
        "scheme_version": 18,
        "scheme_case": 51,
        "activity": 446,
        "pathway": 14,
        "diagnostic": 2,
        "diagnostic_case": 14,
    }
    async with certification.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM outbox")) == 0


@pytest.mark.parametrize("table", ["scheme_version", "diagnostic"])
async def test_a_published_version_cannot_be_changed(certification: ServiceHarness, table: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        async with certification.session() as session:
            await session.execute(text(f"UPDATE {table} SET source = 'rumour'"))


@pytest.mark.parametrize(
    ("table", "column", "seed"), [("scheme_version", "rules", "schemes"), ("diagnostic", "definition", "diagnostics")]
)
async def test_a_file_that_differs_from_a_loaded_version_is_refused(
    certification: ServiceHarness, table: str, column: str, seed: str
) -> None:
    async with certification.session() as session:
        await session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        await session.execute(text(f"UPDATE {table} SET {column} = {column} || '{{\"extra\": 1}}'"))
    with pytest.raises(PublishedVersionChanged):
        await certification.seed(seed)


def test_the_catalogue_is_whole_and_its_references_hold() -> None:
    activities = {one.code: one for one in read("activities.json", ActivityRecord)}
    assert len(activities) == 446
    assert Counter(one.mode for one in activities.values()) == {
        "face_to_face": 146,
        "live_remote": 97,
        "online": 145,
        "community": 56,
        "diagnostic": 1,
        "assessment": 1,
    }
    assert all("<" not in one.title for one in activities.values())
    mentioned = {code for one in read("pathways.json", PathwayRecord) for code in (*one.courses, *one.community)}
    assert mentioned <= set(activities)
    canonical = {one.counts_as for one in activities.values()}
    assert all(activities[code].counts_as == code for code in canonical & set(activities))


def test_community_activity_that_teachers_record_can_reach_the_25_credits() -> None:
    worth: dict[str, Decimal] = {}
    for one in read("activities.json", ActivityRecord):
        if one.self_certifiable:
            assert one.component == "community"
            worth[one.counts_as] = max(one.published_credits, worth.get(one.counts_as, Decimal(0)))
    assert len(worth) == 43
    assert {Decimal(5), Decimal(10), Decimal(20)} == set(worth.values())
    assert sum(worth.values()) > 25


async def test_anyone_may_read_schemes_with_their_versions_and_sources(certification: ServiceHarness) -> None:
    reply = await (await certification.client(anonymous())).get("/v1/schemes")
    schemes = {one["slug"]: one for one in reply.json()["data"]}
    assert set(schemes) == {"primary", "secondary", "gcse_subject_knowledge", "a_level", "i_belong"}
    [version] = [one for one in schemes["gcse_subject_knowledge"]["versions"] if one["standing"] == "in_force"]
    assert (version["version"], version["effective_from"], version["rules"]["assessment_required"]) == (
        1,
        "2019-02-01",
        True,
    )
    [rate] = [one["credits"] for one in version["rules"]["credits"] if one["kind"] == "cpd"]
    assert rate == "1.5"
    assert "2019" in version["source"]


async def test_the_catalogue_is_searched_by_category_and_words(certification: ServiceHarness) -> None:
    client = await certification.client(anonymous())
    page = (await client.get("/v1/activities", params={"category": "community", "limit": 100})).json()
    assert len(page["data"]) == 56
    assert page["page"] == {"next_cursor": None, "has_more": False}
    found = (await client.get("/v1/activities", params={"q": "co206"})).json()["data"]
    assert [(one["code"], one["counts_as"], one["published_credits"]) for one in found] == [
        ("CO206", "CO206", "20"),
        ("CO206R", "CO206", "20"),
    ]
    assert (await client.get("/v1/activities", params={"q": "100%_"})).json()["data"] == []
    assert (await client.get("/v1/activities", params={"category": "juggling"})).status_code == 422


async def test_the_catalogue_pages_through_to_the_end(certification: ServiceHarness) -> None:
    client = await certification.client(anonymous())
    seen: list[str] = []
    parameters = {"limit": "100"}
    while True:
        page = (await client.get("/v1/activities", params=parameters)).json()
        seen += [one["code"] for one in page["data"]]
        if not page["page"]["has_more"]:
            break
        parameters["cursor"] = page["page"]["next_cursor"]
    assert len(seen) == len(set(seen)) == 446


async def test_a_cursor_of_another_list_is_refused(certification: ServiceHarness) -> None:
    client = await certification.client(a_teacher())
    page = (await client.get("/v1/activities", params={"limit": "1"})).json()
    foreign = await client.get("/v1/log-entries", params={"cursor": page["page"]["next_cursor"]})
    assert (foreign.status_code, foreign.json()["code"]) == (400, "cursor-invalid")


async def test_models_and_migrations_describe_the_same_tables(databases: Databases) -> None:
    url = await databases.empty()
    await migrate.upgrade(url, SERVICE.migrations)
    await migrate.check(url, SERVICE.migrations)
    await databases.drop(url)
