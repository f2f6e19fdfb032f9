"""Revoking certificates: one administrator proposes, another decides; the log and the status list tell at once."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates.errors import (
    CertificateNotFound,
    OwnRevocation,
    RevocationDecided,
    RevocationNotFound,
    RevocationUnderWay,
)
from certification.certificates.models import (
    Certificate,
    CertificateReview,
    CertificateRevocation,
)
from certification.certificates.registration import logged_as
from certification.transparency import service as log
from certification.transparency.service import Happening
from chassis import audit, clock
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.certification import CertificateRevoked


async def propose(session: AsyncSession, caller: Principal, certificate_id: UUID, reason: str) -> CertificateRevocation:
    """Propose to revoke a certificate. CertificateNotFound, RevocationUnderWay."""
    assert caller.id is not None
    await log.lock(session)
    if await session.get(Certificate, certificate_id) is None:
        raise CertificateNotFound
    if await _standing_against(session, certificate_id) is not None:
        raise RevocationUnderWay
    proposal = CertificateRevocation(
        certificate_id=certificate_id, reason=reason, proposed_by=caller.id, proposed_at=clock.now()
    )
    session.add(proposal)
    await session.flush()
    await audit.record(session, caller, "certificate.revocation_proposed", f"certificate:{certificate_id}")
    return proposal


async def decide(session: AsyncSession, caller: Principal, revocation_id: UUID, outcome: str) -> CertificateRevocation:
    """Approve or decline somebody else's proposal. RevocationNotFound, OwnRevocation, RevocationDecided."""
    assert caller.id is not None
    await log.lock(session)
    proposal = await session.get(CertificateRevocation, revocation_id)
    if proposal is None:
        raise RevocationNotFound
    if proposal.outcome is not None:
        raise RevocationDecided
    if proposal.proposed_by == caller.id:
        raise OwnRevocation
    proposal.outcome, proposal.decided_by, proposal.decided_at = outcome, caller.id, clock.now()
    if outcome == "approved":
        await _revoke(session, proposal)
    else:
        await _take_back_recommendation(session, proposal)
    subject = f"certificate:{proposal.certificate_id}"
    await audit.record(session, caller, f"certificate.revocation_{outcome}", subject)
    return proposal


async def _standing_against(session: AsyncSession, certificate_id: UUID) -> CertificateRevocation | None:
    """A proposal that is open or was approved."""
    against = CertificateRevocation.certificate_id == certificate_id
    kept = CertificateRevocation.outcome.is_(None) | (CertificateRevocation.outcome == "approved")
    return (await session.scalars(select(CertificateRevocation).where(against, kept))).one_or_none()


async def _revoke(session: AsyncSession, proposal: CertificateRevocation) -> None:
    """Log the revocation of the certificate and of whatever replaced it: a new name is no way around."""
    await session.flush()
    first = await session.get_one(Certificate, proposal.certificate_id)
    await _log_revoked(session, first, proposal.decided_by)
    facts = {name: getattr(first, name) for name in ("teacher_id", "scheme", "awarded_at")}
    told = {**facts, "certificate_id": first.id, "revoked_at": proposal.decided_at}
    await publish(session, CertificateRevoked.model_validate(told))
    certificate = await _replacement_of(session, first.id)
    while certificate is not None:
        other = await _standing_against(session, certificate.id) or CertificateRevocation(
            certificate_id=certificate.id,
            reason=proposal.reason,
            proposed_by=proposal.proposed_by,
            proposed_at=proposal.proposed_at,
        )
        if other.outcome is None:
            other.proposed_by, other.outcome = proposal.proposed_by, "approved"
            other.decided_by, other.decided_at = proposal.decided_by, proposal.decided_at
            session.add(other)
            await session.flush()
            await _log_revoked(session, certificate, proposal.decided_by)
        certificate = await _replacement_of(session, certificate.id)


async def _replacement_of(session: AsyncSession, certificate_id: UUID) -> Certificate | None:
    return (await session.scalars(select(Certificate).where(Certificate.reissue_of == certificate_id))).one_or_none()


async def _log_revoked(session: AsyncSession, certificate: Certificate, decided_by: UUID | None) -> None:
    await log.append(session, [Happening("revoked", certificate.id, await logged_as(session, certificate))])
    closed = update(CertificateReview).where(
        CertificateReview.certificate_id == certificate.id, CertificateReview.closed_at.is_(None)
    )
    # Whoever decides on the revocation may be who recommended to keep: then nobody decided on that.
    unsaid = dict.fromkeys(("recommendation", "reason", "recommended_by", "recommended_at"), None)
    other_word = CertificateReview.recommendation == "keep"
    await session.execute(closed.where(other_word).values(unsaid))
    await session.execute(closed.values(closed_at=clock.now(), outcome="revoked", decided_by=decided_by))


async def _take_back_recommendation(session: AsyncSession, proposal: CertificateRevocation) -> None:
    """A review whose recommendation was declined waits for another."""
    unsaid = dict.fromkeys(("recommendation", "reason", "recommended_by", "recommended_at", "revocation_id"), None)
    of_this = CertificateReview.revocation_id == proposal.id
    await session.execute(update(CertificateReview).where(of_this).values(unsaid))
