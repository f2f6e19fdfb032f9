"""Pictures, taken apart and put together again from the parts that draw them: nothing else of the file is kept.

Notes in a picture say where and when it was taken, with which telephone, at times by whom. They go. Which way up it is
stays.
"""

import struct
import zlib
from collections.abc import Iterator

from chassis.files.findings import Inspected, Unsafe

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
MOST_ACROSS = 20_000
MOST_PIXELS = 60_000_000
DRAWING_CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"hIST"}
)
EOI, SOS, DHT, JPG, DAC, APP0, APP1, APP14, COM = 0xD9, 0xDA, 0xC4, 0xC8, 0xCC, 0xE0, 0xE1, 0xEE, 0xFE
FRAMES = frozenset(range(0xC0, 0xD0)) - {DHT, JPG, DAC}
WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
ORIENTATION = 0x0112
GPS = 0x8825
UPRIGHT = 1


def _bounded(width: int, height: int) -> None:
    if not (0 < width <= MOST_ACROSS and 0 < height <= MOST_ACROSS and width * height <= MOST_PIXELS):
        raise Unsafe(f"A picture of {width} by {height} pixels is not taken.")


def inspect_png(content: bytes) -> Inspected:
    """A PNG picture with only the chunks that draw it. Unsafe for a broken or oversized one."""
    kept, left_out, position = [PNG], set(), len(PNG)
    seen: list[bytes] = []
    while b"IEND" not in seen:
        kind, chunk = _png_chunk(content, position)
        if (kind == b"IHDR") != (not seen):
            raise Unsafe("The picture does not begin as it should.")
        if kind == b"IHDR":
            _bounded(*struct.unpack(">II", chunk[8:16]))
        if kind in DRAWING_CHUNKS:
            kept.append(chunk)
        elif kind[0:1].isupper():
            raise Unsafe("The picture has a part that is not known.")
        else:
            left_out.add("location" if kind == b"eXIf" and _says_where(chunk[8:-4]) else "metadata")
        seen.append(kind)
        position += len(chunk)
    if b"IDAT" not in seen:
        raise Unsafe("The picture is empty.")
    if content[position:]:
        left_out.add("trailing_data")
    return Inspected("png", b"".join(kept), tuple(sorted(left_out)))


def _png_chunk(content: bytes, position: int) -> tuple[bytes, bytes]:
    if position + 12 > len(content):
        raise Unsafe("The picture ends too early.")
    length = int.from_bytes(content[position : position + 4])
    chunk = content[position : position + 12 + length]
    if len(chunk) != 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
        raise Unsafe("The picture is damaged.")
    if chunk[4:8] == b"IHDR" and length != 13:
        raise Unsafe("The picture does not begin as it should.")
    return chunk[4:8], chunk


def inspect_jpeg(content: bytes) -> Inspected:
    """A JPEG picture with only the segments that draw it. Unsafe for a broken or oversized one."""
    kept, left_out, frames = [content[:2]], set(), 0
    position = 2
    for marker, segment in _segments(content):
        position += len(segment)
        if marker in FRAMES:
            frames += 1
            _check_frame(segment)
        if marker == APP1 and segment[4:10] == b"Exif\0\0":
            tags = dict(_tags(segment[10:]))
            left_out.add("location" if GPS in tags else "metadata")
            if tags.get(ORIENTATION, UPRIGHT) != UPRIGHT:
                kept.append(_only_orientation(tags[ORIENTATION]))
        elif marker not in (APP0, APP14) and (APP0 <= marker <= 0xEF or marker == COM):
            left_out.add("metadata")
        else:
            kept.append(segment)
    if frames != 1:
        raise Unsafe("The picture is not one picture.")
    if content[position:]:
        left_out.add("trailing_data")
    return Inspected("jpeg", b"".join(kept), tuple(sorted(left_out)))


def _check_frame(segment: bytes) -> None:
    if len(segment) < 9:
        raise Unsafe("The picture is damaged.")
    height, width = struct.unpack(">HH", segment[5:9])
    _bounded(width, height)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with its segment and the data that follow it, up to the end of the picture."""
    position, marker = 2, 0
    while marker != EOI:
        if content[position : position + 1] != b"\xff" or position + 2 > len(content):
            raise Unsafe("The picture is damaged.")
        marker, end = content[position + 1], position + 2
        if marker not in WITHOUT_LENGTH and marker != EOI:
            length = int.from_bytes(content[end : end + 2])
            if length < 2 or end + length > len(content):
                raise Unsafe("The picture is damaged.")
            end += length
        if marker == SOS:
            end = _end_of_scan(content, end)
        yield marker, content[position:end]
        position = end


def _end_of_scan(content: bytes, position: int) -> int:
    """Where the compressed data end: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        position = content.find(b"\xff", position)
        if position < 0 or position + 1 >= len(content):
            raise Unsafe("The picture ends too early.")
        following = content[position + 1]
        if following != 0 and following not in WITHOUT_LENGTH:
            return position
        position += 2


def _tags(tiff: bytes) -> Iterator[tuple[int, int]]:
    """The first directory of notes: number and value of each. Nothing for one that cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return
    offset = struct.unpack(f"{order}I", tiff[4:8])[0]
    count = struct.unpack(f"{order}H", tiff[offset : offset + 2])[0] if offset + 2 <= len(tiff) else 0
    for number in range(count):
        entry = tiff[offset + 2 + 12 * number : offset + 14 + 12 * number]
        if len(entry) == 12:
            yield struct.unpack(f"{order}H", entry[:2])[0], struct.unpack(f"{order}H", entry[8:10])[0]


def _says_where(tiff: bytes) -> bool:
    return any(tag == GPS for tag, _ in _tags(tiff))


def _only_orientation(value: int) -> bytes:
    """A note that says which way up the picture is, and nothing else."""
    directory = struct.pack(">HHHIHHI", 1, ORIENTATION, 3, 1, value if 1 <= value <= 8 else UPRIGHT, 0, 0)
    tiff = b"MM\0*" + struct.pack(">I", 8) + directory
    payload = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload
