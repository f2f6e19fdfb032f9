"""The reference data: complete, typed, loaded once however often."""

from sqlalchemy import text

from funding.app import SERVICE
from funding.policies.conditions import facts_asked
from funding.policies.facts import ATTESTED, FACTS
from funding.seeds import read_fee_policies, read_funding, read_lists, read_policies, read_rules
from harness import ServiceHarness


async def row_counts(funding: ServiceHarness) -> dict[str, int]:
    """How many rows each table of the service has."""
    async with funding.session() as session:
        tables = [table.name for table in SERVICE.metadata.sorted_tables]
        return {table: (await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() for table in tables}


async def test_loading_again_changes_nothing(funding: ServiceHarness) -> None:
    before = await row_counts(funding)
    await funding.seed()
    assert await row_counts(funding) == before
    assert before["policy_version"] == len(read_policies().policies)
    assert before["fee_policy_version"] == len(read_fee_policies())
    assert before["eligibility_rule"] == len(read_rules())
    assert before["journal_transaction"] == 3


async def test_without_the_demo_data_the_budget_is_empty_and_not_a_sandbox(start_service: object) -> None:
    funding = await start_service(SERVICE)  # type: ignore[operator]
    await funding.seed(*(seed.name for seed in SERVICE.seeds))
    async with funding.session() as session:
        assert set(await session.scalars(text("SELECT is_sandbox FROM budget"))) == {False}
        assert (await session.execute(text("SELECT sum(abs(balance_pence)) FROM ledger_account"))).scalar_one() == 0


def test_the_programme_is_84_million_pounds_in_four_lots() -> None:
    funds = {fund.fund: fund for fund in read_funding().funds}
    assert funds["ncce-programme"].allocated_pence == 84_000_000_00
    assert [fund.lot for fund in funds.values() if fund.part_of == "ncce-programme"] == [1, 2, 3, 4]


def test_every_budget_and_every_sandbox_allocation_hangs_together() -> None:
    reference = read_funding()
    opened = {budget.budget for budget in reference.budgets}
    assert {budget.fund for budget in reference.budgets} <= {fund.fund for fund in reference.funds}
    assert {one.budget for one in reference.sandbox_allocations} <= opened
    assert read_policies().budget in opened
    assert all("SANDBOX" in one.narrative for one in reference.sandbox_allocations)


def test_every_fact_that_the_language_knows_is_used_or_our_own() -> None:
    policies = read_policies().policies
    conditions = [rule.condition for rule in read_rules()] + [policy.entry for policy in policies]
    conditions += [row.when for policy in policies for row in policy.rows]
    conditions += [row.when for policy in read_fee_policies() for row in policy.rows]
    asked = facts_asked(*conditions)
    assert asked - ATTESTED.keys() | {"quota.is_free"} == {*FACTS, "listed.priority-schools"}


def test_the_partial_list_is_marked_as_partial() -> None:
    held = {one.scheme: one for one in read_lists()}
    assert held["achieving-excellence-areas"].completeness == "partial"
    assert held["opportunity-areas"].completeness == "complete"
    assert len(held["education-investment-areas"].areas) == 55
