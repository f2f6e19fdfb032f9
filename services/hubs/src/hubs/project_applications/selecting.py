"""What hubs do with applications: decide a criterion themselves, select, keep waiting, decline.

The application is held before the group; nothing holds a group and then asks for an application.
"""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.principal import Principal
from hubs.groups import membership
from hubs.groups.schemas import PersonJoins
from hubs.groups.service import hold_open
from hubs.project_applications.errors import ApplicationNotEligible, ApplicationStepWrong, DeclarationUnasked
from hubs.project_applications.models import ProjectApplication
from hubs.project_applications.queries import kept_by
from hubs.project_applications.rules import OPEN
from hubs.project_applications.schemas import ProjectSelectionIn
from hubs.project_applications.service import decide_again, hold, record
from hubs.projects.criteria import leaves_of
from hubs.projects.decisions import CriteriaDecision, Eligibility, Override


async def override(
    session: AsyncSession, caller: Principal, application_id: UUID, wanted: Override
) -> ProjectApplication:
    """Decide one criterion as a person, with a reason; a later word on it takes the place of an earlier one."""
    theirs, version = await hold(session, application_id, kept_by(caller))
    if theirs.status not in ("interested", *OPEN):
        raise ApplicationStepWrong(f"The application is {theirs.status}.")
    rule = version.document.participants.criteria
    if rule is None or wanted.criterion not in {test.criterion for test in leaves_of(rule)}:
        raise DeclarationUnasked(f"The project does not ask about {wanted.criterion}.", criteria=[wanted.criterion])
    others = [one for one in theirs.overrides if one["criterion"] != wanted.criterion]
    theirs.overrides = [*others, wanted.model_dump(mode="json")]
    await decide_again(session, theirs, version.document)
    await record(session, caller, "overridden", theirs, criterion=wanted.criterion, is_met=wanted.is_met)
    return theirs


async def select_or_not(
    session: AsyncSession, caller: Principal, application_id: UUID, wanted: ProjectSelectionIn
) -> ProjectApplication:
    """Give an applicant a place in a group, keep them on the waiting register, or decline. A repeat changes nothing.

    Raises ApplicationStepWrong, ApplicationNotEligible, and for a place what joining a group raises.
    """
    theirs, version = await hold(session, application_id, kept_by(caller))
    if theirs.status == wanted.outcome and (wanted.group_id in (None, theirs.group_id)):
        return theirs
    if theirs.status not in OPEN:
        raise ApplicationStepWrong(f"The application is {theirs.status}.")
    if wanted.outcome == "selected":
        await decide_again(session, theirs, version.document)
        _refuse_ineligible(theirs)
        theirs.group_id = await _place(session, caller, theirs, wanted)
    elif wanted.reason is None:
        raise ApplicationStepWrong("Say why the applicant is declined, or has to wait.")
    theirs.status, theirs.reason = wanted.outcome, wanted.reason
    theirs.decided_at, theirs.decided_by = clock.now(), caller.id
    await session.flush()
    await record(
        session, caller, wanted.outcome, theirs, group=None if theirs.group_id is None else str(theirs.group_id)
    )
    return theirs


async def _place(
    session: AsyncSession, caller: Principal, theirs: ProjectApplication, wanted: ProjectSelectionIn
) -> UUID:
    if wanted.group_id is None:
        raise ApplicationStepWrong("Name the group in which the applicant gets a place.")
    group, version = await hold_open(session, caller, wanted.group_id)
    if group.project_id != theirs.project_id or group.hub_id != theirs.hub_id:
        raise ApplicationStepWrong("That group is of another project, or of another hub.")
    if theirs.is_of_school and theirs.urn is not None:
        await membership.add_school(session, caller, group, version, theirs.urn, clock.today())
    else:
        person = PersonJoins(person_id=theirs.person_id, urn=theirs.urn, organisation_id=wanted.organisation_id)
        await membership.join_person(session, caller, group.id, person)
    return group.id


def _refuse_ineligible(theirs: ProjectApplication) -> None:
    decision = CriteriaDecision.model_validate(theirs.decision)
    if decision.outcome is not Eligibility.ELIGIBLE:
        reasons = [one.model_dump(mode="json") for one in decision.reasons if one.is_met is not True]
        raise ApplicationNotEligible(decision.words, outcome=decision.outcome, reasons=reasons)
