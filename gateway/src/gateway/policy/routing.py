"""Which service answers a path."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gateway.policy.ranks import Rank

DEFAULT_BODY_BYTES = 256 * 1024
READ_SECONDS = 3.0
WRITE_SECONDS = 10.0
PATHS_KNOWN = 2048
LONGEST_KNOWN = 512
"""Paths whose routes are remembered: so many of so many bytes at most."""
READS = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS = READS | {"POST", "PUT", "PATCH", "DELETE"}

# Segments of unreserved characters, sub-delimiters and escapes; no empty segment, so no `//` and no trailing slash.
_PATH = re.compile(rb"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)+")
# Escapes that another reader of the path could take for a separator, a dot segment or the end of the string.
_DECEIVING = re.compile(rb"/\.{1,2}(?:/|$)|%(?:2e|2f|5c|25|[01][0-9a-f]|7f)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Route:
    """A prefix, by whole segments, that a service answers."""

    prefix: str
    service: str
    body_limit_bytes: int = DEFAULT_BODY_BYTES
    read_seconds: float = READ_SECONDS
    write_seconds: float = WRITE_SECONDS
    tells_source: bool = False
    """Whether the service learns where the caller calls from: to slow down guessing, and nowhere else."""
    reads_authorization: bool = False
    """Whether the Authorization header is for the service: nobody is recognised here, and the header is passed on."""

    is_composed: bool = False
    """Whether the gateway puts some of the answers together from several services."""
    reads_rank: Rank = Rank.READ
    writes_rank: Rank = Rank.WRITE
    """Who goes first where a service has not enough for all."""

    def seconds_for(self, method: str) -> float:
        """How long a caller of this route waits for the head of the answer."""
        return self.read_seconds if method in READS else self.write_seconds

    def rank_of(self, method: str) -> Rank:
        """When it is a request's turn where not all can be served."""
        return self.reads_rank if method in READS else self.writes_rank


class RouteTable:
    """Longest prefix wins; what is not listed is not routed."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.use(routes)

    @property
    def routes(self) -> list[Route]:
        """All of them."""
        return list(self._by_prefix.values())

    def use(self, routes: Iterable[Route]) -> None:
        """Have these instead."""
        self._by_prefix = {route.prefix.encode(): route for route in routes}
        self._known: dict[bytes, Route] = {}

    def match(self, raw_path: bytes) -> Route | None:
        """The route of a path as it was sent. A path that two readers may read differently has none."""
        route = self._known.get(raw_path)
        return self._look_up(raw_path) if route is None else route

    def _look_up(self, raw_path: bytes) -> Route | None:
        route = self._find(raw_path)
        if route is not None and len(raw_path) <= LONGEST_KNOWN:
            if len(self._known) >= PATHS_KNOWN:
                self._known.clear()
            self._known[raw_path] = route
        return route

    def _find(self, raw_path: bytes) -> Route | None:
        if not _PATH.fullmatch(raw_path) or _DECEIVING.search(raw_path):
            return None
        prefix = raw_path
        while prefix:
            route = self._by_prefix.get(prefix)
            if route is not None:
                return route
            prefix = prefix.rpartition(b"/")[0]
        return None
