"""Finding people, and who looked at them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.audit import VIEWED
from chassis.paging import PageOf
from chassis.tables import audit_entry
from identity.accounts.models import Account
from identity.accounts.rules import email_key
from identity.people.errors import PersonNotFound
from identity.people.models import Employment, Person, RoleGrant
from identity.teacher_numbers.models import TeacherNumber
from identity.teachers.schemas import TeacherSearch

FOUND_AT_MOST = 50
FoundRow = Row[UUID, str, str, str | None, str]
RoleRow = Row[str, UUID | None, date, date | None, UUID | None]
ViewRow = Row[int, datetime, UUID | None, str, str]

_FOUND = (
    select(Person.id, Person.given_name, Person.family_name, Person.phase, Employment.school_urn)
    .outerjoin(Account, Account.person_id == Person.id)
    .outerjoin(TeacherNumber, TeacherNumber.person_id == Person.id)
    .outerjoin(Employment, and_(Employment.person_id == Person.id, Employment.to_on.is_(None)))
    .order_by(Person.family_name, Person.given_name, Person.id)
    .limit(FOUND_AT_MOST)
)


async def find(session: AsyncSession, wanted: TeacherSearch) -> Sequence[FoundRow]:
    """Who fits all that is given."""
    fits: list[ColumnElement[bool]] = []
    if wanted.trn:
        fits.append(TeacherNumber.trn == wanted.trn)
    if wanted.email:
        fits.append(Account.email_key == email_key(wanted.email))
    if wanted.given_name:
        fits.append(func.lower(Person.given_name) == wanted.given_name.lower())
    if wanted.family_name:
        fits.append(func.lower(Person.family_name) == wanted.family_name.lower())
    if wanted.school_urn:
        fits.append(Employment.school_urn == wanted.school_urn)
    return (await session.execute(_FOUND.where(*fits))).all()


async def roles_ever_held(session: AsyncSession, person_id: UUID) -> Sequence[RoleRow]:
    """Every role somebody holds or held, the newest first."""
    columns = (RoleGrant.role, RoleGrant.organisation_id, RoleGrant.from_on, RoleGrant.to_on, RoleGrant.granted_by)
    query = select(*columns).where(RoleGrant.person_id == person_id).order_by(RoleGrant.from_on.desc(), RoleGrant.id)
    return (await session.execute(query)).all()


async def require_person(reader: AsyncConnection, person_id: UUID) -> None:
    """PersonNotFound unless there is, or was, such a person."""
    if (await reader.execute(select(Person.id).where(Person.id == person_id))).first() is None:
        raise PersonNotFound("No account belongs to this id.")


async def views_of(reader: AsyncConnection, person_id: UUID | None, page: PageOf) -> Sequence[ViewRow]:
    """One page of who looked at a person's record here, the newest first, with one row more when there are more."""
    entry = audit_entry.c
    query = select(
        entry.position,
        entry.recorded_at.label("viewed_at"),
        entry.caller_id.label("viewer_id"),
        entry.caller_kind.label("viewer_kind"),
        entry.details["what"].astext.label("what"),
    ).where(entry.subject == f"person:{person_id}", entry.action == VIEWED)
    if (after := page.after_as(int)) is not None:
        query = query.where(entry.position < after[0])
    return (await reader.execute(query.order_by(entry.position.desc()).limit(page.limit + 1))).all()
