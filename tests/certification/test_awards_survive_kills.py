"""A process killed between signing, storing, logging and telling leaves no unlogged certificate and loses none."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from builders import a_fresh_key, staff
from certification.app import SERVICE
from certification.reevaluations.engine import advance
from certification_facts import Log, asked, completed
from contracts.certification import CertificateAwarded
from harness import NEEDED_BY, ServiceHarness
from ncce_cli.broker import RunningBroker
from published_log import public_files, run_offline
from real_parts import RunningProcess, tell_everything

DECISION = {"outcome": "accepted", "reason": "Well described."}
State = tuple[int, int, int, int]
NOTHING, WHOLE = (0, 0, 0, 0), (1, 1, 1, 1)
ALLOWED: dict[str, list[State]] = {
    "award.signed": [NOTHING],
    "award.stored": [NOTHING],
    "award.logged": [NOTHING],
    "transaction.before_commit": [NOTHING],
    "transaction.after_commit": [NOTHING, WHOLE],  # whichever of the request's transactions is first
    "relay.before_publish": [WHOLE],
    "relay.after_publish": [WHOLE],
}
"""What may be found after a kill at each point."""
TELLINGS = 5
"""Kinds of news a worker may have before an award's, and one more."""
A_FEW = ("award.stored", "award.logged", "relay.before_publish")


@pytest.fixture
async def certification(
    start_service: Callable[..., Awaitable[ServiceHarness]], own_broker: RunningBroker
) -> ServiceHarness:
    """The service inside the test, beside the processes that die."""
    return await start_service(SERVICE, seeded=True, nats_url=own_broker.url)


async def almost_complete(certification: ServiceHarness) -> tuple[Log, str]:
    """Somebody who lacks nothing but that one entry is accepted; where that is decided."""
    log = await Log(certification).register()
    await log.take_diagnostic()
    await log.contribute("lead-a-cas-community-of-practice")
    await certification.deliver(completed(log.id, "20"))
    entry = await log.record("contribute-to-online-discussion")
    return log, f"/v1/log-entries/{entry['id']}/decision"


@asynccontextmanager
async def doomed(
    kind: str, certification: ServiceHarness, broker: RunningBroker, point: str, folder: Path
) -> AsyncIterator[RunningProcess]:
    """A process of the service on the same database, to be killed at a point."""
    settings = {
        "CERTIFICATION_DATABASE_URL": certification.settings.database_url.get_secret_value(),
        "CERTIFICATION_FAULT_POINT": point,
        "NATS_URL": broker.url,
        **{f"CERTIFICATION_{name.upper()}": value for name, value in NEEDED_BY["certification"].items()},
    }
    running = RunningProcess([kind], settings, folder / f"{kind}-{point}.log", "certification")
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait()


async def killed_working(certification: ServiceHarness, broker: RunningBroker, point: str, folder: Path) -> None:
    """A worker of the service that has nothing old to tell, until it dies at a point."""
    await tell_everything(certification)
    async with doomed("work", certification, broker, point, folder) as process:
        assert await process.ended(60) == -signal.SIGKILL


async def state(certification: ServiceHarness, log: Log) -> State:
    """How many certificates a teacher has, how many of them are numbered, logged and told of."""
    query = text(
        """
        SELECT count(*), count(registration.certificate_id), count(entry.certificate_id), count(told.event_id)
        FROM certificate
        LEFT JOIN certificate_registration AS registration ON registration.certificate_id = certificate.id
        LEFT JOIN issuance_entry AS entry ON entry.certificate_id = certificate.id AND entry.kind = 'issued'
        LEFT JOIN outbox AS told ON told.data->>'certificate_id' = certificate.id::text
        WHERE teacher_id = :teacher
        """
    )
    async with certification.session() as session:
        row = (await session.execute(query, {"teacher": log.id})).one()
    return row[0], row[1], row[2], row[3]


@pytest.mark.parametrize("points", [A_FEW, pytest.param(tuple(ALLOWED), marks=pytest.mark.campaign)])
async def test_a_killed_award_happened_whole_or_not_at_all_and_happens_once(
    certification: ServiceHarness, own_broker: RunningBroker, tmp_path: Path, points: tuple[str, ...]
) -> None:
    waiting = [await almost_complete(certification) for _ in points]
    moderator = staff("moderator")
    keys = [a_fresh_key() for _ in points]
    for point, (log, path), key in zip(points, waiting, keys, strict=True):
        await tell_everything(certification)  # or the next process dies of telling what this one left
        async with doomed("serve", certification, own_broker, point, tmp_path) as process:
            await process.ready()
            async with process.client(moderator) as client:
                with suppress(httpx.TransportError):
                    assert (await client.post(path, json=DECISION, headers=key)).status_code == 200
            assert await process.ended(30) == -signal.SIGKILL
        assert await state(certification, log) in ALLOWED[point], point
    again = await certification.client(moderator)
    for (log, path), key in zip(waiting, keys, strict=True):
        assert (await again.post(path, json=DECISION, headers=key)).status_code == 200
        assert await state(certification, log) == WHOLE
    await all_is_well(certification, [log for log, _ in waiting], tmp_path)


IN_AN_AWARD = ("award.signed", "award.stored", "award.logged")


@pytest.mark.parametrize("points", [("award.stored",), pytest.param(IN_AN_AWARD, marks=pytest.mark.campaign)])
async def test_an_award_that_stands_still_is_made_once(
    certification: ServiceHarness, own_broker: RunningBroker, tmp_path: Path, points: tuple[str, ...]
) -> None:
    waiting = [await almost_complete(certification) for _ in points]
    moderator = staff("moderator")
    another = await certification.client(moderator)
    for point, (log, path) in zip(points, waiting, strict=True):
        key = a_fresh_key()
        await tell_everything(certification)
        async with doomed("serve", certification, own_broker, f"{point}:hang", tmp_path) as process:
            await process.ready()
            async with process.client(moderator) as client:
                first = asyncio.create_task(client.post(path, json=DECISION, headers=key))
                await process.stands_still()
                refused = await another.post(path, json=DECISION, headers=key)
                assert refused.json()["code"] == "idempotency-key-in-flight"
                process.go_on()
                made = await first
        again = await another.post(path, json=DECISION, headers=key)
        assert (made.status_code, again.status_code, again.content) == (200, 200, made.content)
        assert await state(certification, log) == WHOLE, point
    await all_is_well(certification, [log for log, _ in waiting], tmp_path)


@pytest.mark.parametrize("points", [("award.logged",), pytest.param(IN_AN_AWARD, marks=pytest.mark.campaign)])
async def test_an_award_that_fails_stands_still_at_nothing_until_it_is_asked_for_again(
    certification: ServiceHarness, own_broker: RunningBroker, tmp_path: Path, points: tuple[str, ...]
) -> None:
    waiting = [await almost_complete(certification) for _ in points]
    for point, (log, path) in zip(points, waiting, strict=True):
        key = a_fresh_key()
        await tell_everything(certification)
        async with doomed("serve", certification, own_broker, f"{point}:error", tmp_path) as process:
            await process.ready()
            async with process.client(staff("moderator")) as client:
                failed = await client.post(path, json=DECISION, headers=key)
                assert failed.status_code >= 500
                assert await state(certification, log) == NOTHING, point
                assert (await client.post(path, json=DECISION, headers=key)).status_code == 200
        assert await state(certification, log) == WHOLE, point
    await all_is_well(certification, [log for log, _ in waiting], tmp_path)


async def test_a_process_killed_at_the_end_of_a_window_awards_when_it_is_back(
    certification: ServiceHarness, own_broker: RunningBroker, tmp_path: Path
) -> None:
    log = await Log(certification).register()
    await asked(certification, staff("administrator"), scheme="primary", action="migrate_all", version=5)
    async with certification.session() as session:
        await advance(session)
    await log.contribute("raise-aspirations-with-a-stem-ambassador-visit", "become-a-mentor")
    await certification.deliver(completed(log.id, "6", "CO040"))
    async with certification.session() as session:
        await session.execute(text("UPDATE pending_award SET due_at = earned_at"))
    await killed_working(certification, own_broker, "award.logged", tmp_path)
    assert await state(certification, log) == NOTHING
    for _ in range(TELLINGS):  # whatever else a worker has to tell at its start, it dies of telling that first
        await killed_working(certification, own_broker, "relay.before_publish", tmp_path)
        found = await state(certification, log)
        assert found in (NOTHING, WHOLE)
        if found == WHOLE:
            break
    assert await state(certification, log) == WHOLE
    await all_is_well(certification, [log], tmp_path)


async def all_is_well(certification: ServiceHarness, logs: list[Log], folder: Path) -> None:
    """Numbers without a gap, a log that the offline verifier confirms, and each award told once."""
    codes = [str((await log.certificates())[0]["code"]) for log in logs]
    files = await public_files(certification, codes, older=1)
    assert len(run_offline(folder, files)) == 3 + len(codes)
    async with certification.session() as session:
        serials = list(await session.scalars(text("SELECT serial FROM certificate_registration ORDER BY serial")))
    assert serials == list(range(1, len(logs) + 1))
    assert len(await certification.published(CertificateAwarded)) == len(logs)
    await tell_everything(certification)
