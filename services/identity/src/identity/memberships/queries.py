"""Reading who holds what where. An organisation's people are seen by who looks after them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from identity.accounts.models import Account
from identity.memberships.models import Invitation, RoleProposal
from identity.memberships.rules import DELEGATED
from identity.people.models import Person, RoleGrant

MembershipRow = Row[UUID, UUID, str, str, str | None, str, UUID | None, date, date | None, datetime | None, UUID | None]
InvitationRow = Row[UUID, str, str, UUID | None, date | None, UUID, datetime, datetime]
ProposalRow = Row[UUID, UUID, str, date | None, str, UUID, datetime, str | None, UUID | None, datetime | None]

_MEMBERSHIPS = (
    select(
        RoleGrant.id,
        RoleGrant.person_id,
        Person.given_name,
        Person.family_name,
        Account.email,
        RoleGrant.role,
        RoleGrant.organisation_id,
        RoleGrant.from_on,
        RoleGrant.to_on.label("until_on"),
        RoleGrant.ended_at,
        RoleGrant.granted_by,
    )
    .join(Person, Person.id == RoleGrant.person_id)
    .outerjoin(Account, Account.person_id == Person.id)
)
_OPEN = select(
    Invitation.id,
    Invitation.email,
    Invitation.role,
    Invitation.organisation_id,
    Invitation.until_on,
    Invitation.invited_by,
    Invitation.invited_at,
    Invitation.expires_at,
)
_PROPOSALS = select(
    RoleProposal.id,
    RoleProposal.person_id,
    RoleProposal.role,
    RoleProposal.until_on,
    RoleProposal.reason,
    RoleProposal.proposed_by,
    RoleProposal.proposed_at,
    RoleProposal.outcome,
    RoleProposal.decided_by,
    RoleProposal.decided_at,
)


def looked_after_by(caller: Principal, organisation_id: ColumnElement[UUID | None]) -> ColumnElement[bool]:
    """The rows at organisations whose people the caller looks after; all for an administrator."""
    if caller.has_role("administrator"):
        return true()
    return organisation_id.in_(caller.organisations(*DELEGATED))


def held_on(day: date) -> ColumnElement[bool]:
    """The roles that are held on a day, as far as is known today."""
    columns = RoleGrant.__table__.c
    last = or_(columns.to_on.is_(None), columns.to_on >= day)
    return and_(columns.from_on <= day, last, columns.ended_at.is_(None))


async def list_memberships(
    session: AsyncSession, caller: Principal, organisation_id: UUID | None, is_present: bool, page: PageOf
) -> Sequence[MembershipRow]:
    """One page of the roles at the caller's organisations, oldest first, with one row more when there are more."""
    query = _MEMBERSHIPS.where(looked_after_by(caller, RoleGrant.__table__.c.organisation_id))
    if organisation_id is not None:
        query = query.where(RoleGrant.organisation_id == organisation_id)
    if is_present:
        query = query.where(held_on(clock.today()))
    if (after := page.after_as(UUID)) is not None:
        query = query.where(RoleGrant.id > after[0])
    return (await session.execute(query.order_by(RoleGrant.id).limit(page.limit + 1))).all()


async def membership(session: AsyncSession, membership_id: UUID) -> MembershipRow:
    """One role with its person; it is known to be there."""
    return (await session.execute(_MEMBERSHIPS.where(RoleGrant.id == membership_id))).one()


async def list_open_invitations(reader: AsyncConnection, caller: Principal, page: PageOf) -> Sequence[InvitationRow]:
    """One page of what the caller's organisations have offered and nobody has taken up yet."""
    columns = Invitation.__table__.c
    is_open = (columns.accepted_at.is_(None), columns.withdrawn_at.is_(None), columns.expires_at > clock.now())
    query = _OPEN.where(looked_after_by(caller, columns.organisation_id), *is_open)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(Invitation.id > after[0])
    return (await reader.execute(query.order_by(Invitation.id).limit(page.limit + 1))).all()


async def list_proposals(reader: AsyncConnection, page: PageOf) -> Sequence[ProposalRow]:
    """One page of proposals, oldest first, with one row more when there are more."""
    query = _PROPOSALS
    if (after := page.after_as(UUID)) is not None:
        query = query.where(RoleProposal.id > after[0])
    return (await reader.execute(query.order_by(RoleProposal.id).limit(page.limit + 1))).all()
