"""Refusals about evidence."""

from chassis.errors import Conflict, ContentTooLarge, Gone, NotFound, Unavailable, Unprocessable
from chassis.files.receiving import Refusals


class EvidenceNotFound(NotFound):
    """No such file, or one that is not yours to see."""

    code, title = "evidence-not-found", "No such evidence"

    def __init__(self) -> None:
        super().__init__("There is no such evidence. A moderator claims an entry before opening its files.")


class EvidencePurged(Gone):
    """Its time was over."""

    code, title = "evidence-purged", "The file is no longer kept"

    def __init__(self, sha256: str) -> None:
        super().__init__("The time for which it is kept was over; its hash stays on record.", sha256=sha256)


class EvidenceTooLarge(ContentTooLarge):
    """One file is over the limit."""

    code, title = "evidence-too-large", "The file is too large"

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"A file may have {most_bytes} bytes.", most_bytes=most_bytes)


class TooMuchEvidence(Conflict):
    """The entry has as many files as it may have."""

    code, title = "evidence-too-many-files", "The entry has as many files as it may have"

    def __init__(self, most_files: int) -> None:
        super().__init__(f"An entry has {most_files} files at most; remove one first.", most_files=most_files)


class EvidenceUnreadable(Unprocessable):
    """The request is not one file in a form."""

    code, title = "evidence-upload-unreadable", "The upload cannot be read"

    def __init__(self, found: str) -> None:
        super().__init__(f"Send one file as multipart/form-data in a part called `file`: {found}.")


class EvidenceTypeRefused(Unprocessable):
    """Its content is none of the kinds that are taken, whatever its name says."""

    code, title = "evidence-type-refused", "Files of this kind are not taken"

    def __init__(self, found: str) -> None:
        super().__init__(f"{found} Send a PDF, a PNG or JPEG picture, or a DOCX or ODT document.")


class EvidenceUnsafe(Unprocessable):
    """It is of a kind that is taken, and holds what could act, hide or mislead."""

    code, title = "evidence-unsafe", "The file holds something that is not taken"

    def __init__(self, found: str) -> None:
        super().__init__(f"{found} Save or print it anew as a plain file and send that.")


class EvidenceInfected(Unprocessable):
    """The scanner named a virus."""

    code, title = "evidence-infected", "The scanner refuses the file"

    def __init__(self) -> None:
        super().__init__("The virus scanner found something in this file. Nothing of it was kept.")


class ScannerUnavailable(Unavailable):
    """A scanner is configured and does not answer; nothing is taken unscanned then."""

    code, title = "evidence-scanner-unavailable", "Files cannot be scanned now"


class EvidenceStorageUnavailable(Unavailable):
    """No storage is configured, or it does not take anything now."""

    code, title = "evidence-storage-unavailable", "Files cannot be stored now"


REFUSALS = Refusals(
    too_large=EvidenceTooLarge,
    unreadable=EvidenceUnreadable,
    kind=EvidenceTypeRefused,
    unsafe=EvidenceUnsafe,
    infected=EvidenceInfected,
    scanner=ScannerUnavailable,
    storage=EvidenceStorageUnavailable,
)
