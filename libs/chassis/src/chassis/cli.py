"""`python -m <service> serve|work|migrate|seed|…`: one image, its processes and its jobs."""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import FrameType
from uuid import UUID

import structlog
import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

from chassis import audit_chain, inbox, migrate, outbox, subscriptions
from chassis.db import Database
from chassis.service import Seed, Service, build_app, build_process, build_worker, describe
from chassis.settings import ServiceSettings
from chassis.telemetry import configure_logging

log = structlog.get_logger(__name__)

JOB_STATEMENT_TIMEOUT_MS = 600_000
"""Nobody waits at a socket for a job."""

NOTICE_SECONDS = 0.5
"""Between saying "not ready" and closing the door, so that balancers look away first."""


class Server(uvicorn.Server):
    """uvicorn that answers "not ready" for a moment before it stops accepting."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

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
    audit.add_argument("--of", default="", metavar="SERVICE", help="whose heads are held here")
    audit.add_argument("--heads", metavar="FILE", help="what `witnessed` printed elsewhere, to compare with")
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
    )
    # uvicorn raises the signal that stopped it again when it has drained: that is then a success.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    log.info("process.starting", kind=kind, port=config.port)
    Server(config, app).run()


def _app_of(service: Service, settings: ServiceSettings, kind: str) -> FastAPI:
    if kind in service.processes:
        return build_process(service, settings, kind)
    return build_app(service, settings) if kind == "serve" else build_worker(service, settings)


async def _migrate(service: Service, settings: ServiceSettings, _: argparse.Namespace) -> int:
    before = await migrate.upgrade(settings.database_url.get_secret_value(), service.migrations)
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
        for seed in [*service.seeds, *(service.demo_seeds if chosen.demo else ())]:
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


async def _audit(service: Service, settings: ServiceSettings, chosen: argparse.Namespace) -> int:
    lines = await asyncio.to_thread(Path(chosen.heads).read_text) if chosen.heads else ""
    heads = [(one["number"], one["head"]) for one in map(json.loads, lines.splitlines())]
    async with _database(service, settings, "audit") as database, database.transaction() as session:
        if chosen.action == "witnessed":
            for number, head in await audit_chain.witnessed(session, chosen.of):
                _say({"service": chosen.of, "number": number, "head": head})
            return 0
        number, head = await audit_chain.head_of(session)
        found = []
        if chosen.action == "verify":
            found = [*await audit_chain.verify(session), *await audit_chain.compare(session, heads)]
    for finding in found:
        _say(asdict(finding))
    _say({"service": service.name, "number": number, "head": head, "findings": len(found)})
    return 1 if found else 0


async def _requeue(service: Service, database: Database, letter_id: UUID) -> bool:
    try:
        async with database.transaction() as session:
            done = await subscriptions.handle_again(session, service.subscriptions, letter_id)
    except Exception as error:  # noqa: BLE001  recorded: each letter is tried, the rest go on
        _say({"id": letter_id, "outcome": "failed", "error": repr(error)[:500]})
        return False
    _say({"id": letter_id, "outcome": "handled" if done else "not waiting"})
    return done


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line, default=str) + "\n")
    sys.stdout.flush()
