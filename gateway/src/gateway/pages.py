"""Pages that the gateway shows itself: plain bytes by path, made when first asked for and kept."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from gateway.policy.headers import Headers

CACHED = b"public, max-age=300"
CACHED_FOR_EVER = b"public, max-age=31536000, immutable"
HTML, TEXT, JSON = b"text/html; charset=utf-8", b"text/plain; charset=utf-8", b"application/json"
CSS, SCRIPT = b"text/css; charset=utf-8", b"text/javascript; charset=utf-8"
STILL = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
LIVE = STILL + "; script-src 'self'; connect-src 'self'"
NO_FRAMES = "; frame-ancestors 'none'"


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


class Site:
    """Pages that belong together. Making one needs no service and no network."""

    def __init__(self, makers: Mapping[str, Callable[[], Page]]) -> None:
        self._makers = {path.encode(): make for path, make in makers.items()}
        self.paths = frozenset(self._makers)
        self._made: dict[bytes, Page] = {}

    def page(self, raw_path: bytes, accepted: bytes = b"text/html") -> Page:
        """The page of one of `paths`."""
        if raw_path not in self._made:
            self._made[raw_path] = self._makers[raw_path]()
        return self._made[raw_path]

    def answer(self, raw_path: bytes, accepted: bytes, if_none_match: bytes) -> tuple[int, Headers, bytes]:
        """Status, headers and body for a GET of one of `paths`."""
        page = self.page(raw_path, accepted)
        if page.etag in (tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")):
            return 304, page.headers(), b""
        return 200, [*page.headers(), (b"content-length", str(len(page.body)).encode())], page.body
