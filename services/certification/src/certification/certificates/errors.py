"""Refusals about certificates."""

from chassis.errors import Conflict, NotFound

PRIVATE_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
"""A verification is never cached, because it may change, nor indexed, because it is nobody else's business."""


class CertificateNotFound(NotFound):
    """The same answer whether a code was forged, mistyped or never existed."""

    code, title = "certificate-not-found", "No certificate has this code"

    def __init__(self) -> None:
        super().__init__("No certificate has this code. Check it against the certificate, character by character.")
        self.headers = dict(PRIVATE_HEADERS)


class CertificateAltered(Conflict):
    """A record with this code exists and is not what was signed."""

    code, title = "certificate-altered", "The record does not match its signature"

    def __init__(self) -> None:
        super().__init__("This certificate cannot be confirmed. The National Centre has been alerted.")
        self.headers = dict(PRIVATE_HEADERS)
