"""Refusals about offers."""

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class AttestationNotFound(NotFound):
    """There is no such attestation in review."""

    code, title = "attestation-not-found", "There is no such attestation"


class AttestationDecided(Conflict):
    """The attestation is not, or no longer, in review."""

    code, title = "attestation-decided", "The attestation is not in review"


class OwnAttestation(Forbidden):
    """Who attested does not decide between the attestations."""

    code, title = "own-attestation", "Another person decides"


class YearNotOpen(Unprocessable):
    """Offers are attested for the present academic year and the one before."""

    code, title = "academic-year-not-open", "The academic year is not open"
