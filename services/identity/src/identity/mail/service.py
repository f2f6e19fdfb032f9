"""Queueing mail in the transaction that makes it necessary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.calendars import one_line
from chassis.ids import new_id
from identity.mail.models import CalendarPart, Mail

SUBJECT_LENGTH = 200
NOT_BY_A_RELEASE_BEFORE = timedelta(hours=1)
"""A sender that does not know of letters yet to be written finds none of them due."""

# Plain text, so nothing is escaped: what a recipient reads is what was meant.
_templates = Environment(
    loader=PackageLoader("identity", "mail/templates"),
    undefined=StrictUndefined,
    trim_blocks=True,
    autoescape=False,  # noqa: S701
)


@dataclass(frozen=True)
class Extras:
    """What a message may have beside its text."""

    person_id: UUID | None = None
    calendar_parts: Sequence[CalendarPart] = ()
    unsubscribe_url: str | None = None
    unsubscribe_hash: bytes | None = None


NOTHING_ELSE = Extras()


def template_names() -> list[str]:
    """Every kind of message there is."""
    return [name.removesuffix(".txt") for name in _templates.list_templates()]


def rendered(template: str, values: Mapping[str, object]) -> tuple[str, str]:
    """Subject and body: the template's first line is the subject, the third begins the body."""
    subject, _, body = _templates.get_template(f"{template}.txt").render(values).split("\n", 2)
    return one_line(subject)[:SUBJECT_LENGTH], body


async def queue_mail(
    session: AsyncSession,
    *,
    occasion: str,
    to_address: str,
    to_key: str,
    template: str,
    extras: Extras = NOTHING_ELSE,
    **values: object,
) -> None:
    """Queue one message per occasion."""
    subject, body = rendered(template, values)
    queued_at = clock.now()
    message = insert(Mail).values(
        id=new_id(),
        occasion=occasion,
        to_address=to_address,
        to_key=to_key,
        template=template,
        subject=subject,
        body=body,
        person_id=extras.person_id,
        calendar_parts=list(extras.calendar_parts) or None,
        unsubscribe_url=extras.unsubscribe_url,
        unsubscribe_hash=extras.unsubscribe_hash,
        queued_at=queued_at,
        retry_at=queued_at,
    )
    await session.execute(message.on_conflict_do_nothing(index_elements=["occasion"]))


def ask_for_letter(session: AsyncSession, *, occasion: str, to_address: str, to_key: str, template: str) -> None:
    """Queue a letter that is yet to be written, so that asking for it costs the same whatever it will say."""
    asked_at = clock.now()
    retry_at = asked_at + NOT_BY_A_RELEASE_BEFORE
    values = {"to_address": to_address, "to_key": to_key, "template": template, "subject": "", "body": ""}
    session.add(Mail(occasion=occasion, queued_at=asked_at, retry_at=retry_at, **values))


def write_letter(message: Mail, template: str, **values: object) -> None:
    """Give a letter that was asked for its text: from now on it can be sent."""
    message.template, message.retry_at = template, clock.now()
    message.subject, message.body = rendered(template, values)


async def count_queued_since(session: AsyncSession, to_key: str, since: datetime) -> int:
    """How many messages were queued for an address since an instant."""
    query = select(func.count()).where(Mail.to_key == to_key, Mail.queued_at >= since)
    return (await session.execute(query)).scalar_one()
