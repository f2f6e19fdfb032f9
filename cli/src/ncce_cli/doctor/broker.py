"""The broker, by its monitor: is it there, has it every stream and consumer, does each consumer get on."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.registry import PUBLISHED, stream_of
from ncce_cli.broker import GIVEN_UP
from ncce_cli.doctor.findings import Finding, runbook
from ncce_cli.servers import ROOM_BYTES

ANSWER_SECONDS = 10.0
WATCH_SECONDS = 3.0


@dataclass(frozen=True)
class Progress:
    """How far a consumer is."""

    waiting: int
    acknowledged: int
    redelivered: int


def look(monitor: str) -> Iterator[Finding]:
    """Everything about it."""
    try:
        streams = _streams(monitor)
    except OSError as error:
        sentence = (
            f"The broker does not answer at {monitor} ({type(error).__name__}): start it, or set NATS_URL and "
            "NATS_MONITOR_URL right; nothing is lost meanwhile, events wait in the outboxes."
        )
        yield Finding("broker-down", "nats", sentence)
        return
    yield from gave_up(monitor)
    yield from missing(set(streams))
    before = _consumers(streams)
    if any(one.waiting for one in before.values()):
        time.sleep(WATCH_SECONDS)
        yield from stuck(before, _consumers(_streams(monitor)))


def gave_up(monitor: str) -> Iterator[Finding]:
    """Whether it takes nothing more for some stream, although it answers: a write failed, and it lives on."""
    if GIVEN_UP in _told(monitor):
        sentence = (
            f"The broker at {monitor} could not write and takes nothing more for some stream: make room on its disk, "
            f"at least {ROOM_BYTES // 2**20} MB; it is then started again within seconds if ./ncce up runs it, and by "
            f"{runbook('broker-gave-up')} if not."
        )
        yield Finding("broker-gave-up", "nats", sentence)


def missing(streams: set[str]) -> Iterator[Finding]:
    """Services whose stream is not there."""
    for service in sorted(PUBLISHED):
        if stream_of(service) not in streams:
            sentence = (
                f"The broker has no stream of {service}: it is made as soon as {service} tells something; what was "
                f"told before is sent again with ./ncce events republish {service} --all."
            )
            yield Finding("stream-missing", service, sentence)


def stuck(before: Mapping[str, Progress], after: Mapping[str, Progress]) -> Iterator[Finding]:
    """Consumers for which events wait and that have settled none between two looks."""
    for name, one in sorted(after.items()):
        earlier = before.get(name)
        if earlier and earlier.waiting and one.waiting and one.acknowledged == earlier.acknowledged:
            service = name.partition("-")[0]
            again = f", {one.redelivered} of them tried before" if one.redelivered else ""
            sentence = (
                f"{name} gets no further while {one.waiting} events wait for it{again}: "
                f"see ./ncce logs {service}-work, and {runbook('consumer-is-stuck')}."
            )
            yield Finding("consumer-stuck", service, sentence)


def _streams(monitor: str) -> dict[str, Any]:
    url = f"{monitor}/jsz?accounts=true&streams=true&consumers=true"
    with urllib.request.urlopen(url, timeout=ANSWER_SECONDS) as page:  # noqa: S310  the operator's own
        told = json.load(page)
    accounts = told.get("account_details", [])
    return {stream["name"]: stream for account in accounts for stream in account.get("stream_detail", [])}


def _told(monitor: str) -> bytes:
    """What it says of each stream's health; nothing when it says nothing."""
    try:
        with urllib.request.urlopen(f"{monitor}/healthz?details=true", timeout=ANSWER_SECONDS) as page:  # noqa: S310  the operator's own
            found: bytes = page.read()
    except urllib.error.HTTPError as unwell:
        with unwell:
            found = unwell.read()
    except OSError:
        return b""
    return found


def _consumers(streams: Mapping[str, Any]) -> dict[str, Progress]:
    return {
        one["name"]: Progress(
            one["num_pending"] + one["num_ack_pending"], one["ack_floor"]["consumer_seq"], one["num_redelivered"]
        )
        for stream in streams.values()
        for one in stream.get("consumer_detail", [])
    }
