"""Enrolments. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.enrolments import CertificationEnrolmentOut, EnrolmentList, EnrolmentRequest
from ncce_sdk.transport import Area, answer


class EnrolmentsArea(Area):
    """A teacher's entry to a scheme."""

    def list_enrolments(self) -> EnrolmentList:
        """The schemes you work towards."""
        return answer(EnrolmentList, self._transport.send("GET", "/v1/enrolments"))

    def opt_in(self, body: EnrolmentRequest, *, idempotency_key: str | None = None) -> CertificationEnrolmentOut:
        """Work towards one more certificate. What you have done already counts at once."""
        return answer(
            CertificationEnrolmentOut,
            self._transport.send(
                "POST", "/v1/enrolments", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )
