"""Files as teachers send them, and as somebody sends them who means no good: made here, byte by byte."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

WORD_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTHING: Mapping[str, bytes | str] = {}
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def a_chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_png(width: int = 2, height: int = 2, *more: bytes, shade: int = 0) -> bytes:
    """A grey picture, with further chunks before the data."""
    head = a_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + bytes([shade]) * min(width, 8)) * min(height, 8))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + a_chunk(b"IDAT", rows) + a_chunk(b"IEND", b"")


def a_segment(marker: int, data: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def some_exif(*, orientation: int = 1, located: bool = False) -> bytes:
    """Notes as a telephone leaves them."""
    entries = [struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)]
    if located:
        entries.append(struct.pack("<HHII", 0x8825, 4, 1, 64))
    directory = struct.pack("<H", len(entries)) + b"".join(entries) + struct.pack("<I", 0)
    return a_segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + directory + b"51.5N 0.1W Ada's telephone")


def a_jpeg(width: int = 2, height: int = 2, *more: bytes) -> bytes:
    """The frame of a picture, with further segments before it. No viewer would show much of it."""
    frame = a_segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0")
    scan = a_segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    jfif = a_segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
    return b"\xff\xd8" + jfif + b"".join(more) + frame + scan + b"\xff\xd9"


def a_pdf(*objects: bytes, head: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", tail: bytes = b"") -> bytes:
    """A document of one page and further objects."""
    body = head
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    )
    offsets = []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(body))
    return body + table + end + tail


def a_stream(data: bytes, about: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data), about) + data + b"\nendstream"


def an_archive(parts: Mapping[str, bytes | str], *, stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP archive of these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def a_docx(body: str = "<w:p><w:r><w:t>Notes</w:t></w:r></w:p>", more: Mapping[str, bytes | str] = NOTHING) -> bytes:
    """A text document; `more` are further parts by name."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": WORD_TYPES, "word/document.xml": document}
    return an_archive({**parts, **more})


def some_links(kind: str, target: str) -> str:
    """The file of a document's links, with one that leads out."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )


def an_odt(content: str = "<text:p/>", more: Mapping[str, bytes | str] = NOTHING) -> bytes:
    """An OpenDocument text."""
    names = 'xmlns:office="o" xmlns:text="t" xmlns:xlink="x" xmlns:draw="d" xmlns:script="s"'
    document = f'<?xml version="1.0"?><office:document-content {names}>{content}</office:document-content>'
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": document}
    return an_archive({**parts, "META-INF/manifest.xml": "<manifest/>", **more}, stored=("mimetype",))


def the_forms_of_a_lie(archive: bytes) -> bytes:
    """The same archive, of which the directory says that everything in it is small."""
    position = archive.rfind(b"PK\x01\x02")
    return archive[: position + 24] + struct.pack("<I", 10) + archive[position + 28 :]
