"""The second wall between partners: a query that forgot whose rows it may see is shown one partner's all the same."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from builders import staff
from harness import ServiceHarness
from identity.organisations.seed import organisation_id
from identity.tenancy import NOBODY, limit_to, organisations_of
from worlds import World, build_world

STEM, BCS = organisation_id("stem-learning"), organisation_id("bcs")
ORDINARY = "ordinary_service"
"""A role like a service's own in production; the tests' is a superuser, whom no wall stops."""

NOT_OF_PARTNERS = {
    "audit_entry": "who acted, for auditors",
    "invitation": "to work somewhere: of the person invited",
    "role_grant": "where somebody works, for those who decide on roles",
}
"""Tables of identity that name an organisation and are not owned by it."""


@pytest.fixture
async def world(start_service: Callable[..., Awaitable[ServiceHarness]], tmp_path: Path) -> World:
    """Identity with a little in it, of one partner and of another."""
    world = await build_world("identity", start_service, tmp_path)
    client = await world.harness.client(world.callers["administrator"])
    of_another = {"organisation_id": str(BCS), "name": "Another", "scopes": ["hubs:read"]}
    for path in ("/v1/api-keys", "/v1/oauth-clients"):
        assert (await client.post(path, json=of_another)).status_code == 201
    hook = {"organisation_id": str(BCS), "url": "https://hooks.example.org/other"}
    assert (await client.post("/v1/webhooks", json=hook)).status_code == 201
    async with world.harness.session() as session:
        known = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
        if (await session.execute(known, {"name": ORDINARY})).first() is None:
            await session.execute(text(f"CREATE ROLE {ORDINARY} NOSUPERUSER NOBYPASSRLS"))
        await session.execute(text(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ORDINARY}"))
    return world


async def _owners(world: World, table: str, limit: frozenset[UUID] | None) -> set[UUID]:
    """To whom the rows belong that an ordinary role is shown."""
    async with world.harness.session() as session:
        await session.execute(text(f"SET LOCAL ROLE {ORDINARY}"))
        await limit_to(session, limit)
        return set((await session.execute(text(f"SELECT organisation_id FROM {table}"))).scalars())


async def test_a_careless_query_is_shown_one_partners_rows(world: World) -> None:
    for table in ("api_key", "oauth_client", "webhook", "webhook_delivery"):
        assert await _owners(world, table, None) == {STEM, BCS}, "the platform itself sees all"
        assert await _owners(world, table, frozenset({STEM})) == {STEM}
        assert await _owners(world, table, frozenset({STEM, BCS})) == {STEM, BCS}
        assert await _owners(world, table, frozenset()) == set()


async def test_the_wall_is_down_again_in_the_next_transaction(world: World) -> None:
    async with world.harness.database.engine.connect() as connection:
        await connection.execute(text("SELECT set_config('ncce.organisations', :id, true)"), {"id": str(STEM)})
        await connection.rollback()
        await connection.execute(text(f"SET LOCAL ROLE {ORDINARY}"))
        found = await connection.execute(text("SELECT organisation_id FROM api_key"))
        assert set(found.scalars()) == {STEM, BCS}


async def test_nobody_writes_a_row_into_anothers_house(world: World) -> None:
    async with world.harness.session() as session:
        await session.execute(text(f"SET LOCAL ROLE {ORDINARY}"))
        await limit_to(session, frozenset({STEM}))
        moved = text("UPDATE api_key SET name = 'Mine' WHERE organisation_id = :id RETURNING id")
        assert (await session.execute(moved, {"id": BCS})).all() == []


async def test_every_table_that_names_an_organisation_has_the_wall_or_a_reason(world: World) -> None:
    async with world.harness.session() as session:
        found = await session.execute(
            text(
                "SELECT relname, relrowsecurity AND relforcerowsecurity AS walled FROM pg_class JOIN pg_attribute"
                " ON attrelid = pg_class.oid WHERE relkind = 'r' AND attname = 'organisation_id' AND NOT attisdropped"
                " AND relnamespace = 'public'::regnamespace"
            )
        )
        walled = {row.relname: row.walled for row in found}
    assert {table for table, is_walled in walled.items() if not is_walled} == set(NOT_OF_PARTNERS)
    assert {"api_key", "oauth_client", "partner_change"} <= set(walled)


def test_a_transaction_is_limited_to_what_its_caller_manages() -> None:
    assert organisations_of(staff("administrator")) is None
    assert organisations_of(staff("partner_admin", organisation_id=STEM)) == frozenset({STEM})
    assert organisations_of(staff("auditor", organisation_id=STEM)) == frozenset()
    assert NOBODY not in (STEM, BCS)
