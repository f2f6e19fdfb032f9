"""Steps of grants as their tests take them."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import time_machine

from builders import staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.networks import GroupCancelled, GroupFacts, GroupFormed
from funding.budgets import service as budgets
from funding.budgets.schemas import BudgetReference
from funding.canonical import canonical
from funding.grant_applications.schemas import CallOpening
from funding.grant_cards.language import Card
from funding.grant_spending.service import raise_return
from funding.grants.models import GrantAward
from funding.seeds import read_grant_cards
from funding_facts import Steps
from funding_money import a_new_payee, confirmed

JSON = dict[str, Any]
APPROVED = {"outcome": "approved", "reason": "Checked."}


def the_card(card: str) -> Card:
    """A card of the reference data."""
    return next(one for one in read_grant_cards() if one.card == card)


def a_changed_card(card: str = "19-10", version: int = 2, **changes: Any) -> JSON:
    """The next version of a card as a request has it: in force from the next project year, a hundred pounds more."""
    document: JSON = json.loads(canonical(the_card(card)))
    document |= {"version": version, "project_year": "2020-21", "effective_from": "2020-09-01"}
    document["lines"][0]["rate"] += 100_00
    for example in document["examples"]:
        example["total_pence"] += 100_00 * int(example["inputs"].get("work_groups", 1))
    return document | changes


async def a_draft_card(steps: Steps) -> dict[str, str]:
    """A version that waits for a second person, and the names of it and of an approved card."""
    reply = await steps.post(steps.officer, "/v1/grant-cards", {"document": a_changed_card()})
    assert reply.status_code == 201, reply.text
    return {"card_code": "19-10", "card_version": "2", "approved_card": "19-09"}


BUDGET = "network-grants"
HUB = UUID("5d1f3f3e-3f67-5cbb-9d41-0a3f2b7c1e10")
"""The hub of the example of a proposal."""
AGREEMENT = {"version": "2026-1", "reference": "Grant terms, edition 2026-1", "sha256": "0" * 64}
ENDING = {"reason": "All sessions were held.", "returns_due_on": "2027-08-31"}


@dataclass
class Grants:
    """The steps of an award's life, and the people who take them."""

    steps: Steps
    lead: Principal = field(default_factory=lambda: staff("hub_lead", organisation_id=HUB))

    @classmethod
    async def begin(cls, steps: Steps, pence: int = 200_000_00) -> "Grants":
        """A budget for grants, with money in it."""
        opening = BudgetReference(budget=BUDGET, fund="lot-1-national-centre", title="Grants", scheme="grants")
        async with steps.funding.session() as session:
            await budgets.open_budget(session, opening)
            if pence:
                await budgets.allocate(session, "test:grants", BUDGET, pence, "For grants")
        return cls(steps)

    async def post(self, caller: Principal, path: str, body: JSON) -> JSON:
        """Write as somebody under `/v1/grants`, and expect to succeed."""
        reply = await self.steps.post(caller, f"/v1/grants{path}", body)
        assert reply.is_success, reply.text
        found: JSON = reply.json()
        return found

    async def refused(self, caller: Principal, path: str, body: JSON) -> str:
        """Write as somebody, expect to be refused, and tell the code."""
        reply = await self.steps.post(caller, f"/v1/grants{path}", body)
        assert not reply.is_success, reply.text
        return str(reply.json()["code"])

    @staticmethod
    def proposal(card: str = "19-09", reference: str = "group-1", **changes: Any) -> JSON:
        """A proposal to the hub; seven schools unless said otherwise."""
        recipient = {"kind": "hub", "id": str(HUB), "name": "Example Hub"}
        told = {"card": card, "inputs": {"schools": "7"}, "recipient": recipient, "reference": reference}
        return told | {"title": "A group", "budget": BUDGET, "agreement": AGREEMENT} | changes

    async def propose(self, **changes: Any) -> JSON:
        """Propose an award as the officer."""
        return await self.post(self.steps.officer, "", self.proposal(**changes))

    async def award(self, **changes: Any) -> JSON:
        """Propose and approve an award."""
        grant = await self.propose(**changes)
        return await self.post(self.steps.approver, f"/{grant['id']}/approval", APPROVED)

    async def accepted(self, **changes: Any) -> JSON:
        """An award that the hub's lead agreed to."""
        grant = await self.award(**changes)
        agreed = {"agreement_version": "2026-1", "name": "Ada Example", "position": "Hub lead"}
        return await self.post(self.lead, f"/{grant['id']}/acceptance", agreed)

    async def ask_to_draw(self, grant: JSON, pence: int, number: int = 1) -> JSON:
        """Ask for a part of an instalment as the hub's lead."""
        [instalment] = [one for one in grant["instalments"] if one["number"] == number]
        body = {"instalment_id": instalment["id"], "amount_pence": pence, "evidence": ["Register 1"]}
        return await self.post(self.lead, f"/{grant['id']}/drawdowns", body)

    async def draw(self, grant: JSON, pence: int, number: int = 1) -> JSON:
        """Draw a part of an instalment, approved by the officer."""
        asked = await self.ask_to_draw(grant, pence, number)
        return await self.post(self.steps.officer, f"/{grant['id']}/drawdowns/{asked['id']}/decision", APPROVED)

    async def spend(self, grant: JSON, pence: int) -> JSON:
        """Show spending as the hub's lead."""
        body = {"item": "Release", "amount_pence": pence, "spent_on": "2026-11-01", "evidence": "Invoice 1"}
        return await self.post(self.lead, f"/{grant['id']}/spending", body)

    async def claim_days(self, grant: JSON) -> JSON:
        """Claim a day as the hub's lead, approved by the officer."""
        claimed = await self.post(self.lead, f"/{grant['id']}/claims", {"lines": [a_day()]})
        return await self.post(self.steps.officer, f"/{grant['id']}/claims/{claimed['id']}/decision", APPROVED)

    async def read(self, grant: JSON) -> JSON:
        """The award as the auditor sees it now."""
        found: JSON = (await self.steps.get(self.steps.auditor, f"/v1/grants/{grant['id']}")).json()
        return found

    async def adjust(self, grant: JSON, outcome: str = "approved", **inputs: Any) -> JSON:
        """Calculate anew with other inputs, and let the second person decide."""
        body = {"inputs": inputs, "because": "The group changed.", "findings_accepted_because": "Agreed."}
        asked = await self.post(self.steps.officer, f"/{grant['id']}/adjustments", body)
        number = asked["snapshots"][-1]["ordinal"]
        decision = APPROVED | {"outcome": outcome}
        return await self.post(self.steps.approver, f"/{grant['id']}/adjustments/{number}/decision", decision)

    async def pay(self) -> None:
        """What is ready is paid: a run is prepared, checked, approved and released by four people."""
        await self.have_payee()
        prepared = await self.steps.prepare_run(BUDGET)
        if prepared.status_code == 409:
            assert prepared.json()["code"] == "nothing-to-pay"
            assert prepared.json()["held"] == []
            return
        released = await self.steps.release(prepared.json())
        assert released.status_code == 200, released.text

    async def have_payee(self) -> None:
        """The hub has bank details that were approved before the pause that follows."""
        query = {"kind": "hub", "reference": str(HUB)}
        if (await self.steps.get(self.steps.auditor, "/v1/payees", **query)).json()["data"]:
            return
        with time_machine.travel(clock.now() - timedelta(days=4), tick=True):
            payee = await a_new_payee(self.steps, **query, name="Example Hub")
            path = f"/v1/payees/{payee['id']}/details/1/decision"
            decided = await self.steps.post(self.steps.officer, path, confirmed())
        assert decided.status_code == 200, decided.text


def a_day(rate: str = "contact-day", **changes: Any) -> JSON:
    """A line of a claim: one day with schools unless said otherwise."""
    told = {"rate": rate, "what": "Session 1", "happened_on": "2026-11-12", "days": "1", "evidence": "Register 1"}
    return told | changes


CALL: JSON = CallOpening.model_config["json_schema_extra"]["examples"][0]  # type: ignore[index,assignment]
"""The call that the description shows: set-up grants for STEM hubs."""
ANSWERS: JSON = {"requested_pence": "4800000", "schools": "10", "meets": True, "plan": "Lend sensors."}


@dataclass
class Panel:
    """A call, an application to it, and the people who judge."""

    grants: Grants
    call: JSON
    people: tuple[Principal, Principal] = field(default_factory=lambda: (staff("moderator"), staff("moderator")))

    @classmethod
    async def begin(cls, grants: Grants, **changes: Any) -> "Panel":
        """A call that is open now."""
        told = CALL | {"opens_on": "2020-01-01", "closes_on": "2099-12-31"} | changes
        reply = await grants.steps.post(grants.steps.officer, "/v1/grant-calls", told)
        assert reply.status_code == 201, reply.text
        return cls(grants, reply.json())

    async def post(self, caller: Principal, path: str, body: JSON) -> httpx.Response:
        """Write as somebody under `/v1/grant-applications`."""
        return await self.grants.steps.post(caller, f"/v1/grant-applications{path}", body)

    def application(self, **answers: Any) -> JSON:
        """The hub's application."""
        recipient = {"kind": "hub", "id": str(HUB), "name": "Example Hub"}
        return {"call_id": self.call["id"], "recipient": recipient, "answers": ANSWERS | answers}

    async def applied(self, **answers: Any) -> JSON:
        """The hub applies."""
        reply = await self.post(self.grants.lead, "", self.application(**answers))
        assert reply.status_code == 201, reply.text
        found: JSON = reply.json()
        return found

    async def scored(self, **answers: Any) -> JSON:
        """An application that two people scored: 4 and 3 of 5, then 5 and 3."""
        application = await self.applied(**answers)
        for person, reach in zip(self.people, (4, 5), strict=True):
            body = {"points": {"reach": reach, "plan": 3}, "comment": "Clear."}
            assert (await self.post(person, f"/{application['id']}/scores", body)).status_code == 201
        return application

    async def moderated(self, **answers: Any) -> JSON:
        """A scored application whose total is settled as the mean."""
        application = await self.scored(**answers)
        path = f"/{application['id']}/moderation"
        found: JSON = (await self.post(self.grants.steps.officer, path, {"reason": "Alike."})).json()
        return found


async def a_busy_grant(grants: Grants) -> dict[str, str]:
    """An award with everything that can be named: a request, an adjustment, another funder's part and a return."""
    grant = await grants.accepted(card="19-21", inputs={"participants": "15"})
    asked = await grants.ask_to_draw(grant, 100_00)
    claimed = await grants.post(grants.lead, f"/{grant['id']}/claims", {"lines": [a_day()]})
    panel = await Panel.begin(grants)
    application = await panel.applied()
    changed = {"inputs": {"participants": "14"}, "because": "A teacher left."}
    await grants.post(grants.steps.officer, f"/{grant['id']}/adjustments", changed)
    await grants.draw(grant, 50_00)
    async with grants.steps.funding.session() as session:
        award = await session.get_one(GrantAward, UUID(grant["id"]), with_for_update=True)
        await raise_return(session, grants.steps.officer, award, "underspend", 1, clock.today())
        award.lapsed_pence += 1
    spending = (await grants.steps.get(grants.lead, f"/v1/grants/{grant['id']}/spending")).json()
    owed = (await grants.steps.get(grants.steps.auditor, "/v1/payables", budget=BUDGET)).json()["data"]
    return {
        "grant_id": grant["id"],
        "instalment_id": grant["instalments"][0]["id"],
        "drawdown_id": asked["id"],
        "grant_claim_id": claimed["id"],
        "call_id": panel.call["id"],
        "application_id": application["id"],
        "return_id": spending["returns"][0]["id"],
        "payable_id": next(one["id"] for one in owed if one["subject"] == f"grant:{grant['id']}"),
        "snapshot_number": "2",
        "source_number": "1",
        "funder": "amsp",
    }


def group_told(kind: type[GroupFacts] = GroupFormed, schools: int = 7, card: str | None = "19-09", **told: Any) -> Any:
    """News of a group of the hub: seven schools on card 19-09, formed, unless said otherwise."""
    status = {"group.cancelled": "cancelled", "project.completed": "completed"}.get(kind.subject, "running")
    facts: JSON = {"group_id": new_id(), "hub_id": HUB, "network": "maths-hubs", "strand": None, "status": status}
    facts |= {"project_code": "19-09", "project_year": "2019-20", "starts_on": date(2019, 10, 1), "ends_on": None}
    facts |= {"began_on": date(2019, 10, 1), "ended_on": None, "participants": 2 * schools, "leads": 1, "card": card}
    urns = tuple(f"9000{number:02}" for number in range(schools))
    return kind.model_validate(facts | {"schools": urns, "inputs": {"schools": str(schools)}} | told)


async def a_group_to_recover(grants: Grants) -> str:
    """A group that was called off after its hub had drawn, by its id."""
    formed = group_told()
    deliver = grants.steps.funding.deliver
    await deliver(formed, sequence=1)
    shown = await grants.steps.get(grants.steps.auditor, f"/v1/group-grants/{formed.group_id}")
    grant_id = shown.json()["grant_id"]
    awarded = await grants.post(grants.steps.approver, f"/{grant_id}/approval", APPROVED)
    agreed = {"agreement_version": awarded["agreement_version"], "name": "Ada Example", "position": "Hub lead"}
    await grants.draw(await grants.post(grants.lead, f"/{grant_id}/acceptance", agreed), 1_000_00)
    await deliver(group_told(GroupCancelled, group_id=formed.group_id), sequence=2)
    return str(formed.group_id)
