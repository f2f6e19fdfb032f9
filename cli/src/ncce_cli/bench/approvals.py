"""How many approvals a second one budget takes: its accounts by themselves, and whole approvals over HTTP.

Both beside the same writes by the driver alone. At the accounts of the budget approvals wait for each other; an
approval's other work is done side by side, by as many processes as there are.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable
from uuid import UUID

import asyncpg

from chassis.db import Database
from chassis.ids import new_id
from chassis.principal import Principal, RoleGrant
from funding.budgets.service import Award, reserve
from ncce_cli.bench.approvals_server import reserve_raw
from ncce_cli.bench.load import Request, measure_each, request
from ncce_cli.bench.rig import Rig, a_teacher, post
from ncce_cli.parts import Part

BUDGET = "cpd-bursaries"
MONEY_PENCE = 5_000_000_000
EACH_ROUND = 600
"""Approvals in a round, as many by the driver alone."""
WARMING = 60
CONNECTIONS = 16
IN_A_LIST = 50
LISTS_AT_ONCE = 2
RESERVED = f"SELECT balance_pence FROM ledger_account WHERE account = '{BUDGET}/reserved'"  # noqa: S608  its name above
SCHOOL = """
INSERT INTO school (urn, sequence, name, phase, establishment_type, is_open, is_in_england, is_state_funded,
    district_code, district_vintage, lowest_age, highest_age, source, as_of_on, changed_at)
VALUES ('900001', 1, 'Bench School (synthetic)', 'primary', 1, true, true, true, 'E06000032', '2025', 4, 11,
    'synthetic register', DATE '2026-09-01', now()) ON CONFLICT DO NOTHING
"""
BOOKING = """
INSERT INTO booking (booking_id, teacher_id, course_run_id, school_urn, course_code, hub_id, mode, phase, programme,
    days, starts_on, ends_on)
VALUES ($1, $2, gen_random_uuid(), '900001', 'CP228', gen_random_uuid(), 'face_to_face', 'primary', 'core', 2,
    current_date + 30, current_date + 31)
"""
COPIES = (
    """
    CREATE TEMPORARY TABLE copied AS
    SELECT gen_random_uuid() AS id, gen_random_uuid() AS booking_id, gen_random_uuid() AS teacher_id, n
    FROM generate_series(1, $1) AS n
    """,
    """
    INSERT INTO booking (booking_id, teacher_id, course_run_id, school_urn, course_code, hub_id, mode, phase, programme,
        days, starts_on, ends_on)
    SELECT copied.booking_id, copied.teacher_id, gen_random_uuid(), school_urn, course_code, hub_id, mode, phase,
        programme, days, starts_on, ends_on
    FROM copied CROSS JOIN booking WHERE booking.booking_id = (SELECT booking_id FROM bursary WHERE id = $1)
    """,
    """
    INSERT INTO bursary (id, booking_id, teacher_id, school_urn, course_code, days, policy, policy_version, budget,
        status, amount_pence, fee_pence, quota_key, quota_at_most, decisions, applied_on, applied_at)
    SELECT copied.id, copied.booking_id, copied.teacher_id, school_urn, course_code, days, policy, policy_version,
        budget, status, amount_pence, fee_pence, 'bench|' || copied.id, 1, decisions, applied_on, applied_at
    FROM copied CROSS JOIN bursary WHERE bursary.id = $1
    """,
    """
    INSERT INTO bursary_decision (bursary_id, ordinal, outcome, cause, inputs, result, decided_at)
    SELECT copied.id, ordinal, outcome, cause, inputs, result, decided_at
    FROM copied CROSS JOIN bursary_decision WHERE bursary_id = $1
    """,
    "ANALYZE",
)
"""One bursary that was applied for, many times: each with a booking and a teacher of its own."""


async def bench_approvals(rig: Rig, rounds: int) -> dict[str, object]:
    """Every round beside its yardstick, in alternating order; at the end the ledger has to agree."""
    port = rig.start(Part("funding", "serve"), module="ncce_cli.bench.approvals_server")
    connection = await rig.connect("funding")
    try:
        await asyncio.to_thread(_fill_budget, rig, port)
        bursaries = await _bursaries(rig, port, connection, 2 * WARMING + 3 * rounds * EACH_ROUND)
        approvals = await _approvals(rig, port, bursaries, rounds)
        lists = [await _lists(rig, port, [bursaries.pop() for _ in range(EACH_ROUND)]) for _ in range(rounds)]
        promised = await connection.fetchval("SELECT sum(amount_pence) FROM bursary WHERE status = 'approved'")
        reserved = await connection.fetchval(RESERVED)
        if reserved != promised:
            raise RuntimeError(f"{reserved} pence are reserved, and {promised} were approved")
        reservations = await _reservations(rig, rounds)
        taken = await connection.fetchval(RESERVED) - reserved
        if taken != 2 * (WARMING + rounds * EACH_ROUND):
            raise RuntimeError(f"{taken} pence are reserved, a penny for each reservation")
    finally:
        await connection.close()
    return {
        "connections": CONNECTIONS,
        "approvals": _summed_up(approvals),
        "lists": _summed_up([one | {"raw": each["raw"]} for one, each in zip(lists, approvals, strict=True)]),
        "reservations": _summed_up(reservations),
    }


def _summed_up(rounds: list[dict[str, float]]) -> dict[str, object]:
    """Rates and their ratios, as medians with the extremes."""
    ratios = sorted(one["ours"] / one["raw"] for one in rounds)
    rates = sorted(one["ours"] for one in rounds)
    return {
        "per_second": {"median": statistics.median(rates), "low": rates[0], "high": rates[-1]},
        "ratio": {
            "median": round(statistics.median(ratios), 3),
            "low": round(ratios[0], 3),
            "high": round(ratios[-1], 3),
        },
        "rounds": rounds,
    }


async def _reservations(rig: Rig, rounds: int) -> list[dict[str, float]]:
    """Reservations in transactions of their own, as the service makes them and by the driver alone."""
    url = rig.databases["funding"]
    size = {"min_size": CONNECTIONS, "max_size": CONNECTIONS}
    async with rig.database("funding", CONNECTIONS) as database, asyncpg.create_pool(url, **size) as pool:
        makers = {"ours": lambda: _reserve(database), "raw": lambda: _reserve_raw(pool)}
        figures = []
        for number in range(rounds + 1):
            times = EACH_ROUND if number else WARMING
            names = list(makers) if number % 2 else list(makers)[::-1]
            figures.append({name: await _rate(makers[name], times) for name in names})
    return figures[1:]


async def _rate(act: Callable[[], Awaitable[None]], times: int) -> float:
    waiting = iter(range(times))

    async def client() -> None:
        for _ in waiting:
            await act()

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    return round(times / (time.perf_counter() - started), 1)


async def _reserve(database: Database) -> None:
    async with database.transaction() as session:
        await reserve(session, BUDGET, Award("bench", new_id()), 1, "The bench reserves.")


async def _reserve_raw(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await reserve_raw(connection, BUDGET, 1, f"bench:{new_id()}")


async def _approvals(rig: Rig, port: int, bursaries: list[UUID], rounds: int) -> list[dict[str, float]]:
    approver = rig.vouched("funding", _staff("funding_approver"))
    makers = {"ours": _approval, "raw": _raw}
    figures = []
    for number in range(rounds + 1):
        names = list(makers) if number % 2 else list(makers)[::-1]
        figure = {}
        for name in names:
            taken = [bursaries.pop() for _ in range(EACH_ROUND if number else WARMING)]
            measured = await measure_each(port, [makers[name](one, approver) for one in taken], CONNECTIONS)
            figure[name] = measured.requests_per_second
        figures.append(figure)
    return figures[1:]


async def _lists(rig: Rig, port: int, bursaries: list[UUID]) -> dict[str, float]:
    """Approvals a second when an approver approves a list with one request."""
    approver = rig.vouched("funding", _staff("funding_approver"))
    starts = range(0, len(bursaries), IN_A_LIST)
    requests = [_list(bursaries[start : start + IN_A_LIST], approver) for start in starts]
    measured = await measure_each(port, requests, LISTS_AT_ONCE)
    return {"ours": round(measured.requests_per_second * IN_A_LIST, 1)}


def _list(bursaries: list[UUID], headers: dict[str, str]) -> Request:
    body = {"bursary_ids": [str(one) for one in bursaries], "outcome": "approved", "reason": "The bench approves."}
    keyed = headers | {"Idempotency-Key": str(new_id())}
    return request("list", "POST", "/v1/bursaries/approvals", keyed, json.dumps(body).encode())


def _approval(bursary_id: UUID, headers: dict[str, str]) -> Request:
    keyed = headers | {"Idempotency-Key": str(new_id())}
    body = b'{"outcome": "approved", "reason": "The bench approves."}'
    return request("approval", "POST", f"/v1/bursaries/{bursary_id}/approval", keyed, body)


def _raw(bursary_id: UUID, headers: dict[str, str]) -> Request:
    return request("raw", "POST", f"/bench/approvals/{bursary_id}", headers, b"{}")


def _staff(role: str) -> Principal:
    return Principal(kind="person", id=new_id(), roles=(RoleGrant(role=role),))


def _fill_budget(rig: Rig, port: int) -> None:
    """Allocate enough for every round, by two people."""
    officer = rig.vouched("funding", _staff("funding_officer")) | {"Idempotency-Key": "bench"}
    approver = rig.vouched("funding", _staff("funding_approver")) | {"Idempotency-Key": "bench"}
    wanted = {"to_budget": BUDGET, "amount_pence": MONEY_PENCE, "reason": "For the bench."}
    made = post(port, "/v1/allocations", wanted, officer)
    post(port, f"/v1/allocations/{made['id']}/approval", {"outcome": "approved", "reason": "For the bench."}, approver)


async def _bursaries(rig: Rig, port: int, connection: asyncpg.Connection, wanted: int) -> list[UUID]:
    """Bursaries to approve: one applied for as by a teacher, the others its copies."""
    teacher, booking = new_id(), new_id()
    await connection.execute(SCHOOL)
    await connection.execute(BOOKING, booking, teacher)
    headers = rig.vouched("funding", a_teacher(teacher)) | {"Idempotency-Key": "bench"}
    made = await asyncio.to_thread(post, port, "/v1/bursaries", {"booking_id": str(booking)}, headers)
    if made["status"] != "eligible":
        raise RuntimeError(f"the bench's bursary is {made['status']}: {made['reason']}")
    for statement in COPIES:
        given = wanted if "generate_series" in statement else UUID(str(made["id"]))
        await connection.execute(statement, *([given] if "$1" in statement else []))
    return [row["id"] for row in await connection.fetch("SELECT id FROM copied")]
