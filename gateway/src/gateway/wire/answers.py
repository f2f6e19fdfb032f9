"""Reading the head of a service's answer."""

from typing import Final

from gateway.policy.headers import DROPPED, FORWARDED, Fates, fate_in_answer, names_in, remember
from gateway.wire.bodies import Body, Chunked, Endless, Measured

MAX_HEAD_BYTES: Final = 64 * 1024
BODILESS: Final = frozenset({204, 304})
_VERSIONS: Final = {b"HTTP/1.1 ": True, b"HTTP/1.0 ": False}

_fates: Fates = {}


class Nonsense(ValueError):
    """What came is not an answer."""


class Answer:
    """The head of an answer, read."""

    __slots__ = ("body", "has_cache_control", "keeps", "length", "lines", "status", "status_line", "varies")

    status: int
    status_line: bytes
    """Status and reason."""
    lines: list[bytes]
    """The headers to pass on, each `Name: value` as it came."""
    length: bytes | None
    """As announced, also where there is no body, as in an answer to HEAD."""
    body: Body | None
    """How to read the body; None when there is none."""
    keeps: bool
    """Whether the connection may be used again after this."""
    has_cache_control: bool
    varies: bytes


def read_answer(head: bytes, *, to_head: bool) -> Answer:
    """Read a head without its empty line. Raises Nonsense."""
    lines = head.split(b"\r\n")
    if head.count(b"\n") != len(lines) - 1 or head.count(b"\r") != len(lines) - 1 or b"\0" in head:
        raise Nonsense("a line of the head does not end in CRLF")
    first = lines[0]
    is_current = _VERSIONS.get(first[:9])
    if is_current is None or not first[9:12].isdigit() or first[12:13] not in (b" ", b""):
        raise Nonsense("there is no status line")
    answer = Answer()
    answer.status, answer.status_line = int(first[9:12]), first[9:]
    answer.has_cache_control, answer.varies = False, b""
    read = _sort(answer, lines)
    answer.keeps = is_current
    if b"connection" in read:
        _disconnect(answer, names_in(read[b"connection"]))
    _frame(answer, read, to_head=to_head)
    return answer


def _sort(answer: Answer, lines: list[bytes]) -> dict[bytes, list[bytes]]:
    """Set apart the headers to pass on; the values of the others by name."""
    kept: list[bytes] = []
    read: dict[bytes, list[bytes]] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(b":")
        fate = _fates.get(name)
        if fate is None:
            fate = _learn(name)
        if not colon:
            raise Nonsense("a line of the head is not a header")
        if fate is FORWARDED:
            kept.append(line)
        elif fate is not DROPPED:
            read.setdefault(fate, []).append(value.strip(b" \t"))
            if fate == b"cache-control":
                answer.has_cache_control = True
                kept.append(line)
    answer.lines = kept
    if b"vary" in read:
        answer.varies = b", ".join(read[b"vary"])
    return read


def _learn(name: bytes) -> bytes:
    try:
        return remember(_fates, name, fate_in_answer(name))
    except ValueError as error:
        raise Nonsense(str(error)) from error


def _disconnect(answer: Answer, options: frozenset[bytes]) -> None:
    if b"close" in options:
        answer.keeps = False
    named = options - {b"close", b"keep-alive", b""}
    if named:
        answer.lines = [line for line in answer.lines if line.partition(b":")[0].lower() not in named]


def _frame(answer: Answer, read: dict[bytes, list[bytes]], *, to_head: bool) -> None:
    """Find out where the body ends (RFC 9112 §6.3), refusing what can be read in two ways."""
    lengths, codings = read.get(b"content-length", []), read.get(b"transfer-encoding", [])
    if len(lengths) > 1 or (lengths and codings):
        raise Nonsense("the body's length is told twice")
    if lengths and not (lengths[0].isdigit() and len(lengths[0]) < 16):
        raise Nonsense("the body's length is not a number")
    if codings and [coding.lower() for coding in codings] != [b"chunked"]:
        raise Nonsense("the transfer coding is not chunked")
    answer.length = lengths[0] if lengths else None
    if to_head or answer.status in BODILESS or answer.status < 200:
        answer.body = None
        if not to_head:
            answer.length = None
    elif lengths:
        answer.body = Measured(int(lengths[0]))
    elif codings:
        answer.body = Chunked()
    else:
        answer.body = Endless()
        answer.keeps = False
