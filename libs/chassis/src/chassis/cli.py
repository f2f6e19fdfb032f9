"""`python -m <service> serve|work|migrate|seed|…`: one image, its processes and its jobs."""

import argparse
import asyncio
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import FrameType
from uuid import UUID

import structlog
import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import (
    audit_chain,
    audit_verification,
    clock,
    faults,
    inbox,
    invariants,
    migrate,
    outbox,
    parity,
    subscriptions,
    tracing,
)
from chassis.db import Database
from chassis.service import Seed, Service, build_app, build_process, build_worker, describe
from chassis.settings import ServiceSettings
from chassis.telemetry import configure_logging
from chassis.tls import Certificate
from chassis.trying import tried

log = structlog.get_logger(__name__)

JOB_STATEMENT_TIMEOUT_MS = 600_000
"""Nobody waits at a socket for a job."""

FAR = 1 << 47
"""Unix milliseconds that nothing made now reaches."""

UNSOUND = 10
"""Exit status of a check that found something; 1 is that of a program that failed."""

KEEP_SECONDS = 60
"""How long an idle connection is kept: far longer than the gateway keeps one, so that it is never closed by us while a
request that cannot be repeated is on its way here. Uvicorn's five are the gateway's own, on a busy machine."""

NOTICE_SECONDS = 0.5
"""Between saying "not ready" and closing the door, so that balancers look away first."""


class Server(uvicorn.Server):
    """uvicorn that answers "not ready" for a moment before it stops accepting."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, certificate: Certificate | None = None) -> None:
        super().__init__(config)
        self._app = app
        self._certificate = certificate

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept connections, with the certificate if there is one."""
        if self._certificate is None:
            await super().startup(sockets)
            return
        context = self.config.ssl = self._certificate.context()
        await super().startup(sockets)
        self._renewing = asyncio.create_task(self._certificate.keep_renewing(context, log))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """First signal: drain, then stop. Second: stop now."""
        if getattr(self._app.state, "draining", False):
            super().handle_exit(sig, frame)
            return
        self._app.state.draining = True
        asyncio.get_running_loop().call_later(NOTICE_SECONDS, super().handle_exit, sig, frame)


def main(service: Service, arguments: Sequence[str] | None = None) -> None:
    """Run one process or job of a service; exits with its status."""
    chosen = _parser(service).parse_args(arguments)
    if chosen.command == "openapi":
        _say(describe(service))
        return
    settings = _settings(service)
    configure_logging(service.name, settings.log_level, settings.log_format)
    clock.follow(settings.sandbox_clock_file)
    if chosen.command in ("serve", "work", *service.processes):
        _run_server(service, settings, chosen.command)
        return
    jobs = {
        "migrate": _migrate,
        "seed": _seed,
        "republish": _republish,
        "dead-letters": _dead_letters,
        "makemigration": _make_migration,
        "audit": _audit,
        "parity": _parity,
        "check": _check,
        "reseal": _reseal,
    }
    sys.exit(asyncio.run(jobs[chosen.command](service, settings, chosen)))


def _settings(service: Service) -> ServiceSettings:
    try:
        return service.settings()
    except ValidationError as error:
        prefix = service.settings.model_config["env_prefix"]
        wrong = [(str(found["loc"][0]), found["msg"]) for found in error.errors(include_input=False)]
        names = [f"{name if name.isupper() else prefix + name.upper()} ({message})" for name, message in wrong]
        sys.stderr.write(f"{service.name} cannot start; look at the settings {', '.join(names)}\n")
        sys.exit(2)


def _parser(service: Service) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {service.name}", description=service.title)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="answer requests")
    commands.add_parser("work", help="relay and consume events")
    for name in service.processes:
        commands.add_parser(name, help="run a process of this service's own")
    commands.add_parser("migrate", help="bring the database to this release")
    commands.add_parser("openapi", help="print the OpenAPI document")
    seed = commands.add_parser("seed", help="load reference data")
    seed.add_argument("--demo", action="store_true", help="the demo data set as well")
    again = commands.add_parser("republish", help="send events from the outbox again")
    which = again.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true")
    which.add_argument("--since", type=datetime.fromisoformat, metavar="ISO-TIME", help="with its UTC offset")
    letters = commands.add_parser("dead-letters", help="events that could not be handled")
    actions = letters.add_subparsers(dest="action", required=True)
    actions.add_parser("list")
    chosen = actions.add_parser("requeue").add_mutually_exclusive_group(required=True)
    chosen.add_argument("id", type=UUID, nargs="?")
    chosen.add_argument("--all", action="store_true")
    audit = commands.add_parser("audit", help="the audit trail's chain")
    audit.add_argument("action", choices=["verify", "head", "witnessed"])
    audit.add_argument("--of", default="", metavar="SERVICE", help="whose heads; without it, all that are held here")
    audit.add_argument("--heads", metavar="FILE", help="what `witnessed` printed elsewhere, to compare with")
    parity_jobs = commands.add_parser("parity", help="what was told against what was heard")
    parity_jobs.add_argument("action", choices=["sums", "ids", "tell-again", "leap"])
    parity_jobs.add_argument("--before", type=int, default=FAR, metavar="MS", help="made before this Unix time")
    check = commands.add_parser("check", help="everything that must be true of this service's records")
    check.add_argument("--heads", metavar="FILE", help="heads of this service's audit trail that others hold")
    commands.add_parser("reseal", help="seal everything that is sealed at rest by the first of its keys")
    commands.add_parser("makemigration", help="write a revision from the models").add_argument("message")
    return parser


def _run_server(service: Service, settings: ServiceSettings, kind: str) -> None:
    app = _app_of(service, settings, kind)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port if kind == "serve" else settings.work_port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=int(settings.drain_seconds),
        timeout_keep_alive=KEEP_SECONDS,
    )
    certificate = _certificate_of(settings) if kind == "serve" else None
    # uvicorn raises the signal that stopped it again when it has drained: that is then a success.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    log.info("process.starting", kind=kind, port=config.port)
    with _telling(f"{service.name}-{kind}", settings.otlp_url):
        Server(config, app, certificate).run()


@contextmanager
def _telling(process: str, url: str) -> Iterator[None]:
    """Tell the collector, if there is one, of what this process does."""
    if not url:
        yield
        return
    recorder = tracing.open_recorder(url, process)
    tracing.tell(recorder)
    try:
        yield
    finally:
        recorder.close()


def _certificate_of(settings: ServiceSettings) -> Certificate | None:
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    return Certificate(settings.tls_certificate, settings.tls_key)


def _app_of(service: Service, settings: ServiceSettings, kind: str) -> FastAPI:
    if kind in service.processes:
        return build_process(service, settings, kind)
    return build_app(service, settings) if kind == "serve" else build_worker(service, settings)


async def _migrate(service: Service, settings: ServiceSettings, _: argparse.Namespace) -> int:
    url = settings.database_url.get_secret_value()
    before = await migrate.upgrade(url, service.migrations, running_role=settings.running_role)
    _say({"step": "migrate", "from": before, "to": migrate.Schema(service.migrations).head})
    return 0


async def _make_migration(service: Service, settings: ServiceSettings, chosen: argparse.Namespace) -> int:
    await migrate.make_revision(settings.database_url.get_secret_value(), service.migrations, chosen.message)
    return 0


@asynccontextmanager
async def _database(service: Service, settings: ServiceSettings, job: str) -> AsyncIterator[Database]:
    patient = settings.model_copy(update={"statement_timeout_ms": JOB_STATEMENT_TIMEOUT_MS})
    database = Database(patient, f"{service.name} {job}")
    try:
        yield database
    finally:
        await database.close()


async def _seed(service: Service, settings: ServiceSettings, chosen: argparse.Namespace) -> int:
    async with _database(service, settings, "seed") as database:
        own = service.sandbox_seeds if settings.sandbox else ()
        for seed in [*service.seeds, *(service.demo_seeds if chosen.demo else ()), *own]:
            await load(database, seed)
    return 0


async def load(database: Database, seed: Seed) -> None:
    """Load one seed in one transaction, saying how far it is."""

    def progress(done: int, total: int) -> None:
        _say({"step": seed.name, "done": done, "total": total})

    async with database.transaction() as session:
        await seed.load(session, progress)


async def _republish(service: Service, settings: ServiceSettings, chosen: argparse.Namespace) -> int:
    if chosen.since is not None and chosen.since.tzinfo is None:
        sys.stderr.write("--since needs a UTC offset, such as 2026-11-22T09:00:00+00:00\n")
        return 2
    async with _database(service, settings, "republish") as database, database.transaction() as session:
        marked = await outbox.republish(session, chosen.since)
    _say({"step": "republish", "marked": marked})
    return 0


async def _dead_letters(service: Service, settings: ServiceSettings, chosen: argparse.Namespace) -> int:
    async with _database(service, settings, "dead-letters") as database:
        async with database.transaction() as session:
            found = await inbox.waiting(session)
        if chosen.action == "list":
            for letter in found:
                _say({name: getattr(letter, name) for name in ("id", "consumer", "subject", "error")})
            return 0
        ids = [letter.id for letter in found] if chosen.all else [chosen.id]
        outcomes = [await _requeue(service, database, letter_id) for letter_id in ids]
    return 0 if all(outcomes) else 1


async def _heads_in(file: str | None) -> list[audit_verification.HeldLine]:
    lines = await asyncio.to_thread(Path(file).read_text) if file else ""
    return [audit_verification.HeldLine.model_validate_json(line) for line in lines.splitlines()]


async def _audit(service: Service, settings: ServiceSettings, chosen: argparse.Namespace) -> int:
    heads = await _heads_in(chosen.heads)
    if wrong := {one.service for one in heads} - {"", service.name}:
        sys.stderr.write(f"these heads are of {', '.join(sorted(wrong))}, not of {service.name}\n")
        return 2
    async with _database(service, settings, "audit") as database, database.transaction() as session:
        if chosen.action == "witnessed":
            for line in await audit_verification.held_of(session, service.name, chosen.of):
                _say(line.model_dump(mode="json"))
            return 0
        number, head = await audit_chain.head_of(session)
        found = audit_verification.Verification()
        if chosen.action == "verify":
            found = await audit_verification.verify(session, service.name, heads)
    for one in found.doubts:
        _say({**asdict(one), "explained": False})
    for one in found.explained:
        _say({**asdict(one), "explained": True})
    counts = {"findings": len(found.doubts), "explained": len(found.explained), "held": len(heads)}
    _say({"service": service.name, "number": number, "head": head, **counts})
    return UNSOUND if found.doubts else 0


async def _parity(service: Service, settings: ServiceSettings, chosen: argparse.Namespace) -> int:
    """Sums; or the ids of hours, or telling again by ids, that standard input names as JSON lines."""
    action, before = chosen.action, chosen.before
    asked = [json.loads(line) for line in sys.stdin] if action in ("ids", "tell-again") else []
    async with _database(service, settings, "parity") as database, database.transaction() as session:
        if action == "sums":
            await _say_sums(session, service, before)
        elif action == "tell-again":
            _say({"marked": await parity.tell_again(session, [UUID(one) for one in asked])})
        elif action == "leap":
            _say({"aggregates": await parity.leap(session)})
        else:
            for side, of, hour in asked:
                ids = parity.told_ids if side == "told" else parity.heard_ids
                _say({"side": side, "of": of, "hour": hour, "events": await ids(session, of, hour, before)})
    return 0


async def _say_sums(session: AsyncSession, service: Service, before: int) -> None:
    for one in service.subscriptions.table:
        parked = sorted(await parity.parked_ids(session, one.durable))
        _say({"consumer": one.durable, "subject": one.event.subject, "parked": parked})
    told, heard = await parity.told(session, before), await parity.heard(session, service.subscriptions, before)
    for side, sums in (("told", told), ("heard", heard)):
        for line in sums:
            _say({"side": side, **asdict(line)})


async def _check(service: Service, settings: ServiceSettings, chosen: argparse.Namespace) -> int:
    """What is broken; then the facts and the sums that others' are to be held against. All of one moment."""
    heads, found = await _heads_in(chosen.heads), 0
    async with _database(service, settings, "check") as database, database.transaction() as session:
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        async for one in invariants.broken(session, service.invariants):
            found += 1
            _say({"broken": asdict(one)})
        for doubt in (await audit_verification.verify(session, service.name, heads)).doubts:
            found += 1
            subject = f"link {doubt.number}" if doubt.number is not None else f"position {doubt.position}"
            _say({"broken": asdict(invariants.Broken("audit-is-whole", subject, doubt.what))})
        for side, queries in (("tells", service.invariants.tells), ("holds", service.invariants.holds)):
            for name, ids in (await invariants.facts(session, queries)).items():
                _say({"fact": name, "fact_side": side, "ids": ids})
        await _say_sums(session, service, FAR)
    return UNSOUND if found else 0


async def _reseal(service: Service, settings: ServiceSettings, _: argparse.Namespace) -> int:
    """A line for each kind of secrets: how many were sealed anew, by which key each is now, what stayed as it was."""
    is_sound = True
    faults.arm(settings.fault_point)
    async with _database(service, settings, "reseal") as database:
        for name, reseal in service.resealing.items():
            done = await reseal(database, settings)
            _say({"sealed": name, **asdict(done)})
            is_sound &= not done.could_not_be_opened
    return 0 if is_sound else UNSOUND


async def _requeue(service: Service, database: Database, letter_id: UUID) -> bool:
    """Each letter is tried, whatever becomes of the rest."""

    async def once() -> bool:
        async with database.transaction() as session:
            return await subscriptions.handle_again(session, service.subscriptions, letter_id)

    done = await tried(once)
    if isinstance(done, Exception):
        _say({"id": letter_id, "outcome": "failed", "error": repr(done)[:500]})
        return False
    _say({"id": letter_id, "outcome": "handled" if done else "not waiting"})
    return done


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line, default=str) + "\n")
    sys.stdout.flush()
