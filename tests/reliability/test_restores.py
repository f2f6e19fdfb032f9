"""A database is put back to an earlier moment while work goes on: what is missing is named and comes back, once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from chassis import parity
from chassis.outbox import publish
from chassis.service import Service
from contracts.hubs import SchoolChanged
from funding.app import SERVICE as FUNDING
from funding_facts import school_changed
from harness import Databases, ServiceHarness, settings_for
from hubs.app import SERVICE as HUBS
from ncce_cli.broker import RunningBroker
from real_parts import at_work, sample_processes, until

FAR = 1 << 47
CONSUMER = "funding-keep-school-facts"
Open = Callable[[Service, str], ServiceHarness]
Schools = dict[str, tuple[str, int]]


@pytest.fixture
async def open_on(databases: Databases, own_broker: RunningBroker) -> AsyncIterator[Open]:
    """Open a service on a database that is there; all that were opened are closed with the test."""
    opened: list[ServiceHarness] = []

    def open_service(service: Service, url: str) -> ServiceHarness:
        opened.append(ServiceHarness(service, settings_for(service, url, nats_url=own_broker.url)))
        return opened[-1]

    yield open_service
    for one in opened:
        await one.close()


async def tell(hubs: ServiceHarness, name: str, *urns: int) -> None:
    """Schools of these numbers are called so from now on."""
    async with hubs.session() as session:
        await publish(session, *(school_changed(str(urn), name=name) for urn in urns))


async def known(funding: ServiceHarness) -> Schools:
    """Each school's name and the number of the news it is from."""
    async with funding.session() as session:
        rows = (await session.execute(text("SELECT urn, name, sequence FROM school"))).all()
    return {row.urn: (row.name, row.sequence) for row in rows}


async def compared(hubs: ServiceHarness, funding: ServiceHarness) -> tuple[set[UUID], set[UUID]]:
    """Events that were told and not heard, and that were heard and are not known to who told them."""
    told: set[UUID] = set()
    heard: set[UUID] = set()
    async with hubs.session() as teller, funding.session() as hearer:
        subject = SchoolChanged.subject
        hours = {one.hour for one in await parity.told(teller, FAR) if one.of == subject}
        hours |= {one.hour for one in await parity.heard(hearer, FUNDING.subscriptions, FAR) if one.of == CONSUMER}
        for hour in hours:
            told |= set(await parity.told_ids(teller, subject, hour, FAR))
            heard |= set(await parity.heard_ids(hearer, CONSUMER, hour, FAR))
    return told - heard, heard - told


async def agree(hubs: ServiceHarness, funding: ServiceHarness) -> bool:
    return await compared(hubs, funding) == (set(), set())


async def test_who_was_restored_as_a_hearer_hears_again_what_it_lost_and_nothing_twice(
    databases: Databases, open_on: Open
) -> None:
    hubs, at = open_on(HUBS, await databases.of(HUBS)), await databases.of(FUNDING)
    funding = open_on(FUNDING, at)
    async with at_work(hubs), at_work(funding):
        await tell(hubs, "Before", *range(900_001, 900_006))
        await until(lambda: agree(hubs, funding))
    await funding.close()
    backup, funding = await databases.copy_of(at), open_on(FUNDING, at)
    async with at_work(hubs), at_work(funding):
        await tell(hubs, "Lost with the backup", *range(900_004, 900_010))
        await until(lambda: agree(hubs, funding))
    was = await known(funding)

    restored = open_on(FUNDING, backup)
    async with at_work(hubs), at_work(restored):
        await tell(hubs, "While it was restored", 900_009, 900_010)
        await until(lambda: has(restored, "900010", "While it was restored"))
        missing, invented = await compared(hubs, restored)
        assert (len(missing), invented) == (6, set())
        async with hubs.session() as session:
            assert await parity.tell_again(session, missing) == 6
        await until(lambda: agree(hubs, restored))
    # News of 900009 came late, and the newer was kept; numbers show that nothing was told a second time under new ones.
    assert await known(restored) == was | {
        "900009": ("While it was restored", 2), "900010": ("While it was restored", 1)
    }  # fmt: skip


async def test_who_was_restored_as_a_teller_is_believed_again_after_a_leap(databases: Databases, open_on: Open) -> None:
    at = await databases.of(HUBS)
    hubs, funding = open_on(HUBS, at), open_on(FUNDING, await databases.of(FUNDING))
    async with at_work(hubs), at_work(funding):
        await tell(hubs, "Before", 900_001, 900_002)
        await until(lambda: agree(hubs, funding))
    await hubs.close()
    backup, hubs = await databases.copy_of(at), open_on(HUBS, at)
    async with at_work(hubs), at_work(funding):
        for name in ("Forgotten", "Forgotten too"):
            await tell(hubs, name, 900_001, 900_003)
        await until(lambda: agree(hubs, funding))

    restored = open_on(HUBS, backup)
    async with at_work(restored), at_work(funding):
        missing, invented = await compared(restored, funding)
        assert (missing, len(invented)) == (set(), 4)
        # The control: without a leap what it tells is taken for old news.
        await tell(restored, "Not believed", 900_001, 900_003)
        await until(lambda: has_heard_all_of(restored, funding))
        assert {name for name, _ in (await known(funding)).values()} == {"Before", "Forgotten too"}
        async with restored.session() as session:
            await parity.leap(session)
        await asyncio.gather(*(tell(restored, "Believed", urn) for urn in (900_001, 900_003, 900_004)))
        await until(lambda: has_heard_all_of(restored, funding))
    assert {urn: name for urn, (name, _) in (await known(funding)).items()} == {
        "900001": "Believed", "900002": "Before", "900003": "Believed", "900004": "Believed"
    }  # fmt: skip


async def has(funding: ServiceHarness, urn: str, name: str) -> bool:
    return (await known(funding)).get(urn, ("", 0))[0] == name


async def has_heard_all_of(hubs: ServiceHarness, funding: ServiceHarness) -> bool:
    missing, _ = await compared(hubs, funding)
    return not missing


async def test_an_operator_moves_the_numbers_of_a_stopped_service_on(
    databases: Databases, own_broker: RunningBroker, tmp_path: Path
) -> None:
    async with sample_processes(databases, own_broker, tmp_path) as stopped:
        assert (await stopped.job("seed"))[0] == 0
        assert await stopped.job("parity", "leap") == (0, [{"aggregates": 3}])
        status, lines = await stopped.job("parity", "sums")
        assert (status, [line["events"] for line in lines if line.get("side") == "told"]) == (0, [3])
        assert await stopped.value("SELECT min(sequence) FROM outbox_sequence") == parity.LEAP
