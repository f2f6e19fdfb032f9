"""Files over HTTP: the form in which one comes, and the answer in which it goes; a browser runs nothing of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

from fastapi.responses import StreamingResponse

from chassis.errors import Responses
from chassis.files.findings import MEDIA_TYPES

A_PAGE = (
    "%PDF-1.4\n"
    "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
    "2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
    "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj\n"
    "xref\n"
    "0 4\n"
    "0000000000 65535 f \n"
    "0000000009 00000 n \n"
    "0000000058 00000 n \n"
    "0000000115 00000 n \n"
    "trailer << /Size 4 /Root 1 0 R >>\n"
    "startxref\n"
    "186\n"
    "%%EOF\n"
)
"""The smallest PDF there is, for the example."""
FORM = {
    "type": "object",
    "required": ["file"],
    "additionalProperties": False,
    "properties": {"file": {"type": "string", "format": "binary", "description": "PDF, PNG, JPEG, DOCX or ODT"}},
    "examples": [{"file": A_PAGE}],
}
UPLOAD = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": FORM}}}}
FILE: Responses = {
    200: {
        "description": "The file",
        "content": {one: {"schema": {"type": "string", "format": "binary"}} for one in MEDIA_TYPES.values()},
    }
}
HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@dataclass(frozen=True)
class Opened:
    """A file to be sent."""

    name: str
    kind: str
    size_bytes: int
    blocks: AsyncIterator[bytes]

    def answer(self, plain_name: str) -> StreamingResponse:
        """The file as an attachment; under a plain name for what reads no other."""
        name = f"attachment; filename=\"{plain_name}.{self.kind}\"; filename*=UTF-8''{quote(self.name, safe='')}"
        headers = {**HARMLESS, "Content-Disposition": name, "Content-Length": str(self.size_bytes)}
        return StreamingResponse(self.blocks, media_type=MEDIA_TYPES[self.kind], headers=headers)
