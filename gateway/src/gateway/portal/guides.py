"""Guides as pages. Their one source is `docs/guide`; what is in this package's `guides` links there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gateway.portal.markup import Rendered, render

GROUPS = {
    "Start here": (
        "first-completion",
        "authentication",
        "signing-in",
        "errors",
        "pagination",
        "idempotency",
        "limits",
        "sandbox",
        "quick-start",
    ),
    "Partners": (
        "partner-access",
        "partner-completions",
        "webhooks",
        "following-changes",
        "verifying-certificates",
        "chartered-pathway",
    ),
    "Teachers and schools": (
        "finding-courses",
        "prices-and-quotes",
        "calendars-and-mail",
        "certificate-rules",
        "development-log",
        "questionnaires",
        "assessments",
        "resources",
        "pupil-events",
        "centres-and-equipment",
    ),
    "Hub staff and moderators": ("hub-administrator", "bookings", "registers", "moderators"),
    "Funding": ("grants", "policies", "finance-officer", "auditor"),
}
"""Which guides the portal shows, in which order. Those for people who run the platform are not among them."""

ELSEWHERE = {"../problems.md": "/docs/problems", "../api-changes.md": "/docs/changes"}


@dataclass(frozen=True)
class Guide:
    """A guide by the name of its file."""

    name: str
    group: str

    @property
    def address(self) -> str:
        """Where the portal shows it."""
        return f"/docs/{self.name}"

    @property
    def title(self) -> str:
        """Its heading."""
        return self.source.partition("\n")[0].removeprefix("# ")

    @property
    def source(self) -> str:
        """Its Markdown."""
        return read(f"{self.name}.md")

    def page(self) -> Rendered:
        """Its text as HTML, with links that lead on within the portal."""
        return render(self.source, addresses())


def all_guides() -> Iterator[Guide]:
    """Those that the portal shows."""
    for group, names in GROUPS.items():
        yield from (Guide(name, group) for name in names)


@cache
def read(name: str) -> str:
    """A packaged document."""
    return files("gateway.portal").joinpath("guides", name).read_text(encoding="utf-8")


def addresses() -> dict[str, str]:
    """Where a link of a guide leads in the portal; what is not here has no page."""
    return ELSEWHERE | {f"{guide.name}.md": guide.address for guide in all_guides()}
