"""The journey of the first issue, end to end: the command, the gateway, four services, databases and broker."""

import asyncio
import os
import signal
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import httpx
import pytest

from corruptions import CORRUPTIONS, SERVICES, everything_broken, is_named, records_of
from ncce_cli.jobs import connected, migrating
from ncce_cli.parts import running_role
from ncce_sdk import Ncce, Problem
from ncce_sdk.models.api_keys import NewApiKey
from ncce_sdk.models.completions import BatchIn, CompletionItem
from ncce_sdk.models.sessions import Credentials
from ncce_sdk.models.shared import Tokens
from platform_harness import Platform
from real_parts import until
from under_faults.again import all_is_done_again
from under_faults.database import absence_of_the_database
from under_faults.faults import Faults
from under_faults.judge import judge
from under_faults.load import load_of
from under_faults.writes import unlike

TABLES = {
    "hubs": ["hub_member", "booking", "completion", "teacher"],
    "certification": ["activity_record", "credit_entry", "component_completion", "certificate", "enrolment"],
    "funding": [
        "bursary",
        "claim",
        "ledger_account",
        "posting",
        "course_run",
        "quote",
        "fee",
        "fee_decision",
        "grant_award",
        "payable",
    ],
}
"""What the journey leaves behind in each service."""


async def remembered(platform: Platform) -> dict[str, str]:
    """A digest of every table of the journey, whatever the order of its rows."""
    found = {}
    for service, tables in TABLES.items():
        connection = await asyncpg.connect(platform.databases()[service])
        try:
            for table in tables:
                content = "count(*) || ' ' || md5(string_agg(row::text, '|' ORDER BY row::text))"
                digest = f"SELECT {content} FROM {table} AS row"
                found[f"{service}.{table}"] = await connection.fetchval(digest)
        finally:
            await connection.close()
    return found


async def count(platform: Platform, rows: str) -> int:
    """So many rows in all services together; `rows` is the part of the query behind FROM."""
    total = 0
    for url in platform.databases().values():
        connection = await asyncpg.connect(url)
        try:
            total += await connection.fetchval(f"SELECT count(*) FROM {rows}")
        finally:
            await connection.close()
    return total


async def undelivered(platform: Platform) -> int:
    """Messages that the broker holds and some consumer has not acknowledged; -1 while a consumer is missing."""
    async with httpx.AsyncClient() as http:
        found: dict[str, Any] = (await http.get(f"{platform.state.monitor_url}/jsz?consumers=1")).json()
    accounts = found.get("account_details", [])
    consumers = [
        consumer
        for account in accounts
        for stream in account.get("stream_detail", [])
        for consumer in stream.get("consumer_detail", [])
    ]
    if len(consumers) < 8:
        return -1
    return sum(consumer["num_pending"] + consumer["num_ack_pending"] for consumer in consumers)


async def has_more_events(platform: Platform, than: int) -> bool:
    """Whether something has happened since."""
    return await count(platform, "outbox") > than


async def is_back(platform: Platform, process: str, before: int) -> bool:
    """Whether a process runs again under another pid and is ready."""
    seen = platform.state.processes[process]
    return seen.pid not in (None, before) and seen.state == "ready"


async def settled(platform: Platform) -> bool:
    """Whether every event has had its effect."""
    return await count(platform, "outbox WHERE published_at IS NULL") == 0 and await undelivered(platform) == 0


@pytest.mark.parametrize("attempt", [1, 2])
def test_the_journey_passes_and_passes_again(platform: Platform, attempt: int) -> None:
    played = platform.demo()
    assert played["summary"]["ok"], played["summary"]
    assert all(call["status"] == call["expected"] for call in played["transcript"])
    assert played["summary"]["facts"]["amount_pence"] == 37_000
    assert played["summary"]["facts"]["grant_drawn_pence"] == 24_042_50, "drawn and claimed once, not once each run"


async def test_nothing_is_found_broken_after_journeys_and_every_corruption_is(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await until(lambda: settled(platform), seconds=60)
    monkeypatch.setenv("NCCE_HOME", str(platform.home.root))
    with connected(migrating) as environments:  # only a table's owner can go around its guards
        for name, service in SERVICES.items():
            async with records_of(name, environments[name]) as session:
                assert await everything_broken(session, service) == []
                await session.rollback()
                for corruption in CORRUPTIONS:
                    assert corruption.service != name or await is_named(session, corruption), str(corruption)


async def test_the_journey_survives_a_broker_that_dies_in_the_middle(platform: Platform) -> None:
    playing = asyncio.create_task(asyncio.to_thread(platform.demo))
    before = await count(platform, "outbox")
    await until(lambda: has_more_events(platform, before))
    os.kill(platform.pid("nats"), signal.SIGKILL)
    played = await playing
    assert played["summary"]["ok"], played["summary"]
    await until(lambda: settled(platform), seconds=60)
    assert await count(platform, "dead_letter") == 0


async def test_an_event_that_was_not_heard_is_named_and_told_again_and_no_other_is_missing(platform: Platform) -> None:
    await until(lambda: settled(platform), seconds=60)
    connection = await asyncpg.connect(platform.databases()["funding"])
    forgotten = await connection.fetchval(
        "DELETE FROM inbox WHERE ctid = (SELECT ctid FROM inbox WHERE consumer = 'funding-keep-school-facts' LIMIT 1)"
        " RETURNING event_id"
    )
    said = platform.run("parity", "--settled-seconds", "0", "--heal").splitlines()
    assert said[0] == f"funding-keep-school-facts: school.changed {forgotten}: not heard"
    assert len(said) == 2

    async def is_heard() -> bool:
        return bool(await connection.fetchval("SELECT count(*) = 1 FROM inbox WHERE event_id = $1", forgotten))

    await until(is_heard, seconds=60)
    await connection.close()


@pytest.mark.parametrize(
    "process",
    [
        pytest.param("funding-work", marks=pytest.mark.campaign),
        pytest.param("hubs-serve", marks=pytest.mark.campaign),
        pytest.param("certification-work", marks=pytest.mark.campaign),
        pytest.param("identity-work", marks=pytest.mark.campaign),
    ],
)
async def test_the_journey_passes_after_a_process_was_killed(platform: Platform, process: str) -> None:
    before = platform.pid(process)
    os.kill(before, signal.SIGKILL)
    await until(lambda: is_back(platform, process, before), seconds=30)
    assert platform.demo()["summary"]["ok"]


async def test_a_wiped_broker_is_rebuilt_from_the_outboxes(platform: Platform) -> None:
    await until(lambda: settled(platform), seconds=60)
    before = await remembered(platform)
    platform.run("down")
    platform.wipe_broker()
    platform.run("up", "--detach")
    platform.run("events", "republish", "--all")
    await until(lambda: settled(platform), seconds=60)
    assert await remembered(platform) == before
    assert await count(platform, "dead_letter") == 0
    assert platform.demo()["summary"]["ok"]
    assert platform.run("check", seconds=600) == "Everything is as it must be.\n"


async def test_a_partner_reports_and_reads_with_the_library(platform: Platform) -> None:
    address = f"http://127.0.0.1:{platform.state.processes['gateway'].port}"
    with Ncce(address) as anybody:
        wanted = Credentials(email="administrator@demo.example.org", password="three-random-words-demo")
        signed_in = anybody.sessions.log_in(wanted)
        course = next(anybody.courses.list_courses(limit=1))
    assert isinstance(signed_in, Tokens)
    with Ncce(address, access_token=signed_in.access_token) as administrator:
        organisation = next(iter(administrator.organisations.list_organisations()))
        wish = NewApiKey(name="library", organisation_id=organisation.id, scopes=["completions:write"])
        made = administrator.api_keys.create_api_key(wish)
    with Ncce(address, api_key=made.key) as partner:
        rows = [
            CompletionItem(
                external_id=f"library-{number}",
                external_learner_id="library-learner",
                activity_code=course.code,
                percent=Decimal(100),
                occurred_at=datetime.now(UTC) - timedelta(days=1),
            )
            for number in range(3)
        ]
        first = partner.completions.record_completions(BatchIn(completions=rows), idempotency_key="library-1")
        again = partner.completions.record_completions(BatchIn(completions=rows), idempotency_key="library-1")
        assert (first.received, again) == (3, first)
        listed = partner.completions.list_completions(external_learner_id="library-learner", limit=1)
        assert sorted(report.external_id for report in listed) == [row.external_id for row in rows]
        with pytest.raises(Problem) as refused:
            partner.completions.get_completion("never-said")
        assert (refused.value.status, refused.value.code) == (404, "completion-not-found")
        with pytest.raises(Problem) as forbidden:
            partner.api_keys.create_api_key(wish)
        assert forbidden.value.code == "forbidden"


async def test_processes_are_roles_that_own_nothing(platform: Platform) -> None:
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    for service, url in platform.databases().items():
        connection = await asyncpg.connect(url)
        try:
            connected = {row["usename"] for row in await connection.fetch(f"SELECT usename {others} AND usename <> ''")}
            owned = "SELECT count(*) FROM pg_class WHERE relowner = $1::text::regrole"
            assert (connected, await connection.fetchval(owned, running_role(service))) == ({running_role(service)}, 0)
        finally:
            await connection.close()


def test_no_process_was_refused_what_it_needs_to_do(platform: Platform) -> None:
    """Other tests look after what is due by itself as the owner of all tables, who is refused nothing."""
    said = (platform.home.postgres / "postgres.log").read_text().splitlines()
    assert [line for line in said if "permission denied" in line] == []


async def test_a_service_port_answers_nobody_but_the_gateway(platform: Platform) -> None:
    port = platform.state.processes["funding-serve"].port
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
        unsigned = await http.get("/v1/budgets")
        forged = await http.get("/v1/budgets", headers={"X-NCCE-Principal": "eyJhbGciOiJub25lIn0.e30."})
    assert (unsigned.status_code, forged.status_code) == (401, 401)


async def test_a_database_that_is_away_for_seconds_is_told_of_and_nothing_has_to_be_started_again(
    platform: Platform, pytestconfig: pytest.Config
) -> None:
    """What the campaign `database_away` does for ten minutes, for three seconds in every run."""
    load = load_of(platform, pytestconfig.getoption("--seed"))
    await load.begin(at_once=3)
    absence = await absence_of_the_database(platform, load, seconds=3)
    found = [*absence.wrong(), *await unlike(load.journal), *load.journal.internal_errors]
    await load.close()
    assert found == []


async def test_kills_and_stops_at_random_moments_under_load_lose_and_double_nothing(
    platform: Platform, pytestconfig: pytest.Config
) -> None:
    """What the campaign `under_faults` does a thousand times, a few times in every run."""
    seed = pytestconfig.getoption("--seed")
    load, faults = load_of(platform, seed), Faults(platform, seed)
    await load.begin(at_once=4)
    await faults.burst(load, kills=7, longest_stop_seconds=2)
    await faults.quiet()
    await all_is_done_again(load)
    await load.end()
    found = await judge(platform, load)
    await load.close()
    assert found == []
