"""The public page of a certificate: plain HTML that needs no script and no other file, and prints."""

from datetime import date
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from certification.badges.credential import ISSUER_NAME
from certification.certificates.verification import Standing
from certification.documents.typesetting import MONTHS, qr_of
from chassis import clock

_PAGE = Environment(autoescape=True, undefined=StrictUndefined).from_string(
    files(__package__).joinpath("page.html").read_text(encoding="utf-8")
)
SENTENCES = {
    "valid": "This certificate is genuine and stands.",
    "revoked": "This certificate was revoked. It must not be relied on.",
    "superseded": "This certificate was replaced by another. Ask its holder for the new one.",
}


def in_words(on: date) -> str:
    """A day as people write it."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def page_of(standing: Standing, url: str) -> str:
    """What anybody with the code sees."""
    certificate = standing.certificate
    rows = [
        ("Certificate", certificate.title),
        ("Awarded to", standing.shown_name or "Its holder does not show the name here"),
        ("Awarded on", in_words(certificate.awarded_on)),
        ("Number", standing.number or "Not numbered yet"),
        ("Verification code", certificate.code),
    ]
    if standing.changed_on is not None:
        rows.append((standing.status.capitalize(), in_words(standing.changed_on)))
    return _PAGE.render(
        issuer=ISSUER_NAME,
        heading=certificate.title,
        sentence=SENTENCES[standing.status],
        is_valid=standing.status == "valid",
        rows=rows,
        qr=_drawn(url),
        code=certificate.code,
        today=in_words(clock.today()),
    )


def _drawn(url: str) -> Markup:
    """The QR code with words for whoever does not see it."""
    drawing = qr_of(url).replace("<svg ", '<svg role="img" aria-label="QR code that leads to this page" ', 1)
    return Markup(drawing)  # noqa: S704 # made by segno out of our own address and a code of ours
