"""The second wall between partners: a query that forgot whose rows it may see is shown one partner's all the same."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from builders import a_teacher, partner, staff
from chassis.service import Service
from chassis.tenancy import NOBODY, limit_to
from completion_steps import decide, item, matches, report
from enrichment_offers import Offers, an_offer
from harness import Databases, ServiceHarness, settings_for
from hubs.tenancy import met_by
from hubs_network import Network
from identity.organisations.seed import organisation_id
from identity.tenancy import organisations_of
from operations import service_of
from resource_bank import Bank
from row_walls import ORDINARY, let_in_an_ordinary_role, walls_of
from worlds import World, build_world

StartService = Callable[..., Awaitable[ServiceHarness]]
STEM, BCS = organisation_id("stem-learning"), organisation_id("bcs")

NOT_OF_PARTNERS = {
    "audit_entry": "who acted, for auditors",
    "group_organisation": "who takes part in a group of a project: of the hub that runs it",
    "group_participant": "for whom somebody takes part in a group: of the hub that runs it",
    "invitation": "to work somewhere: of the person invited",
    "role_grant": "where somebody works, for those who decide on roles",
}
"""Tables that name an organisation and are not owned by it."""

OF_HUBS = ("partner_learner", "completion_report", "enrichment_offer")
HAVE_THE_WALL = {"api_key", "oauth_client", "partner_change", "webhook", "webhook_delivery", *OF_HUBS, "completion"}


@pytest.fixture(scope="module")
async def start_service(databases: Databases) -> AsyncIterator[StartService]:
    """Services that all tests here read, and none changes."""
    started: list[ServiceHarness] = []

    async def start(service: Service, **overrides: Any) -> ServiceHarness:
        started.append(ServiceHarness(service, settings_for(service, await databases.of(service), **overrides)))
        return started[-1]

    yield start
    for harness in started:
        await harness.close()


@pytest.fixture(scope="module")
async def world(start_service: StartService, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Identity with a little in it, of one partner and of another."""
    world = await build_world("identity", start_service, tmp_path_factory.mktemp("mail"))
    client = await world.harness.client(world.callers["administrator"])
    of_another = {"organisation_id": str(BCS), "name": "Another", "scopes": ["hubs:read"]}
    for path in ("/v1/api-keys", "/v1/oauth-clients"):
        assert (await client.post(path, json=of_another)).status_code == 201
    hook = {"organisation_id": str(BCS), "url": "https://hooks.example.org/other"}
    assert (await client.post("/v1/webhooks", json=hook)).status_code == 201
    await let_in_an_ordinary_role(world.harness)
    return world


@pytest.fixture(scope="module")
async def hubs(start_service: StartService) -> ServiceHarness:
    """Hubs with what two partners reported and offer, some of it published."""
    hubs = await start_service(service_of("hubs"))
    await hubs.seed("schools", "resource_vocabulary")
    network = await Network.build(hubs)
    for organisation in (STEM, BCS):
        program = partner("completions:write", "enrichment:write", "resources:write", organisation_id=organisation)
        await report(hubs, program, [item(1, teacher_id=str(await network.registered_teacher())), item(2, "L2")])
        [waiting] = await matches(hubs, program)
        assert (await decide(hubs, waiting["id"], outcome="not_ours", reason="Teaches abroad.")).is_success
        await Offers(hubs).draft(program)
        await Bank(hubs).draft(program)
        await an_offer(hubs, program, "900001")
    await let_in_an_ordinary_role(hubs)
    return hubs


async def _shown(harness: ServiceHarness, query: str, limit: frozenset[UUID] | None) -> set[UUID]:
    """What an ordinary role is shown by a query that forgot its WHERE."""
    async with harness.session() as session:
        await session.execute(text(f"SET LOCAL ROLE {ORDINARY}"))
        await limit_to(session, limit)
        return set((await session.execute(text(query))).scalars())


async def _owners(harness: ServiceHarness, table: str, limit: frozenset[UUID] | None) -> set[UUID]:
    return await _shown(harness, f"SELECT organisation_id FROM {table}", limit)


async def test_a_careless_query_is_shown_one_partners_rows(world: World) -> None:
    for table in ("api_key", "oauth_client", "webhook", "webhook_delivery"):
        assert await _owners(world.harness, table, None) == {STEM, BCS}, "the platform itself sees all"
        assert await _owners(world.harness, table, frozenset({STEM})) == {STEM}
        assert await _owners(world.harness, table, frozenset({STEM, BCS})) == {STEM, BCS}
        assert await _owners(world.harness, table, frozenset()) == set()


async def test_so_it_is_of_what_partners_report_and_of_drafts(hubs: ServiceHarness) -> None:
    draft_of = "SELECT organisation_id FROM {} WHERE {} IS NULL"
    reported = "SELECT reported_by_organisation_id FROM completion WHERE reported_by_organisation_id IS NOT NULL"
    careless = [f"SELECT organisation_id FROM {table}" for table in ("partner_learner", "completion_report")]
    careless += [reported, draft_of.format("enrichment_offer", "published_at")]
    careless += [draft_of.format("resource", "first_published_at")]
    for query in careless:
        assert await _shown(hubs, query, None) == {STEM, BCS}, query
        assert await _shown(hubs, query, frozenset({STEM})) == {STEM}, query
        assert await _shown(hubs, query, frozenset()) == set(), query
    published = "SELECT organisation_id FROM enrichment_offer WHERE published_at IS NOT NULL"
    assert await _shown(hubs, published, frozenset({STEM})) == {STEM, BCS}, "what is published is everybody's to read"
    for table, id_ in (("match_decision", "learner_id"), ("enrichment_interest", "offer_id")):
        seen = [await _shown(hubs, f"SELECT {id_} FROM {table}", limit) for limit in (None, frozenset({STEM}))]
        assert [len(one) for one in seen] == [2, 1], table


async def test_the_wall_is_down_again_in_the_next_transaction(world: World) -> None:
    async with world.harness.database.engine.connect() as connection:
        await connection.execute(text("SELECT set_config('ncce.organisations', :id, true)"), {"id": str(STEM)})
        await connection.rollback()
        await connection.execute(text(f"SET LOCAL ROLE {ORDINARY}"))
        found = await connection.execute(text("SELECT organisation_id FROM api_key"))
        assert set(found.scalars()) == {STEM, BCS}


async def test_nobody_writes_a_row_into_anothers_house(world: World, hubs: ServiceHarness) -> None:
    for harness, table in ((world.harness, "api_key"), (hubs, "partner_learner"), (hubs, "completion_report")):
        taken = f"UPDATE {table} SET id = id WHERE organisation_id = '{BCS}' RETURNING organisation_id"
        assert await _shown(harness, taken, frozenset({STEM})) == set()
        with pytest.raises(ProgrammingError, match="row-level security"):
            await _shown(harness, f"UPDATE {table} SET organisation_id = '{BCS}' RETURNING id", frozenset({STEM}))


async def test_every_table_that_names_an_organisation_has_the_wall_or_a_reason(
    world: World, hubs: ServiceHarness
) -> None:
    walled = {**await walls_of(world.harness), **await walls_of(hubs)}
    assert {table for table, is_walled in walled.items() if not is_walled} == set(NOT_OF_PARTNERS)
    assert set(walled) >= HAVE_THE_WALL


def test_a_transaction_is_limited_to_what_its_caller_manages() -> None:
    assert organisations_of(staff("administrator")) is None
    assert organisations_of(staff("partner_admin", organisation_id=STEM)) == frozenset({STEM})
    assert organisations_of(staff("auditor", organisation_id=STEM)) == frozenset()
    assert NOBODY not in (STEM, BCS)


def test_hubs_limits_those_who_act_for_a_partner_and_nobody_else() -> None:
    assert met_by(partner("completions:write", organisation_id=STEM)) == frozenset({STEM})
    assert met_by(staff("partner_admin", organisation_id=BCS)) == frozenset({BCS})
    assert met_by(staff("partner_admin")) == frozenset()
    assert met_by(staff("moderator", "partner_admin", organisation_id=STEM)) is None
    assert met_by(a_teacher()) is None
