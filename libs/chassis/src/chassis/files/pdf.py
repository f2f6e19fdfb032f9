"""PDF documents: taken when nothing in them acts, hides or is another file.

A viewer finds objects by offsets, so that an object may lie where another reader sees compressed data, and names may be
written in several ways. What cannot be looked into is refused rather than guessed at.
"""

import re
import zlib
from collections.abc import Iterator

from chassis.files.findings import Inspected, Unsafe

VERSION = re.compile(rb"%PDF-(1\.[0-7]|2\.0)[\r\n ]")
TAIL_BYTES = 1024
ZIP_TAIL_BYTES = 66_000
MOST_UNPACKED_BYTES = 64 * 1024 * 1024
STREAM = re.compile(rb"stream(\r\n|\n)")
HEX_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
NAME_END = rb"(?![A-Za-z0-9_.+\-])"
HIDDEN_OBJECT = re.compile(rb"(?<![0-9A-Za-z])\d{1,10}[\x00\t\n\f\r ]+\d{1,5}[\x00\t\n\f\r ]+obj(?![a-z])")
FORBIDDEN = {
    "JavaScript": rb"/(JavaScript|JS)",
    "a program to be started": rb"/Launch",
    "another file": rb"/(EmbeddedFiles?|Filespec|EF|FileAttachment|Collection)",
    "a form that sends or fetches": rb"/(SubmitForm|ImportData|XFA)",
    "a film, sound or model": rb"/(RichMedia|Rendition|Movie|Sound|3D)",
    "something that happens by itself": rb"/AA",
    "a link into another file": rb"/(GoToR|GoToE)",
    "encryption, so that it cannot be looked into": rb"/Encrypt",
}
PATTERNS = {what: re.compile(names + NAME_END) for what, names in FORBIDDEN.items()}
MARKUP = re.compile(rb"<(html|script|svg|!doctype|iframe|body|\?php|object|embed)[\s>/]", re.IGNORECASE)


def inspect(content: bytes) -> Inspected:
    """A PDF as it came. Unsafe for anything that could act, hide or be another file."""
    if not VERSION.match(content):
        raise Unsafe("The document does not begin as a PDF.")
    end = content.rfind(b"%%EOF")
    if end < len(content) - TAIL_BYTES or content[end + 5 :].strip(b"\0\t\n\f\r "):
        raise Unsafe("The document does not end as a PDF: it is cut off, or something follows it.")
    if b"startxref" not in content[-TAIL_BYTES:]:
        raise Unsafe("The document has no table of what is in it.")
    if b"PK\x05\x06" in content[-ZIP_TAIL_BYTES:]:
        raise Unsafe("The document is an archive as well.")
    outside, streams = _apart(content)
    _look_at(outside)
    if MARKUP.search(outside):
        raise Unsafe("The document is a web page as well.")
    unpacked = 0
    for head, data in streams:
        if HIDDEN_OBJECT.search(data):
            raise Unsafe("The document hides an object in data.")
        for text in _unpacked(head, data, MOST_UNPACKED_BYTES - unpacked):
            unpacked += len(text)
            if _is_objects(head):
                _look_at(text)
    return Inspected("pdf", content)


def _apart(content: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """What is outside of streams, and each stream with the dictionary before it."""
    outside, streams, position = [], [], 0
    while found := STREAM.search(content, position):
        end = content.find(b"endstream", found.end())
        if end < 0:
            raise Unsafe("The document is damaged.")
        before = content[position : found.start()]
        outside.append(before)
        streams.append((before[before.rfind(b"obj") + 3 :], content[found.end() : end]))
        position = end + len(b"endstream")
    return b"\n".join([*outside, content[position:]]), streams


def _look_at(objects: bytes) -> None:
    """Unsafe when a name that is not taken is among the objects, however it is written."""
    plain = HEX_NAME.sub(lambda found: bytes([int(found[1], 16)]), objects)
    for what, pattern in PATTERNS.items():
        if pattern.search(plain):
            raise Unsafe(f"The document holds {what}.")


def _is_objects(head: bytes) -> bool:
    return b"/ObjStm" in HEX_NAME.sub(lambda found: bytes([int(found[1], 16)]), head)


def _unpacked(head: bytes, data: bytes, most: int) -> Iterator[bytes]:
    """The content of a stream, where it is not a picture. Unsafe for objects packed in a way not looked into here."""
    plain = HEX_NAME.sub(lambda found: bytes([int(found[1], 16)]), head)
    filters = re.findall(rb"/(\w+Decode|Fl|AHx|A85|LZW|RL)" + NAME_END, plain)
    if b"/Predictor" in plain and _is_objects(head):
        raise Unsafe("The document packs its objects in an unusual way.")
    if not filters:
        yield data
    elif filters in ([b"FlateDecode"], [b"Fl"]) and b"/Image" not in plain:
        yield _inflated(data, most)
    elif _is_objects(head):
        raise Unsafe("The document packs its objects in an unusual way.")


def _inflated(data: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data.lstrip(b"\r\n") if data[:1] in b"\r\n" else data, max(most, 1))
    except zlib.error as error:
        raise Unsafe("The document is damaged.") from error
    if unpacking.unconsumed_tail:
        raise Unsafe("The document unpacks to far more than it seems.")
    return found
