"""Granting and ending roles. What the caller may grant follows from their own roles (`rules`), row by row."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from identity.memberships import queries, rules
from identity.memberships.errors import (
    HeldRoleNotFound,
    LastAdministrator,
    ProposalDecided,
    ProposalNotFound,
    RoleHeldAlready,
    RoleMisplaced,
    RoleNeedsTwo,
    RoleNotYours,
    SecondAdministratorNeeded,
)
from identity.memberships.models import RoleProposal
from identity.memberships.schemas import NewMembership, NewProposal
from identity.people.errors import PersonNotFound
from identity.people.models import Role, RoleGrant
from identity.people.service import grant_role, hold_person

ROLES_LOCK = 7_301


def require_grantable(caller: Principal, role: Role, organisation_id: UUID | None) -> None:
    """RoleMisplaced, RoleNeedsTwo or RoleNotYours unless the caller may grant the role there."""
    if role in rules.STRONG and caller.has_role("administrator"):
        raise RoleNeedsTwo("Propose it; another administrator decides.")
    if not rules.may_grant(caller.roles, role, organisation_id):
        raise RoleNotYours("You grant roles at your own organisation only, and none above your own.")
    if not rules.is_well_placed(role, organisation_id):
        raise RoleMisplaced("Say at which organisation or hub it is to be held.")


async def grant(session: AsyncSession, caller: Principal, wanted: NewMembership) -> queries.MembershipRow:
    """Grant a role to somebody with an account. To strangers, an organisation sends an invitation."""
    require_grantable(caller, wanted.role, wanted.organisation_id)
    person = await hold_person(session, wanted.person_id)
    if not caller.has_role("administrator") and not await _is_known(session, caller, person.id):
        raise PersonNotFound("Nobody of your organisation has this id. Send an invitation.")
    grant_id = await give(session, caller, person.id, wanted.role, wanted.organisation_id, wanted.until_on)
    return await queries.membership(session, grant_id)


async def _is_known(session: AsyncSession, caller: Principal, person_id: UUID) -> bool:
    theirs = queries.looked_after_by(caller, RoleGrant.__table__.c.organisation_id)
    return (
        await session.scalar(select(RoleGrant.id).where(RoleGrant.person_id == person_id, theirs).limit(1)) is not None
    )


async def give(
    session: AsyncSession,
    caller: Principal,
    person_id: UUID,
    role: Role,
    organisation_id: UUID | None,
    until_on: date | None,
) -> UUID:
    """Let somebody hold a role from today on, or RoleHeldAlready."""
    same = (
        RoleGrant.person_id == person_id,
        RoleGrant.role == role.value,
        RoleGrant.organisation_id.is_not_distinct_from(organisation_id),
        queries.held_on(clock.today()),
    )
    if await session.scalar(select(RoleGrant.id).where(*same).limit(1)):
        raise RoleHeldAlready("End it first if it is to end on another day.")
    today = clock.today()
    grant_id = await grant_role(session, caller, person_id, role, organisation_id, from_on=today, until_on=until_on)
    assert grant_id is not None
    return grant_id


async def end(
    session: AsyncSession, caller: Principal, membership_id: UUID, until_on: date | None
) -> queries.MembershipRow:
    """End a role at once, or on a day to come. At once means: it is not in the next token."""
    await _one_at_a_time(session)
    theirs = queries.looked_after_by(caller, RoleGrant.__table__.c.organisation_id)
    held = await session.scalar(select(RoleGrant).where(RoleGrant.id == membership_id, theirs).with_for_update())
    if held is None:
        raise HeldRoleNotFound("No role at an organisation of yours has this id.")
    role = Role(held.role)
    if not caller.has_role("administrator") and not rules.may_grant(caller.roles, role, held.organisation_id):
        raise RoleNotYours("Who may not grant a role may not end it either.")
    today = clock.today()
    if held.ended_at is not None or (held.to_on is not None and held.to_on < today):
        return await queries.membership(session, membership_id)
    if role is Role.ADMINISTRATOR and await _count_administrators(session) <= 1:
        raise LastAdministrator("Let two administrators make another one first.")
    if until_on is None:
        held.ended_at, held.to_on = clock.now(), max(held.from_on, today - timedelta(days=1))
    else:
        held.to_on = max(until_on, held.from_on)
    await session.flush()
    details: dict[str, audit.JSON] = {"role": held.role, "organisation_id": str(held.organisation_id or "")}
    details["until_on"] = str(held.to_on)
    await audit.record(session, caller, "role.ended", f"person:{held.person_id}", details)
    return await queries.membership(session, membership_id)


async def _one_at_a_time(session: AsyncSession) -> None:
    """Until this transaction ends: of two administrators who end one another, the second meets the first's end."""
    await session.execute(select(func.pg_advisory_xact_lock(ROLES_LOCK)))


async def _count_administrators(session: AsyncSession) -> int:
    lasting = (RoleGrant.role == Role.ADMINISTRATOR.value, RoleGrant.to_on.is_(None), RoleGrant.ended_at.is_(None))
    return (await session.execute(select(func.count(func.distinct(RoleGrant.person_id))).where(*lasting))).scalar_one()


async def propose(session: AsyncSession, caller: Principal, wanted: NewProposal) -> RoleProposal:
    """Propose one of the strongest roles for somebody; a second proposal of the same answers the first."""
    assert caller.id is not None
    person = await hold_person(session, wanted.person_id)
    role = wanted.role
    waiting = select(RoleProposal).where(
        RoleProposal.person_id == person.id, RoleProposal.role == role.value, RoleProposal.outcome.is_(None)
    )
    if (already := await session.scalar(waiting)) is not None:
        return already
    proposal = RoleProposal(
        person_id=person.id,
        role=role.value,
        until_on=wanted.until_on,
        reason=wanted.reason,
        proposed_by=caller.id,
        proposed_at=clock.now(),
    )
    session.add(proposal)
    await session.flush()
    await audit.record(session, caller, "role.proposed", f"person:{person.id}", {"role": role.value})
    return proposal


async def decide(session: AsyncSession, caller: Principal, proposal_id: UUID, outcome: str) -> RoleProposal:
    """Another administrator grants the role, or does not; SecondAdministratorNeeded, ProposalDecided."""
    proposal = await session.scalar(select(RoleProposal).where(RoleProposal.id == proposal_id).with_for_update())
    if proposal is None:
        raise ProposalNotFound("No proposal has this id.")
    if proposal.outcome is not None:
        raise ProposalDecided(f"It was {proposal.outcome}.")
    if caller.id in (proposal.proposed_by, proposal.person_id):
        raise SecondAdministratorNeeded("Neither who proposed it nor whom it is about decides.")
    proposal.outcome, proposal.decided_by, proposal.decided_at = outcome, caller.id, clock.now()
    await session.flush()
    role = Role(proposal.role)
    if outcome == "approved":
        await give(session, caller, proposal.person_id, role, None, proposal.until_on)
    details: dict[str, audit.JSON] = {"role": role.value, "outcome": outcome}
    await audit.record(session, caller, "role.decided", f"person:{proposal.person_id}", details)
    return proposal
