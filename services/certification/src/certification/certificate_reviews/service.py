"""Deciding by two persons whether a certificate in question is kept or revoked."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificate_reviews.errors import (
    NothingRecommended,
    OwnRecommendation,
    RecommendationWaits,
    ReviewClosed,
    ReviewNotFound,
)
from certification.certificates import revocations
from certification.certificates.models import CertificateReview
from certification.transparency import service as log
from chassis import audit, clock
from chassis.principal import Principal


async def recommend(
    session: AsyncSession, caller: Principal, review_id: UUID, outcome: str, reason: str
) -> CertificateReview:
    """Say what to do. ReviewNotFound, ReviewClosed, RecommendationWaits, RevocationUnderWay."""
    review = await _open(session, review_id)
    if review.recommendation is not None:
        raise RecommendationWaits
    if outcome == "revoke":
        review.revocation_id = (await revocations.propose(session, caller, review.certificate_id, reason)).id
    review.recommendation, review.reason = outcome, reason
    review.recommended_by, review.recommended_at = caller.id, clock.now()
    await audit.record(session, caller, f"certificate.review_{outcome}", f"certificate:{review.certificate_id}")
    return review


async def decide(session: AsyncSession, caller: Principal, review_id: UUID, outcome: str) -> CertificateReview:
    """Approve or decline what another recommended. ReviewNotFound, ReviewClosed, NothingRecommended, OwnRecommendation.

    To approve a recommendation to revoke is to revoke: the proposal is decided with it, here or where revocations are.
    """
    review = await _open(session, review_id)
    if review.recommendation is None:
        raise NothingRecommended
    if review.recommended_by == caller.id:
        raise OwnRecommendation
    if review.revocation_id is not None:
        await revocations.decide(session, caller, review.revocation_id, outcome)
        await session.refresh(review)
    elif outcome == "approved":
        review.outcome, review.decided_by, review.closed_at = "kept", caller.id, clock.now()
    else:
        review.recommendation = review.reason = review.recommended_by = review.recommended_at = None
    await audit.record(session, caller, f"certificate.review_{outcome}", f"certificate:{review.certificate_id}")
    return review


async def _open(session: AsyncSession, review_id: UUID) -> CertificateReview:
    """An open review, held against everybody who decides about certificates."""
    await log.lock(session)
    review = await session.get(CertificateReview, review_id)
    if review is None:
        raise ReviewNotFound
    if review.closed_at is not None:
        raise ReviewClosed
    return review
