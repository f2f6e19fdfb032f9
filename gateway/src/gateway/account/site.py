"""The pages by their paths. They hold nothing of anybody: their scripts ask the API, as any frontend would."""

import hashlib
from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from gateway.pages import CACHED_FOR_EVER, CSS, HTML, LIVE, SCRIPT, Page, Site

SCRIPTS = ("session.js", "factors.js", "sign-in.js", "account.js", "register.js", "mailed.js")
ASSETS = {"account.css": CSS} | dict.fromkeys(SCRIPTS, SCRIPT)
MAILED = (
    "confirm-email",
    "confirm-new-email",
    "restore-email",
    "reset-password",
    "accept-invitation",
    "confirm-erasure",
)
"""Where links in mails lead. The token is behind a #, which no browser sends; a press of a button sends it."""
TEMPLATES = {"/sign-in/return": "sign_in.html"} | {
    f"/{name}": f"{name.replace('-', '_')}.html"
    for name in ("sign-in", "account", "register", "forgot-password", *MAILED)
}

_TEMPLATES = Environment(
    autoescape=True, undefined=StrictUndefined, loader=PackageLoader("gateway.account"), trim_blocks=True
)


@cache
def account_site() -> Site:
    """The one of the process."""
    pages: dict[str, Callable[[], Page]] = {path: partial(_html, template) for path, template in TEMPLATES.items()}
    return Site(pages | {asset(name): partial(_asset, name) for name in ASSETS})


def _html(template: str) -> Page:
    text = _TEMPLATES.get_template(template).render(asset=asset)
    return Page(HTML, text.encode(), LIVE)


def _asset(name: str) -> Page:
    return Page(ASSETS[name], _bytes(name), caching=CACHED_FOR_EVER)


@cache
def _bytes(name: str) -> bytes:
    return files("gateway.account").joinpath("assets", name).read_bytes()


@cache
def _digest() -> str:
    """Of all assets together: scripts import each other by name, and must be of one version."""
    return hashlib.sha256(b"".join(_bytes(name) for name in ASSETS)).hexdigest()[:16]


def asset(name: str) -> str:
    """Where a page finds one of the assets; with the content in the address, so that it may be kept for ever."""
    return f"/account/assets/{_digest()}/{name}"
