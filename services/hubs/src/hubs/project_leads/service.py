"""Proposing leads, deciding on them, and marking where they were."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.directory.errors import HubNotFound
from hubs.groups.versions import InUse, open_version, version_of
from hubs.project_leads.errors import AlreadyLead, LeadNotEligible, LeadStepWrong, LeadUnasked, ProjectLeadNotFound
from hubs.project_leads.models import Experience, LeadAttendance, ProjectLead
from hubs.project_leads.queries import kept_by, of_team
from hubs.project_leads.rules import occasions_of
from hubs.project_leads.schemas import LeadAttendanceIn, LeadDecisionIn, ProjectLeadIn
from hubs.projects.applicants import known_of_person
from hubs.projects.criteria import leaves_of
from hubs.projects.decisions import CriteriaDecision, Declaration, Eligibility, Override, decide, not_asked
from hubs.projects.facts import Known
from hubs.registers.access import hubs_staffed_by


async def propose(session: AsyncSession, caller: Principal, wanted: ProjectLeadIn) -> ProjectLead:
    """Propose a person as lead at a hub that the caller staffs; the requirements are decided at once.

    Raises HubNotFound, ProjectNotFound, HubNotTakingPart, LeadUnasked and AlreadyLead.
    """
    if wanted.hub_id not in hubs_staffed_by(caller):
        raise HubNotFound("No hub has this id.")
    version = await open_version(session, wanted.project_id, wanted.hub_id)
    document = version.document
    if unasked := not_asked(document.leads.requirements, wanted.declarations):
        raise LeadUnasked(f"The project does not ask leads about {', '.join(unasked)}.", criteria=unasked)
    known = await known_of_person(session, version.network, wanted.person_id)
    lead = ProjectLead(
        id=new_id(),
        project_id=version.project_id,
        project_version=version.number,
        network=version.network,
        project_code=document.code,
        project_year=document.project_year,
        hub_id=wanted.hub_id,
        person_id=wanted.person_id,
        experience=wanted.experience or _experience(known, document.code),
        status="proposed",
        declarations=[one.model_dump(mode="json") for one in wanted.declarations],
        overrides=[],
        decision=decide(document.leads.requirements, known, wanted.declarations).model_dump(mode="json"),
        proposed_at=clock.now(),
        proposed_by=caller.id,
    )
    session.add(lead)
    try:
        await session.flush()
    except IntegrityError as error:
        raise AlreadyLead("This person leads the project at this hub, or is proposed for it.") from error
    await _record(session, caller, "proposed", lead)
    return lead


async def decide_on(session: AsyncSession, caller: Principal, lead_id: UUID, wanted: LeadDecisionIn) -> ProjectLead:
    """Accept or decline who was proposed, by the hub, or by the national team where it provides leads.

    A repeat changes nothing. Raises LeadStepWrong, LeadUnasked and LeadNotEligible.
    """
    lead, version = await _hold(session, lead_id, or_(kept_by(caller), of_team(caller)))
    if lead.status == wanted.outcome:
        return lead
    if lead.status != "proposed":
        raise LeadStepWrong(f"The proposal is {lead.status}.")
    if version.document.leads.provided_by == "national_team" and lead.hub_id in hubs_staffed_by(caller):
        raise LeadStepWrong("The national team provides the leads of this project, and decides on them.")
    await _decide_again(session, lead, version, wanted.overrides)
    decision = CriteriaDecision.model_validate(lead.decision)
    if wanted.outcome == "accepted" and decision.outcome is not Eligibility.ELIGIBLE:
        reasons = [one.model_dump(mode="json") for one in decision.reasons if one.is_met is not True]
        raise LeadNotEligible(decision.words, outcome=decision.outcome, reasons=reasons)
    lead.status, lead.reason, lead.decided_at, lead.decided_by = wanted.outcome, wanted.reason, clock.now(), caller.id
    await session.flush()
    await _record(session, caller, wanted.outcome, lead, overrides=[one.criterion for one in wanted.overrides])
    return lead


async def end(session: AsyncSession, caller: Principal, lead_id: UUID, reason: str) -> ProjectLead:
    """Let somebody lead no more; the groups they lead stay theirs until they are given up there."""
    lead, _ = await _hold(session, lead_id, or_(kept_by(caller), of_team(caller)))
    if lead.status == "declined":
        raise LeadStepWrong("The proposal is declined.")
    if lead.status != "ended":
        lead.status, lead.reason, lead.decided_at, lead.decided_by = "ended", reason, clock.now(), caller.id
        await session.flush()
        await _record(session, caller, "ended", lead)
    return lead


async def mark(session: AsyncSession, caller: Principal, lead_id: UUID, marks: LeadAttendanceIn) -> None:
    """Say at which of the network's occasions a lead was, by the national team. Marking again corrects."""
    lead, version = await _hold(session, lead_id, of_team(caller))
    entries = {(one.activity, one.occasion): one.presence for one in marks.entries}
    if unknown := sorted(occasion for _, occasion in entries.keys() - occasions_of(version.document)):
        raise LeadUnasked(f"Leads of this project are not asked to {', '.join(unknown)}.", occasions=unknown)
    now = clock.now()
    rows = [
        {
            "lead_id": lead.id,
            "activity": activity,
            "occasion": occasion,
            "presence": presence,
            "marked_at": now,
            "marked_by": caller.id,
        }
        for (activity, occasion), presence in entries.items()
    ]
    told = insert(LeadAttendance).values(rows)
    newer = {name: told.excluded[name] for name in ("presence", "marked_at", "marked_by")}
    index = [LeadAttendance.lead_id, LeadAttendance.activity, LeadAttendance.occasion]
    await session.execute(told.on_conflict_do_update(index_elements=index, set_=newer))
    await _record(session, caller, "marked", lead, entries=len(rows))


def _experience(known: Known, code: str) -> Experience:
    """Existing for who led a group of the project before, as far as the platform knows."""
    return "existing" if any(part.by == "lead" and part.project == code for part in known.parts) else "new"


async def _decide_again(
    session: AsyncSession, lead: ProjectLead, version: InUse, overrides: Sequence[Override]
) -> None:
    rule = version.document.leads.requirements
    asked = set() if rule is None else {test.criterion for test in leaves_of(rule)}
    if unasked := sorted({one.criterion for one in overrides} - asked):
        raise LeadUnasked(f"The project does not ask leads about {', '.join(unasked)}.", criteria=unasked)
    declared = [Declaration.model_validate(one) for one in lead.declarations]
    known = await known_of_person(session, lead.network, lead.person_id)
    lead.overrides = [one.model_dump(mode="json") for one in overrides]
    lead.decision = decide(rule, known, declared, overrides).model_dump(mode="json")


async def _hold(session: AsyncSession, lead_id: UUID, whose: ColumnElement[bool]) -> tuple[ProjectLead, InUse]:
    """A lead, held until commit, and the project; ProjectLeadNotFound."""
    query = select(ProjectLead).where(ProjectLead.id == lead_id, whose)
    lead = await session.scalar(query.with_for_update(key_share=True).execution_options(populate_existing=True))
    if lead is None:
        raise ProjectLeadNotFound("No lead of yours has this id.")
    return lead, await version_of(session, lead.project_id, lead.project_version)


async def _record(
    session: AsyncSession, caller: Principal, action: str, lead: ProjectLead, **details: audit.JSON
) -> None:
    facts: dict[str, audit.JSON] = {"project": lead.project_code, "hub": str(lead.hub_id)}
    await audit.record(session, caller, f"project-lead.{action}", f"project_lead:{lead.id}", facts | details)
