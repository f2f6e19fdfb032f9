"""`ncce api`: the described API as it was released, what changed since, and whether a caller would break.

The packaged snapshot is what was released last: the portal shows it and the SDK is made of it. Additions land without a
release; what breaks callers does not pass the suite.
"""

import importlib
import json
from typing import cast

from rich.console import Console

from chassis.service import Service, describe
from gateway.openapi import merge
from gateway.policy.routing import RouteTable
from gateway.portal.areas import AREAS
from gateway.routes import ROUTES
from ncce_cli.api.changes import Change, Document, changes_between
from ncce_cli.errors import CommandError
from ncce_cli.parts import ROOT, SERVICES

SNAPSHOT = ROOT / "gateway" / "src" / "gateway" / "portal" / "openapi.json"
CHANGES = ROOT / "docs" / "api-changes.md"
MARK = "<!-- releases, the newest first -->\n"


class BreaksCallers(CommandError):
    """A release would break programs that follow the one before."""


class AreaNotDescribed(CommandError):
    """Operations have a tag that the portal does not know."""


def present() -> Document:
    """The description of the platform as its code is now."""
    services = {name: cast(Service, importlib.import_module(f"{name}.app").SERVICE) for name in SERVICES}
    return merge({name: describe(service) for name, service in services.items()}, RouteTable(ROUTES))


def released() -> Document:
    """The description as it was released last."""
    found: Document = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    return found


def as_text(document: Document) -> str:
    """A description as it is kept: lines that a comparison can show."""
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def tell(console: Console) -> None:
    """Print what a release would announce."""
    found = changes_between(released(), present())
    for line in lines_of(found):
        console.print(line, highlight=False, markup=False)
    console.print(f"{len(found)} changes, {sum(change.breaks for change in found)} of which break callers.")


def release(console: Console, day: str, even_if_it_breaks: bool) -> None:
    """Make the present API the released one. BreaksCallers unless that is wanted."""
    now = present()
    if unknown := sorted({tag["name"] for tag in now["tags"]} - AREAS.keys()):
        raise AreaNotDescribed(f"Describe in gateway/src/gateway/portal/areas.py: {', '.join(unknown)}.")
    found = changes_between(released(), now) if SNAPSHOT.exists() else []
    if any(change.breaks for change in found) and not even_if_it_breaks:
        raise BreaksCallers("\n".join(["This breaks callers:", *lines_of([one for one in found if one.breaks])]))
    if found:
        before, mark, after = CHANGES.read_text().partition(MARK)
        heading, lines = f"\n## {day}\n\n", "\n".join(lines_of(found))
        # A second release of a day joins the first: the portal links to days.
        CHANGES.write_text(f"{before}{mark}{heading}{lines}\n{after.removeprefix(heading)}")
    SNAPSHOT.write_text(as_text(now), encoding="utf-8")
    console.print(f"{SNAPSHOT.relative_to(ROOT)} written: {len(found)} changes.")


def lines_of(changes: list[Change]) -> list[str]:
    """Changes as a list in Markdown, those that break first."""
    return [f"- {'**Breaking.** ' * one.breaks}{one.text}" for one in sorted(changes, key=lambda one: not one.breaks)]
