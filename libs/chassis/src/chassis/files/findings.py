"""What looking into a file comes to."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["pdf", "png", "jpeg", "docx", "odt"]

MEDIA_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}


class Refused(Exception):
    """It is none of the kinds that are taken."""


class Unsafe(Exception):
    """It is one of them, and broken, or holds what could act, hide or mislead."""


class Unreadable(Exception):
    """The request is not one file in a form."""


class TooLarge(Exception):
    """It has more bytes than a file may have."""


class Infected(Exception):
    """The scanner named a virus."""


class ScannerSilent(Exception):
    """A scanner is configured and does not answer; nothing is taken unscanned then."""


@dataclass(frozen=True)
class Inspected:
    """A file that is taken."""

    kind: Kind
    content: bytes
    """As it is to be kept."""
    left_out: tuple[str, ...] = ()
    """What was in the file as it came and is not kept: `metadata`, `location`, `trailing_data`."""
