"""Making the pages: what is on them for each standing of a certificate and each slip of the pen."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from certification.badges.credential import ISSUER_NAME
from certification.certificates import codes
from certification.certificates.codes import EXAMPLE
from certification.certificates.verification import Standing, Status
from certification.documents.typesetting import in_words, qr_of
from chassis import clock

SERVICE_NAME = "Check a certificate"
STYLE = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
_STYLE_HASH = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
SAFE_PAGE = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{_STYLE_HASH}'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "Referrer-Policy": "no-referrer",
}
"""A page loads nothing, runs nothing, and takes no style but its own."""

_TEMPLATES = Environment(
    autoescape=True, undefined=StrictUndefined, loader=PackageLoader("certification.pages"), trim_blocks=False
)


@dataclass(frozen=True)
class Verdict:
    """What a standing is called, and what it means for whoever relies on the certificate."""

    label: str
    sentence: str


VERDICTS: dict[Status, Verdict] = {
    "valid": Verdict("Valid", "This certificate is genuine and stands."),
    "revoked": Verdict("Revoked", "This certificate was revoked. It must not be relied on."),
    "superseded": Verdict("Replaced", "This certificate was replaced by a newer one. Rely on the newer one only."),
    "expired": Verdict("Expired", "This certificate is genuine and has expired. It no longer stands."),
}


@dataclass(frozen=True)
class Problem:
    """Why a code leads to no certificate. `is_of_input` when the code itself shows that it was mistyped."""

    title: str
    detail: str
    is_of_input: bool = True


NOTHING_ENTERED = Problem("Enter a verification code", "Enter the code that is printed on the certificate.")
UNKNOWN = Problem(
    "No certificate has this code",
    "Compare the code with the certificate, character by character. If it is the same, the certificate is not ours.",
)
ALTERED = Problem(
    "This certificate cannot be confirmed",
    "Our record of it is not what was signed. The National Centre has been alerted. Do not rely on the certificate.",
    is_of_input=False,
)


def mistyped(typed: str) -> Problem | None:
    """What is wrong with a code by itself; None when it can be one of ours."""
    code = codes.normalised(typed)
    if not code:
        return NOTHING_ENTERED
    strange = sorted(set(code) - set(codes.ALPHABET))
    if strange:
        listed = ", ".join(strange[:5])
        return Problem(
            "The code has characters that no code has", f"Codes have letters and digits, and never: {listed}"
        )
    if len(code) != codes.LENGTH:
        return Problem(
            f"The code must have {codes.LENGTH} characters", f"You entered {len(code)} of {codes.LENGTH} characters."
        )
    if not codes.is_well_formed(code):
        return Problem("The code is mistyped", "One character is wrong, or two have changed places. Look again.")
    return None


def form(typed: str = "", problem: Problem | None = None) -> str:
    """The page on which a code is entered, with what was wrong about the last one."""
    return _rendered("form.html", typed=typed, problem=problem, example=EXAMPLE)


def certificate(standing: Standing, public_url: str) -> str:
    """What anybody with the code sees."""
    held = standing.certificate
    url = f"{public_url}v1/verify/{held.code}/page"
    replacement = standing.replacement if standing.status == "superseded" else None
    return _rendered(
        "certificate.html",
        heading=held.title,
        status=standing.status,
        told=VERDICTS[standing.status],
        rows=_rows(standing),
        replaced_by=replacement.code if replacement else None,
        has_document=standing.is_document_shared,
        url=url,
        qr=_drawn(url),
        code=held.code,
    )


def _rows(standing: Standing) -> list[tuple[str, str]]:
    held = standing.certificate
    rows = [
        ("Certificate", held.title),
        ("Awarded to", standing.public_name or "The holder has chosen not to show a name here"),
        ("Awarded on", in_words(held.awarded_on)),
    ]
    if standing.status in ("revoked", "superseded") and standing.changed_on is not None:
        rows.append((f"{VERDICTS[standing.status].label} on", in_words(standing.changed_on)))
    if held.expires_on is not None:
        rows.append(("Expired on" if standing.status == "expired" else "Expires on", in_words(held.expires_on)))
    return [*rows, ("Number", standing.number or "Not numbered yet"), ("Verification code", held.code)]


def _rendered(template: str, **told: object) -> str:
    # The style is ours and has no character that HTML would read as its own.
    return _TEMPLATES.get_template(template).render(
        issuer=ISSUER_NAME,
        service=SERVICE_NAME,
        style=Markup(STYLE),  # noqa: S704 # a file of this package
        today=in_words(clock.today()),
        **told,
    )


def _drawn(url: str) -> Markup:
    """The QR code with words for whoever does not see it."""
    drawing = qr_of(url).replace("<svg ", '<svg role="img" aria-label="QR code that leads to this page" ', 1)
    return Markup(drawing)  # noqa: S704 # made by segno out of our own address and a code of ours
