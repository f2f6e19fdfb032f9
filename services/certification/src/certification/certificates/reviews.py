"""Certificates that a correction has put in question."""

from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import exists, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates.models import Certificate, CertificateReview, CertificateRevocation
from chassis import audit, clock
from chassis.ids import new_id

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Ground:
    """What put it in question: one of these."""

    completion_id: UUID | None = None
    contribution_id: UUID | None = None
    re_evaluation_id: UUID | None = None
    log_entry_id: UUID | None = None


async def open_review(session: AsyncSession, teacher_id: UUID, scheme: str, ground: Ground) -> None:
    """Put the teacher's certificate of a scheme before a person, if there is one; nothing is revoked here."""
    revoked = exists().where(
        CertificateRevocation.certificate_id == Certificate.id, CertificateRevocation.outcome == "approved"
    )
    # The award itself: what is decided about it holds for whatever replaced it.
    awarded = select(Certificate.id).where(
        Certificate.teacher_id == teacher_id, Certificate.scheme == scheme, Certificate.reissue_of.is_(None), ~revoked
    )
    certificate_id = await session.scalar(awarded)
    if certificate_id is None:
        return
    review = insert(CertificateReview).values(
        id=new_id(), certificate_id=certificate_id, opened_at=clock.now(), **vars(ground)
    )
    once = review.on_conflict_do_nothing(
        index_elements=[CertificateReview.certificate_id], index_where=text("closed_at IS NULL")
    )
    if await session.scalar(once.returning(CertificateReview.id)) is not None:
        log.warning("certificate.in_question", alert=True, certificate_id=str(certificate_id))
        await audit.record(session, None, "certificate.in_question", f"certificate:{certificate_id}")
