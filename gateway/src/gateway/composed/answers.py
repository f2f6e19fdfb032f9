"""Asking services in the caller's name, and sending what was put together."""

import re
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime

import jwt

from chassis.principal import HEADER
from gateway.composed.archive import Archive, Fetch, NoPlan, read_plan
from gateway.dashboards.site import is_dashboard, send_dashboard
from gateway.logs import Log
from gateway.policy.callers import Caller
from gateway.policy.ranks import Rank
from gateway.problems import UpstreamFailed
from gateway.wire.ask import NoAnswer, ask
from gateway.wire.exchange import Exchange
from gateway.wire.services import Service

ASK_SECONDS = 15.0
ARCHIVE = re.compile(rb"/v1/privacy/exports/[^/]+/archive")
READS = frozenset({"GET", "HEAD"})
FILE_NAME = re.compile(r"[a-z0-9.-]{1,80}")

log = Log(__name__)


def composed(method: str, path: bytes) -> Callable[[Exchange, Fetch], Coroutine[None, None, None]] | None:
    """How the gateway answers this itself, of what services say; None where it only passes on."""
    if method not in READS:
        return None
    if is_dashboard(path):
        return send_dashboard
    return send_archive if ARCHIVE.fullmatch(path) is not None else None


def in_the_name_of(
    caller: Caller,
    key: jwt.PyJWK,
    clock: Callable[[], float],
    request_id: bytes,
    services: Mapping[str, Service],
) -> Fetch:
    """Asks services with the caller's own statement: they give what is the caller's, and nothing else."""

    async def fetch(service: str, path: str) -> tuple[int, bytes]:
        headers = [
            (HEADER.lower().encode(), caller.statement_for(service, key, clock())),
            (b"x-request-id", request_id),
        ]
        try:
            return await ask(
                services[service], "GET", path, headers, seconds=ASK_SECONDS, rank=Rank.LAST, whose=caller.whose
            )
        except NoAnswer as error:
            log.warning("composed.part_missing", service=service, error=str(error))
            return 0, b""

    return fetch


async def send_archive(exchange: Exchange, fetch: Fetch) -> None:
    """Answer with the archive, or with what identity says instead of a plan."""
    status, content = await fetch("identity", exchange.path)
    if status == 0:
        raise UpstreamFailed("Identity did not say of which parts the archive is made. Try again.")
    if status != 200:
        length = (b"content-length", b"%d" % len(content))
        exchange.respond(status, [(b"content-type", b"application/problem+json"), length], content)
        return
    try:
        plan = read_plan(content)
    except NoPlan as error:
        raise UpstreamFailed("Identity's answer is no plan of an archive.") from error
    name = plan["file_name"] if FILE_NAME.fullmatch(plan["file_name"]) else "archive.zip"
    headers = [
        (b"content-type", b"application/zip"),
        (b"content-disposition", b'attachment; filename="%b"' % name.encode()),
        (b"cache-control", b"private, no-store"),
    ]
    await exchange.stream(headers, Archive(plan, fetch, datetime.now(UTC)).pieces())
