"""What stands around the gateway in its tests: services behind it, identity's keys, clients in front of it.

The services here are remote parties as the gateway sees them: a server on a socket, with the answers a test needs.
"""

import asyncio
import hashlib
import json
import socket
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, time
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import jwt
import uvicorn
from pydantic import SecretStr

from builders import GATEWAY_KEY, a_key, key_set
from chassis.ids import new_id
from chassis.principal import Principal, PrincipalVerifier
from gateway.app import create_app
from gateway.front import Gateway
from gateway.policy.routing import Route
from gateway.routes import ROUTES
from gateway.settings import Settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Answer = tuple[int, list[tuple[bytes, bytes]], bytes]

JSON = [(b"content-type", b"application/json")]
CHUNK = b"x" * 65_536
BIG_BODY_BYTES = 64 * 1024 * 1024

TEST_ROUTES = (
    *ROUTES,
    Route("/v1/uploads", "hubs", body_limit_bytes=BIG_BODY_BYTES),
    Route("/v1/patient", "hubs", read_seconds=60, write_seconds=60),
    Route("/v1/impatient", "hubs", read_seconds=0.05, write_seconds=0.05),
)


class QuietServer(uvicorn.Server):
    """uvicorn without signal handlers and polling, so that many run in one process and end at once."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.stopping = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the test runner's handlers alone."""
        yield

    async def main_loop(self) -> None:
        """Until told to stop."""
        await self.on_tick(0)
        await self.stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what is under way."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.close()
        for task in self.server_state.tasks:
            task.cancel()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)
        await self.lifespan.shutdown()


@dataclass
class Running:
    """A server in this loop."""

    server: QuietServer
    task: "asyncio.Task[None]"
    port: int

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self.port}"

    async def stop(self) -> None:
        """End it without waiting for what is under way."""
        self.server.stopping.set()
        await self.task


def run(config: uvicorn.Config) -> Running:
    """Start a server. Its socket listens already: who connects too early waits in the backlog."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = QuietServer(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    return Running(server, task, listener.getsockname()[1])


@dataclass
class RunningGateway:
    """A gateway in this loop."""

    gateway: Gateway
    started: "asyncio.Task[None]"
    port: int

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self.port}"

    async def stop(self) -> None:
        """End it without waiting for what is under way."""
        await self.started
        self.gateway.server.close()


class Clock:
    """Time that passes when a test says so; the clock on the wall is `ahead` of it by so many seconds."""

    def __init__(self) -> None:
        self.now, self.ahead = time(), 0.0

    def __call__(self) -> float:
        """Unix seconds, by the clock on the wall."""
        return self.now + self.ahead

    def steady(self) -> float:
        """Seconds that only grow."""
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class RealClock(Clock):
    """For a gateway before real services, which would find deadlines of a time that stands still passed."""

    def __call__(self) -> float:
        """Unix seconds."""
        return time()

    def steady(self) -> float:
        """Seconds that only grow."""
        return monotonic()


@dataclass
class Issuer:
    """Identity's keys, and tokens signed with them."""

    key: dict[str, str] = field(default_factory=lambda: a_key("identity-1"))

    def token(self, *, key: dict[str, str] | None = None, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """An access token; every part can be made wrong. A claim or header set to None is left out."""
        now = int(time())
        content = {
            "iss": "ncce-identity", "aud": "ncce", "sub": str(new_id()), "iat": now, "exp": now + 300,
            "jti": str(new_id()), "kind": "person", "roles": [], "attributes": {"school_urn": "900001"},
        } | claims  # fmt: skip
        signer = key or self.key
        head = {"typ": "at+jwt", "kid": signer["kid"]} | (header or {})
        return jwt.encode(
            {name: value for name, value in content.items() if value is not None},
            jwt.PyJWK(signer, algorithm="EdDSA").key,
            algorithm="EdDSA",
            headers={name: value for name, value in head.items() if value is not None},
        )


@dataclass
class Seen:
    """A request as a service received it."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body_bytes: int
    body_sha256: str

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for key, value in self.headers if key == name]

    def principal(self, service: str = "hubs") -> Principal:
        """Who the service believes is calling, checked as a service checks it."""
        (statement,) = self.all("x-ncce-principal")
        return PrincipalVerifier(key_set(GATEWAY_KEY), service).verify(statement)


class Services:
    """All four services in one: keeps what it received and answers by the last segment of the path."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer = issuer
        self.seen: list[Seen] = []
        self.connections: set[tuple[str, int]] = set()
        self.key_lookups: list[Seen] = []
        self.jwks_fetches = 0
        self.published_keys = [issuer.key]
        self.api_keys: dict[str, dict[str, Any]] = {}
        self.sessions: dict[str, dict[str, Any]] = {}
        self.session_lookups = 0
        self.openapi: dict[str, Any] = {"openapi": "3.1.0", "paths": {}}
        self.reached = asyncio.Event()
        self.abandoned = asyncio.Event()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "lifespan":
            return
        self.connections.add(tuple(scope["client"]))
        path = scope["path"]
        if path == "/.well-known/jwks.json":
            self.jwks_fetches += 1
            (statement,) = (value.decode() for name, value in scope["headers"] if name == b"x-ncce-principal")
            assert service_principal(statement).kind == "service"
            await _reply(send, (200, JSON, key_set(*self.published_keys).encode()))
        elif path == "/openapi.json":
            await _reply(send, (200, JSON, json.dumps(self.openapi).encode()))
        elif path.endswith("/never"):
            await self._never(receive)
        elif path.endswith("/early"):
            await _reply(send, (403, JSON, b'{"early":true}'))
        else:
            await self._read_and_answer(scope, receive, send)

    async def _never(self, receive: Receive) -> None:
        self.reached.set()
        while (await receive())["type"] != "http.disconnect":
            pass
        self.abandoned.set()

    async def _read_and_answer(self, scope: Message, receive: Receive, send: Send) -> None:
        seen, body = await _read(scope, receive)
        if seen is None:
            return
        if scope["path"] == "/internal/api-keys/authenticate":
            self.key_lookups.append(seen)
            assert seen.all("content-type") == ["application/json"]
            grant = self.api_keys.get(json.loads(body)["key"])
            await _reply(
                send, (200, JSON, json.dumps(grant).encode()) if grant else (401, JSON, b'{"code":"api-key-not-valid"}')
            )
            return
        if scope["path"] == "/internal/sessions/authenticate":
            self.session_lookups += 1
            found = self.sessions.get(json.loads(body)["session"])
            await _reply(
                send, (200, JSON, json.dumps(found).encode()) if found else (401, JSON, b'{"code":"session-not-valid"}')
            )
            return
        self.seen.append(seen)
        if (scope["method"], scope["path"]) == ("DELETE", "/v1/auth/browser-session"):
            await _reply(send, (204, [(b"x-ncce-ended", self._sign_out(seen).encode())], b""))
        elif scope["path"].endswith("/stream"):
            await _stream(send, int(parse_qs(scope["query_string"].decode())["chunks"][0]))
        else:
            await _reply(send, _plain_answer(scope))

    def _sign_out(self, seen: Seen) -> str:
        """End the caller's sign-in; its id, which identity says beside its answer."""
        sign_in = seen.principal("identity").attributes["sign_in_id"]
        self.sessions = {key: one for key, one in self.sessions.items() if one["sign_in_id"] != sign_in}
        return sign_in


def _plain_answer(scope: Message) -> Answer:
    path = scope["path"]
    if path.endswith("/liar"):
        return 200, [(b"x-ncce-ended", scope["query_string"])], b"{}"
    if path.endswith("/empty"):
        return 204, [], b""
    if path.endswith("/unchanged"):
        return 304, [(b"etag", b'"1"')], b""
    if path.endswith("/elsewhere"):
        return 307, [(b"location", b"http://127.0.0.1:1/other"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")], b""
    if path.endswith("/packed"):
        return 200, [(b"content-encoding", b"gzip"), (b"x-ncce-secret", b"1"), (b"connection", b"x-hop"),
                     (b"x-hop", b"1"), (b"cache-control", b"private, max-age=5")], b"not really gzip"  # fmt: skip
    if path.endswith("/limited"):
        return 200, [(b"ratelimit", b'"replays";r=9;t=6'), (b"ratelimit-policy", b'"replays";q=10;w=60')], b"{}"
    return 200, JSON, b'{"ok":true}'


async def _read(scope: Message, receive: Receive) -> tuple[Seen | None, bytes]:
    """A request and the first of its body; None when it did not arrive whole."""
    digest, length, start = hashlib.sha256(), 0, b""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None, b""
        chunk = message.get("body", b"")
        digest.update(chunk)
        length += len(chunk)
        start = start or chunk
        more = message.get("more_body", False)
    target = scope["raw_path"].decode() + ("?" + scope["query_string"].decode() if scope["query_string"] else "")
    headers = [(name.decode(), value.decode("latin-1")) for name, value in scope["headers"]]
    return Seen(scope["method"], target, headers, length, digest.hexdigest()), start


async def _reply(send: Send, answer: Answer) -> None:
    status, headers, body = answer
    if status not in (204, 304):
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _stream(send: Send, chunks: int) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(chunks):
        await send({"type": "http.response.body", "body": CHUNK, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def settings_for_gateway(url: str, **overrides: Any) -> Settings:
    """Settings with every service at one origin, unless said otherwise."""
    origins = dict.fromkeys(("identity_url", "hubs_url", "certification_url", "funding_url"), url)
    key = SecretStr(json.dumps(GATEWAY_KEY))
    return Settings(**{**origins, "principal_key": key, "environment": "development", **overrides})


@dataclass
class Platform:
    """A running gateway with services behind it."""

    gateway: Gateway
    services: Services
    running: RunningGateway
    issuer: Issuer
    clock: Clock
    services_url: str

    @property
    def url(self) -> str:
        """The gateway's origin."""
        return self.running.url

    @property
    def last_seen(self) -> Seen:
        """The latest request that a service received."""
        return self.services.seen[-1]


def build_gateway(
    url: str, routes: Iterable[Route] = TEST_ROUTES, clock: Clock | None = None, **overrides: Any
) -> tuple[Gateway, Clock, RunningGateway]:
    """A gateway before one origin. Its socket listens already: who connects too early waits in the backlog."""
    settings, clock = settings_for_gateway(url, **overrides), clock or Clock()
    gateway = create_app(settings, routes, clock, clock.steady)
    listener = socket.create_server(("127.0.0.1", 0))
    started = asyncio.create_task(gateway.listen([listener]))
    return gateway, clock, RunningGateway(gateway, started, listener.getsockname()[1])


async def raw_exchange(port: int, payload: bytes) -> bytes:
    """Send bytes and read until the server closes; a request that keeps the connection must say `close`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(payload)
    reply = await reader.read()
    writer.close()
    return reply


def service_principal(statement: str) -> Principal:
    """What identity reads from the gateway's own statement."""
    return PrincipalVerifier(key_set(GATEWAY_KEY), "identity").verify(statement)


SESSION = "b1946ac92492d2347c6235b4d2611184"
CSRF = "0a1b2c3d4e5f"


def sign_in_by_cookie(services: Services, now: float, session: str = SESSION) -> str:
    """Let identity know a session; the sign-in's id."""
    sign_in = str(uuid4())
    services.sessions[session] = {
        "sign_in_id": sign_in,
        "claims": {
            "iss": "ncce-identity", "aud": "ncce",
            "sub": str(uuid4()), "iat": int(now), "exp": int(now) + 300, "jti": str(uuid4()),
            "kind": "person", "roles": [], "attributes": {"school_urn": "900001", "sign_in_id": sign_in},
        },
        "csrf_token": CSRF,
        "expires_at": "2099-01-01T00:00:00Z",
    }  # fmt: skip
    return sign_in


StartPlatform = Callable[..., Awaitable[Platform]]
"""Start a gateway with services behind it, given settings by name."""
