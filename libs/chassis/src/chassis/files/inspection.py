"""What a file is, by its content alone, and what of it is kept."""

from chassis.files import images, office, pdf
from chassis.files.findings import Inspected, Refused

KNOWN_OTHERS = (
    (b"GIF8", "This is a GIF picture."),
    (b"RIFF", "This is a WebP picture or a film."),
    (b"BM", "This is a bitmap."),
    (b"\xd0\xcf\x11\xe0", "This is a document of an old form that may hold macros."),
    (b"{\\rtf", "This is a rich text document."),
    (b"MZ", "This is a program."),
    (b"\x7fELF", "This is a program."),
    (b"\x1f\x8b", "This is a compressed archive."),
    (b"7z\xbc\xaf", "This is a compressed archive."),
    (b"Rar!", "This is a compressed archive."),
)


def inspect(content: bytes) -> Inspected:
    """The kind of a file and the bytes of it to keep. Refused, Unsafe."""
    if content.startswith(b"%PDF-"):
        return pdf.inspect(content)
    if content.startswith(images.PNG):
        return images.inspect_png(content)
    if content.startswith(images.JPEG):
        return images.inspect_jpeg(content)
    if content.startswith(b"PK\x03\x04"):
        return office.inspect(content)
    if content[4:8] == b"ftyp":
        raise Refused("This is a film, or a picture as some telephones make them (HEIC): export it as JPEG.")
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")):
        raise Refused("This is a web page, a drawing or another file in XML.")
    raise Refused(next((what for magic, what in KNOWN_OTHERS if content.startswith(magic)), "Its kind is not known."))
