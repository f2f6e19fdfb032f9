"""How the library sends: what it repeats and what not, with which key, and what it raises."""

import json
from collections.abc import Callable, Iterator

import httpx
import pytest

from ncce_sdk import Ncce, Problem
from ncce_sdk.models.completions import BatchIn, CompletionItem
from ncce_sdk.transport import Transport, pause_before

Answer = Callable[[httpx.Request], httpx.Response]
BATCH = BatchIn(completions=[CompletionItem(external_id="1", external_learner_id="2", activity_code="CO005")])
COUNTS = ("received", "recorded", "corrected", "below_threshold", "withdrawn", "queued", "duplicates", "not_ours")
ACCEPTED = dict.fromkeys(COUNTS, 0) | {"results": [], "rejected": [], "of_tomorrow": "passed over"}


class Remote:
    """A platform that answers what a test tells it to, one after another."""

    def __init__(self, *answers: httpx.Response | type[httpx.TransportError]) -> None:
        self.seen: list[httpx.Request] = []
        self._answers: Iterator[httpx.Response | type[httpx.TransportError]] = iter(answers)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        found = next(self._answers)
        if isinstance(found, httpx.Response):
            return found
        raise found("gone")

    def transport(self, retries: int = 4) -> tuple[Transport, list[float]]:
        """A transport to it that notes its pauses instead of making them."""
        pauses: list[float] = []
        http = httpx.Client(base_url="http://platform.example.org", transport=httpx.MockTransport(self))
        return Transport(http, retries, pauses.append), pauses


def refused(status: int, code: str = "x", **headers: str) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "detail": "d", "request_id": "r"}, headers=headers)


def test_a_repeat_keeps_the_key_of_its_first_attempt() -> None:
    remote = Remote(httpx.ConnectError, refused(503, **{"Retry-After": "7"}), httpx.ReadTimeout, httpx.Response(200))
    transport, pauses = remote.transport()
    transport.send("POST", "/v1/things", needs_key=True)
    assert len({request.headers["Idempotency-Key"] for request in remote.seen}) == 1
    assert pauses[1] == 7
    assert pauses[0] < 0.5 < pauses[2] <= 2


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_post_without_a_key_is_not_repeated_once_it_may_have_been_heard(status: int) -> None:
    remote = Remote(refused(status))
    with pytest.raises(Problem):
        remote.transport()[0].send("POST", "/v1/things")
    lost = Remote(httpx.ReadError)
    with pytest.raises(httpx.ReadError):
        lost.transport()[0].send("POST", "/v1/things")
    assert (len(remote.seen), len(lost.seen)) == (1, 1)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 422, 500])
def test_what_cannot_help_is_not_repeated(status: int) -> None:
    remote = Remote(refused(status, "some-code"))
    with pytest.raises(Problem) as raised:
        remote.transport()[0].send("GET", "/v1/things")
    assert (raised.value.status, raised.value.code, raised.value.request_id) == (status, "some-code", "r")
    assert len(remote.seen) == 1


def test_attempts_end() -> None:
    remote = Remote(*[refused(429) for _ in range(3)])
    transport, pauses = remote.transport(retries=2)
    with pytest.raises(Problem):
        transport.send("POST", "/v1/things")
    assert (len(remote.seen), len(pauses)) == (3, 2)


def test_pauses_grow_to_a_bound_and_are_never_the_same_for_all() -> None:
    longest = [pause_before(attempt, None, lambda: 1.0) for attempt in range(10)]
    assert longest == [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30]
    assert pause_before(3, None, lambda: 0.0) == 2
    assert pause_before(9, "0") == 0


def client_of(answer: Answer) -> Ncce:
    return Ncce("http://platform.example.org", api_key="ncce_test_x", http=httpx.MockTransport(answer))


def test_a_body_says_what_was_given_and_an_answer_may_say_more_than_is_known() -> None:
    remote = Remote(httpx.Response(200, json=ACCEPTED))
    with client_of(remote) as ncce:
        answer = ncce.completions.record_completions(BATCH, idempotency_key="mine")
    assert answer.recorded == 0
    [sent] = remote.seen
    assert (sent.headers["Idempotency-Key"], sent.headers["X-API-Key"]) == ("mine", "ncce_test_x")
    assert json.loads(sent.content) == {
        "completions": [{"external_id": "1", "external_learner_id": "2", "activity_code": "CO005"}]
    }


def test_a_list_goes_through_all_its_pages() -> None:
    def page(request: httpx.Request) -> httpx.Response:
        cursor = request.url.params.get("cursor")
        assert request.url.params["limit"] == "1"
        row = {"code": cursor or "first", "title": "t"}
        following = {None: "second", "second": None}[cursor]
        return httpx.Response(
            200, json={"data": [row], "page": {"next_cursor": following, "has_more": bool(following)}}
        )

    transport = Transport(httpx.Client(base_url="http://x", transport=httpx.MockTransport(page)), 0)
    rows = transport.each(dict[str, str], "GET", "/v1/courses", query={"limit": 1})
    assert [row["code"] for row in rows] == ["first", "second"]


def test_parts_of_a_path_cannot_lead_elsewhere() -> None:
    remote = Remote(refused(404))
    with client_of(remote) as ncce, pytest.raises(Problem):
        ncce.completions.get_completion("../../v1/me?x=1#y")
    assert remote.seen[0].url.raw_path == b"/v1/completions/..%2F..%2Fv1%2Fme%3Fx%3D1%23y"


def test_an_answer_of_somebody_in_between_is_a_problem_too() -> None:
    remote = Remote(httpx.Response(418, text="<h1>teapot</h1>"))
    with client_of(remote) as ncce, pytest.raises(Problem) as raised:
        ncce.completions.get_completion("1")
    assert (raised.value.status, raised.value.code) == (418, "unknown")
