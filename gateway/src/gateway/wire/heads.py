"""Reading the head of a request, strictly: what two readers could cut or take in different ways is refused.

llhttp tokenises; the rules it leaves to its user (RFC 9112 §3 and §6) are applied here. A head that passes is never
forwarded as it came but written anew from these parts.
"""

import re
from typing import TYPE_CHECKING, Final

import httptools

from chassis.refusals import BadRequest, ServiceError
from gateway.policy.headers import DROPPED, FORWARDED, Fates, fate_in_request, names_in, remember
from gateway.policy.notes import Notes
from gateway.problems import HeadTooLarge, MethodNotAllowed, UriTooLong

if TYPE_CHECKING:
    from gateway.plans import Plan

MAX_HEAD_BYTES: Final = 32 * 1024
MAX_TARGET_BYTES: Final = 8 * 1024
MAX_HEADERS: Final = 100
MAX_LENGTH_DIGITS: Final = 15

END: Final = b"\r\n\r\n"
_VERSIONS: Final = {b" HTTP/1.1\r\n": True, b" HTTP/1.0\r\n": False}
_HOST = re.compile(rb"[A-Za-z0-9._~-]{0,255}(?::[0-9]{0,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{0,5})?")
_ONCE_AT_MOST: Final = frozenset({b"host", b"content-length", b"transfer-encoding", b"expect"})
_NEVER_NAMED: Final = frozenset({
    b"host", b"content-length", b"transfer-encoding", b"authorization", b"x-api-key", b"cookie",
})  # fmt: skip
"""Headers that a client cannot make disappear by naming them in `Connection`."""
_LISTED: Final = {b"connection": b",", b"cookie": b"; "}
"""Headers whose values, when there are several, make one list."""
CHUNKED: Final = None
SPACE: Final = 32
NONE: Final[frozenset[bytes]] = frozenset()
HOSTS_KEPT: Final = 256

_fates: Fates = {}
_hosts: set[bytes] = set()
"""Found to be well formed."""


class Fields:
    """All of a head but its first line, read. Requests that come with the same bytes share it, so it never changes."""

    __slots__ = ("expects", "host", "is_current", "keeps", "length", "lines", "notes", "read", "repeated")

    lines: list[bytes]
    """The headers to forward, each `Name: value` as it came."""
    read: dict[bytes, bytes]
    """The headers that the gateway reads, by their names in lower case. Of one that came again, the first."""
    repeated: frozenset[bytes]
    """Which of those came more than once."""
    length: int | None
    """Of the body in bytes; CHUNKED when only its end will tell."""
    keeps: bool
    """Whether the client wants to use the connection again."""
    is_current: bool
    """HTTP/1.1, not 1.0: understands chunks and interim answers."""
    expects: bool
    """Waits to be asked for the body."""
    host: bytes
    notes: Notes | None
    """What the front door has made of them; None until it has seen them."""

    def only(self, name: bytes) -> bytes | None:
        """The value of a header that the gateway reads, if it came once."""
        return self.read.get(name) if name not in self.repeated else None

    def forwarded(self, name: bytes) -> list[bytes]:
        """Every value of a header that is passed on."""
        pairs = (line.split(b":", 1) for line in self.lines)
        return [value.strip(b" \t") for key, value in pairs if key.lower() == name]


class Head:
    """A request's head, read."""

    __slots__ = ("fields", "line", "method", "path", "plan", "query")

    def __init__(self, line: bytes, method: str, path: bytes, query: bytes, fields: Fields) -> None:
        self.line = line
        """Method and target as they came, one space between."""
        self.method = method
        self.path = path
        self.query = query
        """With its question mark; empty when there is none."""
        self.fields = fields
        self.plan: Plan | None = None
        """What the front door has decided about requests with this head."""


class HeadReader:
    """Reads the heads of one connection, one after another."""

    __slots__ = ("_count", "_is_complete", "_lines", "_parser", "_read", "_repeated", "_target")

    def __init__(self) -> None:
        self._parser = httptools.HttpRequestParser(self)

    def read(self, data: bytes) -> Head:
        """The head in these bytes, which end with its empty line. Raises a problem that ends the connection."""
        self._lines: list[bytes] = []
        self._read: dict[bytes, bytes] = {}
        self._repeated: frozenset[bytes] = NONE
        self._target, self._count, self._is_complete = b"", 0, False
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # an offer, which the gateway does not take up
        except httptools.HttpParserInvalidMethodError:
            raise MethodNotAllowed("The platform does not know this method.") from None
        except httptools.HttpParserError as error:
            raise BadRequest(f"The head of the request is not HTTP: {error}.") from None
        if not self._is_complete:
            raise BadRequest("The head of the request is not HTTP.")
        if self._count > MAX_HEADERS:
            raise HeadTooLarge(f"At most {MAX_HEADERS} headers are taken.")
        return self._ruled(data)

    # The names are llhttp's.
    def on_url(self, target: bytes) -> None:
        """Part of the request's target."""
        self._target += target

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        self._count += 1
        fate = _fates.get(name)
        if fate is None:
            fate = remember(_fates, name, fate_in_request(name))
        if fate is FORWARDED:
            self._lines.append(b"%b: %b" % (name, value))
        elif fate is not DROPPED:
            value = value.strip(b" \t")
            if fate in self._read:
                self._repeated |= {fate}
                value = self._read[fate] + _LISTED[fate] + value if fate in _LISTED else self._read[fate]
            self._read[fate] = value

    def on_headers_complete(self) -> None:
        """All headers are there."""
        self._is_complete = True

    def _ruled(self, data: bytes) -> Head:
        method, target = self._parser.get_method(), self._target
        version_at = len(method) + 1 + len(target)
        is_current = _VERSIONS.get(data[version_at : version_at + 11])
        if is_current is None or not data.startswith(target, len(method) + 1) or data[len(method)] != SPACE:
            raise BadRequest("The request line must be a method, a target and HTTP/1.1, one space between.")
        if len(target) > MAX_TARGET_BYTES:
            raise UriTooLong(f"At most {MAX_TARGET_BYTES} bytes are taken as an address.")
        fields = Fields()
        fields.is_current = is_current
        fields.lines, fields.read, fields.repeated, fields.notes = self._lines, self._read, self._repeated, None
        _apply_rules(fields)
        if fields.length != 0:
            # Bodies are cut here, not by llhttp, which now waits for one.
            self._parser = httptools.HttpRequestParser(self)
        path, mark, query = target.partition(b"?")
        return Head(data[:version_at], method.decode(), path, mark + query, fields)


def _apply_rules(fields: Fields) -> None:
    read = fields.read
    if fields.repeated and fields.repeated & _ONCE_AT_MOST:
        names = b", ".join(sorted(fields.repeated & _ONCE_AT_MOST)).decode()
        raise BadRequest(f"There is more than one {names}.")
    fields.length = _body_length(read.get(b"content-length"), read.get(b"transfer-encoding"), fields.is_current)
    expectation = read.get(b"expect")
    fields.expects = expectation is not None and _expects(expectation) and fields.is_current and fields.length != 0
    fields.host = _host(read.get(b"host"), fields.is_current)
    fields.keeps = fields.is_current
    connection = read.get(b"connection")
    if connection is not None:
        _disconnect(fields, connection.lower())


def _body_length(length: bytes | None, coding: bytes | None, is_current: bool) -> int | None:
    if coding is not None:
        if length is not None or not is_current:
            raise BadRequest("A body is announced by its length or comes in chunks (HTTP/1.1), not both.")
        if coding.lower() != b"chunked":
            raise BadRequest("The only transfer coding understood here is `chunked`.")
        return CHUNKED
    if length is None:
        return 0
    if not length.isdigit() or len(length) > MAX_LENGTH_DIGITS:
        raise BadRequest("The content length is not a number of bytes.")
    return int(length)


def _host(host: bytes | None, is_current: bool) -> bytes:
    if host is None:
        if is_current:
            raise BadRequest("There is no Host.")
        return b""
    if host not in _hosts:
        if not _HOST.fullmatch(host):
            raise BadRequest("The Host is not a name or an address.")
        if len(_hosts) < HOSTS_KEPT:
            _hosts.add(host)
    return host


def _expects(value: bytes) -> bool:
    if value.lower() != b"100-continue":
        raise BadRequest("The only expectation understood here is `100-continue`.")
    return True


def _disconnect(fields: Fields, connection: bytes) -> None:
    """Apply what `Connection` says: keep or close, and which headers belong to this connection alone."""
    if connection == b"keep-alive":
        return
    options = names_in(connection)
    if b"close" in options:
        fields.keeps = False
    named = options - {b"close", b"keep-alive", b"upgrade", b""}
    if named:
        fields.lines = [line for line in fields.lines if line.partition(b":")[0].lower() not in named]
        fields.read = {name: value for name, value in fields.read.items() if name not in named or name in _NEVER_NAMED}


def refuses_early(partial: bytes) -> ServiceError | None:
    """Why an unfinished head need not be waited for: it is too long, or a line of it ends wrongly."""
    if len(partial) > MAX_HEAD_BYTES:
        return HeadTooLarge(f"At most {MAX_HEAD_BYTES} bytes are taken as the head of a request.")
    if partial.count(b"\n") != partial.count(b"\r\n"):
        return BadRequest("A line of the head does not end in CRLF.")
    return None
