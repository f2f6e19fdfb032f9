"""What the broker's servers say of themselves at their monitors (`NATS_MONITOR_URL`, with commas between several).

One that does not answer is left out, because the others go on without it; with all of them away it is an OSError.
These wait for the network: not for the loop's own thread.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Callable

from chassis.settings import ServiceSettings
from chassis.tls import trusting

ANSWER_SECONDS = 5.0
GIVEN_UP = b"write error"


def every_server_syncs(settings: ServiceSettings) -> bool:
    """Whether every server that answers has a message on disk before it says so."""
    return all(_of_each(settings, _syncs))


def servers_that_gave_up(settings: ServiceSettings) -> int:
    """How many servers take nothing more for a stream since a write failed, until they are started anew."""
    return sum(_of_each(settings, _gave_up))


def _of_each(settings: ServiceSettings, ask: Callable[[str, ServiceSettings], bool]) -> list[bool]:
    answers: list[bool] = []
    away = OSError("No monitor of the broker was named.")
    for monitor in filter(None, settings.nats_monitor_url.split(",")):
        try:
            answers.append(ask(monitor.rstrip("/"), settings))
        except OSError as error:
            away = error
    if not answers:
        raise away
    return answers


def _syncs(monitor: str, settings: ServiceSettings) -> bool:
    found = json.loads(_read(f"{monitor}/varz", settings))
    return bool(found.get("jetstream", {}).get("config", {}).get("sync_always"))


def _gave_up(monitor: str, settings: ServiceSettings) -> bool:
    # With details it tells of every stream, and not only of the first that is unwell.
    try:
        return GIVEN_UP in _read(f"{monitor}/healthz?details=true", settings)
    except urllib.error.HTTPError as unwell:
        with unwell:
            return GIVEN_UP in unwell.read()


def _read(url: str, settings: ServiceSettings) -> bytes:
    believed = trusting(settings.nats_ca_file)
    with urllib.request.urlopen(url, timeout=ANSWER_SECONDS, context=believed) as reply:  # noqa: S310  the operator's own
        return bytes(reply.read())
