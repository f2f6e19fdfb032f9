"""Routes of reviews of certificates."""

from typing import Annotated
from uuid import UUID

from certification.certificate_reviews import queries, service
from certification.certificate_reviews.errors import (
    NothingRecommended,
    OwnRecommendation,
    RecommendationWaits,
    ReviewClosed,
    ReviewNotFound,
)
from certification.certificate_reviews.schemas import Recommendation, ReviewDecision, ReviewOut
from certification.certificates.errors import RevocationUnderWay
from certification.certificates.models import CertificateReview
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1/certificate-reviews", tags=["certificates"])

Administrator = Annotated[Principal, allow(role("administrator"))]


@router.get("", response_model=Page[ReviewOut])
async def list_certificate_reviews(
    reader: Reader, page: PageRequest, caller: Administrator, is_open: bool | None = None
) -> dict[str, object]:
    """Certificates that a correction has put in question, oldest first. Each stands until two persons have decided."""
    rows = await queries.listed(reader, page, is_open)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.post(
    "/{review_id}/recommendation",
    response_model=ReviewOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ReviewNotFound, ReviewClosed, RecommendationWaits, RevocationUnderWay),
)
async def recommend_on_certificate(
    review_id: UUID, body: Recommendation, session: Session, caller: Administrator
) -> CertificateReview:
    """Recommend to keep or to revoke a certificate in question. Another administrator decides."""
    return await service.recommend(session, caller, review_id, body.outcome, body.reason)


@router.post(
    "/{review_id}/decision",
    response_model=ReviewOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ReviewNotFound, ReviewClosed, NothingRecommended, OwnRecommendation),
)
async def decide_on_certificate_review(
    review_id: UUID, body: ReviewDecision, session: Session, caller: Administrator
) -> CertificateReview:
    """Approve or decline what somebody else recommended. A revocation is for good."""
    return await service.decide(session, caller, review_id, body.outcome)
