"""Refusals about documents of groups."""

from chassis.errors import Conflict, ContentTooLarge, Gone, NotFound, Unavailable, Unprocessable
from chassis.files.receiving import Refusals


class GroupDocumentNotFound(NotFound):
    """No such group or document, or none that the caller may read."""

    code, title = "group-document-not-found", "No such document of a group of yours"


class GroupDocumentPurged(Gone):
    """Its time was over."""

    code, title = "group-document-purged", "The document is no longer kept"

    def __init__(self, sha256: str) -> None:
        super().__init__("The time for which it is kept was over; its hash stays on record.", sha256=sha256)


class GroupDocumentsClosed(Conflict):
    """The group has ended: its documents are read and no longer added to."""

    code, title = "group-documents-closed", "The group has ended"


class TooManyGroupDocuments(Conflict):
    """The group has as many documents as it may have."""

    code, title = "group-document-too-many", "The group has as many documents as it may have"

    def __init__(self, most_files: int) -> None:
        super().__init__(f"A group has {most_files} documents at most; remove one first.", most_files=most_files)


class GroupDocumentTooLarge(ContentTooLarge):
    """One file is over the limit."""

    code, title = "group-document-too-large", "The file is too large"

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"A document may have {most_bytes} bytes.", most_bytes=most_bytes)


class GroupDocumentUnreadable(Unprocessable):
    """The request is not one file in a form."""

    code, title = "group-document-unreadable", "The upload cannot be read"

    def __init__(self, found: str) -> None:
        super().__init__(f"Send one document as multipart/form-data in a part called `file`: {found}.")


class GroupDocumentTypeRefused(Unprocessable):
    """Its content is none of the kinds that are taken, whatever its name says."""

    code, title = "group-document-type-refused", "Documents of this kind are not taken"

    def __init__(self, found: str) -> None:
        super().__init__(f"{found} A group keeps PDF, PNG, JPEG, DOCX and ODT; link to anything else.")


class GroupDocumentUnsafe(Unprocessable):
    """It is of a kind that is taken, and holds what could act, hide or mislead."""

    code, title = "group-document-unsafe", "The document holds something that is not taken"

    def __init__(self, found: str) -> None:
        super().__init__(f"{found} Save or print it anew as a plain file and send that.")


class GroupDocumentInfected(Unprocessable):
    """The scanner named a virus."""

    code, title = "group-document-infected", "The scanner refuses the document"

    def __init__(self) -> None:
        super().__init__("The virus scanner found something in this document. Nothing of it was kept.")


class GroupDocumentScannerSilent(Unavailable):
    """A scanner is configured and does not answer; nothing is taken unscanned then."""

    code, title = "group-document-scanner-unavailable", "Documents cannot be scanned now"


class GroupDocumentStorageUnavailable(Unavailable):
    """No storage is configured, or it does not take anything now."""

    code, title = "group-document-storage-unavailable", "Documents cannot be stored now"


REFUSALS = Refusals(
    too_large=GroupDocumentTooLarge,
    unreadable=GroupDocumentUnreadable,
    kind=GroupDocumentTypeRefused,
    unsafe=GroupDocumentUnsafe,
    infected=GroupDocumentInfected,
    scanner=GroupDocumentScannerSilent,
    storage=GroupDocumentStorageUnavailable,
)
