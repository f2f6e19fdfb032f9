"""Heads that were read before: the short way says what the long way says, or nothing; and nothing is kept for long."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from chassis.errors import ServiceError
from gateway.wire.heads import Head, HeadReader
from gateway.wire.known import KEPT, MAX_KEPT_BYTES, KnownHeads

REST = b" HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a.b.c\r\nCookie: a=1\r\nContent-Length: 5\r\nX-A: 1\r\n\r\n"
FIRST = b"GET /v1/hubs/42?a=1"


def read_long(data: bytes) -> Head | None:
    try:
        return HeadReader().read(data)
    except ServiceError:
        return None


def knowing(*heads: bytes) -> KnownHeads:
    known = KnownHeads()
    for data in heads:
        head = read_long(data)
        assert head is not None
        known.keep(data, head)
    return known


def parts_of(head: Head) -> list[object]:
    fields = head.fields
    return [
        head.line, head.method, head.path, head.query, fields.lines, fields.read, fields.repeated, fields.length,
        fields.keeps, fields.is_current, fields.expects, fields.host,
    ]  # fmt: skip


first_lines = st.builds(
    bytes.__add__,
    st.sampled_from([b"GET ", b"POST ", b"get ", b"GET", b"CONNECT ", b"PROPFIND ", b" GET ", b"GET  ", b"\r\nGET "]),
    st.one_of(
        st.sampled_from([b"/", b"*", b"//x", b"/a b", b"http://x/y", b"/%", b"/a#b?c", b"/?a?b", b"/a HTTP/1.1"]),
        st.binary(max_size=12).map(b"/".__add__),
        st.text('/?%#;=&ab19.~"<>\\^`{|}', max_size=12).map(lambda text: b"/" + text.encode()),
    ),
)


@settings(max_examples=300, deadline=None)
@given(first_lines, st.sampled_from([REST, REST.replace(b"1.1", b"1.0"), REST.replace(b"X-A", b"X-B")]))
@example(FIRST, REST)
@example(b"GET /a HTTP/1.1\r\nA: b", REST)
def test_what_is_known_is_what_would_have_been_read(first: bytes, rest: bytes) -> None:
    found = knowing(FIRST + REST).find(first + rest)
    if found is not None:
        long = read_long(first + rest)
        assert long is not None, first
        assert parts_of(found) == parts_of(long)


def test_another_path_with_the_same_fields_is_known_and_shares_them() -> None:
    known = knowing(FIRST + REST)
    found, again = known.find(b"POST /v1/schools?q=%41" + REST), known.find(FIRST + REST)
    assert found is not None
    assert again is not None
    assert (found.method, found.path, found.query) == ("POST", b"/v1/schools", b"?q=%41")
    assert found.fields is again.fields


def test_more_than_one_head_and_less_than_one_are_not_known() -> None:
    known = knowing(FIRST + REST)
    assert known.find(FIRST + REST + b"x") is None
    assert known.find((FIRST + REST) * 2) is None
    assert known.find((FIRST + REST)[:-1]) is None


def test_what_is_not_asked_for_is_forgotten_after_two_generations() -> None:
    known = knowing(FIRST + REST)
    for _ in range(3):
        known.age()
        assert known.find(FIRST + REST) is not None, "asked for in each generation"
    known.age()
    known.age()
    assert known.find(FIRST + REST) is None


def test_memory_is_bounded_and_what_cannot_come_again_is_not_kept() -> None:
    known, reader = KnownHeads(), HeadReader()
    for number in range(3 * KEPT):
        data = b"GET /%d HTTP/1.1\r\nHost: x\r\nX-A: %d\r\n\r\n" % (number, number)
        known.keep(data, reader.read(data))
    assert len(known) <= 2 * KEPT
    for line in (b"X-Request-Id: 1", b"Idempotency-Key: 1", b"X-Long: " + b"x" * MAX_KEPT_BYTES):
        data = b"GET / HTTP/1.1\r\nHost: x\r\n%b\r\n\r\n" % line
        known.keep(data, reader.read(data))
        assert known.find(data) is None
