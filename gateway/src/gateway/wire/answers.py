"""Reading the head of a service's answer."""

from typing import Final

from chassis.gateway_asides import ENDED
from gateway.policy.headers import DROPPED, FORWARDED, Fates, fate_in_answer, names_in, remember
from gateway.wire.bodies import Body, Chunked, Endless, Measured

MAX_HEAD_BYTES: Final = 64 * 1024
MAX_LENGTH_DIGITS: Final = 15
BODILESS: Final = frozenset({204, 304})
_VERSIONS: Final = {b"HTTP/1.1 ": True, b"HTTP/1.0 ": False}

_REPETITIVE: Final = frozenset({b"content-type", b"server"})
LINES_KEPT: Final = 256
ANSWERS_KEPT: Final = 512
LONGEST_KEPT: Final = 1024
NOT_STORED: Final = b"cache-control: no-store\r\n"

_fates: Fates = {}
_lines: Fates = {}
"""Of whole lines that services say again and again."""


_answers: dict[bytes, "Answer"] = {}
"""By the bytes of their heads: services say the same again and again, at least within one second of their clocks."""


class Nonsense(ValueError):
    """What came is not an answer."""


class Answer:
    """The head of an answer, read. Answers that begin with the same bytes share it, so it never changes."""

    __slots__ = (
        "ended", "has_body", "is_chunked", "is_unmeasured", "keeps", "length", "private_start", "start", "status",
    )  # fmt: skip

    status: int
    start: bytes
    """The head to send on, up to what the gateway adds."""
    private_start: bytes
    """The same for somebody who is known: kept by nobody else unless the service says how."""
    has_body: bool
    length: int | None
    """Of the body, if it was announced, also where there is none, as in an answer to HEAD."""
    is_chunked: bool
    is_unmeasured: bool
    """Whether there is a body and only its end will tell its length."""
    keeps: bool
    """Whether the connection may be used again after this."""
    ended: bytes
    """What the service tells the gateway has ended with this."""

    def new_body(self) -> Body | None:
        """How to read the body; None when there is none."""
        if not self.has_body:
            return None
        if self.length is not None:
            return Measured(self.length)
        return Chunked() if self.is_chunked else Endless()


def recall_answer(head: bytes, *, to_head: bool) -> Answer:
    """Read a head without its empty line, unless it was read before. Raises Nonsense."""
    answer = _answers.get(head)
    if answer is None or to_head:
        answer = read_answer(head, to_head=to_head)
        if not to_head and len(head) <= LONGEST_KEPT and b"ookie" not in head and not answer.ended:
            if len(_answers) >= ANSWERS_KEPT:
                _answers.clear()
            _answers[head] = answer
    return answer


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
    answer.status = int(first[9:12])
    answer.keeps = is_current
    kept, read = _sort(lines)
    if b"connection" in read:
        kept = _disconnect(answer, kept, b",".join(read[b"connection"]).lower())
    _frame(answer, read, to_head=to_head)
    answer.ended = b",".join(read.get(ENDED, ()))
    kept.insert(0, b"HTTP/1.1 " + first[9:])
    kept += [b"cache-control: " + value for value in read.get(b"cache-control", ())]
    if b"vary" in read:
        kept.append(b"vary: " + b", ".join(read[b"vary"]))
    if answer.length is not None:
        kept.append(b"content-length: %d" % answer.length)
    answer.start = b"\r\n".join([*kept, b""])
    answer.private_start = answer.start if b"cache-control" in read else answer.start + NOT_STORED
    return answer


def _sort(lines: list[bytes]) -> tuple[list[bytes], dict[bytes, list[bytes]]]:
    """The headers to pass on as they came, and the values of the others by name."""
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
    return kept, read


def _learn(name: bytes) -> bytes:
    try:
        return remember(_fates, name, fate_in_answer(name))
    except ValueError as error:
        raise Nonsense(str(error)) from error


def _disconnect(answer: Answer, lines: list[bytes], connection: bytes) -> list[bytes]:
    """Apply what `Connection` says; the lines that go further than this connection."""
    if connection == b"keep-alive":
        return lines
    options = names_in(connection)
    if b"close" in options:
        answer.keeps = False
    named = options - {b"close", b"keep-alive", b""}
    return [line for line in lines if line.partition(b":")[0].lower() not in named] if named else lines


def _frame(answer: Answer, read: dict[bytes, list[bytes]], *, to_head: bool) -> None:
    """Find out where the body ends (RFC 9112 §6.3), refusing what can be read in two ways."""
    lengths, codings = read.get(b"content-length"), read.get(b"transfer-encoding")
    answer.length = None
    if lengths:
        length = lengths[0]
        if len(lengths) > 1 or codings or not length.isdigit() or len(length) > MAX_LENGTH_DIGITS:
            raise Nonsense("the body's length is told twice, or is not a number")
        answer.length = int(length)
    elif codings and (len(codings) > 1 or codings[0].lower() != b"chunked"):
        raise Nonsense("the transfer coding is not chunked")
    is_bodiless = answer.status in BODILESS or answer.status < 200
    if is_bodiless and not to_head:
        answer.length = None
    answer.has_body = not to_head and not is_bodiless
    answer.is_unmeasured = answer.has_body and answer.length is None
    answer.is_chunked = answer.is_unmeasured and bool(codings)
    if answer.is_unmeasured and not codings:
        answer.keeps = False
