"""What identity itself holds about somebody, and its erasure.

Whatever leads to a person by a key goes, unless it is named as kept: what is added later is erased too.
"""

from collections.abc import Sequence
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import ColumnElement, Table, delete, false, func, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.exports import Told
from chassis.holdings import ERASED, Erased, erase_answers, trails_of
from chassis.known_as import ids_of
from identity.accounts.models import Account, Registration
from identity.base import Base
from identity.email_changes.models import EmailChange
from identity.mail.models import Mail, RefusedAddress
from identity.memberships.models import Invitation, RoleProposal
from identity.merges.models import PersonMerge
from identity.messages.models import WaitingMessage
from identity.people.models import Person
from identity.sessions.models import SignInAttempts
from identity.sessions.rules import account_allowance

KEPT = {
    "person": "A number without a name, so that other records still refer to something.",
    "role_grant": "Who was trusted with what, and by whom: accountability for public money.",
    "role_proposal": "As above, without the words.",
    "invitation": "As above, without the address.",
    "person_merge": "That two ids were one person's, and who decided so, without the words.",
    "erasure": "The proof that this was done.",
    "erasure_step": "As above.",
}


TOLD = {
    "person": ("id", "given_name", "family_name", "phase", "registered_at"),
    "account": ("email", "created_at"),
    "employment": ("school_urn", "from_on", "to_on"),
    "teacher_number": ("trn", "standing", "stated_at", "reason"),
    "role_grant": ("role", "organisation_id", "from_on", "to_on", "ended_at"),
    "role_proposal": ("role", "until_on", "reason", "proposed_at", "outcome", "decided_at"),
    "invitation": ("email", "role", "organisation_id", "invited_at", "accepted_at", "withdrawn_at"),
    "email_change": ("purpose", "email", "requested_at", "expires_at"),
    "unwanted_mail": ("kind", "since_at"),
    "sign_in": ("id", "started_at", "expires_at", "last_used_at", "ended_at", "ended_because"),
    "person_merge": ("id", "kept_id", "merged_id", "proposed_at", "decided_at", "outcome", "separated_at"),
    "person_export": ("id", "status", "requested_at", "ready_at", "expires_at"),
    "data_view": ("service", "viewer_id", "what", "viewed_at"),
    "erasure": ("id", "status", "requested_at", "confirmed_at", "runs_at", "cancelled_at"),
}
"""What is told to people who ask what is held about them. What signs them in is left out: it could be used."""


async def tell(session: AsyncSession, person_id: UUID) -> Told:
    """Everything that identity holds about somebody, by table, fit for JSON; under ids that were merged too."""
    people = await ids_of(session, person_id)
    told: dict[str, list[dict[str, object]]] = {}
    for name, columns in TOLD.items():
        table = Base.metadata.tables[name]
        theirs = _leads_to(table, people)
        assert theirs is not None
        rows = await session.execute(select(*(table.c[column] for column in columns)).where(theirs))
        told[name] = [dict(row) for row in rows.mappings()]
    shown = (Mail.queued_at, Mail.template, Mail.subject, Mail.to_address, Mail.sent_at)
    to = or_(Mail.person_id.in_(people), Mail.to_key.in_(await _addresses(session, people)))
    told["mail"] = [dict(row) for row in (await session.execute(select(*shown).where(to))).mappings()]
    return dict(to_jsonable_python(told | await trails_of(session, people)))


async def erase(session: AsyncSession, person_id: UUID) -> Erased:
    """Erase somebody here. Done again, it finds nothing more to erase."""
    found = Erased({}, {})
    people = await ids_of(session, person_id)
    addresses = await _addresses(session, people)
    gone: list[tuple[type[Base], ColumnElement[bool]]] = [
        (Mail, or_(Mail.person_id.in_(people), Mail.to_key.in_(addresses))),
        (RefusedAddress, RefusedAddress.__table__.c.to_key.in_(addresses)),
        (Registration, Registration.__table__.c.email_key.in_(addresses)),
        (WaitingMessage, WaitingMessage.__table__.c.person_id.in_(people)),
        (SignInAttempts, SignInAttempts.__table__.c.subject.in_([account_allowance(one).subject for one in addresses])),
    ]
    for model, theirs in gone:
        found.erased[model.__tablename__] = await _deleted(session, model.metadata.tables[model.__tablename__], theirs)
    for table in reversed(Base.metadata.sorted_tables):
        led = _leads_to(table, people)
        if table.name not in KEPT and led is not None:
            found.erased[table.name] = await _deleted(session, table, led)
    await _clear(session, people, addresses)
    found.erased["idempotency_key"] = await erase_answers(session, people)
    for name in KEPT:
        kept = _leads_to(Base.metadata.tables[name], people)
        counted = select(func.count()).select_from(Base.metadata.tables[name]).where(false() if kept is None else kept)
        found.kept[name] = (await session.execute(counted)).scalar_one()
    return found


async def erase_again(session: AsyncSession, person_id: UUID) -> None:
    """Erase what arrived about somebody who was forgotten."""
    await erase(session, person_id)


async def _addresses(session: AsyncSession, people: Sequence[UUID]) -> list[str]:
    """Those that the person has, had lately or wanted to have."""
    has = select(Account.email_key).where(Account.person_id.in_(people))
    others = select(EmailChange.email_key).where(EmailChange.person_id.in_(people))
    return list(await session.scalars(union(has, others)))


async def _clear(session: AsyncSession, people: Sequence[UUID], addresses: list[str]) -> None:
    names = {"given_name": ERASED, "family_name": ERASED, "phase": None}
    await session.execute(update(Person).where(Person.id.in_(people)).values(names))
    theirs = or_(Invitation.person_id.in_(people), Invitation.email_key.in_(addresses))
    await session.execute(update(Invitation).where(theirs).values(email=ERASED, email_key=ERASED))
    await session.execute(update(RoleProposal).where(RoleProposal.person_id.in_(people)).values(reason=ERASED))
    of_them = or_(PersonMerge.kept_id.in_(people), PersonMerge.merged_id.in_(people))
    words = {"reason": ERASED, "separation_reason": None}
    await session.execute(update(PersonMerge).where(of_them).values(words))


async def _deleted(session: AsyncSession, table: Table, theirs: ColumnElement[bool]) -> int:
    rows = await session.execute(delete(table).where(theirs).returning(*table.primary_key.columns))
    return len(rows.all())


def _leads_to(table: Table, people: Sequence[UUID]) -> ColumnElement[bool] | None:
    """Which rows are somebody's, by a key of the person or of something that is theirs; None where none can be."""
    if table.name == "person":
        found: ColumnElement[bool] = table.c.id.in_(people)
        return found
    led = []
    for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
        theirs = _leads_to(key.column.table, people) if key.column.table is not table else None
        if theirs is not None and key.column.table.name == "person":
            led.append(key.parent.in_(people))
        elif theirs is not None:
            led.append(key.parent.in_(select(key.column).where(theirs)))
    return or_(*led) if led else None
