"""The networks that come with the platform: `reference/networks/<network>/<year>/`, a file for each project."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.service import Progress
from hubs import reference
from hubs.network_proposals.merging import in_order
from hubs.networks.document import NetworkDocument, NetworkFile, contradictions
from hubs.networks.documents import bring_into_force
from hubs.projects.document import ProjectDocument
from hubs.projects.files import read

D = TypeVar("D", bound=BaseModel)
HEAD = "network.yaml"


def reference_networks(within: str = "networks") -> Iterator[NetworkFile]:
    """Each network and year in its folder; ValueError names file, path and line of what is wrong."""
    for network in _folders(files(reference) / within):
        for year in _folders(network):
            yield _network(year)


def _folders(of: Traversable) -> list[Traversable]:
    within = of.iterdir() if of.is_dir() else ()
    return sorted((one for one in within if one.is_dir() and one.name[:1] not in "._"), key=lambda one: one.name)


def _network(folder: Traversable) -> NetworkFile:
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".yaml") and one.name != HEAD)
    file = in_order(
        NetworkFile(
            network=_document(folder / HEAD, NetworkDocument),
            projects=tuple(_document(folder / name, ProjectDocument) for name in names),
        )
    )
    for problem in contradictions(file):
        raise ValueError(f"{folder}: {problem.where()}: {problem.says}")
    return file


def _document(file: Traversable, model: type[D]) -> D:
    found = read(file.read_text(encoding="utf-8"), model)
    for problem in found.problems:
        raise ValueError(f"{file}:{problem.line}: {problem.where()}: {problem.says}")
    if found.document is None:
        raise ValueError(f"{file} is empty")
    return found.document


async def load_networks(session: AsyncSession, progress: Progress) -> None:
    """Bring them into force; what a national team has changed since stays."""
    await _load(session, progress, "networks")


async def load_synthetic_networks(session: AsyncSession, progress: Progress) -> None:
    """The same for a network that is invented for demonstration."""
    await _load(session, progress, "networks_synthetic")


async def _load(session: AsyncSession, progress: Progress, within: str) -> None:
    known = list(reference_networks(within))
    for done, file in enumerate(known, start=1):
        await bring_into_force(session, file, None)
        progress(done, len(known))
