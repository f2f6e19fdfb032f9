"""What is taken as evidence and what is not: by content, whatever it is called."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.files import images
from chassis.files.findings import Refused, Unsafe
from chassis.files.inspection import inspect
from evidence_files import (
    HYPERLINK,
    a_chunk,
    a_docx,
    a_jpeg,
    a_pdf,
    a_png,
    a_segment,
    a_stream,
    an_archive,
    an_odt,
    some_exif,
    some_links,
    the_forms_of_a_lie,
)

TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
LAUNCH = b"<< /S /Launch /F (cmd.exe) >>"
DEFLATED = b"/Filter /FlateDecode"

TAKEN = {
    "a picture": (a_png(), "png"),
    "a photograph": (a_jpeg(), "jpeg"),
    "a document": (a_pdf(), "pdf"),
    "a document with a link": (a_pdf(b"<< /S /URI /URI (https://example.org) >>"), "pdf"),
    "a document with packed objects": (
        a_pdf(a_stream(zlib.compress(b"5 0 << /Type /Font >>"), b"/Type /ObjStm " + DEFLATED)),
        "pdf",
    ),
    "a document whose text speaks of scripts": (a_pdf(a_stream(b"(/JavaScript <script>) Tj")), "pdf"),
    "a typeset document": (typst.compile(b'= Notes\nA #link("https://example.org")[link].'), "pdf"),
    "a text document": (a_docx(), "docx"),
    "a text document with a link": (
        a_docx(more={"word/_rels/document.xml.rels": some_links(HYPERLINK, "https://example.org")}),
        "docx",
    ),
    "an open document": (an_odt(), "odt"),
    "an open document with a link": (an_odt('<text:a xlink:href="https://example.org">x</text:a>'), "odt"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_teachers_send_is_taken(name: str) -> None:
    content, kind = TAKEN[name]
    found = inspect(content)
    assert (found.kind, found.content, found.left_out) == (kind, content, ())


OTHER_KINDS = {
    "a web page": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "a web page after spaces": b"\xef\xbb\xbf \n<HTML><body onload=x>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
    "a drawing as XML": b'<?xml version="1.0"?><svg/>',
    "a script": b"<script>alert(1)</script>",
    "a GIF": b"GIF89a\x01\0\x01\0\0\0\0;",
    "an old document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "a program": b"MZ\x90\0" + bytes(200),
    "another program": b"\x7fELF" + bytes(200),
    "a rich text": b"{\\rtf1 hello}",
    "a film": b"\0\0\0\x18ftypmp42" + bytes(50),
    "a telephone's picture": b"\0\0\0\x18ftypheic" + bytes(50),
    "an archive": an_archive({"notes.txt": "hello"}),
    "a spreadsheet": an_archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}),
    "plain text": b"I was there, believe me.",
    "nothing much": b"\0",
    "a PDF after something": b"hello\n" + a_pdf(),
    "a telephone's PDF with a web page before it": b"<html><script>x()</script>" + a_pdf(),
}


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_other_kinds_are_not_taken_whatever_they_are_called(name: str) -> None:
    with pytest.raises(Refused):
        inspect(OTHER_KINDS[name])


def packed(objects: bytes, about: bytes = b"/Type /ObjStm ") -> bytes:
    return a_pdf(a_stream(zlib.compress(objects), about + DEFLATED))


UNSAFE = {
    "a PDF with a script": a_pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"),
    "a PDF with a script by its short name": a_pdf(b"<< /JS 9 0 R >>"),
    "a PDF with a script, spelt otherwise": a_pdf(b"<< /S /J#61vaScr#69pt >>"),
    "a PDF with a script among packed objects": packed(b"5 0 << /S /JavaScript /JS (x) >>"),
    "a PDF with a script, spelt otherwise, among packed objects": packed(b"5 0 << /J#53 (x) >>"),
    "a PDF with packed objects under another name": packed(b"5 0 << /JS (x) >>", b"/Type /Obj#53tm "),
    "a PDF with objects packed in another way": a_pdf(
        a_stream(b"3C3C202F4A53>", b"/Type /ObjStm /Filter /ASCIIHexDecode")
    ),
    "a PDF with objects packed twice": a_pdf(
        a_stream(zlib.compress(zlib.compress(b"<< /JS (x) >>")), b"/Type /ObjStm /Filter [/FlateDecode /FlateDecode]")
    ),
    "a PDF that starts a program": a_pdf(LAUNCH),
    "a PDF with another file": a_pdf(b"<< /Type /EmbeddedFile /Length 0 >>"),
    "a PDF that does something on opening a page": a_pdf(b"<< /AA << /O 7 0 R >> >>"),
    "a PDF that sends a form": a_pdf(b"<< /S /SubmitForm >>"),
    "a PDF with a form of scripts": a_pdf(b"<< /XFA [] >>"),
    "a PDF with a film": a_pdf(b"<< /Subtype /RichMedia >>"),
    "a PDF that is encrypted": a_pdf(b"<< /Encrypt 8 0 R >>"),
    "a PDF with an object hidden in data": a_pdf(
        a_stream(b"\n9 0 obj << /S /JavaScript >> endobj\n", b"/Filter /DCTDecode")
    ),
    "a PDF that is a web page too": a_pdf(b"(<html><script>alert(1)</script>)"),
    "a PDF with a web page behind it": a_pdf(tail=b"<html><script>alert(1)</script>"),
    "a PDF with an archive behind it": a_pdf(tail=an_archive({"a.txt": "x"})),
    "a PDF with an archive in its end": a_pdf(tail=an_archive({"a.txt": "x"}) + b"\nstartxref\n1\n%%EOF\n"),
    "a PDF that unpacks to far more": a_pdf(a_stream(zlib.compress(bytes(80_000_000)), DEFLATED)),
    "a PDF without an end": a_pdf()[:-20],
    "a PDF with an unended stream": a_pdf(b"<< >>\nstream\nabc"),
    "a PDF of no version": a_pdf(head=b"%PDF-9.9\n"),
    "a PDF of nothing": b"%PDF-1.7\n",
    "a picture of too many pixels": a_png(50_000, 50_000),
    "a picture of none": a_png(0, 5),
    "a picture with a wrong sum": a_png()[:29] + b"evil" + a_png()[33:],
    "a picture cut off": a_png()[:-12],
    "a picture with an unknown part": a_png(2, 2, a_chunk(b"EVIL", b"x")),
    "a picture without data": b"\x89PNG\r\n\x1a\n"
    + a_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + a_chunk(b"IEND", b""),
    "a picture whose head is long": b"\x89PNG\r\n\x1a\n" + a_chunk(b"IHDR", bytes(40)) + a_chunk(b"IEND", b""),
    "a photograph of too many pixels": a_jpeg(60_000, 60_000),
    "a photograph cut off": a_jpeg()[:-2],
    "a photograph with two frames": a_jpeg(2, 2, a_segment(0xC0, struct.pack(">BHHB", 8, 2, 2, 1) + b"\x01\x11\0")),
    "a photograph that is only begun": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "a photograph of a web page": b"\xff\xd8\xff<html><script>alert(1)</script>",
    "a text document with macros": a_docx(more={"word/vbaProject.bin": b"x"}),
    "a text document that says it has macros": an_archive(
        {
            "[Content_Types].xml": '<Types><Override ContentType="application/vnd.ms-word.document'
            '.macroEnabled.main+xml"/></Types>'
        }
    ),
    "a text document with another file": a_docx(more={"word/embeddings/oleObject1.bin": b"x"}),
    "a text document with a control": a_docx(more={"word/activeX/activeX1.xml": "<x/>"}),
    "a text document that fetches its template": a_docx(
        more={"word/_rels/settings.xml.rels": some_links(TEMPLATE, "https://example.org/evil.dotm")}
    ),
    "a text document that fetches a picture": a_docx(
        more={"word/_rels/document.xml.rels": some_links(IMAGE, "https://example.org/pixel.png")}
    ),
    "a text document that links to a program": a_docx(
        more={"word/_rels/document.xml.rels": some_links(HYPERLINK, "file:///C:/evil.exe")}
    ),
    "a text document with a field that starts something": a_docx(
        "<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd</w:instrText></w:r></w:p>"
    ),
    "a text document that blows itself up": a_docx(
        more={"word/bomb.xml": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'}
    ),
    "a text document that unpacks to far more": a_docx(more={"word/media/image1.png": bytes(40_000_000)}),
    "a text document that lies of its size": the_forms_of_a_lie(a_docx(more={"word/zz.txt": bytes(3_000_000)})),
    "a text document with a web page in it": a_docx(more={"word/afchunk.html": "<script>x()</script>"}),
    "a text document that leads out": a_docx(more={"../../etc/passwd": "x"}),
    "a text document with something behind it": a_docx() + b"<html>",
    "a text document with a note": a_docx()[:-2] + b"\x04\0evil",
    "a text document of broken XML": a_docx("<w:p>"),
    "a text document cut off": a_docx()[:-30],
    "an open document with a macro": an_odt(more={"Basic/Standard/Module1.xml": "<x/>"}),
    "an open document with a script": an_odt("<script:event-listener/>"),
    "an open document with another file": an_odt(more={"Object 1": b"x"}),
    "an open document that fetches a picture": an_odt('<draw:image xlink:href="https://example.org/pixel.png"/>'),
    "an open document that links to a script": an_odt('<text:a xlink:href="vnd.sun.star.script:x">x</text:a>'),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_what_acts_hides_or_misleads_is_not_taken(name: str) -> None:
    with pytest.raises((Unsafe, Refused)) as refused:
        inspect(UNSAFE[name])
    assert refused.type is Unsafe


def test_a_photograph_loses_where_it_was_taken_and_stays_upright() -> None:
    found = inspect(a_jpeg(2, 2, some_exif(orientation=6, located=True), a_segment(0xFE, b"<script>x()</script>")))
    assert found.left_out == ("location", "metadata")
    assert b"telephone" not in found.content
    assert b"<script>" not in found.content
    assert dict(images._tags(found.content[found.content.index(b"Exif\0\0") + 6 :])) == {0x0112: 6}
    assert inspect(found.content).content == found.content


def test_a_photograph_without_notes_stays_as_it_is_and_one_with_them_becomes_the_same() -> None:
    assert inspect(a_jpeg(2, 2, some_exif(located=True))).content == a_jpeg()


def test_a_picture_loses_its_notes_and_what_is_behind_it() -> None:
    noted = a_png(2, 2, a_chunk(b"tEXt", b"Author\0Ada"), a_chunk(b"eXIf", b"II*\0"))
    found = inspect(noted + an_archive({"a.txt": "x"}))
    assert (found.content, found.left_out) == (a_png(), ("metadata", "trailing_data"))
    photograph = inspect(a_jpeg() + b"<html><script>x()</script>")
    assert (photograph.content, photograph.left_out) == (a_jpeg(), ("trailing_data",))


def test_no_archive_can_be_read_out_of_a_picture() -> None:
    for picture in (a_png(), a_jpeg()):
        kept = inspect(picture + an_archive({"a.txt": "x"})).content
        assert not zipfile.is_zipfile(io.BytesIO(kept))


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(
    content=st.sampled_from([content for content, _ in TAKEN.values()]),
    position=st.integers(0, 10_000),
    replacement=st.binary(min_size=1, max_size=6),
)
def test_whatever_is_changed_in_a_file_it_is_taken_or_refused_by_name(
    content: bytes, position: int, replacement: bytes
) -> None:
    at = position % len(content)
    changed = content[:at] + replacement + content[at + len(replacement) :]
    with suppress(Refused, Unsafe):
        assert inspect(changed).kind in ("pdf", "png", "jpeg", "docx", "odt")
