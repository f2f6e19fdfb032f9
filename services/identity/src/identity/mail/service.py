"""Queueing mail in the transaction that makes it necessary."""

from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from identity.mail.models import Mail

# Plain text, so nothing is escaped: what a recipient reads is what was meant.
_templates = Environment(
    loader=PackageLoader("identity", "mail/templates"),
    undefined=StrictUndefined,
    trim_blocks=True,
    autoescape=False,  # noqa: S701
)


async def queue_mail(
    session: AsyncSession, *, occasion: str, to_address: str, to_key: str, template: str, **values: str
) -> None:
    """Queue one message per occasion. The template's first line is the subject, the third begins the body."""
    subject, _, body = _templates.get_template(f"{template}.txt").render(values).split("\n", 2)
    queued_at = clock.now()
    message = insert(Mail).values(
        id=new_id(),
        occasion=occasion,
        to_address=to_address,
        to_key=to_key,
        template=template,
        subject=subject,
        body=body,
        queued_at=queued_at,
        retry_at=queued_at,
    )
    await session.execute(message.on_conflict_do_nothing(index_elements=["occasion"]))


async def count_queued_since(session: AsyncSession, to_key: str, since: datetime) -> int:
    """How many messages were queued for an address since an instant."""
    query = select(func.count()).where(Mail.to_key == to_key, Mail.queued_at >= since)
    return (await session.execute(query)).scalar_one()
