"""Pages of dashboards: which there are, what each asks hubs for, and how it is drawn."""

import asyncio
import hashlib
import json
import re
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from gateway.composed.archive import Fetch
from gateway.dashboards import charts
from gateway.pages import CACHED_FOR_EVER, CSS, HTML, NO_FRAMES, STILL, Page, Site
from gateway.wire.exchange import Exchange

PREFIX = "/dashboards"
_YEAR = r"(?P<network>[a-z0-9-]{1,60})/(?P<year>\d{4}-\d{2})"
PAGES = {
    r"": ("list.html", "/v1/dashboards"),
    rf"/{_YEAR}": ("network.html", "/v1/networks/{network}/{year}/dashboard"),
    rf"/{_YEAR}/own": ("own.html", "/v1/networks/{network}/{year}/dashboard/own"),
    rf"/{_YEAR}/hubs/(?P<hub_id>[0-9a-f-]{{36}})": (
        "hub.html",
        "/v1/networks/{network}/{year}/hubs/{hub_id}/dashboard",
    ),
}
"""By the end of the path: the template, and what hubs is asked."""
FOUND = [(re.compile(PREFIX + end), template, asked) for end, (template, asked) in PAGES.items()]
STYLE = "dashboards.css"
OK, UNAUTHENTICATED = 200, 401
TITLES = {403: "This dashboard is not yours to see", 404: "There is no such dashboard"}

_TEMPLATES = Environment(
    autoescape=True,
    undefined=StrictUndefined,
    loader=PackageLoader("gateway.dashboards"),
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters |= {
    "number": charts.number,
    "pounds": charts.pounds,
    "day": charts.day,
    "moment": charts.moment,
    "started": charts.started,
}
_TEMPLATES.globals |= {
    "percent": charts.percent,
    "charts": charts,
}


@cache
def dashboards_site() -> Site:
    """What all dashboards share and nobody has to sign in for: their style."""
    return Site({asset(STYLE): partial(_style)})


def _style() -> Page:
    return Page(CSS, _bytes(STYLE), caching=CACHED_FOR_EVER)


@cache
def _bytes(name: str) -> bytes:
    return files("gateway.dashboards").joinpath("assets", name).read_bytes()


@cache
def asset(name: str) -> str:
    """With the content in the address, so that it may be kept for ever."""
    return f"/dashboard-assets/{hashlib.sha256(_bytes(name)).hexdigest()[:16]}/{name}"


def is_dashboard(path: bytes) -> bool:
    """Whether a path is that of a dashboard, or of none under their prefix."""
    return path == PREFIX.encode() or path.startswith(PREFIX.encode() + b"/")


def address_of(entry: dict[str, Any]) -> str:
    """The page of one of the dashboards that hubs lists."""
    year = f"{PREFIX}/{entry['network']}/{entry['project_year']}"
    return year + {"network": "", "own": "/own", "hub": f"/hubs/{entry['hub_id']}"}[entry["kind"]]


def _asked(path: str) -> tuple[str, str] | None:
    """The template of a path and what hubs is asked for it."""
    for pattern, template, asked in FOUND:
        if (found := pattern.fullmatch(path)) is not None:
            return template, asked.format(**found.groupdict())
    return None


async def send_dashboard(exchange: Exchange, fetch: Fetch) -> None:
    """Answer with the page. Who is not signed in is sent to sign in, and comes back."""
    path = exchange.head.path.decode("ascii", "replace")
    template, asked = _asked(path) or ("", "")
    status, content = await fetch("hubs", asked) if asked else (404, b"")
    if status == UNAUTHENTICATED:
        exchange.respond(303, [(b"location", f"/sign-in?next={path}".encode()), (b"content-length", b"0")], b"")
    elif status == OK:
        _show(exchange, OK, await asyncio.to_thread(draw, template, json.loads(content)))
    else:
        heading = TITLES.get(status, "The dashboard is not there just now")
        _show(exchange, status if status in TITLES else 503, draw("problem.html", {"heading": heading}))


def draw(template: str, told: dict[str, Any]) -> bytes:
    """A page of what hubs told."""
    return _TEMPLATES.get_template(template).render(asset=asset, address_of=address_of, **told).encode()


def _show(exchange: Exchange, status: int, body: bytes) -> None:
    headers = [
        (b"content-type", HTML),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"private, no-store"),
        (b"content-security-policy", (STILL + NO_FRAMES).encode()),
    ]
    exchange.respond(status, headers, body)
