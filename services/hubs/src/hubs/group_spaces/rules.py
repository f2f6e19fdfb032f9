"""What may be written, how fast, and what of it a program may make clickable; no database here."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = 10_000
MOST_LINKS = 20
PATIENCE = (
    (timedelta(minutes=10), 20),
    (timedelta(days=1), 200),
)
"""In so much time nobody writes more posts than this, over all spaces."""
REPORTS_A_DAY = 50
KEPT_LINES = "\n\t"
_LINK = re.compile(r"https://[^\s<>\"'`\\()\[\]{}|^]+", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE)
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks of direction, by which a text reads otherwise than it is written."""


def as_written(text: str) -> str:
    """The text with one kind of line end, in Unicode's composed form, without blank ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def unreadable(text: str) -> str | None:
    """What in a text nobody could see, by name: control characters and marks of direction; None when it has none."""
    for one in text:
        if one in _TURNS or (unicodedata.category(one) in ("Cc", "Cs") and one not in KEPT_LINES):
            return unicodedata.name(one, f"U+{ord(one):04X}")
    return None


def links_in(text: str) -> list[str]:
    """Addresses in a text that are safe to make clickable, each once, in their order: https, to a host by its name.

    Without a user name, a port or letters that look like others. Everything else stays text.
    """
    found = (match.group().rstrip(".,;:!?") for match in _LINK.finditer(text))
    return list(dict.fromkeys(link for link in found if _is_plain(link)))[:MOST_LINKS]


def _is_plain(link: str) -> bool:
    authority = re.split(r"[/?#]", link[len("https://") :], maxsplit=1)[0]
    return link.isascii() and _HOST.fullmatch(authority) is not None and not re.search(r"(^|\.)xn--", authority.lower())


def wait_for(written_at: Iterable[datetime], now: datetime) -> timedelta | None:
    """How long somebody who wrote at these moments waits before they write again; None for not at all."""
    moments = sorted(written_at, reverse=True)
    waits = [moments[most - 1] + span - now for span, most in PATIENCE if len(moments) >= most]
    longest = max(waits, default=timedelta(0))
    return longest if longest > timedelta(0) else None


@dataclass(frozen=True)
class Frequency:
    """So many posts within so many weeks."""

    posts: int
    weeks: int

    def reached(self, posted_at: Iterable[datetime], by: datetime) -> bool:
        """Whether there were enough in the weeks before a moment, itself included."""
        since = by - timedelta(weeks=self.weeks)
        return sum(since < at <= by for at in posted_at) >= self.posts
