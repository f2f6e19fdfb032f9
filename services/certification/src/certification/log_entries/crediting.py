"""What an accepted entry earns, and taking it back."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.models import Activity
from certification.activities.queries import facts_in
from certification.credits.accounts import accounts_of
from certification.credits.corrections import Withdrawal, withdraw
from certification.credits.records import LOG_ENTRY
from certification.credits.rules import ZERO
from certification.credits.service import Report, record_activities
from certification.log_entries.models import LogEntry
from certification.schemes.rules import ActivityKind


async def earn(session: AsyncSession, entry: LogEntry) -> None:
    """Report an accepted entry to the ledger."""
    activity = await session.get_one(Activity, entry.activity)
    report = Report(
        teacher_id=entry.teacher_id,
        kind=ActivityKind.COMMUNITY,
        activity_key=_key(activity, entry.id),
        activity=activity.code,
        occurred_on=entry.occurred_on,
        source=f"{LOG_ENTRY}{entry.id}",
        hours=entry.hours or ZERO,
        published_credits=activity.published_credits,
    )
    await record_activities(session, [report])


def _key(activity: Activity, entry_id: UUID) -> str:
    """What counts each time is another activity in each entry; all else earns once."""
    if activity.counts_each_time:
        return f"community:{activity.code}:{entry_id}"
    return f"community:{activity.counts_as}"


async def take_back(session: AsyncSession, entry: LogEntry) -> None:
    """Reverse exactly what an entry earned; a certificate that rests on it is put before a person."""
    await withdraw(session, Withdrawal(entry.id, entry.teacher_id))


async def scheme_asking_for_hours(session: AsyncSession, teacher_id: UUID, activity: Activity) -> str | None:
    """A scheme the teacher is in that credits the activity by its hours."""
    for account in (await accounts_of(session, [teacher_id])).get(teacher_id, []):
        rule = account.rules.credit_rule(ActivityKind.COMMUNITY, facts_in(activity))
        if rule is not None and rule.basis == "per_hour":
            return account.scheme
    return None
