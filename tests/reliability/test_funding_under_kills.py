"""Money while its processes are killed: retries pay once, and everything that tells of the money agrees afterwards."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from builders import a_teacher, staff
from chassis.ids import new_id
from chassis.principal import Principal
from conftest import StartService
from contracts.hubs import BookingPlaced
from funding.app import SERVICE
from funding_books import the_books_agree
from funding_facts import (
    PRIMARY_TWO_DAYS_PENCE,
    Steps,
    booking_cancelled,
    booking_placed,
    cpd_completed,
    school_changed,
)
from funding_processes import FundingProcesses, funding_processes
from harness import ServiceHarness
from ncce_cli.broker import RunningBroker
from real_parts import until

JSON = dict[str, Any]
BUDGET = {"budget": "cpd-bursaries"}
FIRST_URN = 900_001
SEED = 20261122


@pytest.fixture
async def funding(start_service: StartService) -> ServiceHarness:
    """The service's database, with sandbox money and payees."""
    return await start_service(SERVICE, seeded=True)


@pytest.fixture
async def processes(
    funding: ServiceHarness, own_broker: RunningBroker, tmp_path: Path
) -> AsyncIterator[FundingProcesses]:
    """Processes of funding, none yet started."""
    async with funding_processes(funding, own_broker, tmp_path, SEED) as none_yet:
        yield none_yet


class Till:
    """The people of a payment run, each step asked for by several clients at once with the same key and with others."""

    def __init__(self, processes: FundingProcesses, racers: int) -> None:
        self.processes, self.racers = processes, racers
        self.officers = [staff("funding_officer") for _ in range(2)]
        self.preparer, self.checker, self.approver, self.releaser = (staff("payment_officer") for _ in range(4))
        self.files: list[str] = []

    async def race(self, callers: Sequence[Principal], path: str, body: JSON | None = None) -> list[JSON]:
        """The successes, each key's once: at least one, and every other answer a refusal."""
        shared = str(new_id())
        keys = [shared if number % 2 else str(new_id()) for number in range(self.racers)]
        asked = [(callers[number % len(callers)], key) for number, key in enumerate(keys)]
        replies = await asyncio.gather(*(self.processes.post(caller, path, body, key) for caller, key in asked))
        assert {one.status_code for one in replies} <= {200, 201, 409}, [one.text for one in replies]
        granted = {
            (caller.id, key): reply.json()
            for (caller, key), reply in zip(asked, replies, strict=True)
            if reply.is_success
        }
        assert granted, [one.text for one in replies]
        return list(granted.values())

    async def claim(self, teacher: Principal, bursary: JSON) -> JSON:
        """A claim that was submitted and approved, each once."""
        [claim] = await self.race([teacher], "/v1/claims", {"bursary_id": bursary["id"]})
        decided = await self.race(
            self.officers, f"/v1/claims/{claim['id']}/approval", {"outcome": "approved", "reason": "Register seen."}
        )
        assert len(decided) == 1
        return claim

    async def pay(self) -> JSON:
        """One run of all that is owed, from draft to the bank's file."""
        [run] = await self.race([self.preparer], "/v1/payment-runs", BUDGET)
        path = f"/v1/payment-runs/{run['id']}"
        seen = {"content_sha256": run["content_sha256"]}
        [_] = await self.race([self.checker], f"{path}/check", seen)
        [_] = await self.race([self.approver], f"{path}/approval", seen | {"outcome": "approved", "reason": "Agrees."})
        [released] = await self.race([self.releaser], f"{path}/release")
        self.files.append(await self._downloaded(f"{path}/files/bacs"))
        return released

    async def _downloaded(self, path: str) -> str:
        """The file, of several who want it one's. When its way to them was cut, two people let it be had again."""
        while True:
            asked = [self.processes.once(self.releaser, f"{path}/download") for _ in range(self.racers)]
            replies = [one for one in await asyncio.gather(*asked) if one is not None]
            taken = [one.text for one in replies if one.status_code == 200]
            assert len(taken) <= 1
            if taken:
                return taken[0]
            await self.processes.post(self.releaser, f"{path}/reissue", {"reason": "It did not arrive."})
            permitted = {"outcome": "approved", "reason": "The bank has nothing of it."}
            await self.processes.post(self.checker, f"{path}/reissue/approval", permitted)


async def claimable(funding: ServiceHarness, number: int) -> tuple[Principal, JSON]:
    """A bursary of a school of its own, approved and earned."""
    steps = Steps.of(funding)
    teacher, booking, bursary = await steps.an_eligible_bursary(str(FIRST_URN + number))
    assert (await steps.approve(bursary)).status_code == 200
    await funding.deliver(cpd_completed(booking))
    return teacher, bursary


@pytest.mark.parametrize(
    ("retries", "batch", "racers", "kills"),
    [
        pytest.param(30, 2, 4, 1, id="some"),
        pytest.param(10_000, 8, 24, 100, id="retries", marks=pytest.mark.campaign),
    ],
)
async def test_retries_with_races_and_kills_pay_once(
    funding: ServiceHarness, processes: FundingProcesses, retries: int, batch: int, racers: int, kills: int
) -> None:
    """Ten thousand requests in the campaign `retries`."""
    await processes.start("serve-1", *(["serve-2"] if kills > 1 else []))
    processes.kill_after(processes.chosen.sample(range(5, retries * 9 // 10), kills))
    till, paid = Till(processes, racers), 0
    while processes.requests < retries:
        ready = [await claimable(funding, paid + number) for number in range(batch)]
        await asyncio.gather(*(till.claim(*one) for one in ready))
        assert (await till.pay())["payments"] == batch
        paid += batch
    processes.end()
    assert await the_books_agree(funding, till.files) == paid * PRIMARY_TWO_DAYS_PENCE
    assert processes.kills == kills
    print(f"{processes.requests} requests for {paid} payments, {kills} kills")  # noqa: T201  the campaign's figure


ENDS = ("paid", "paid", "paid", "declined", "cancelled", "withdrawn", "claim declined")


class Lives:
    """Bursaries from booking to their ends, every fact told through the broker and every step through HTTP."""

    def __init__(self, processes: FundingProcesses) -> None:
        self.processes = processes
        self.approver, self.officer = staff("funding_approver"), staff("funding_officer")
        self.ends: Counter[str] = Counter()

    async def live(self, number: int) -> None:
        """One bursary's life, up to its end or to the claim that waits to be paid."""
        end, times = self.processes.chosen.choice(ENDS), self.processes.chosen.randint(1, 3)
        urn = str(FIRST_URN + number)
        teacher = a_teacher(school_urn=urn)
        booking = booking_placed(teacher)
        await self.processes.tell(school_changed(urn), times=times)
        await self.processes.tell(booking, times=times)
        bursary = await self._until_granted(teacher, "/v1/bursaries", {"booking_id": str(booking.booking_id)})
        path = f"/v1/bursaries/{bursary['id']}"
        said = {"outcome": "declined" if end == "declined" else "approved", "reason": "Checked it."}
        # It may be waiting for its school, whose facts come on another way than the booking.
        await self._until_granted(self.approver, f"{path}/approval", said)
        self.ends[end] += 1
        if end in ("cancelled", "withdrawn"):
            await self._give_up(end, teacher, booking, path)
        elif end != "declined":
            await self._claim(end, teacher, booking, bursary, times)

    async def _give_up(self, end: str, teacher: Principal, booking: BookingPlaced, path: str) -> None:
        if end == "cancelled":
            await self.processes.tell(booking_cancelled(booking), times=2)
        else:
            await self._until_granted(teacher, f"{path}/withdrawal", {"reason": "I am ill."})

    async def _claim(self, end: str, teacher: Principal, booking: BookingPlaced, bursary: JSON, times: int) -> None:
        await self.processes.tell(cpd_completed(booking), times=times)
        claim = await self._until_granted(teacher, "/v1/claims", {"bursary_id": bursary["id"]})
        said = {"outcome": "approved" if end == "paid" else "declined", "reason": "Register seen."}
        await self._until_granted(self.officer, f"/v1/claims/{claim['id']}/approval", said)

    async def _until_granted(self, caller: Principal, path: str, body: JSON) -> JSON:
        """Ask until the facts that it takes have arrived."""
        found: JSON = {}

        async def is_granted() -> bool:
            reply = await self.processes.post(caller, path, body)
            found.update(reply.json())
            return reply.is_success

        await until(is_granted, 60)
        return found


@pytest.mark.parametrize(
    ("lives", "at_once", "kills"),
    [
        pytest.param(5, 5, 2, id="some"),
        pytest.param(240, 12, 80, id="funding-kills", marks=pytest.mark.campaign),
    ],
)
async def test_the_books_agree_after_kills_of_serve_and_work(
    funding: ServiceHarness, processes: FundingProcesses, lives: int, at_once: int, kills: int
) -> None:
    """Two hundred and forty lives and eighty kills in the campaign `funding-kills`."""
    processes.kill_after(processes.chosen.sample(range(10, lives * 5), kills))
    await processes.start("serve-1", "work-1")
    all_lives, till = Lives(processes), Till(processes, 3)
    for first in range(0, lives, at_once):
        await asyncio.gather(*(all_lives.live(number) for number in range(first, first + at_once)))
        if all_lives.ends["paid"] > len(till.files):
            await till.pay()
    await until(lambda: everything_ended(funding, all_lives.ends), 60)
    processes.end()
    assert await the_books_agree(funding, till.files) == all_lives.ends["paid"] * PRIMARY_TWO_DAYS_PENCE
    assert processes.kills == kills
    print(f"{dict(all_lives.ends)}, {processes.requests} requests, {kills} kills")  # noqa: T201


async def everything_ended(funding: ServiceHarness, ends: Counter[str]) -> bool:
    """Whether the bursaries stand where their lives were to end."""
    async with funding.session() as session:
        rows = await session.execute(text("SELECT status, count(*) AS number FROM bursary GROUP BY status"))
        found = {row.status: row.number for row in rows}
    wanted = {
        "paid": ends["paid"],
        "declined": ends["declined"],
        "cancelled": ends["cancelled"],
        "lapsed": ends["withdrawn"],
        "claimable": ends["claim declined"],
    }
    return found == {status: number for status, number in wanted.items() if number}
