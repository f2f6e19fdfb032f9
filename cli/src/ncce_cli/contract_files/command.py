"""`ncce contracts`: the events' schema snapshots and the AsyncAPI document, written from the classes.

A change that would break a consumer of the release before is refused: it has to be a new version beside the old one.
"""

import json
from pathlib import Path

from rich.console import Console

from contracts import asyncapi, schemas
from contracts.base import Event
from contracts.registry import EVENTS
from ncce_cli.errors import CommandError
from ncce_cli.parts import ROOT, SERVICES
from ncce_cli.reference import service_of

SNAPSHOTS = ROOT / "tests" / "contracts" / "schemas"
ASYNCAPI = ROOT / "docs" / "asyncapi.json"


class ContractBroken(CommandError):
    """An event lost something that its consumers may rely on."""


def write(console: Console) -> None:
    """Write snapshots and document, or raise ContractBroken and write nothing."""
    broken = [f"{event.type()}: {fault}" for event in EVENTS.values() for fault in _faults(event)]
    if broken:
        raise ContractBroken("This needs a new version of the event beside the old one: " + "; ".join(broken) + ".")
    SNAPSHOTS.mkdir(parents=True, exist_ok=True)
    written = [*schemas.write(SNAPSHOTS), ASYNCAPI]
    ASYNCAPI.write_text(asyncapi_text())
    console.print(f"{len(written)} files are as the classes say.")


def asyncapi_text() -> str:
    """The AsyncAPI document of the whole platform: who publishes what, and who hears it."""
    heard = {name: [(one.durable, one.event) for one in service_of(name).subscriptions.table] for name in SERVICES}
    return json.dumps(asyncapi.document(heard), indent=2, sort_keys=True) + "\n"


def _faults(event: type[Event]) -> list[str]:
    path: Path = SNAPSHOTS / schemas.file_of(event)
    return schemas.compare(json.loads(path.read_text()), schemas.schema_of(event)) if path.exists() else []
