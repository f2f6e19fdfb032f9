"""The developer portal: every page by its path, made when first asked for and kept."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib.metadata import distribution
from importlib.resources import files

import swagger_ui_bundle
from jinja2 import Environment, PackageLoader, StrictUndefined

from gateway.policy.headers import Headers
from gateway.portal import guides, problems, reference
from gateway.portal.areas import AREAS, Area
from gateway.portal.markup import code_block, render, words

CACHED = b"public, max-age=300"
CACHED_FOR_EVER = b"public, max-age=31536000, immutable"
HTML, TEXT, JSON = b"text/html; charset=utf-8", b"text/plain; charset=utf-8", b"application/json"
STILL = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
LIVE = STILL + "; script-src 'self'; connect-src 'self'"
NO_FRAMES = "; frame-ancestors 'none'"

SWAGGER_UI = {"swagger-ui.css": b"text/css; charset=utf-8", "swagger-ui-bundle.js": b"text/javascript; charset=utf-8"}
SWAGGER_UI_NOTICE = "swagger-ui\nCopyright 2020-2021 SmartBear Software Inc."
OWN_ASSETS = {"portal.css": b"text/css; charset=utf-8", "console.js": b"text/javascript; charset=utf-8"}

_TEMPLATES = Environment(
    autoescape=True, undefined=StrictUndefined, loader=PackageLoader("gateway.portal"), trim_blocks=True
)
_TEMPLATES.filters |= {"words": words, "code_block": code_block}


@dataclass(frozen=True)
class Page:
    """What is answered: plain bytes, the same for everybody."""

    content_type: bytes
    body: bytes
    policy: str = STILL
    caching: bytes = CACHED
    varies: bool = False

    @cached_property
    def etag(self) -> bytes:
        """Names these bytes."""
        return b'"' + hashlib.sha256(self.body).hexdigest()[:32].encode() + b'"'

    def headers(self) -> Headers:
        """Everything a front end says with it."""
        found = [
            (b"content-type", self.content_type),
            (b"etag", self.etag),
            (b"cache-control", self.caching),
            (b"content-security-policy", (self.policy + NO_FRAMES).encode()),
        ]
        return [*found, (b"vary", b"accept")] if self.varies else found


class Portal:
    """Every page there is. Making one needs no service and no network."""

    def __init__(self) -> None:
        self._makers: dict[bytes, Callable[[], Page]] = {path.encode(): make for path, make in _pages().items()}
        self.paths = frozenset(self._makers)
        self._made: dict[bytes, Page] = {}
        prefix = problems.address("")
        self._texts = {f"{prefix}{code}".encode(): code for code in problems.read_problems()}

    def page(self, raw_path: bytes, accepted: bytes = b"text/html") -> Page:
        """The page of one of `paths`; that of a problem is text for whoever does not ask for HTML."""
        if raw_path in self._texts and b"text/html" not in accepted.lower():
            return Page(TEXT, problems.as_text(self._texts[raw_path]).encode(), varies=True)
        if raw_path not in self._made:
            self._made[raw_path] = self._makers[raw_path]()
        return self._made[raw_path]

    def answer(self, raw_path: bytes, accepted: bytes, if_none_match: bytes) -> tuple[int, Headers, bytes]:
        """Status, headers and body for a GET of one of `paths`."""
        page = self.page(raw_path, accepted)
        if page.etag in (tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")):
            return 304, page.headers(), b""
        return 200, [*page.headers(), (b"content-length", str(len(page.body)).encode())], page.body


@cache
def portal() -> Portal:
    """The one portal of the process."""
    return Portal()


def _pages() -> Mapping[str, Callable[[], Page]]:
    pages: dict[str, Callable[[], Page]] = {
        "/docs": partial(_html, "start.html", groups=_used_groups),
        "/docs/guides": partial(_html, "guides.html", groups=_guides_by_group),
        "/docs/problems": partial(_html, "problems.html", statuses=lambda: list(problems.by_status())),
        "/docs/api": partial(_html, "reference.html", groups=_used_groups),
        "/docs/changes": _changes,
    }
    pages |= {guide.address: partial(_guide, guide) for guide in guides.all_guides()}
    pages |= {problems.address(code): partial(_problem, code) for code in problems.read_problems()}
    for area in AREAS.values():
        pages[f"/docs/api/{area.slug}"] = partial(_area, area)
        pages[f"/docs/api/{area.slug}/try"] = partial(_console, area)
        pages[f"/docs/api/{area.slug}/openapi.json"] = partial(_area_document, area)
    pages |= {_asset_address(name): partial(_asset, name) for name in OWN_ASSETS | SWAGGER_UI}
    return pages | {"/docs/assets/LICENSE": _licence}


def _html(template: str, policy: str = STILL, varies: bool = False, **values: object) -> Page:
    found = {name: value() if callable(value) else value for name, value in values.items()}
    text = _TEMPLATES.get_template(template).render(asset=_asset_address, **found)
    return Page(HTML, text.encode(), policy, varies=varies)


def _guides_by_group() -> dict[str, list[guides.Guide]]:
    found: dict[str, list[guides.Guide]] = {}
    for guide in guides.all_guides():
        found.setdefault(guide.group, []).append(guide)
    return found


def _used_groups() -> list[tuple[str, list[tuple[Area, int]]]]:
    return list(reference.used_groups())


def _guide(guide: guides.Guide) -> Page:
    page = guide.page()
    return _html("guide.html", guide=guide, text=page.html, groups=_guides_by_group)


def _problem(code: str) -> Page:
    problem = problems.read_problems()[code]
    again = problems.again(problem["status"])
    return _html("problem.html", code=code, problem=problem, again=again, varies=True)


def _changes() -> Page:
    page = render(guides.read("api-changes.md"), guides.addresses())
    return _html("changes.html", text=page.html)


def _area(area: Area) -> Page:
    return _html(
        "area.html",
        area=area,
        groups=_used_groups,
        operations=reference.operations_of(area),
        titles=problems.read_problems(),
    )


def _console(area: Area) -> Page:
    return _html("console.html", LIVE, area=area)


def _area_document(area: Area) -> Page:
    return Page(JSON, json.dumps(reference.document_of(area), separators=(",", ":")).encode())


@cache
def _asset_bytes(name: str) -> bytes:
    if name in SWAGGER_UI:
        return bytes((swagger_ui_bundle.swagger_ui_path / name).read_bytes())
    return files("gateway.portal").joinpath("assets", name).read_bytes()


@cache
def _asset_address(name: str) -> str:
    """With the content in the name, so that it may be kept for ever."""
    return f"/docs/assets/{hashlib.sha256(_asset_bytes(name)).hexdigest()[:16]}/{name}"


def _asset(name: str) -> Page:
    return Page((OWN_ASSETS | SWAGGER_UI)[name], _asset_bytes(name), caching=CACHED_FOR_EVER)


def _licence() -> Page:
    """Swagger UI is of others; their notice and licence go with it."""
    licence = distribution("swagger-ui-bundle-v2").read_text("licenses/LICENSE") or ""
    return Page(TEXT, f"{SWAGGER_UI_NOTICE}\n\n{licence}".encode())
