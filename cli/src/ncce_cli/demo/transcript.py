"""What the demo did, call by call, and how it looked to the person who did it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

import httpx

PATIENCE_SECONDS = 30.0
"""How long an event may take to show its effect before the demo calls it lost: what a dying broker had just handed out
it hands out again after 10 s."""
POLL_SECONDS = 0.1

Body = dict[str, Any]
Query = dict[str, str | int]


class Surprise(Exception):
    """The platform answered otherwise than the journey expects."""


@dataclass(frozen=True)
class Call:
    """One request as it went."""

    step: int
    who: str
    method: str
    path: str
    status: int
    expected: int
    elapsed_ms: float
    ids: dict[str, str]
    tries: int = 1


@dataclass
class Transcript:
    """The journey so far. `say` is told each line for people."""

    say: Callable[[str], None]
    calls: list[Call] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
    step: int = 0
    started: float = field(default_factory=time.monotonic)

    @contextmanager
    def chapter(self, title: str) -> Iterator[None]:
        """A numbered step of the journey."""
        self.step += 1
        self.say(f"\n[bold]{self.step}. {title}[/bold]")
        yield

    def note(self, text: str, **facts: object) -> None:
        """A line for the reader, and facts for the summary."""
        self.facts |= facts
        self.say(f"   {text}")

    def summary(self, failure: str | None) -> Body:
        """The whole as JSON."""
        return {
            "ok": failure is None,
            "failure": failure,
            "calls": len(self.calls),
            "elapsed_seconds": round(time.monotonic() - self.started, 2),
            "facts": self.facts,
        }

    def as_json(self, failure: str | None) -> Body:
        """Transcript and summary."""
        return {"transcript": [asdict(call) for call in self.calls], "summary": self.summary(failure)}


class Caller:
    """One person or partner talking to the gateway."""

    def __init__(self, http: httpx.Client, transcript: Transcript, who: str, credential: str | None = None) -> None:
        self._http = http
        self._transcript = transcript
        self.who = who
        self._headers = {"Authorization": f"Bearer {credential}"} if credential else {}

    def get(self, path: str, expect: int = 200, **query: str | int) -> Body:
        """Read something."""
        return self._call("GET", path, expect, params=query)

    def post(self, path: str, body: Body | None = None, expect: int = 200, *, key: str | None = None) -> Body:
        """Make something happen; `key` makes a repeat harmless, and one is made up where none is given."""
        headers = {"Idempotency-Key": key or str(uuid4())}
        return self._call("POST", path, expect, json=body or {}, headers=headers)

    def put(self, path: str, body: Body, expect: int = 200) -> Body:
        """Set something."""
        return self._call("PUT", path, expect, json=body)

    def delete(self, path: str, expect: int = 204) -> Body:
        """Take something away."""
        return self._call("DELETE", path, expect)

    def eventually(self, path: str, holds: Callable[[Body], bool], what: str, **query: str | int) -> Body:
        """Read until an event has had its effect."""
        return self._until(path, lambda status, body: status == 200 and holds(body), what, 200, query)

    def eventually_status(self, path: str, status: int, what: str) -> None:
        """Read until the answer is this status."""
        self._until(path, lambda found, _: found == status, what, status, {})

    def _until(self, path: str, holds: Callable[[int, Body], bool], what: str, expected: int, query: Query) -> Body:
        started = time.monotonic()
        tries = 0
        while True:
            tries += 1
            reply = self._http.get(path, params=query, headers=self._headers)
            body = _body(reply)
            if holds(reply.status_code, body):
                self._record("GET", reply, expected, started, tries)
                return body
            if time.monotonic() - started > PATIENCE_SECONDS:
                self._record("GET", reply, expected, started, tries)
                raise Surprise(f"{what}: not after {PATIENCE_SECONDS:.0f} s. Last answer {reply.status_code}: {body}")
            time.sleep(POLL_SECONDS)

    def _call(
        self,
        method: str,
        path: str,
        expect: int,
        *,
        json: Body | None = None,
        params: Query | None = None,
        headers: dict[str, str] | None = None,
    ) -> Body:
        started = time.monotonic()
        sent = self._headers | (headers or {})
        reply = self._http.request(method, path, json=json, params=params, headers=sent)
        self._record(method, reply, expect, started, 1)
        if reply.status_code != expect:
            raise Surprise(f"{method} {path} as {self.who}: expected {expect}, got {reply.status_code}: {_body(reply)}")
        return _body(reply)

    def _record(self, method: str, reply: httpx.Response, expected: int, started: float, tries: int) -> None:
        elapsed = round((time.monotonic() - started) * 1000, 1)
        path = reply.request.url.raw_path.decode()
        ids = {name: value for name, value in _body(reply).items() if _names_something(name, value)}
        transcript = self._transcript
        transcript.calls.append(
            Call(transcript.step, self.who, method, path, reply.status_code, expected, elapsed, ids, tries)
        )
        again = f", {tries} looks" if tries > 1 else ""
        right = "green" if reply.status_code == expected else "red"
        transcript.say(
            f"   [dim]{self.who:>16}[/dim]  {method:6} {path}  [{right}]{reply.status_code}[/{right}] "
            f"[dim]{elapsed:.0f} ms{again}[/dim]"
        )


def all_of(caller: Caller, path: str, **query: str | int) -> list[Body]:
    """Every page of a list."""
    found: list[Body] = []
    cursor: Query = {}
    while True:
        body = caller.get(path, 200, **query, **cursor)
        found += body["data"]
        following = body.get("page", {}).get("next_cursor")
        if not following:
            return found
        cursor = {"cursor": following}


def _body(reply: httpx.Response) -> Body:
    if not reply.content or "json" not in reply.headers.get("content-type", ""):
        return {}
    found = reply.json()
    return found if isinstance(found, dict) else {}


def _names_something(name: str, value: object) -> bool:
    return isinstance(value, str) and (name == "id" or name.endswith(("_id", "code", "status")))
