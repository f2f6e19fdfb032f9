"""The one text of a document, so that equal documents have equal bytes and a checksum means something."""

import hashlib
import json

from pydantic import BaseModel


def canonical(document: BaseModel) -> str:
    """Sorted keys, no spaces, decimals as text."""
    return json.dumps(document.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def checksum(text: str) -> str:
    """SHA-256 of a canonical text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
