"""Any history of an award, held against a model that knows only sums: nothing is drawn above what was awarded."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from funding.verification import service as verification
from funding.verification.findings import Finding
from funding_facts import Steps
from grant_steps import BUDGET, ENDING, Grants
from harness import Databases, ServiceHarness, settings_for
from operations import service_of

PRICE = {schools: 17_800_00 + (schools - 7) * 2_050_00 for schools in (6, 7, 8)}
HELD = 200_000_00

DEEDS = st.one_of(
    st.tuples(st.just("draw"), st.integers(1, 20_000_00)),
    st.tuples(st.just("adjust"), st.sampled_from(sorted(PRICE))),
    st.tuples(st.just("spend"), st.integers(1, 20_000_00)),
    st.tuples(st.just("pay"), st.just(0)),
)
HISTORIES = st.tuples(st.lists(DEEDS, max_size=8), st.sampled_from(["completion", "termination", "nothing"]))


@dataclass
class Sums:
    """What an award comes to, by the rules as one says them aloud."""

    awarded: int = PRICE[7]
    schools: int = 7
    drawn: int = 0
    spent: int = 0
    due_back: int = 0
    paid: int = 0
    lapsed: int = 0

    @property
    def left(self) -> int:
        """What may still be drawn."""
        return self.awarded - (self.drawn - self.due_back) - self.lapsed

    def adjust(self, schools: int) -> None:
        """What was drawn above a smaller award is due back."""
        self.schools, self.awarded = schools, PRICE[schools]
        self.due_back += max(self.drawn - self.due_back - self.awarded, 0)

    def end(self) -> None:
        """What was not drawn lapses, what was not spent is due back."""
        unspent = max(self.drawn - self.due_back - self.spent, 0)
        self.lapsed = self.left + unspent
        self.due_back += unspent


async def _do(grants: Grants, grant: dict[str, Any], model: Sums, deed: str, amount: int) -> None:
    if deed == "adjust":
        if amount != model.schools:
            await grants.adjust(grant, schools=amount)
            model.adjust(amount)
    elif deed == "spend":
        await grants.spend(grant, amount)
        model.spent += amount
    elif deed == "pay":
        await grants.pay()
        model.paid = model.drawn
    else:
        await _draw(grants, grant, model, amount)


async def _draw(grants: Grants, grant: dict[str, Any], model: Sums, pence: int) -> None:
    """Draw from whichever instalment holds it; above what is left, every instalment has to refuse."""
    instalments = (await grants.read(grant))["instalments"]
    free = {one["number"]: one["amount_pence"] - one["drawn_pence"] - one["cancelled_pence"] for one in instalments}
    assert sum(free.values()) == model.left
    for one in instalments:
        if free[one["number"]] >= pence:
            await grants.draw({"id": grant["id"], "instalments": instalments}, pence, one["number"])
            model.drawn += pence
            return
        body = {"instalment_id": one["id"], "amount_pence": pence, "evidence": ["Register"]}
        assert await grants.refused(grants.lead, f"/{grant['id']}/drawdowns", body) == "grant-drawn-above-instalment"


async def _hold(grants: Grants, grant: dict[str, Any], model: Sums, before: dict[str, int]) -> None:
    found = await grants.read(grant)
    assert (found["own_pence"], found["drawn_pence"], found["spent_pence"]) == (model.awarded, model.drawn, model.spent)
    assert (found["due_back_pence"], found["lapsed_pence"]) == (model.due_back, model.lapsed)
    assert 0 <= model.drawn - model.due_back <= model.awarded
    assert sum(one["amount_pence"] for one in found["sources"]) == found["amount_pence"]
    assert sum(one["difference_pence"] for one in found["snapshots"]) == found["amount_pence"]
    now = await grants.steps.balances(BUDGET)
    assert now["reserved"] - before["reserved"] == model.left
    assert now["payable"] - before["payable"] == model.drawn - model.paid
    assert now["paid"] - before["paid"] == model.paid
    assert now["available"] - before["available"] == -(model.left + model.drawn)


async def _live(grants: Grants, number: int, deeds: list[tuple[str, int]], ending: str) -> None:
    await grants.pay()
    before = await grants.steps.balances(BUDGET)
    grant, model = await grants.accepted(reference=f"group-{number}"), Sums()
    for deed, amount in deeds:
        await _do(grants, grant, model, deed, amount)
        await _hold(grants, grant, model, before)
    if ending != "nothing":
        ender = grants.steps.officer if ending == "completion" else grants.steps.approver
        await grants.post(ender, f"/{grant['id']}/{ending}", ENDING)
        model.end()
        await _hold(grants, grant, model, before)


async def _findings(harness: ServiceHarness) -> list[Finding]:
    async with verification.snapshot(harness.database) as connection:
        return [one async for one in verification.verify(connection)]


@pytest.mark.parametrize(
    "examples", [pytest.param(5, id="some"), pytest.param(200, id="grants", marks=pytest.mark.campaign)]
)
def test_after_any_history_the_award_and_the_ledger_say_the_same(databases: Databases, examples: int) -> None:
    """Two hundred histories in the campaign `grants`."""
    with asyncio.Runner() as runner:
        service = service_of("funding")
        url = runner.run(databases.of(service, seeded=True))
        harness = ServiceHarness(service, settings_for(service, url))
        grants = runner.run(Grants.begin(Steps.of(harness), pence=HELD * examples))
        numbers = iter(range(10**6))

        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(history=HISTORIES)
        def agrees(history: tuple[list[tuple[str, int]], str]) -> None:
            runner.run(_live(grants, next(numbers), *history))

        agrees()
        assert runner.run(_findings(harness)) == []
        runner.run(harness.close())
        runner.run(databases.drop(url))
