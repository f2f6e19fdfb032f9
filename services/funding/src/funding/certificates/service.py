"""Keeps who holds which certificate, and answers as facts."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import ENGLAND
from chassis.known_as import is_theirs, standing_now
from contracts.certification import CertificateAwarded, CertificateRevoked
from funding.base import Queryable
from funding.certificates.models import HeldCertificate
from funding.policies.facts import Fact

GCSE_PROGRAMME = "gcse_subject_knowledge"
COMPLETED_GCSE_PROGRAMME = "teacher.completed_gcse_programme"


async def record_award(session: AsyncSession, event: CertificateAwarded) -> None:
    """Keep the award; of several of a scheme the earliest, so that order is no matter."""
    values = event.model_dump(include={"teacher_id", "scheme", "awarded_at"})
    statement = insert(HeldCertificate).values(values)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[HeldCertificate.teacher_id, HeldCertificate.scheme],
            set_={"awarded_at": func.least(HeldCertificate.awarded_at, statement.excluded.awarded_at)},
        )
    )


async def record_revocation(session: AsyncSession, event: CertificateRevoked) -> None:
    """Keep that the certificate was taken back, also when that is heard before its award."""
    statement = insert(HeldCertificate).values(event.model_dump(exclude={"certificate_id"}))
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[HeldCertificate.teacher_id, HeldCertificate.scheme],
            set_={"revoked_at": func.least(HeldCertificate.revoked_at, statement.excluded.revoked_at)},
        )
    )


async def facts_of_teachers(
    db: Queryable, teachers: Collection[UUID], on: date, asked: frozenset[str]
) -> dict[UUID, dict[str, Fact]]:
    """What is asked for about teachers. The platform awards the certificates: one that it has not told of is none."""
    if COMPLETED_GCSE_PROGRAMME not in asked:
        return {teacher_id: {} for teacher_id in teachers}
    standing = await standing_now(db)
    query = select(HeldCertificate.teacher_id, HeldCertificate.awarded_at).where(
        HeldCertificate.teacher_id.in_([one for teacher in teachers for one in (teacher, *standing.others(teacher))]),
        HeldCertificate.scheme == GCSE_PROGRAMME,
        HeldCertificate.revoked_at.is_(None),
    )
    rows = (await db.execute(query.order_by(HeldCertificate.awarded_at.desc()))).all()
    held = {standing.goes_by(row.teacher_id): row.awarded_at.date() for row in rows}
    awarded = {one: held[standing.goes_by(one)] for one in teachers if standing.goes_by(one) in held}
    source = "certificates awarded by the platform"
    return {
        one: {COMPLETED_GCSE_PROGRAMME: Fact(possible=(one in awarded,), source=source, as_of=awarded.get(one, on))}
        for one in teachers
    }


async def completed_on(db: Queryable, teacher_id: UUID, scheme: str) -> date | None:
    """The day in England on which the teacher's certificate was awarded; None without one that is held still."""
    held = select(func.min(HeldCertificate.awarded_at)).where(
        is_theirs(HeldCertificate.teacher_id, teacher_id),
        HeldCertificate.scheme == scheme,
        HeldCertificate.revoked_at.is_(None),
    )
    awarded_at = (await db.execute(held)).scalar_one_or_none()
    return None if awarded_at is None else awarded_at.astimezone(ENGLAND).date()
