"""From a certificate to the bytes of its document: tagged PDF (PDF/UA-1), the same bytes for the same certificate."""

import io
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import segno
import typst

from certification.badges.credential import ISSUER_NAME

TEMPLATE = files(__package__).joinpath("certificate.typ").read_bytes()
MONTHS = tuple("January February March April May June July August September October November December".split())  # noqa: SIM905


@dataclass(frozen=True)
class Printed:
    """What is on the page."""

    title: str
    number: str
    name: str
    awarded_on: date
    expires_on: date | None
    code: str
    url: str


def qr_of(url: str) -> str:
    """A QR code as SVG of whatever size it is shown in; it can still be read when a quarter of it is damaged."""
    drawn = io.BytesIO()
    segno.make(url, error="q", micro=False).save(drawn, kind="svg", xmldecl=False, svgns=True, nl=False, omitsize=True)
    return drawn.getvalue().decode()


def in_words(on: date) -> str:
    """A day as people write it."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def typeset(printed: Printed) -> bytes:
    """The document. Only fonts that come with the typesetter are used, so that every machine makes the same bytes."""
    on = printed.awarded_on
    told = {
        "issuer": ISSUER_NAME,
        "title": printed.title,
        "number": printed.number,
        "name": printed.name,
        "code": printed.code,
        "url": printed.url,
        "qr": qr_of(printed.url),
        "year": str(on.year),
        "month": str(on.month),
        "day": str(on.day),
        "day_in_words": in_words(on),
        "expires": in_words(printed.expires_on) if printed.expires_on else "",
    }
    return typst.compile(TEMPLATE, format="pdf", pdf_standards=["ua-1"], sys_inputs=told, ignore_system_fonts=True)
