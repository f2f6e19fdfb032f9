"""Certificates. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.certificates import (
    AccreditationList,
    AwardCheckInFull,
    AwardCheckOut,
    AwardDecision,
    AwardRecommendation,
    CertificateList,
    CertificateOut,
    CertificationCertificateReviewsSchemasRecommendation,
    HolderName,
    ReviewDecision,
    ReviewOut,
    RevocationDecision,
    RevocationOut,
    RevocationProposal,
    Sharing,
    Verification,
)
from ncce_sdk.transport import Area, answer, segment


class CertificatesArea(Area):
    """Certificates awarded, shown, checked and revoked."""

    def decide_on_award(
        self, check_id: UUID, body: AwardDecision, *, idempotency_key: str | None = None
    ) -> AwardCheckOut:
        """Approve or decline what somebody else recommended. An approved award is made at once."""
        return answer(
            AwardCheckOut,
            self._transport.send(
                "POST",
                f"/v1/award-checks/{segment(check_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_on_certificate_review(
        self, review_id: UUID, body: ReviewDecision, *, idempotency_key: str | None = None
    ) -> ReviewOut:
        """Approve or decline what somebody else recommended. A revocation is for good."""
        return answer(
            ReviewOut,
            self._transport.send(
                "POST",
                f"/v1/certificate-reviews/{segment(review_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_on_revocation(
        self, revocation_id: UUID, body: RevocationDecision, *, idempotency_key: str | None = None
    ) -> RevocationOut:
        """Approve or decline a revocation that somebody else proposed. An approval is for good."""
        return answer(
            RevocationOut,
            self._transport.send(
                "POST",
                f"/v1/certificate-revocations/{segment(revocation_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_award_check(self, check_id: UUID) -> AwardCheckInFull:
        """One check, with everything in the ledger that the certificate rests on."""
        return answer(AwardCheckInFull, self._transport.send("GET", f"/v1/award-checks/{segment(check_id)}"))

    def get_document(self, certificate_id: UUID) -> bytes:
        """Your certificate to print: a tagged PDF with your name and a QR code. It is the same file every time."""
        return self._transport.send("GET", f"/v1/certificates/{segment(certificate_id)}/document").content

    def get_shared_document(self, code: str) -> bytes:
        """The document of a certificate whose holder shares it, while it stands."""
        return self._transport.send("GET", f"/v1/verify/{segment(code)}/document").content

    def get_verification_form(self, *, code: str | None = None) -> bytes:
        """A page on which anybody enters the code of a certificate; with a code, the way to its page."""
        return self._transport.send("GET", "/v1/verify", query={"code": code}).content

    def get_verification_page(self, code: str) -> bytes:
        """What `/v1/verify/{code}` tells, as a page: the QR code on the document leads here."""
        return self._transport.send("GET", f"/v1/verify/{segment(code)}/page").content

    def list_accreditations(self) -> AccreditationList:
        """Your accreditations, such as that of a lead of professional development."""
        return answer(AccreditationList, self._transport.send("GET", "/v1/accreditations"))

    def list_award_checks(self, *, is_open: bool | None = None, limit: int | None = None) -> Iterator[AwardCheckOut]:
        """Earned certificates that were drawn for a check, oldest first. None is awarded until two people agree."""
        return self._transport.each(
            AwardCheckOut, "GET", "/v1/award-checks", query={"is_open": is_open, "limit": limit}
        )

    def list_certificate_reviews(self, *, is_open: bool | None = None, limit: int | None = None) -> Iterator[ReviewOut]:
        """Certificates that a correction has put in question, oldest first. Each stands until two persons have
        decided.
        """
        return self._transport.each(
            ReviewOut, "GET", "/v1/certificate-reviews", query={"is_open": is_open, "limit": limit}
        )

    def list_certificates(self) -> CertificateList:
        """The certificates you were awarded."""
        return answer(CertificateList, self._transport.send("GET", "/v1/certificates"))

    def list_revocations(self, *, is_open: bool | None = None, limit: int | None = None) -> Iterator[RevocationOut]:
        """Proposed and decided revocations, oldest first."""
        return self._transport.each(
            RevocationOut, "GET", "/v1/certificate-revocations", query={"is_open": is_open, "limit": limit}
        )

    def propose_revocation(
        self, certificate_id: UUID, body: RevocationProposal, *, idempotency_key: str | None = None
    ) -> RevocationOut:
        """Propose to revoke a certificate. It stands until another administrator approves."""
        return answer(
            RevocationOut,
            self._transport.send(
                "POST",
                f"/v1/certificates/{segment(certificate_id)}/revocations",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def put_name_on_certificate(
        self, certificate_id: UUID, body: HolderName, *, idempotency_key: str | None = None
    ) -> CertificateOut:
        """Say what name to print on your certificate. Another name later gives you another, which supersedes this
        one.
        """
        return answer(
            CertificateOut,
            self._transport.send(
                "POST",
                f"/v1/certificates/{segment(certificate_id)}/name",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def recommend_on_award(
        self, check_id: UUID, body: AwardRecommendation, *, idempotency_key: str | None = None
    ) -> AwardCheckOut:
        """Recommend to award or to withhold. Another administrator decides."""
        return answer(
            AwardCheckOut,
            self._transport.send(
                "POST",
                f"/v1/award-checks/{segment(check_id)}/recommendation",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def recommend_on_certificate(
        self,
        review_id: UUID,
        body: CertificationCertificateReviewsSchemasRecommendation,
        *,
        idempotency_key: str | None = None,
    ) -> ReviewOut:
        """Recommend to keep or to revoke a certificate in question. Another administrator decides."""
        return answer(
            ReviewOut,
            self._transport.send(
                "POST",
                f"/v1/certificate-reviews/{segment(review_id)}/recommendation",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def share_certificate(self, certificate_id: UUID, body: Sharing) -> CertificateOut:
        """Say who may see the name on your certificate, and its document."""
        return answer(
            CertificateOut,
            self._transport.send("PUT", f"/v1/certificates/{segment(certificate_id)}/sharing", body=body),
        )

    def verify_certificate(self, code: str) -> Verification:
        """Whether a certificate is genuine and stands. Anyone may ask; who holds it is told only if the holder
        chose so.
        """
        return answer(Verification, self._transport.send("GET", f"/v1/verify/{segment(code)}"))
