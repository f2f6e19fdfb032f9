"""The developer portal: every page by its path, made when first asked for and kept."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.metadata import distribution
from importlib.resources import files

import swagger_ui_bundle
from jinja2 import Environment, PackageLoader, StrictUndefined

from gateway.pages import CACHED_FOR_EVER, CSS, HTML, JSON, LIVE, SCRIPT, STILL, TEXT, Page, Site
from gateway.portal import guides, problems, reference
from gateway.portal.areas import AREAS, Area
from gateway.portal.markup import code_block, render, words

SWAGGER_UI = {"swagger-ui.css": CSS, "swagger-ui-bundle.js": SCRIPT}
SWAGGER_UI_NOTICE = "swagger-ui\nCopyright 2020-2021 SmartBear Software Inc."
OWN_ASSETS = {"portal.css": CSS, "console.js": SCRIPT}

_TEMPLATES = Environment(
    autoescape=True, undefined=StrictUndefined, loader=PackageLoader("gateway.portal"), trim_blocks=True
)
_TEMPLATES.filters |= {"words": words, "code_block": code_block}


class Portal(Site):
    """Every page for developers there is."""

    def __init__(self) -> None:
        super().__init__(_pages())
        prefix = problems.address("")
        self._texts = {f"{prefix}{code}".encode(): code for code in problems.read_problems()}

    def page(self, raw_path: bytes, accepted: bytes = b"text/html") -> Page:
        """The page of one of `paths`; that of a problem is text for whoever does not ask for HTML."""
        if raw_path in self._texts and b"text/html" not in accepted.lower():
            return Page(TEXT, problems.as_text(self._texts[raw_path]).encode(), varies=True)
        return super().page(raw_path, accepted)


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
