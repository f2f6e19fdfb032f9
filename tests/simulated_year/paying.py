"""The money of the year: decided, agreed to, adjusted, drawn, paid, spent, ended and given back."""

from typing import Any

from chassis import clock
from chassis.principal import Principal
from funding_money import BANK_DETAILS
from simulated_year.delivering import running
from simulated_year.world import BUDGET, NETWORK, SimulatedGroup, SimulatedHub, World

UNDECIDED, DECLINED, DRAWS, DRAW_DECLINED, SPENDS = 0.1, 0.04, 0.8, 0.06, 0.8
ALLOCATED_PENCE = 900_000_000
APPROVED = {"outcome": "approved", "reason": "Held against the group's facts."}
REFUSED = {"outcome": "declined", "reason": "The register is missing."}
ENDING = {"reason": "All sessions were held.", "returns_due_on": "2020-09-30"}


async def open_budget(world: World) -> None:
    """The year's budget is opened, and money put into it by two people."""
    platform, team = world.platform, world.team
    opening = {"budget": BUDGET, "fund": "lot-1-national-centre", "title": "Work groups 2019/20", "scheme": "grants"}
    await platform.post(team.officer, "/v1/budgets", opening)
    wanted = {"to_budget": BUDGET, "amount_pence": ALLOCATED_PENCE, "reason": "The year's grants."}
    proposed = await platform.post(team.officer, "/v1/allocations", wanted)
    await platform.post(team.approver, f"/v1/allocations/{proposed['id']}/approval", APPROVED)
    world.note("allocated", value=ALLOCATED_PENCE)


async def enter_payee(world: World, hub: SimulatedHub) -> None:
    """The hub's bank details, entered by one person and confirmed by another."""
    payee = {"kind": "hub", "reference": str(hub.id), "name": hub.name[:100], "details": BANK_DETAILS}
    entered = await world.platform.post(world.team.payers[0], "/v1/payees", payee)
    called = {"method": "telephone", "on": str(clock.today()), "note": "Called the hub."}
    path = f"/v1/payees/{entered['id']}/details/1/decision"
    await world.platform.post(world.team.officer, path, APPROVED | {"confirmation": called})


async def grants_by_group(world: World) -> dict[str, Any]:
    """Every group's money, as the auditor sees it."""
    rows = await world.platform.every(world.team.auditor, "/v1/group-grants", network=NETWORK)
    return {row["group_id"]: row for row in rows}


async def decide_proposals(world: World, hub: SimulatedHub, grants: dict[str, Any], *, is_last: bool) -> None:
    """The approver decides about what is proposed, and the hub agrees to what it is given."""
    for group in hub.groups:
        row = grants.get(group.id)
        if row is None or row["grant_status"] != "proposed":
            continue
        if not is_last and hub.happens(UNDECIDED):
            continue
        # Where schools wait for a place, a group may come back to the size that was declined; nothing is asked then.
        path, declined = f"/v1/grants/{row['grant_id']}", not group.waiting and hub.happens(DECLINED)
        awarded = await world.platform.post(world.team.approver, f"{path}/approval", REFUSED if declined else APPROVED)
        world.note("grant", group, hub, subject="declined" if declined else "approved")
        if not declined:
            agreed = {"agreement_version": awarded["agreement_version"], "name": "A. Example", "position": "Hub lead"}
            await world.platform.post(hub.lead, f"{path}/acceptance", agreed)
            world.note("grant", group, hub, subject="accepted")


async def adjust(world: World, hub: SimulatedHub, grants: dict[str, Any]) -> bool:
    """Adjustments that funding asked for are approved; whether there were any."""
    found = False
    for group in hub.groups:
        row = grants.get(group.id)
        if row is None or row["grant_status"] not in ("awarded", "accepted"):
            continue
        if row["question_code"] is None and row["expected_pence"] == row["awarded_pence"]:
            continue
        grant = await world.platform.get(world.team.auditor, f"/v1/grants/{row['grant_id']}")
        last = grant["snapshots"][-1]
        if last["status"] == "proposed":
            path = f"/v1/grants/{grant['id']}/adjustments/{last['ordinal']}/decision"
            await world.platform.post(world.team.approver, path, APPROVED)
            found = True
            world.note("adjusted", group, hub, value=last["own_pence"])
    return found


async def draw(world: World, hub: SimulatedHub, grants: dict[str, Any], *, whole: bool) -> None:
    """Hubs draw a part of what their groups were granted, or all that is left."""
    for group in running(hub):
        row = grants.get(group.id)
        if row is None or row["grant_status"] != "accepted" or not hub.happens(DRAWS):
            continue
        path = f"/v1/grants/{row['grant_id']}"
        grant = await world.platform.get(hub.lead, path)
        for one in grant["instalments"]:
            left = one["amount_pence"] - one["drawn_pence"] - one["cancelled_pence"]
            pence = left if whole else left // 2
            if pence:
                await _draw(world, hub, group, path, one["id"], pence, left)
        if hub.happens(SPENDS):
            await _spend(world, hub, group, path)


async def _draw(
    world: World, hub: SimulatedHub, group: SimulatedGroup, path: str, instalment: str, pence: int, left: int
) -> None:
    body = {"instalment_id": instalment, "amount_pence": pence, "evidence": ["Register of session 1"]}
    if hub.happens(0.05):
        too_much = body | {"amount_pence": left + 1}
        refused = await world.platform.refused(hub.lead, f"{path}/drawdowns", too_much)
        assert refused == "grant-drawn-above-instalment", refused
    asked = await world.platform.post(hub.lead, f"{path}/drawdowns", body)
    declined = hub.happens(DRAW_DECLINED)
    decision = REFUSED if declined else APPROVED
    await world.platform.post(world.team.officer, f"{path}/drawdowns/{asked['id']}/decision", decision)
    if not declined:
        world.note("drawn", group, hub, value=pence)


async def _spend(world: World, hub: SimulatedHub, group: SimulatedGroup, path: str) -> None:
    pence = hub.chance.randrange(50_000, 400_000, 5_000)
    body = {"item": "Release", "amount_pence": pence, "spent_on": str(clock.today()), "evidence": "Invoice"}
    await world.platform.post(hub.lead, f"{path}/spending", body)
    world.note("spent", group, hub, value=pence)


async def pay(world: World) -> None:
    """Everything that is owed is paid by one run, prepared, checked, approved and released by four people."""
    preparer, checker, approver, releaser = world.team.payers
    run = await world.platform.post(preparer, "/v1/payment-runs", {"budget": BUDGET})
    path, seen = f"/v1/payment-runs/{run['id']}", {"content_sha256": run["content_sha256"]}
    await world.platform.post(checker, f"{path}/check", seen)
    await world.platform.post(approver, f"{path}/approval", seen | {"outcome": "approved", "reason": "Agrees."})
    await world.platform.post(releaser, f"{path}/release", None)
    world.note("paid", value=run["amount_pence"])


async def end(world: World, hub: SimulatedHub, grants: dict[str, Any]) -> None:
    """Grants of completed groups are completed, those of groups that were called off terminated."""
    for group in hub.groups:
        row = grants.get(group.id)
        if row is None or row["grant_status"] not in ("awarded", "accepted"):
            continue
        path = f"/v1/grants/{row['grant_id']}"
        if row["recovery"] == "proposed":
            await _recover(world, hub, group)
        elif group.status == "completed" and row["grant_status"] == "accepted" and hub.happens(0.8):
            await world.platform.post(world.team.officer, f"{path}/completion", ENDING)
            world.note("grant", group, hub, subject="completed")
        else:
            continue
        if hub.happens(0.7):
            await _give_back(world, hub, group, path, world.team.payers[1])


async def _recover(world: World, hub: SimulatedHub, group: SimulatedGroup) -> None:
    """The grant of a group that was called off is ended, or somebody lets it go on."""
    outcome = "approved" if hub.happens(0.7) else "declined"
    path = f"/v1/group-grants/{group.id}/recovery-decision"
    await world.platform.post(world.team.approver, path, ENDING | {"outcome": outcome})
    world.note("grant", group, hub, subject="recovered" if outcome == "approved" else "not recovered")


async def _give_back(world: World, hub: SimulatedHub, group: SimulatedGroup, path: str, payer: Principal) -> None:
    """What was drawn and not spent comes back."""
    spending = await world.platform.get(hub.lead, f"{path}/spending")
    for one in spending["returns"]:
        if one["status"] == "due":
            body = {"reference": f"Receipt {one['id'][-8:]}", "received_on": str(clock.today())}
            reply = await world.platform.ask(payer, "POST", f"{path}/returns/{one['id']}/receipt", body)
            if reply.is_success:
                world.note("returned", group, hub, value=one["amount_pence"])
            else:
                assert reply.json()["code"] == "grant-return-not-paid-yet", reply.text
