"""What hubs tells of groups becomes proposals, adjustments, ends or questions, whatever comes twice or out of order."""

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import httpx
import pytest
import time_machine

from builders import staff
from chassis import clock
from chassis.ids import new_id
from contracts.funding import GroupGrantChanged
from contracts.networks import GroupCancelled, GroupChanged, GroupFacts, GroupFormed, ProjectCompleted
from funding.budgets.schemas import Standing
from funding.group_grants.platform import PLATFORM_ID
from funding.group_grants.service import try_again
from funding.group_grants.telling import tell_changes
from funding.verification import service as verification
from funding_facts import Steps
from grant_steps import APPROVED, Grants, group_told

SIX, SEVEN, EIGHT = 15_750_00, 17_800_00, 19_850_00
READY_SEVEN, READY_EIGHT = 14_150_00, 15_150_00
YEAR = "maths-hubs-2019-20"
TEAM = UUID("0b0f3f3e-3f67-5cbb-9d41-0a3f2b7c1e11")


@pytest.fixture
def grants(steps: Steps) -> Grants:
    """People; the demonstration data has a budget for the network's year."""
    return Grants(steps)


class Group:
    """A group of which news comes, and its money as the auditor sees it."""

    def __init__(self, grants: Grants, **told: Any) -> None:
        self.grants, self.told, self.id, self.sequence = grants, told, new_id(), 0

    def news(self, kind: type[GroupFacts], schools: int) -> Any:
        return group_told(kind, schools, group_id=self.id, national_team_id=TEAM, **self.told)

    async def hear(self, kind: type[GroupFacts], schools: int = 7) -> Any:
        self.sequence += 1
        await self.grants.steps.funding.deliver(self.news(kind, schools), sequence=self.sequence)
        return await self.money()

    async def money(self) -> Any:
        reply = await self.grants.steps.get(self.grants.steps.auditor, f"/v1/group-grants/{self.id}")
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def accepted(self) -> Any:
        grant_id = (await self.money())["grant_id"]
        awarded = await self.grants.post(self.grants.steps.approver, f"/{grant_id}/approval", APPROVED)
        agreed = {"agreement_version": awarded["agreement_version"], "name": "Ada Example", "position": "Hub lead"}
        return await self.grants.post(self.grants.lead, f"/{grant_id}/acceptance", agreed)

    async def decide(self, number: int, outcome: str = "approved") -> None:
        path = f"/{(await self.money())['grant_id']}/adjustments/{number}/decision"
        await self.grants.post(self.grants.steps.approver, path, APPROVED | {"outcome": outcome})


RECOVERED = {"outcome": "approved", "reason": "Two sessions were held.", "returns_due_on": "2027-01-31"}


async def decide_recovery(grants: Grants, group: Group, outcome: str = "approved") -> httpx.Response:
    path = f"/v1/group-grants/{group.id}/recovery-decision"
    return await grants.steps.post(grants.steps.approver, path, RECOVERED | {"outcome": outcome})


async def standing(grants: Grants) -> dict[str, int]:
    """Where the money of the network's year stands."""
    budgets = (await grants.steps.get(grants.steps.auditor, "/v1/budgets")).json()["data"]
    [held] = [one for one in budgets if one["budget"] == YEAR]
    return {name: held[name] for name in Standing.model_fields}


async def findings(grants: Grants) -> list[Any]:
    async with verification.snapshot(grants.steps.funding.database) as connection:
        return [finding async for finding in verification.verify(connection)]


@pytest.mark.parametrize(("card", "seven", "eight"), [("19-09", SEVEN, EIGHT), ("19-11", READY_SEVEN, READY_EIGHT)])
async def test_a_group_that_grows_to_eight_schools_is_proposed_adjusted_drawn_and_completed(
    grants: Grants, card: str, seven: int, eight: int
) -> None:
    group = Group(grants, card=card)
    formed = await group.hear(GroupFormed)
    assert (formed["grant_status"], formed["expected_pence"], formed["awarded_pence"]) == ("proposed", seven, 0)
    grant = await group.accepted()
    assert (grant["proposed_by"], grant["decided_by"]) == (str(PLATFORM_ID), str(grants.steps.approver.id))
    changed = await group.hear(GroupChanged, 8)
    assert (changed["expected_pence"], changed["awarded_pence"], changed["question"]) == (eight, seven, None)
    await group.decide(2)
    drawn = await grants.draw(grant, 5_000_00)
    money = await group.money()
    assert (money["awarded_pence"], money["drawn_pence"], money["owed_pence"]) == (eight, 5_000_00, eight - 5_000_00)
    assert sum(line["amount_pence"] for line in money["awarded"]["lines"]) == eight
    assert drawn["status"] == "approved"
    assert not money["is_ready_to_complete"]
    assert (await group.hear(ProjectCompleted, 8))["is_ready_to_complete"]
    assert await findings(grants) == []


async def test_a_proposal_is_replaced_while_nobody_has_decided_it(grants: Grants) -> None:
    group = Group(grants)
    first = await group.hear(GroupFormed)
    second = await group.hear(GroupChanged, 6)
    assert first["grant_id"] != second["grant_id"]
    assert (await grants.read({"id": first["grant_id"]}))["status"] == "withdrawn"
    assert (second["grant_status"], second["expected_pence"]) == ("proposed", SIX)


async def test_news_in_every_order_and_twice_leaves_one_live_proposal_of_the_newest_facts(grants: Grants) -> None:
    kinds = [(1, GroupFormed, 7), (2, GroupChanged, 8), (3, GroupChanged, 6)]
    for order in permutations(kinds):
        group = Group(grants)
        for sequence, kind, schools in [*order, *order]:
            await grants.steps.funding.deliver(group.news(kind, schools), sequence=sequence)
        money = await group.money()
        assert (money["grant_status"], money["expected_pence"], money["question"]) == ("proposed", SIX, None)
        listed = await grants.steps.get(grants.steps.auditor, "/v1/grants", status="proposed", limit="100")
        mine = [one for one in listed.json()["data"] if one["reference"] == f"group {group.id}"]
        assert [one["id"] for one in mine] == [money["grant_id"]]


async def test_a_group_called_off_keeps_no_proposal_and_gets_none_from_older_news(grants: Grants) -> None:
    group = Group(grants)
    await grants.steps.funding.deliver(group.news(GroupCancelled, 7), sequence=2)
    await grants.steps.funding.deliver(group.news(GroupFormed, 7), sequence=1)
    money = await group.money()
    assert (money["status"], money["grant_id"], money["expected_pence"]) == ("cancelled", None, 0)
    proposed = Group(grants)
    await proposed.hear(GroupFormed)
    assert (await proposed.hear(GroupCancelled))["grant_status"] == "withdrawn"


async def test_a_group_called_off_before_anything_was_drawn_has_its_grant_ended_by_the_news(grants: Grants) -> None:
    before = await standing(grants)
    group = Group(grants, hub_name="Moorland Hub")
    await group.hear(GroupFormed)
    grant = await group.accepted()
    await grants.ask_to_draw(grant, 5_000_00)
    assert grant["recipient"]["name"] == "Moorland Hub"
    ended = await group.hear(GroupCancelled)
    assert (ended["grant_status"], ended["owed_pence"], ended["question"]) == ("terminated", 0, None)
    assert await standing(grants) == before
    drawdowns = (await grants.steps.get(grants.lead, f"/v1/grants/{grant['id']}/drawdowns")).json()["data"]
    assert [one["status"] for one in drawdowns] == ["declined"]
    assert await findings(grants) == []


async def test_a_group_called_off_after_drawing_has_its_recovery_proposed_to_a_person(grants: Grants) -> None:
    group = Group(grants)
    await group.hear(GroupFormed)
    grant = await group.accepted()
    await grants.draw(grant, 5_000_00)
    await grants.spend(grant, 1_000_00)
    called_off = await group.hear(GroupCancelled)
    assert (called_off["question_code"], called_off["recovery"]) == ("group-called-off", "proposed")
    assert (called_off["to_recover_pence"], called_off["owed_pence"]) == (4_000_00, SEVEN - 5_000_00)
    assert called_off["explanation"][-1].startswith("To recover: £4,000.00")
    decided = await decide_recovery(grants, group)
    assert decided.status_code == 200, decided.text
    money = decided.json()
    assert (money["grant_status"], money["recovery"], money["question"]) == ("terminated", "approved", None)
    assert (money["to_return_pence"], money["drawn_pence"], money["owed_pence"]) == (4_000_00, 1_000_00, 0)
    again = await decide_recovery(grants, group)
    assert (again.status_code, again.json()["code"]) == (409, "no-recovery-proposed")
    assert await findings(grants) == []


async def test_a_declined_recovery_leaves_the_grant_and_says_so(grants: Grants) -> None:
    group = Group(grants)
    await group.hear(GroupFormed)
    await grants.draw(await group.accepted(), 5_000_00)
    await group.hear(GroupCancelled)
    assert (await decide_recovery(grants, group, "declined")).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        async with grants.steps.funding.session() as session:
            await try_again(session, 10)
    money = await group.money()
    assert (money["grant_status"], money["question_code"]) == ("accepted", "group-recovery-declined")
    unknown = await grants.steps.post(
        grants.steps.approver, f"/v1/group-grants/{new_id()}/recovery-decision", RECOVERED
    )
    assert (unknown.status_code, unknown.json()["code"]) == (404, "group-grant-not-found")


async def test_what_groups_are_expected_drawn_and_owed_adds_up_to_their_budget(grants: Grants) -> None:
    before = await standing(grants)
    for drawn, spent, kind in ((0, 0, None), (5_000_00, 2_000_00, None), (7_000_00, 1_000_00, GroupCancelled)):
        group = Group(grants)
        await group.hear(GroupFormed)
        grant = await group.accepted()
        if drawn:
            await grants.draw(grant, drawn)
            await grants.spend(grant, spent)
        if kind is not None:
            await group.hear(kind)
            await decide_recovery(grants, group)
    listed = (await grants.steps.get(grants.steps.auditor, "/v1/group-grants", network="maths-hubs")).json()["data"]
    after = await standing(grants)
    change = {name: after[name] - before[name] for name in after}
    assert change["reserved_pence"] == sum(one["owed_pence"] for one in listed) == 2 * SEVEN - 5_000_00
    owed_back = sum(one["to_return_pence"] for one in listed)
    assert change["payable_pence"] + change["paid_pence"] == sum(one["drawn_pence"] for one in listed) + owed_back
    assert sum(one["awarded_pence"] for one in listed) == 2 * SEVEN + 1_000_00
    assert sum(change.values()) == change["allocated_pence"] == 0


async def test_a_change_while_an_adjustment_waits_is_a_question_until_that_is_decided(grants: Grants) -> None:
    group = Group(grants)
    await group.hear(GroupFormed)
    await group.accepted()
    await group.hear(GroupChanged, 8)
    assert (await group.hear(GroupChanged, 6))["question_code"] == "grant-adjustment-open"
    await group.decide(2, "declined")
    assert (await group.hear(GroupChanged, 6))["question"] is None
    await group.decide(3)
    assert (await group.money())["awarded_pence"] == SIX


async def test_a_group_called_off_while_an_adjustment_waits_has_its_grant_ended_once_somebody_decided_that(
    grants: Grants,
) -> None:
    before = await standing(grants)
    group = Group(grants)
    await group.hear(GroupFormed)
    await group.accepted()
    await group.hear(GroupChanged, 8)
    waiting = await group.hear(GroupCancelled, 8)
    assert (waiting["grant_status"], waiting["question_code"]) == ("accepted", "grant-not-in-state")
    assert "adjustment" in waiting["question"]
    await group.decide(2, "declined")
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=True):
        async with grants.steps.funding.session() as session:
            assert await try_again(session, 10) == 1
    ended = await group.money()
    assert (ended["grant_status"], ended["owed_pence"], ended["question"]) == ("terminated", 0, None)
    assert await standing(grants) == before
    assert await findings(grants) == []


async def test_what_cannot_be_calculated_is_a_question_with_its_reason(grants: Grants) -> None:
    told: tuple[tuple[dict[str, Any], int, str], ...] = (
        ({"card": "99-99"}, 7, "grant-card-not-found"),
        ({"card": "19-11"}, 9, "calculation-inputs-refused"),
        ({"network": "no-such-network"}, 7, "budget-not-found"),
        ({"inputs": {"schools": "Seven!"}}, 7, "group-inputs-unreadable"),
    )
    for facts, schools, code in told:
        money = await Group(grants, **facts).hear(GroupFormed, schools)
        assert (money["question_code"], money["grant_id"]) == (code, None)
        assert money["question"]


async def test_a_question_is_answered_by_itself_once_the_budget_is_open(steps: Steps) -> None:
    group = Group(Grants(steps), project_year="2020-21")
    assert (await group.hear(GroupFormed))["question"] == "There is no budget maths-hubs-2020-21."
    opening = {
        "budget": "maths-hubs-2020-21",
        "fund": "lot-1-national-centre",
        "title": "Work groups",
        "scheme": "grants",
    }
    assert (await steps.post(steps.officer, "/v1/budgets", opening)).status_code == 201
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        async with steps.funding.session() as session:
            assert await try_again(session, 10) == 1
    assert (await group.money())["grant_status"] == "proposed"


async def test_a_group_that_is_again_as_its_card_asks_is_proposed_again(grants: Grants) -> None:
    group = Group(grants, card="19-15", project_code="19-15")
    assert (await group.hear(GroupFormed, 2))["grant_status"] == "proposed"
    left = await group.hear(GroupChanged, 1)
    assert (left["question_code"], left["grant_status"]) == ("calculation-inputs-refused", None)
    again = await group.hear(GroupChanged, 2)
    assert (again["question_code"], again["grant_status"], again["expected_pence"]) == (None, "proposed", 9_250_00)


async def test_hub_and_national_team_see_their_groups_and_others_none(grants: Grants) -> None:
    group = Group(grants)
    await group.hear(GroupFormed)
    team = staff("network_lead", organisation_id=TEAM)
    for caller, seen in (
        (grants.lead, 1),
        (team, 1),
        (staff("hub_lead", organisation_id=TEAM), 0),
        (staff("network_lead", organisation_id=new_id()), 0),
    ):
        listed = await grants.steps.get(caller, "/v1/group-grants", network="maths-hubs")
        assert len(listed.json()["data"]) == seen
        one = await grants.steps.get(caller, f"/v1/group-grants/{group.id}")
        assert one.status_code == (200 if seen else 404)


async def test_what_a_groups_money_comes_to_is_told_when_it_changes_and_only_then(grants: Grants) -> None:
    group = Group(grants)
    told: list[GroupGrantChanged] = []

    async def tell() -> list[tuple[str | None, int, int, int, int]]:
        async with grants.steps.funding.session() as session:
            assert await tell_changes(session, 50) <= 1
        events = await grants.steps.funding.published(GroupGrantChanged)
        found = events[len(told) :]
        told.extend(found)
        assert {one.group_id for one in found} <= {group.id}
        return [
            (one.grant_status, one.expected_pence, one.awarded_pence, one.drawn_pence, one.owed_pence) for one in found
        ]

    await group.hear(GroupFormed)
    assert await tell() == [("proposed", SEVEN, 0, 0, 0)]
    assert await tell() == []
    grant = await group.accepted()
    assert await tell() == [("accepted", SEVEN, SEVEN, 0, SEVEN)]
    await group.hear(GroupChanged, 8)
    await group.decide(2)
    await grants.draw(grant, 5_000_00)
    assert await tell() == [("accepted", EIGHT, EIGHT, 5_000_00, EIGHT - 5_000_00)]
    await group.hear(GroupCancelled, 8)
    assert [one.question_code for one in told[-1:]] == [None]
    assert len(await tell()) == 1
    assert told[-1].question_code == "group-called-off"
