"""Text documents that are archives (DOCX, ODT): taken when they are plain documents, and nothing in them acts."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable
from xml.parsers import expat

from chassis.files.findings import Inspected, Refused, Unsafe

MOST_PARTS = 2_000
MOST_UNPACKED_BYTES = 100 * 1024 * 1024
MOST_RATIO = 200
RATIO_FROM_BYTES = 1024 * 1024
MOST_XML_BYTES = 30 * 1024 * 1024
ENCRYPTED = 0x1
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ODT = b"application/vnd.oasis.opendocument.text"
ACTIVE_PARTS = re.compile(
    r"vba|macro|activex|/embeddings/|oleobject|\.bin$|\.exe$|\.js$|\.vbs$|\.html?$|\.svg$|\.jar$"
    r"|^basic/|^scripts/|^dialogs/|^object |^objectreplacements/|^configurations2/accelerator/.+",
    re.IGNORECASE,
)
SAFE_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
FIELDS = re.compile(r"\b(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|IMPORT|MACROBUTTON)\b", re.IGNORECASE)


def inspect(content: bytes) -> Inspected:
    """A DOCX or ODT document as it came. Refused for other archives; Unsafe for what could act or mislead."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, content)
            names = {part.filename for part in archive.infolist()}
            if "[Content_Types].xml" in names:
                _check_word(archive, names)
                return Inspected("docx", content)
            if archive.infolist()[0].filename == "mimetype" and archive.read("mimetype") == ODT:
                _check_open_document(archive, names)
                return Inspected("odt", content)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise Unsafe("The archive is damaged.") from error
    raise Refused("This is an archive and no text document.")


def _check_archive(archive: zipfile.ZipFile, content: bytes) -> None:
    parts = archive.infolist()
    if not 0 < len(parts) <= MOST_PARTS:
        raise Unsafe("The archive has too many parts.")
    if archive.comment or content[-22:-18] != b"PK\x05\x06":
        raise Unsafe("Something follows the document.")
    if min(part.header_offset for part in parts) != 0:
        raise Unsafe("Something comes before the document.")
    lowered = [part.filename.lower() for part in parts]
    if len(set(lowered)) != len(lowered):
        raise Unsafe("The archive names a part twice.")
    unpacked = 0
    for part in parts:
        _check_part(part, content)
        # Counted as it is unpacked: what an archive says of itself may not be so.
        with archive.open(part) as file:
            while block := file.read(1024 * 1024):
                unpacked += len(block)
                if unpacked > MOST_UNPACKED_BYTES:
                    raise Unsafe("The archive unpacks to far more than it seems.")


def _check_part(part: zipfile.ZipInfo, content: bytes) -> None:
    name = part.filename
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or posixpath.normpath(name) != name.rstrip("/"):
        raise Unsafe("The archive names a part in a way that leads out of it.")
    if part.flag_bits & ENCRYPTED:
        raise Unsafe("The document is encrypted, so that it cannot be looked into.")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unsafe("The archive is packed in an unusual way.")
    if part.file_size > RATIO_FROM_BYTES and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise Unsafe("The archive unpacks to far more than it seems.")
    if ACTIVE_PARTS.search(name):
        raise Unsafe("The document holds macros, other files or controls.")
    if content[part.header_offset : part.header_offset + 4] != b"PK\x03\x04":
        raise Unsafe("The archive is damaged.")


class _Xml:
    """A part read as XML, without any document type: links, and the text of fields."""

    def __init__(self, content: bytes) -> None:
        if len(content) > MOST_XML_BYTES:
            raise Unsafe("A part of the document is too large.")
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.fields: list[str] = []
        self._in_field = False
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise Unsafe("A part of the document is damaged.") from error

    def _refuse(self, *_: object) -> None:
        raise Unsafe("A part of the document brings rules of its own.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.elements.append((local, {key.rpartition(":")[2]: value for key, value in attributes.items()}))
        self._in_field = local == "instrText"
        if local == "fldSimple":
            self.fields.append(self.elements[-1][1].get("instr", "") + " ")

    def _end(self, name: str) -> None:
        self._in_field = False

    def _text(self, text: str) -> None:
        if self._in_field:
            self.fields.append(text)


def _check_word(archive: zipfile.ZipFile, names: Iterable[str]) -> None:
    types = _Xml(archive.read("[Content_Types].xml"))
    told = [attributes.get("ContentType", "") for _, attributes in types.elements]
    if any("macroEnabled" in one or "vba" in one.lower() for one in told):
        raise Unsafe("The document holds macros.")
    if WORD not in told:
        raise Refused("This is an office file and no text document.")
    for name in names:
        if name.endswith(".rels"):
            _check_links(_Xml(archive.read(name)))
        elif name.endswith(".xml") and name.startswith("word/") and _fetches(_Xml(archive.read(name))):
            raise Unsafe("The document holds a field that fetches or starts something.")


def _fetches(part: _Xml) -> bool:
    return FIELDS.search("".join(part.fields)) is not None


def _check_links(relations: _Xml) -> None:
    for _, attributes in relations.elements:
        if attributes.get("TargetMode", "").lower() != "external":
            continue
        is_link = attributes.get("Type", "").endswith("/hyperlink")
        if not is_link or not SAFE_LINK.match(attributes.get("Target", "")):
            raise Unsafe("The document fetches something from elsewhere.")


def _check_open_document(archive: zipfile.ZipFile, names: Iterable[str]) -> None:
    if archive.infolist()[0].compress_type != zipfile.ZIP_STORED or "content.xml" not in set(names):
        raise Unsafe("The document is damaged.")
    for name in names:
        if not name.endswith(".xml"):
            continue
        for element, attributes in _Xml(archive.read(name)).elements:
            if element in (
                "script",
                "event-listener",
                "object-ole",
                "plugin",
                "applet",
                "encryption-data",
                "dde-source",
            ):
                raise Unsafe("The document holds macros, other files or controls.")
            target = attributes.get("href", "")
            if element != "a" and "://" in target:
                raise Unsafe("The document fetches something from elsewhere.")
            if element == "a" and target and not SAFE_LINK.match(target):
                raise Unsafe("The document links to something that is no page.")
