"""Refusals about certificates."""

from chassis.errors import Conflict, Forbidden, NotFound

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


class CertificateFallen(Conflict):
    """A certificate that was revoked, was superseded or expired takes no name."""

    code, title = "certificate-fallen", "The certificate no longer stands"

    def __init__(self, status: str) -> None:
        super().__init__(f"This certificate is {status}: no name can be put on it.", status_of_certificate=status)


class CertificateNamesSchool(Conflict):
    """A school's award names the school, and no person."""

    code, title = "certificate-names-school", "The certificate names a school"

    def __init__(self) -> None:
        super().__init__("This award was made to your school, and names it. No other name is put on it.")


class NameNotGiven(Conflict):
    """There is nothing to print or to share before the holder has said what name to print."""

    code, title = "certificate-without-name", "The certificate has no name on it yet"

    def __init__(self) -> None:
        super().__init__("Say first what name to print: POST /v1/certificates/{id}/name.")


class NameNotPrintable(Conflict):
    """The document's fonts have no form for a letter of the name; a page and a badge need none."""

    code, title = "certificate-name-not-printable", "The name cannot be printed"

    def __init__(self) -> None:
        super().__init__(
            "The document has no letters for this name. The certificate is valid, on its page and as a badge."
        )


class RevocationUnderWay(Conflict):
    """One proposal at a time, and none after one was approved."""

    code, title = "revocation-under-way", "A revocation is proposed or done"

    def __init__(self) -> None:
        super().__init__("A revocation of this certificate waits for a decision or was approved.")


class RevocationNotFound(NotFound):
    """No revocation has this id."""

    code, title = "revocation-not-found", "No such revocation"

    def __init__(self) -> None:
        super().__init__("There is no revocation with this id. GET /v1/certificate-revocations lists them.")


class RevocationDecided(Conflict):
    """A decision stands."""

    code, title = "revocation-decided", "The revocation is decided"

    def __init__(self) -> None:
        super().__init__("This revocation was decided already.")


class OwnRevocation(Forbidden):
    """Revocations are decided by a second person."""

    code, title = "own-revocation", "A second person decides"

    def __init__(self) -> None:
        super().__init__("You proposed this revocation. Somebody else has to decide on it.")
