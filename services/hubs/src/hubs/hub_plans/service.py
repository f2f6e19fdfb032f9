"""A plan's life: begun, written, handed in, agreed or returned; and changed again, as the next revision."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.hub_plans.errors import (
    HubPlanExists,
    HubPlanLineWrong,
    HubPlanNotFound,
    HubPlanStepNotPossible,
    HubPlanUnexplained,
    HubPlanWindowClosed,
    SecondPlannerNeeded,
)
from hubs.hub_plans.models import HubPlan, HubPlanLine, HubPlanRevision
from hubs.hub_plans.queries import detail_of, find_plan, newest_number
from hubs.hub_plans.schemas import HubPlanIn, PlanDecisionIn, PlanLineIn, PlanLinesIn, PlanReopeningIn, PlanSubmissionIn
from hubs.hub_plans.windows import Window
from hubs.networks.access import keeps
from hubs.networks.document import NetworkDocument
from hubs.networks.documents import project_id
from hubs.networks.errors import NetworkFactUnknown, NetworkHubNotFound
from hubs.networks.models import NetworkHub
from hubs.networks.queries import documents_in_force, facts_of, find_year, takes_part
from hubs.networks.service import facts_told, set_facts
from hubs.projects.document import ProjectDocument
from hubs.registers.access import hubs_staffed_by


async def begin(session: AsyncSession, caller: Principal, wanted: HubPlanIn) -> UUID:
    """An empty plan of the caller's hub. Raises NetworkHubNotFound and HubPlanExists."""
    part = select(NetworkHub).where(takes_part(wanted.network, wanted.project_year), NetworkHub.hub_id == wanted.hub_id)
    hub = await session.scalar(part.with_for_update())
    if hub is None or wanted.hub_id not in hubs_staffed_by(caller) or caller.id is None:
        raise NetworkHubNotFound(f"The hub does not take part in {wanted.network} in {wanted.project_year}.")
    key = {"network_slug": wanted.network, "project_year": wanted.project_year, "hub_id": wanted.hub_id}
    if await session.scalar(select(HubPlan.id).filter_by(**key)) is not None:
        raise HubPlanExists(f"The hub has a plan for {wanted.network} in {wanted.project_year}.")
    plan = HubPlan(id=new_id(), **key, status="draft", revision=0, version=1)
    session.add(plan)
    await session.flush()
    await _next_revision(session, caller, plan)
    await _record(session, caller, plan, "begun")
    return plan.id


async def _next_revision(session: AsyncSession, caller: Principal, plan: HubPlan) -> None:
    plan.revision, plan.status = plan.revision + 1, "draft"
    begun = {"begun_by": caller.id, "begun_at": clock.now(), "status": "draft"}
    session.add(HubPlanRevision(hub_plan_id=plan.id, revision=plan.revision, **begun))
    await session.flush()


async def _held(session: AsyncSession, caller: Principal, plan_id: UUID) -> tuple[HubPlan, AnyRow]:
    """The plan until commit, and what the caller sees of it; HubPlanNotFound."""
    seen = await find_plan(session, caller, plan_id)
    plan = await session.get_one(HubPlan, plan_id, with_for_update=True, populate_existing=True)
    return plan, seen


async def _own(session: AsyncSession, caller: Principal, plan_id: UUID) -> HubPlan:
    """The same of the caller's own hub, while it is the hub's to change."""
    plan, _ = await _held(session, caller, plan_id)
    if plan.hub_id not in hubs_staffed_by(caller):
        raise HubPlanNotFound("No plan has this id.")
    if plan.status == "submitted":
        raise HubPlanStepNotPossible("The plan is handed in; the national team decides on it first.")
    return plan


async def write_lines(session: AsyncSession, caller: Principal, plan_id: UUID, seen: int, wanted: PlanLinesIn) -> None:
    """Replace a plan's lines. What was decided on stays as it was: the change is the next revision.

    Raises StaleVersion, HubPlanStepNotPossible, HubPlanLineWrong and NetworkFactUnknown.
    """
    plan = await _own(session, caller, plan_id)
    require_version(plan.version, seen)
    documents = await documents_in_force(session, plan.network_slug, plan.project_year)
    _refuse_wrong(wanted, {one.code: one for one in documents.values()})
    if plan.status in ("agreed", "returned"):
        await _next_revision(session, caller, plan)
    key = {"hub_plan_id": plan.id, "revision": plan.revision}
    await session.execute(delete(HubPlanLine).filter_by(**key))
    ids = {one.code: project_id(plan.network_slug, plan.project_year, one.code) for one in wanted.lines}
    numbers = await newest_number(session, ids.values())
    rows = [{**key, **_row(one), "project_id": ids[one.code], "number": numbers[ids[one.code]]} for one in wanted.lines]
    if rows:
        await session.execute(insert(HubPlanLine), rows)
    if wanted.facts is not None:
        await _tell_facts(session, caller, plan, wanted.facts)
    plan.version += 1
    await session.flush()
    await _record(session, caller, plan, "written", {"lines": len(rows)})


def _row(line: PlanLineIn) -> dict[str, object]:
    return line.model_dump() | {"strand": line.strand or ""}


def _refuse_wrong(wanted: PlanLinesIn, projects: Mapping[str, ProjectDocument]) -> None:
    keys = [(one.code, one.strand) for one in wanted.lines]
    for index, line in enumerate(wanted.lines):
        project = projects.get(line.code)
        if project is None:
            raise HubPlanLineWrong(f"{line.code} is no project of the network.", line=index)
        if bool(project.strands) != (project.strand(line.strand) is not None) or (line.strand and not project.strands):
            strands = ", ".join(one.slug for one in project.strands) or "none"
            raise HubPlanLineWrong(f"{line.code} has these strands: {strands}.", line=index)
        if keys.index((line.code, line.strand)) < index:
            raise HubPlanLineWrong(f"{line.code} stands twice in the plan.", line=index)


async def _tell_facts(session: AsyncSession, caller: Principal, plan: HubPlan, told: Mapping[str, int]) -> None:
    """What the hub answers; answers that are the national team's to give stay."""
    found = await find_year(session, plan.network_slug, plan.project_year)
    document = NetworkDocument.model_validate(found.document)
    facts_told(document, told)
    own = {one.slug for one in document.hub_facts if one.told_by == "hub"}
    if foreign := sorted(set(told) - own):
        raise NetworkFactUnknown(f"{foreign[0]} is told by the national team.")
    known = await facts_of(session, plan.network_slug, plan.project_year, plan.hub_id)
    kept = {fact: value for fact, value in known.items() if fact not in own}
    key = {"network_slug": plan.network_slug, "project_year": plan.project_year, "hub_id": plan.hub_id}
    await set_facts(session, caller, key, kept | dict(told))


async def submit(session: AsyncSession, caller: Principal, plan_id: UUID, wanted: PlanSubmissionIn) -> None:
    """Hand a plan in. Raises HubPlanStepNotPossible, HubPlanWindowClosed, and HubPlanUnexplained with its faults."""
    plan = await _own(session, caller, plan_id)
    if plan.status != "draft":
        raise HubPlanStepNotPossible("Nothing was changed since it was decided on.")
    await _refuse_closed(session, plan)
    detail = await detail_of(session, await find_plan(session, caller, plan_id))
    findings = [one.model_dump(mode="json") for one in detail["findings"]]
    faults = [one for one in findings if one["severity"] == "fault"]
    if faults and wanted.explanation is None:
        raise HubPlanUnexplained(f"{len(faults)} faults; the first: {faults[0]['says']}", findings=faults)
    revision = await session.get_one(HubPlanRevision, (plan.id, plan.revision))
    revision.status = plan.status = "submitted"
    revision.submitted_by, revision.submitted_at = caller.id, clock.now()
    revision.explanation, revision.findings = wanted.explanation, findings
    plan.version += 1
    await session.flush()
    await _record(session, caller, plan, "submitted", {"faults": len(faults)})


async def _refuse_closed(session: AsyncSession, plan: HubPlan) -> None:
    found = await find_year(session, plan.network_slug, plan.project_year)
    window = Window.of(NetworkDocument.model_validate(found.document).plans, plan.open_until_on)
    if not window.is_open(clock.today()):
        days = {name: str(day) for name, day in vars(window).items() if day is not None}
        raise HubPlanWindowClosed(f"{window.in_words()} The national team may open this plan for longer.", **days)


async def reopen(session: AsyncSession, caller: Principal, plan_id: UUID, wanted: PlanReopeningIn) -> None:
    """Take a hub's plan in for longer. Raises HubPlanNotFound for who is not of the national team."""
    plan, seen = await _held(session, caller, plan_id)
    if not keeps(caller, seen.national_team_id):
        raise HubPlanNotFound("No plan has this id.")
    if wanted.until_on < clock.today():
        raise HubPlanStepNotPossible(f"{wanted.until_on} is over.")
    plan.open_until_on = wanted.until_on
    plan.version += 1
    await session.flush()
    await _record(session, caller, plan, "reopened", {"until": str(wanted.until_on), "reason": wanted.reason})


async def decide(session: AsyncSession, caller: Principal, plan_id: UUID, decision: PlanDecisionIn) -> None:
    """Agree a plan that was handed in, or return it.

    Raises HubPlanNotFound for who is not of the national team, HubPlanStepNotPossible and SecondPlannerNeeded.
    """
    plan, seen = await _held(session, caller, plan_id)
    if not keeps(caller, seen.national_team_id):
        raise HubPlanNotFound("No plan has this id.")
    if plan.status != "submitted":
        raise HubPlanStepNotPossible(f"The plan is {plan.status}; only a plan that was handed in is decided on.")
    revision = await session.get_one(HubPlanRevision, (plan.id, plan.revision))
    if revision.submitted_by == caller.id:
        raise SecondPlannerNeeded("You handed this plan in; somebody else of the national team decides on it.")
    revision.status = plan.status = decision.outcome
    revision.decided_by, revision.decided_at, revision.reason = caller.id, clock.now(), decision.reason
    if decision.outcome == "agreed":
        plan.agreed_revision = plan.revision
    plan.version += 1
    await session.flush()
    await _record(session, caller, plan, decision.outcome, {"reason": decision.reason})


async def _record(
    session: AsyncSession, caller: Principal, plan: HubPlan, step: str, details: dict[str, audit.JSON] | None = None
) -> None:
    named: dict[str, audit.JSON] = {"network": plan.network_slug, "year": plan.project_year, "revision": plan.revision}
    await audit.record(session, caller, f"hub-plan.{step}", f"hub-plan:{plan.id}", named | (details or {}))
