"""Finding people, and who looked at them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Text, and_, func, literal, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.audit import VIEWED
from chassis.known_as import goes_by, is_theirs
from chassis.paging import PageOf
from chassis.tables import UtcDateTime, audit_entry
from identity.accounts.models import Account
from identity.accounts.rules import email_key
from identity.people.errors import PersonNotFound
from identity.people.models import Employment, Person, RoleGrant
from identity.teacher_numbers.models import TeacherNumber
from identity.teachers.models import DataViewed
from identity.teachers.schemas import TeacherSearch

FOUND_AT_MOST = 50
FoundRow = Row[UUID, str, str, str | None, str]
RoleRow = Row[str, UUID | None, date, date | None, UUID | None]
ViewRow = Row[datetime, str, UUID | None, str, str, str | None, str]

_FOUND = (
    select(Person.id, Person.given_name, Person.family_name, Person.phase, Employment.school_urn)
    .outerjoin(Account, Account.person_id == Person.id)
    .outerjoin(TeacherNumber, TeacherNumber.person_id == Person.id)
    .outerjoin(Employment, and_(Employment.person_id == Person.id, Employment.to_on.is_(None)))
    .order_by(Person.family_name, Person.given_name, Person.id)
    .limit(FOUND_AT_MOST)
)


async def find(session: AsyncSession, wanted: TeacherSearch) -> Sequence[FoundRow]:
    """Who fits all that is given; whoever fits by an account that was merged is found as the one that was kept."""
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
    found = (await session.execute(_FOUND.where(*fits))).all()
    kept = [await goes_by(session, row.id) for row in found]
    if kept == [row.id for row in found]:
        return found
    return (await session.execute(_FOUND.where(Person.id.in_(kept)))).all()


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
    """One page of who saw a person's data anywhere, the newest first, with one row more when there are more."""
    seen = union_all(_seen_here(person_id), _seen_elsewhere(person_id)).subquery()
    query = select(seen)
    if (after := page.after_as(datetime.fromisoformat, str)) is not None:
        at, key = after
        query = query.where(tuple_(seen.c.viewed_at, seen.c.id) < tuple_(literal(at, UtcDateTime), literal(key, Text)))
    query = query.order_by(seen.c.viewed_at.desc(), seen.c.id.desc())
    return (await reader.execute(query.limit(page.limit + 1))).all()


def _seen_here(person_id: UUID | None) -> Select[ViewRow]:
    entry = audit_entry.c
    return select(
        entry.recorded_at.label("viewed_at"),
        literal("identity").label("service"),
        entry.caller_id.label("viewer_id"),
        entry.caller_kind.label("viewer_kind"),
        entry.details["what"].astext.label("what"),
        entry.request_id.label("request_id"),
        func.lpad(entry.position.cast(Text), 20, "0").label("id"),
    ).where(entry.subject == f"person:{person_id}", entry.action == VIEWED)


def _seen_elsewhere(person_id: UUID | None) -> Select[ViewRow]:
    return select(
        DataViewed.viewed_at,
        DataViewed.service,
        DataViewed.viewer_id,
        literal("person"),
        DataViewed.what,
        DataViewed.request_id,
        DataViewed.id.cast(Text),
    ).where(is_theirs(DataViewed.person_id, person_id))
