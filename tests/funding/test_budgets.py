"""Budgets: by fund, lot, scheme, hub and year; allocated and vired by two people; never overspent."""

import asyncio
import random
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from builders import staff
from chassis.db import Database
from chassis.ids import new_id
from funding.budgets import service
from funding.budgets.models import Budget, BudgetForecast, Fund
from funding.budgets.schemas import BudgetOpening, BudgetReference, Forecast, FundReference, SandboxAllocation
from funding.budgets.service import Award
from funding.ledger import queries
from funding.ledger import service as ledger
from funding.ledger.errors import BudgetExhausted, BudgetNotFound, LedgerInconsistent
from funding.ledger.models import EntryKind, LedgerAccount
from funding_facts import Steps
from harness import ServiceHarness

APPROVED = {"outcome": "approved", "reason": "As planned."}
TRIALS = ["trial-1", "trial-2"]
HUB = "11111111-1111-4111-8111-111111111111"


async def opened(steps: Steps, budget: str = "gcse-cover-2026-27", fund: str = "lot-2-gcse-training") -> dict[str, Any]:
    """A budget of another lot."""
    body = {"budget": budget, "fund": fund, "title": "Supply cover", "scheme": "supply-cover"}
    reply = await steps.post(steps.officer, "/v1/budgets", body | {"hub_id": HUB, "financial_year": "2026-27"})
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def allocated(steps: Steps, pence: int, from_budget: str | None = None, to: str = "gcse-cover-2026-27") -> Any:
    """What became of an allocation by two people."""
    body = {"to_budget": to, "from_budget": from_budget, "amount_pence": pence, "reason": "The award."}
    proposed = await steps.post(steps.officer, "/v1/allocations", body)
    assert proposed.status_code == 201, proposed.text
    return await steps.post(steps.approver, f"/v1/allocations/{proposed.json()['id']}/approval", APPROVED)


async def of_the_programme(steps: Steps) -> list[Any]:
    """The award for England and its lots, without the made-up money of networks."""
    funds = (await steps.get(steps.auditor, "/v1/funds")).json()["data"]
    return [one for one in funds if one["fund"] != "sandbox-networks"]


async def test_the_award_for_england_has_four_lots(steps: Steps) -> None:
    funds = await of_the_programme(steps)
    assert (funds[0]["awarded_pence"], funds[0]["part_of"]) == (8_400_000_000, None)
    assert [(one["lot"], one["part_of"]) for one in funds[1:]] == [(lot, funds[0]["fund"]) for lot in (1, 2, 3, 4)]
    assert [one["available_pence"] for one in funds] == [10_000_000, 10_000_000, 0, 0, 0]


async def test_a_budget_has_a_fund_a_lot_a_scheme_a_hub_and_a_year(steps: Steps) -> None:
    made = await opened(steps)
    assert (made["lot"], made["scheme"], made["hub_id"], made["financial_year"]) == (2, "supply-cover", HUB, "2026-27")
    assert made["allocated_pence"] == 0
    again = await steps.post(
        steps.officer, "/v1/budgets", {"budget": made["budget"], "fund": made["fund"], "title": "Again"}
    )
    assert (again.status_code, again.json()["code"]) == (409, "budget-exists")
    body = {"budget": "another", "fund": "no-such-fund", "title": "Nothing"}
    assert (await steps.post(steps.officer, "/v1/budgets", body)).json()["code"] == "fund-not-found"


async def test_money_is_allocated_and_vired_by_two_people_and_follows_in_the_funds(steps: Steps) -> None:
    await opened(steps)
    assert (await allocated(steps, 5_000_000)).json()["status"] == "approved"
    assert (await allocated(steps, 1_000_000, "cpd-bursaries")).json()["status"] == "approved"
    budgets = {one["budget"]: one for one in (await steps.get(steps.auditor, "/v1/budgets")).json()["data"]}
    assert (
        budgets["gcse-cover-2026-27"]["available_pence"]
        == budgets["gcse-cover-2026-27"]["allocated_pence"]
        == 6_000_000
    )
    assert budgets["cpd-bursaries"]["allocated_pence"] == 9_000_000
    funds = await of_the_programme(steps)
    assert [one["allocated_pence"] for one in funds] == [15_000_000, 9_000_000, 6_000_000, 0, 0]
    short = await allocated(steps, 9_000_001, "cpd-bursaries")
    assert (short.status_code, short.json()["code"], short.json()["budget"]) == (
        409,
        "budget-exhausted",
        "cpd-bursaries",
    )
    await steps.balances()


async def test_no_more_is_distributed_than_was_awarded(steps: Steps) -> None:
    await opened(steps)
    too_much = await allocated(steps, 8_400_000_000 - 10_000_000 + 1)
    assert (too_much.status_code, too_much.json()["code"]) == (409, "fund-exhausted")
    assert (await allocated(steps, 8_400_000_000 - 10_000_000)).status_code == 200
    with pytest.raises(IntegrityError, match="ck_fund_held"):
        async with steps.funding.session() as session:
            await session.execute(
                text("UPDATE fund SET distributed_pence = allocated_pence + 1 WHERE fund = 'ncce-programme'")
            )


async def test_one_person_cannot_allocate(steps: Steps) -> None:
    both = staff("funding_officer", "funding_approver", "administrator")
    body = {"to_budget": "cpd-bursaries", "amount_pence": 1, "reason": "Mine."}
    made = (await steps.post(both, "/v1/allocations", body)).json()
    refused = await steps.post(both, f"/v1/allocations/{made['id']}/approval", APPROVED)
    assert (refused.status_code, refused.json()["code"]) == (403, "same-person")
    with pytest.raises(IntegrityError, match="second_person"):
        async with steps.funding.session() as session:
            await session.execute(text("UPDATE allocation SET status = 'approved', decided_by = proposed_by"))
    declined = await steps.post(
        steps.approver, f"/v1/allocations/{made['id']}/approval", APPROVED | {"outcome": "declined"}
    )
    assert declined.json()["status"] == "declined"
    again = await steps.post(steps.approver, f"/v1/allocations/{made['id']}/approval", APPROVED)
    assert again.json()["code"] == "allocation-decided"
    listed = (await steps.get(steps.auditor, "/v1/allocations")).json()["data"]
    assert [one["id"] for one in listed] == [made["id"]]


async def test_a_forecast_is_kept_and_the_latest_holds(steps: Steps) -> None:
    for pence in (9_000_000, 9_500_000):
        body = {"forecast_pence": pence, "reason": "As last year."}
        assert (await steps.post(steps.officer, "/v1/budgets/cpd-bursaries/forecasts", body)).status_code == 201
    budgets = {one["budget"]: one for one in (await steps.get(steps.auditor, "/v1/budgets")).json()["data"]}
    assert budgets["cpd-bursaries"]["forecast_pence"] == 9_500_000
    assert (await steps.get(steps.auditor, "/v1/funds")).json()["data"][0]["forecast_pence"] == 9_500_000
    unknown = await steps.post(steps.officer, "/v1/budgets/nothing/forecasts", body)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "budget-not-found")


async def test_any_kind_of_award_is_reserved_committed_paid_and_recovered(steps: Steps) -> None:
    grant = Award("grant", new_id(), "instalment-1")
    async with steps.funding.session() as session:
        for move in (service.reserve, service.commit, service.pay):
            await move(session, "cpd-bursaries", grant, 700, "A grant")
    assert (await steps.balances())["paid"] == 700
    async with steps.funding.session() as session:
        await service.recover(session, "cpd-bursaries", grant, 200, "Sent back")
    assert (await steps.balances())["available"] == 10_000_000 - 500
    found = (await steps.get(steps.auditor, "/v1/ledger/entries", source=f"grant:{grant.id}")).json()["data"]
    assert [one["kind"] for one in found] == [
        kind for kind in ("reservation", "accrual", "payment", "recovery") for _ in range(2)
    ]


def test_an_award_is_named_by_its_kind_its_id_and_its_part() -> None:
    grant = new_id()
    assert Award("grant", grant).source == f"grant:{grant}"
    assert Award("grant", grant, "instalment-1").source == f"grant:{grant}:instalment-1"


async def test_a_fund_that_is_named_again_is_corrected_and_keeps_what_it_distributed(funding: ServiceHarness) -> None:
    named = {"fund": "lot-1-national-centre", "lot": 1, "part_of": "ncce-programme", "source": "The award, corrected"}
    corrected = FundReference(**named, title="Another title", allocated_pence=7_000_000_000)
    async with funding.session() as session:
        before = {one.fund: one.distributed_pence for one in await session.scalars(select(Fund))}
        await service.import_funds(session, [corrected])
    async with funding.session() as session:
        funds = {one.fund: one for one in await session.scalars(select(Fund))}
    assert FundReference.model_validate(funds[corrected.fund], from_attributes=True) == corrected
    assert {name: one.distributed_pence for name, one in funds.items()} == before


async def test_made_up_money_is_put_in_once_and_marks_its_budget_alone(funding: ServiceHarness) -> None:
    plain = {"fund": "lot-1-national-centre", "title": "Plain"}
    made_up = SandboxAllocation(budget="trial-2", reference="trial", amount_pence=700, narrative="Made up")
    async with funding.session() as session:
        opened = [await service.open_budget(session, BudgetReference(budget=name, **plain)) for name in TRIALS]
        again = await service.open_budget(session, BudgetReference(budget="trial-1", **plain))
        await service.allocate(session, "test:real", "trial-2", 300, "Not made up")
        put = [await service.allocate_sandbox(session, made_up) for _ in range(2)]
    assert (opened, again, put) == ([True, True], False, [True, False])
    async with funding.session() as session:
        assert [(await session.get_one(Budget, name)).is_sandbox for name in TRIALS] == [False, True]
        held = select(LedgerAccount.balance_pence).where(LedgerAccount.budget.in_(TRIALS))
        available = await session.scalars(held.where(LedgerAccount.kind == "available").order_by(LedgerAccount.budget))
        assert list(available) == [0, 1_000]
        with pytest.raises(BudgetNotFound):
            await service.fund_of(session, "trial-3")


async def test_who_opens_a_budget_or_forecasts_it_is_on_the_audit_trail(funding: ServiceHarness) -> None:
    caller = staff("funding_officer")
    async with funding.session() as session:
        wanted = BudgetOpening(budget="trial-1", fund="lot-1-national-centre", title="Trial")
        await service.open_by(session, caller, wanted)
        said = await service.forecast(session, caller, "trial-1", Forecast(forecast_pence=900, reason="As planned"))
    async with funding.session() as session:
        kept = await session.get_one(BudgetForecast, said.id)
        assert (said.budget, said.made_by, said.made_at) == (kept.budget, caller.id, kept.made_at)
        entries = text("SELECT action, subject, details FROM audit_entry WHERE caller_id = :caller ORDER BY position")
        assert [tuple(one) for one in await session.execute(entries, {"caller": caller.id})] == [
            ("budget.opened", "budget:trial-1", {"fund": "lot-1-national-centre"}),
            ("budget.forecast", "budget:trial-1", {"forecast_pence": 900}),
        ]


async def test_an_entry_is_reversed_exactly_and_once(steps: Steps) -> None:
    grant = Award("grant", new_id())
    async with steps.funding.session() as session:
        await service.reserve(session, "cpd-bursaries", grant, 700, "A grant")
        await ledger.reverse(session, EntryKind.RESERVATION, [grant.source], "A mistake")
    assert (await steps.balances())["reserved"] == 0
    with pytest.raises((IntegrityError, LedgerInconsistent)):
        async with steps.funding.session() as session:
            await ledger.reverse(session, EntryKind.RESERVATION, [grant.source], "Again")
    with pytest.raises(LedgerInconsistent):
        async with steps.funding.session() as session:
            await ledger.reverse(session, EntryKind.PAYMENT, [grant.source], "There is none")


async def test_the_database_refuses_a_reversal_that_is_not_the_exact_opposite(funding: ServiceHarness) -> None:
    with pytest.raises(IntegrityError, match="is not the opposite of"):
        async with funding.session() as session:
            await session.execute(
                text(
                    "WITH original AS (SELECT id, source FROM journal_transaction LIMIT 1), forged AS ("
                    "INSERT INTO journal_transaction (id, kind, source, narrative, posted_at, reverses_id) "
                    "SELECT gen_random_uuid(), 'reversal', source, 'forged', now(), id FROM original RETURNING id) "
                    "INSERT INTO posting (transaction_id, account, amount_pence) "
                    "SELECT forged.id, account, pence FROM forged, (VALUES ('cpd-bursaries/funding', 1), "
                    "('cpd-bursaries/available', -1)) AS leg(account, pence)"
                )
            )


DRAINERS = 64


async def drain(funding: ServiceHarness, rounds: int) -> None:
    """Drainers at once against money for a part of them, again and again; every penny is accounted for each time."""
    settings = funding.settings.model_copy(update={"database_pool_size": DRAINERS, "statement_timeout_ms": 60_000})
    database = Database(settings, "drain")
    chosen = random.Random(20261122)
    try:
        for number in range(rounds):
            await _drain_once(database, f"drain-{number}", [chosen.randrange(1, 100) for _ in range(DRAINERS)])
    finally:
        await database.close()


async def _drain_once(database: Database, budget: str, amounts: list[int]) -> None:
    money = sum(amounts) // 2
    async with database.transaction() as session:
        reference = BudgetReference(budget=budget, fund="lot-1-national-centre", title="Drained")
        await service.open_budget(session, reference)
        await service.allocate(session, f"test:{budget}", budget, money, "To be drained")

    async def take(amount: int) -> int:
        try:
            async with database.transaction() as session:
                await service.reserve(session, budget, Award("drain", new_id()), amount, "Drained")
        except BudgetExhausted:
            return 0
        return amount

    taken = await asyncio.gather(*(take(amount) for amount in amounts))
    async with database.transaction() as session:
        query = select(LedgerAccount.kind, LedgerAccount.balance_pence).where(LedgerAccount.budget == budget)
        held = {row.kind: row.balance_pence for row in await session.execute(query)}
    assert (held["reserved"], held["available"], held["funding"]) == (sum(taken), money - sum(taken), -money)
    # Whoever was refused would not have fitted at the end either: nothing is refused that could be had.
    refused = [amount for amount, had in zip(amounts, taken, strict=True) if not had]
    assert all(amount > held["available"] for amount in refused)


async def _balanced(funding: ServiceHarness) -> None:
    async with funding.database.reads.connect() as reader:
        assert (await queries.trial_balance(reader)).is_balanced


async def test_sixty_four_drains_at_once_end_exact(funding: ServiceHarness) -> None:
    await drain(funding, 2)
    await _balanced(funding)


@pytest.mark.campaign
async def test_budget_drain_campaign_two_hundred_rounds(funding: ServiceHarness) -> None:
    await drain(funding, 200)
    await _balanced(funding)
