"""Everything a teacher's progress is made of."""

from uuid import UUID

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.certificates.models import Certificate
from certification.credits.models import ActivityRecord, CreditEntry
from certification.enrolments.models import Enrolment
from certification.log_entries.models import LogEntry
from certification.schemes.models import Scheme, SchemeVersion

Rows = list[RowMapping]


async def enrolments(connection: AsyncConnection, teacher_id: UUID | None) -> Rows:
    """Schemes with the pinned rules, and the certificate's id where there is one."""
    query = (
        select(
            Enrolment.scheme,
            Enrolment.scheme_version,
            Scheme.title,
            SchemeVersion.rules,
            Certificate.id.label("certificate_id"),
        )
        .join(Scheme, Scheme.slug == Enrolment.scheme)
        .join(
            SchemeVersion,
            (SchemeVersion.scheme == Enrolment.scheme) & (SchemeVersion.version == Enrolment.scheme_version),
        )
        .outerjoin(
            Certificate, (Certificate.teacher_id == Enrolment.teacher_id) & (Certificate.scheme == Enrolment.scheme)
        )
        .where(Enrolment.teacher_id == teacher_id)
        .order_by(Enrolment.enrolled_at, Enrolment.scheme)
    )
    return list((await connection.execute(query)).mappings())


async def entries(connection: AsyncConnection, teacher_id: UUID | None) -> Rows:
    """The teacher's ledger with what each entry rests on, in the order in which things happened."""
    query = (
        select(CreditEntry.__table__, ActivityRecord.source)
        .join(ActivityRecord, ActivityRecord.id == CreditEntry.activity_record_id)
        .where(CreditEntry.teacher_id == teacher_id)
        .order_by(CreditEntry.occurred_on, CreditEntry.id)
    )
    return list((await connection.execute(query)).mappings())


async def activities_done(connection: AsyncConnection, teacher_id: UUID | None) -> set[tuple[str, str]]:
    """Kind and code of everything the teacher has done."""
    query = select(ActivityRecord.kind, ActivityRecord.activity).where(ActivityRecord.teacher_id == teacher_id)
    return {(row.kind, row.activity) for row in await connection.execute(query)}


async def entries_waiting(connection: AsyncConnection, teacher_id: UUID | None) -> int:
    """How many log entries wait for a moderator."""
    waiting = select(func.count()).where(LogEntry.teacher_id == teacher_id, LogEntry.status == "submitted")
    return (await connection.execute(waiting)).scalar_one()
