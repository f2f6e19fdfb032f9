"""The saga of an erasure: asked for, confirmed by mail, cooled off, done by every service, proven.

Nothing here is undone when a part fails: it is asked for again until it is done, and the state says which part is out.
"""

import hashlib
import secrets
from collections.abc import Sequence
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.known_as import ids_of
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.base import ErasureCompleted
from contracts.identity import TeacherErasureRequested
from identity.accounts.models import Account
from identity.accounts.rules import email_key
from identity.accounts.service import TOKEN_BYTES, token_digest
from identity.erasures import own
from identity.erasures.errors import ErasureLinkNotValid, ErasureNotFound, ErasureUnderWay, RolesStillHeld
from identity.erasures.models import Erasure, ErasureStep
from identity.erasures.rules import (
    ASK_AGAIN_AFTER,
    CONFIRMATION_LIFETIME,
    COOLING_OFF,
    LAST_MAIL_WAITS,
    OWN,
    SERVICES,
)
from identity.erasures.schemas import ErasureCertificate, ErasureOut, ErasureStepOut
from identity.mail.models import Mail
from identity.mail.service import Extras, queue_mail
from identity.people.models import Person
from identity.people.queries import roles_held
from identity.people.service import hold_person
from identity.sessions.ends import end_all
from identity.settings import Settings

OPEN = ("requested", "cooling", "running")


async def ask(session: AsyncSession, settings: Settings, caller: Principal) -> Erasure:
    """Note the wish and mail a link that confirms it. Asked again before that, only another link is mailed."""
    person = await hold_person(session, caller.id)
    if await roles_held(session, person.id, clock.today()):
        raise RolesStillHeld("Have your roles ended first, so that somebody else takes them on.")
    query = select(Erasure).where(Erasure.person_id == person.id, Erasure.status.in_(OPEN))
    erasure = await session.scalar(query.with_for_update())
    now = clock.now()
    if erasure is None:
        erasure = Erasure(person_id=person.id, status="requested", requested_at=now)
        session.add(erasure)
        await audit.record(session, caller, "erasure.requested", f"person:{person.id}")
    if erasure.status == "requested":
        token = secrets.token_urlsafe(TOKEN_BYTES)
        erasure.token_hash, erasure.token_expires_at = token_digest(token), now + CONFIRMATION_LIFETIME
        await session.flush()
        await _mail(session, settings, erasure, "erasure_requested", token=token)
    await session.flush()
    return erasure


async def confirm(session: AsyncSession, settings: Settings, caller: Principal, token: str) -> Erasure:
    """Let the cooling-off begin; ErasureLinkNotValid. The person is mailed until when it can be cancelled."""
    asked = (Erasure.token_hash == token_digest(token), Erasure.person_id == caller.id, Erasure.status == "requested")
    erasure = await session.scalar(select(Erasure).where(*asked).with_for_update())
    now = clock.now()
    if erasure is None or erasure.token_expires_at is None or erasure.token_expires_at <= now:
        raise ErasureLinkNotValid
    erasure.status, erasure.confirmed_at, erasure.runs_at = "cooling", now, now + COOLING_OFF
    erasure.token_hash = erasure.token_expires_at = None
    await session.flush()
    await _mail(session, settings, erasure, "erasure_confirmed", runs_at=f"{erasure.runs_at:%d %B %Y %H:%M}")
    await audit.record(session, caller, "erasure.confirmed", f"person:{erasure.person_id}")
    return erasure


async def cancel(session: AsyncSession, caller: Principal, erasure_id: UUID) -> Erasure:
    """Take the wish back while nothing was done yet; ErasureUnderWay. Cancelled again, it stays cancelled."""
    query = select(Erasure).where(Erasure.id == erasure_id, Erasure.person_id == caller.id).with_for_update()
    erasure = await session.scalar(query)
    if erasure is None:
        raise ErasureNotFound("None of yours has this id.")
    if erasure.status in ("running", "completed"):
        raise ErasureUnderWay("Parts of it are done.")
    if erasure.status != "cancelled":
        erasure.status, erasure.cancelled_at = "cancelled", clock.now()
        await session.flush()
        await audit.record(session, caller, "erasure.cancelled", f"person:{erasure.person_id}")
    return erasure


async def begin_due(session: AsyncSession, settings: Settings, nobodys_hash: str) -> bool:
    """Begin one erasure whose cooling-off is over; whether there was one. Nobody signs in from here on."""
    due = (Erasure.status == "cooling", Erasure.runs_at <= clock.now())
    erasure = await session.scalar(select(Erasure).where(*due).limit(1).with_for_update(skip_locked=True))
    if erasure is None:
        return False
    now = clock.now()
    erasure.status, erasure.began_at = "running", now
    erasure.certificate_code = secrets.token_urlsafe(24)
    for service in SERVICES:
        session.add(ErasureStep(erasure_id=erasure.id, service=service, asked_at=now))
    people = await ids_of(session, erasure.person_id)
    theirs = Account.person_id.in_(people)
    await session.execute(update(Account).where(theirs).values(password_hash=nobodys_hash))
    await session.flush()
    await end_all(session, _nobody(), erasure.person_id, "ended_by_owner")
    await _mail(session, settings, erasure, "erasure_begun", code=erasure.certificate_code)
    await publish(session, await _request(session, erasure))
    await audit.record(session, None, "erasure.begun", f"person:{erasure.person_id}")
    return True


def _nobody() -> Principal:
    return Principal(kind="service")


async def note_done(session: AsyncSession, service: str, done: ErasureCompleted) -> None:
    """Note that a service has done its part; told again, the first word counts."""
    step = await session.get(ErasureStep, (done.erasure_id, service), with_for_update=True)
    if step is None:
        await _begin_anew(session, done)
    elif step.completed_at is None:
        step.completed_at, step.erased, step.kept = done.completed_at, done.erased, done.kept


async def _begin_anew(session: AsyncSession, done: ErasureCompleted) -> None:
    """A service did its part of an erasure that has not begun here: this database was put back to before that.

    Whoever came back with it is to be forgotten again, and at once: their time to change their mind is over. Only the
    first service to tell begins it.
    """
    person = await session.scalar(select(Person).where(Person.id == done.teacher_id).with_for_update())
    theirs = (Erasure.person_id == done.teacher_id, Erasure.status != "cancelled")
    erasure = await session.scalar(select(Erasure).where(*theirs).with_for_update())
    if person is None or (erasure is not None and erasure.status in ("running", "completed")):
        return
    now = clock.now()
    if erasure is None:
        erasure = Erasure(id=done.erasure_id, person_id=person.id, requested_at=now)
        session.add(erasure)
    erasure.status, erasure.confirmed_at, erasure.runs_at = "cooling", erasure.confirmed_at or now, now
    erasure.token_hash = erasure.token_expires_at = None
    await audit.record(session, None, "erasure.known_again", f"person:{person.id}")


async def ask_again(session: AsyncSession) -> int:
    """Ask once more whoever has not answered for long; how many were asked."""
    late = (ErasureStep.completed_at.is_(None), ErasureStep.asked_at <= clock.now() - ASK_AGAIN_AFTER)
    steps = (await session.scalars(select(ErasureStep).where(*late).with_for_update(skip_locked=True))).all()
    for step in steps:
        step.asked_at, step.attempts = clock.now(), step.attempts + 1
    for erasure_id in sorted({step.erasure_id for step in steps}):
        erasure = await session.get_one(Erasure, erasure_id)
        await publish(session, await _request(session, erasure))
    return len(steps)


async def _request(session: AsyncSession, erasure: Erasure) -> TeacherErasureRequested:
    _, *merged = await ids_of(session, erasure.person_id)
    return TeacherErasureRequested(teacher_id=erasure.person_id, erasure_id=erasure.id, merged_ids=merged)


async def finish_one(session: AsyncSession) -> bool:
    """Erase here what every other service has erased, once the last mail is out; whether there was one."""
    waiting = select(ErasureStep.erasure_id).where(
        ErasureStep.erasure_id == Erasure.id, ErasureStep.completed_at.is_(None)
    )
    unsent = select(Mail.id).where(
        Mail.person_id == Erasure.person_id,
        Mail.sent_at.is_(None),
        Erasure.began_at > clock.now() - LAST_MAIL_WAITS,
    )
    ready = (Erasure.status == "running", ~waiting.exists(), ~unsent.exists())
    erasure = await session.scalar(select(Erasure).where(*ready).limit(1).with_for_update(skip_locked=True))
    if erasure is None:
        return False
    found = await own.erase(session, erasure.person_id)
    now = clock.now()
    session.add(
        ErasureStep(
            erasure_id=erasure.id,
            service=OWN,
            asked_at=now,
            completed_at=now,
            erased=found.erased,
            kept=found.kept,
        )
    )
    erasure.status, erasure.completed_at = "completed", now
    await audit.record(session, None, "erasure.completed", f"person:{erasure.person_id}")
    return True


async def _mail(session: AsyncSession, settings: Settings, erasure: Erasure, template: str, **values: str) -> None:
    account = await session.get(Account, erasure.person_id)
    if account is None:
        return
    count = await session.scalar(select(func.count()).where(Mail.occasion.startswith(f"{template}:{erasure.id}:")))
    await queue_mail(
        session,
        occasion=f"{template}:{erasure.id}:{count}",
        to_address=account.email,
        to_key=email_key(account.email),
        template=template,
        extras=Extras(erasure.person_id),
        public_url=str(settings.public_url),
        **values,
    )


async def described(connection: AsyncConnection | AsyncSession, erasure: Erasure) -> ErasureOut:
    """An erasure with its steps."""
    steps = await _steps(connection, erasure.id)
    fields = ErasureOut.model_fields.keys() - {"steps"}
    return ErasureOut.model_validate({name: getattr(erasure, name) for name in fields} | {"steps": steps})


async def _steps(connection: AsyncConnection | AsyncSession, erasure_id: UUID) -> Sequence[ErasureStepOut]:
    table = ErasureStep.__table__
    rows = await connection.execute(select(table).where(table.c.erasure_id == erasure_id).order_by(table.c.service))
    return [ErasureStepOut.model_validate(row) for row in rows]


async def certificate(session: AsyncSession, code: str) -> ErasureCertificate:
    """What was done, by the code that was mailed; ErasureNotFound."""
    erasure = await session.scalar(select(Erasure).where(Erasure.certificate_code == code))
    if erasure is None:
        raise ErasureNotFound("No erasure has this code.")
    told = {
        "form": "uk.ncce.erasure.v1",
        "erasure_id": erasure.id,
        "status": erasure.status,
        "requested_at": erasure.requested_at,
        "completed_at": erasure.completed_at,
        "services": [one.model_dump(mode="json") for one in await _steps(session, erasure.id)],
    }
    return ErasureCertificate.model_validate({**told, "sha256": hashlib.sha256(_canonical(told)).hexdigest()})


def _canonical(told: dict[str, object]) -> bytes:
    return to_json(dict(sorted(told.items())))
