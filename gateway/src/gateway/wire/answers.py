"""Reading the head of a service's answer."""

from typing import Final

from gateway.policy.headers import DROPPED, FORWARDED, Fates, fate_in_answer, names_in, remember
from gateway.wire.bodies import Body, Chunked, Endless, Measured

MAX_HEAD_BYTES: Final = 64 * 1024
MAX_LENGTH_DIGITS: Final = 15
BODILESS: Final = frozenset({204, 304})
_VERSIONS: Final = {b"HTTP/1.1 ": True, b"HTTP/1.0 ": False}

_REPETITIVE: Final = frozenset({b"content-type", b"server"})
LINES_KEPT: Final = 256

_fates: Fates = {}
_lines: Fates = {}
"""Of whole lines that services say again and again."""


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
    ends = len(lines) - 1
    if head.count(b"\n") != ends or head.count(b"\r") != ends or b"\0" in head:
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
        _disconnect(answer, b",".join(read[b"connection"]).lower())
    _frame(answer, read, to_head=to_head)
    return answer


def _sort(answer: Answer, lines: list[bytes]) -> dict[bytes, list[bytes]]:
    """Set apart the headers to pass on; the values of the others by name."""
    kept: list[bytes] = []
    read: dict[bytes, list[bytes]] = {}
    for line in lines[1:]:
        known = _lines.get(line)
        if known is FORWARDED:
            kept.append(line)
            continue
        if known is DROPPED:
            continue
        name, colon, value = line.partition(b":")
        fate = _fates.get(name) or _learn(name)
        if not colon:
            raise Nonsense("a line of the head is not a header")
        if len(_lines) < LINES_KEPT and name.lower() in _REPETITIVE:
            _lines[line] = fate
        if fate is FORWARDED:
            kept.append(line)
        elif fate is not DROPPED:
            read.setdefault(fate, []).append(value.strip(b" \t"))
    answer.lines = kept
    for value in read.get(b"cache-control", ()):
        answer.has_cache_control = True
        kept.append(b"cache-control: " + value)
    if b"vary" in read:
        answer.varies = b", ".join(read[b"vary"])
    return read


def _learn(name: bytes) -> bytes:
    try:
        return remember(_fates, name, fate_in_answer(name))
    except ValueError as error:
        raise Nonsense(str(error)) from error


def _disconnect(answer: Answer, connection: bytes) -> None:
    if connection == b"keep-alive":
        return
    options = names_in(connection)
    if b"close" in options:
        answer.keeps = False
    named = options - {b"close", b"keep-alive", b""}
    if named:
        answer.lines = [line for line in answer.lines if line.partition(b":")[0].lower() not in named]


def _frame(answer: Answer, read: dict[bytes, list[bytes]], *, to_head: bool) -> None:
    """Find out where the body ends (RFC 9112 §6.3), refusing what can be read in two ways."""
    lengths, codings = read.get(b"content-length"), read.get(b"transfer-encoding")
    answer.length = None
    if lengths:
        length = lengths[0]
        if len(lengths) > 1 or codings or not length.isdigit() or len(length) > MAX_LENGTH_DIGITS:
            raise Nonsense("the body's length is told twice, or is not a number")
        answer.length = length
    elif codings and (len(codings) > 1 or codings[0].lower() != b"chunked"):
        raise Nonsense("the transfer coding is not chunked")
    if to_head:
        answer.body = None
    elif answer.status in BODILESS or answer.status < 200:
        answer.body = answer.length = None
    elif answer.length is not None:
        answer.body = Measured(int(answer.length))
    elif codings:
        answer.body = Chunked()
    else:
        answer.body = Endless()
        answer.keeps = False
