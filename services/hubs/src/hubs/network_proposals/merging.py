"""What a file would make of a network's year: pure, from what is in force and the file's text.

A file holds a whole network, or one project of a network that exists. Projects that a file leaves out stay as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from hubs.networks.document import NetworkDocument, NetworkFile, Path, contradictions
from hubs.projects.document import ProjectDocument
from hubs.projects.files import content_of, line_of, read
from hubs.projects.problems import Problem


class Change(BaseModel):
    """One value that the file changes. `before` or `after` is left out where there was or will be nothing."""

    model_config = ConfigDict(frozen=True)

    part: str = Field(description="`network`, or the code of a project", examples=["26-04"])
    path: tuple[str | int, ...] = Field(examples=[["size", "schools_of_group", "minimum"]])
    kind: Literal["added", "changed", "removed"]
    before: JsonValue = None
    after: JsonValue = None


@dataclass(frozen=True)
class Upload:
    """A file that can be read: a whole network's year, or one project of it."""

    network: NetworkDocument | None
    """None: the file is one project."""
    projects: tuple[ProjectDocument, ...]
    project_year: str
    lines: Mapping[Path, int]


@dataclass(frozen=True)
class Merged:
    """The network's year as it would be and how it differs; or what is wrong with the file."""

    file: NetworkFile | None
    changes: Sequence[Change]
    problems: Sequence[Problem]


def take(text: str, one_project: bool) -> Upload | Sequence[Problem]:
    """Read the file, or tell everything that is wrong with it by itself."""
    if one_project:
        alone = read(text, ProjectDocument)
        project = alone.document
        return alone.problems if project is None else Upload(None, (project,), project.project_year, alone.lines)
    whole = read(text, NetworkFile)
    file = whole.document
    if file is None:
        return whole.problems
    return Upload(file.network, file.projects, file.network.project_year, whole.lines)


def merge(current: NetworkFile | None, upload: Upload) -> Merged:
    """Put the file over what is in force."""
    network = upload.network or (current.network if current else None)
    if network is None:
        says = f"The network has no year {upload.project_year}: bring the whole network in one file."
        return Merged(None, (), [_placed(upload, Problem(path=("projects", 0, "project_year"), says=says))])
    codes = {one.code for one in upload.projects}
    kept = tuple(one for one in current.projects if one.code not in codes) if current else ()
    merged = NetworkFile(network=network, projects=(*upload.projects, *kept))
    problems = [_placed(upload, one) for one in (*_handed_over(current, merged), *contradictions(merged))]
    return Merged(None, (), problems) if problems else Merged(in_order(merged), changes_of(current, merged), ())


def _handed_over(current: NetworkFile | None, merged: NetworkFile) -> Iterator[Problem]:
    if current and current.network.national_team != merged.network.national_team:
        says = f"{current.network.slug} is led by {current.network.national_team}; a file does not hand it over."
        yield Problem(path=("network", "national_team"), says=says)


def _placed(upload: Upload, problem: Problem) -> Problem:
    """Where in the file a fault is; one of a part that the file leaves out is a fault of the file as a whole."""
    path = problem.path
    if path[0] == "projects" and isinstance(path[1], int) and path[1] < len(upload.projects):
        path = path[2:] if upload.network is None else path
    elif path[0] == "projects" or upload.network is None:
        return Problem(path=(), says=f"{problem.where()}: {problem.says}")
    return Problem(path=path, line=line_of(path, upload.lines), says=problem.says)


def in_order(file: NetworkFile) -> NetworkFile:
    """The same with its projects by code, as it is kept and told."""
    return file.model_copy(update={"projects": tuple(sorted(file.projects, key=lambda one: one.code))})


def _moved(current: NetworkFile | None, file: NetworkFile) -> Iterator[Problem]:
    if current and current.network.national_team != file.network.national_team:
        says = f"{current.network.slug} is led by {current.network.national_team}; a file does not hand it over."
        yield Problem(path=("network", "national_team"), says=says)


def _of_the_file(
    problem: Problem, merged: NetworkFile, own: int, lines: Mapping[tuple[str | int, ...], int]
) -> Problem:
    """A fault of a project that the file leaves out is one of the file as a whole."""
    match problem.path:
        case ("projects", int(index), *_) if index >= own:
            return Problem(path=(), says=f"{merged.projects[index].code}, {problem.where()}: {problem.says}")
    return problem.model_copy(update={"line": line_of(problem.path, lines)})


def _of_the_project(problem: Problem, merged: NetworkFile, lines: Mapping[tuple[str | int, ...], int]) -> Problem:
    match problem.path:
        case ("projects", 0, *inner):
            path = tuple(inner)
            return Problem(path=path, line=line_of(path, lines), says=problem.says)
    return Problem(path=(), says=f"{problem.where()}: {problem.says}")


def changes_of(current: NetworkFile | None, proposed: NetworkFile) -> list[Change]:
    """Every value that differs, part by part."""
    before, after = _parts(current), _parts(proposed)
    return [change for part in after for change in _differences(part, (), before.get(part, _Nothing), after[part])]


def _parts(file: NetworkFile | None) -> dict[str, Any]:
    if file is None:
        return {}
    return {"network": content_of(file.network)} | {one.code: content_of(one) for one in in_order(file).projects}


class _Nothing:
    """Stands for no value, which null is not."""


def _differences(part: str, path: tuple[str | int, ...], before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            yield from _differences(part, (*path, name), before.get(name, _Nothing), after.get(name, _Nothing))
    elif isinstance(before, list) and isinstance(after, list):
        for index in range(max(len(before), len(after))):
            yield from _differences(part, (*path, index), *(_at(values, index) for values in (before, after)))
    elif before is _Nothing:
        yield Change(part=part, path=path, kind="added", after=after)
    elif after is _Nothing:
        yield Change(part=part, path=path, kind="removed", before=before)
    else:
        yield Change(part=part, path=path, kind="changed", before=before, after=after)


def _at(values: list[Any], index: int) -> Any:
    return values[index] if index < len(values) else _Nothing
