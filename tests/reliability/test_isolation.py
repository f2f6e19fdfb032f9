"""Money is moved by many at once at READ COMMITTED: nobody reads what is not so, and nobody's change is lost.

`./ncce test --campaign isolation --seed 1 --transactions 100000`. The checker is tried first: on histories that each
contain one anomaly, and on a transaction that is wrong on purpose.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.db import Database
from chassis.ids import new_id
from funding.app import SERVICE
from harness import ServiceHarness
from isolation.anomalies import Append, Read, Transaction, anomalies
from isolation.money import Money

CLIENTS = 16
AT_A_TIME = 1_000
"""Transactions on three budgets, before others are opened: lists that are read whole must not grow for ever."""
x, y = "x", "y"


def committed(name: str, *steps: Read | Append) -> Transaction:
    """A transaction that came to its end."""
    return Transaction(name, list(steps), is_committed=True)


GOOD = [
    committed("T1", Append(x, "a"), Append(y, "a")),
    committed("T2", Read(x, ("a",), is_rested_upon=True), Append(x, "b"), Read(x, ("a", "b"))),
    Transaction("T3", [Append(x, "c"), Read(x, ("a", "b", "c"))]),
    committed("T4", Read(x, ("a",)), Read(y, ("a",)), Read(x, ("a", "b"))),
]
WRONG = {
    "G0": [
        committed("T1", Append(x, "a"), Append(y, "a")),
        committed("T2", Append(x, "b"), Append(y, "b")),
    ],
    "G1a": [Transaction("T1", [Append(x, "c")]), committed("T2", Read(x, ("a", "b", "c")))],
    "G1b": [committed("T1", Append(x, "a"), Append(x, "b")), committed("T2", Read(x, ("a",)))],
    "G1c": [
        committed("T1", Append(x, "a"), Read(y, ("b", "a"))),
        committed("T2", Append(y, "b"), Append(y, "a"), Read(x, ("a",))),
    ],
    "lost update": [
        committed("T1", Read(x, (), is_rested_upon=True), Append(x, "a")),
        committed("T2", Read(x, (), is_rested_upon=True), Append(x, "b")),
    ],
    "lost": [committed("T1", Append(x, "never"))],
    "incompatible order": [committed("T1", Read(x, ("b",)))],
}
FINAL = {x: ("a", "b"), y: ("a",)}


def test_a_history_in_which_nothing_is_wrong_has_no_anomaly() -> None:
    assert anomalies(GOOD, FINAL) == []


@pytest.mark.parametrize("kind", WRONG)
def test_each_anomaly_is_found_by_its_name(kind: str) -> None:
    final = {x: ("a", "b"), y: ("b", "a")}
    assert kind in {one.kind for one in anomalies(WRONG[kind], final)}


@pytest.fixture
async def database(start_service: Callable[..., Awaitable[ServiceHarness]]) -> AsyncIterator[Database]:
    """Funding's, with a connection for each client."""
    funding = await start_service(SERVICE)
    await funding.seed("budgets")
    settings = funding.settings.model_copy(update={"database_pool_size": CLIENTS})
    database = Database(settings, "isolation")
    yield database
    await database.close()


async def test_a_balance_that_is_read_and_then_written_is_found_to_lose_what_another_wrote(database: Database) -> None:
    money = Money(database, random.Random(1), ["careless"])
    await money.open()
    both_have_read = asyncio.Barrier(2)

    async def reserve(name: str) -> None:
        mine = Transaction(name)
        async with database.transaction() as session:
            await money.look(session, mine, accounts=["careless/available"])
            [read] = [one for one in mine.steps if isinstance(one, Read)]
            mine.steps = [Read(read.key, read.seen, is_rested_upon=True)]
            balance = await session.scalar(
                text("SELECT balance_pence FROM ledger_account WHERE account = 'careless/available'")
            )
            await both_have_read.wait()
            await carelessly(session, name, balance - 100)
        mine.steps.append(Append("careless/available", f"{name}: reservation {name}"))
        mine.is_committed = True
        money.history.append(mine)

    await asyncio.gather(reserve("T1"), reserve("T2"))
    found = anomalies(money.history, await money.final())
    assert [one.kind for one in found] == ["lost update"]
    assert money.wrong[0] == "the last read careless/available: 19900, and postings of 19800"


async def carelessly(session: AsyncSession, name: str, balance: int) -> None:
    """What no code of the platform does: write a balance that was computed from what was read before."""
    made = new_id()
    await session.execute(
        text("UPDATE ledger_account SET balance_pence = :balance WHERE account = 'careless/available'"),
        {"balance": balance},
    )
    await session.execute(
        text(
            "INSERT INTO journal_transaction (id, kind, source, narrative, posted_at) "
            "VALUES (:id, 'reservation', :name, :name, now())"
        ),
        {"id": made, "name": name},
    )
    legs = text("INSERT INTO posting (transaction_id, account, amount_pence) VALUES (:id, :account, :pence)")
    for account, pence in (("careless/available", -100), ("careless/reserved", 100)):
        await session.execute(legs, {"id": made, "account": account, "pence": pence})


@pytest.mark.parametrize("is_campaign", [False, pytest.param(True, id="isolation", marks=pytest.mark.campaign)])
async def test_nobody_reads_what_is_not_so_and_no_change_of_money_is_lost(
    database: Database, pytestconfig: pytest.Config, is_campaign: bool
) -> None:
    wanted = pytestconfig.getoption("--transactions") if is_campaign else 400
    chosen, begun = random.Random(pytestconfig.getoption("--seed")), time.monotonic()
    came_to, reads = Counter[str](), 0
    for first in range(0, wanted, AT_A_TIME):
        money = Money(database, chosen, [f"isolation-{first}-{name}" for name in "abc"])
        await money.open()
        await money.work(min(AT_A_TIME, wanted - first), CLIENTS)
        assert anomalies(money.history, await money.final()) == []
        assert money.wrong == []
        came_to += money.came_to
        reads += sum(isinstance(one, Read) for by in money.history for one in by.steps)
    print(f"{came_to.total()} transactions, {reads} reads, {time.monotonic() - begun:.0f} s: {came_to}")  # noqa: T201
    assert came_to["23514"] == 0, "what a budget does not hold is refused in words, not by the last wall"
    assert came_to["committed"] > wanted / 2
    assert came_to["ChangedMind"], "some were rolled back, which nobody may have read"
    assert came_to["AllocationDecided"], "some came too late"
