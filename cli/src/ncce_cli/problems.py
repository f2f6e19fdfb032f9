"""The list of problem codes, read from the error classes: what `docs/problems.md` and the gateway's pages hold."""

import importlib
import inspect
import json
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from chassis.errors import ServiceError
from ncce_cli.errors import CommandError
from ncce_cli.parts import MEMBERS

SHARED = "chassis"
HEADER = """\
# Problems

Every refusal is an RFC 9457 document (`application/problem+json`) with the members `type`, `title`, `status`, `code`,
`detail`, `instance` and `request_id`; some add members of their own. Programs look at `code`: it never changes its
meaning. `detail` is for people and may change. [guide/errors.md](guide/errors.md) says how to handle them.

Written by `python -m ncce_cli.reference` from the error classes; do not edit.
"""


class AmbiguousCode(CommandError):
    """One code stands for two statuses or has two titles, so that nobody could rely on it."""


@dataclass(frozen=True)
class Problem:
    """One code, with everybody who answers it."""

    code: str
    status: int
    title: str
    meaning: str
    members: tuple[str, ...]


def modules_of(package: str) -> Iterator[str]:
    """Every module of a package but its commands and migrations, which do things when imported."""
    yield package
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, f"{package}."):
        if not module.name.endswith(".__main__") and ".migrations." not in module.name:
            yield module.name


def descendants(kind: type[ServiceError]) -> Iterator[type[ServiceError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from descendants(child)


def error_classes() -> list[type[ServiceError]]:
    """All public error classes of the chassis and the members, each once, in an order that imports do not decide."""
    for package in (SHARED, *MEMBERS):
        for module in modules_of(package):
            importlib.import_module(module)
    found = {kind for kind in descendants(ServiceError) if member_of(kind) in (SHARED, *MEMBERS)}
    public = (kind for kind in found if not kind.__name__.startswith("_"))
    return sorted(public, key=lambda kind: (kind.__module__, kind.__qualname__))


def member_of(kind: type[ServiceError]) -> str:
    return kind.__module__.partition(".")[0]


def problems() -> list[Problem]:
    """By status, then code. AmbiguousCode when one code has two statuses or titles."""
    by_code: dict[str, list[type[ServiceError]]] = defaultdict(list)
    for kind in error_classes():
        by_code[kind.code].append(kind)
    found = [problem_of(code, kinds) for code, kinds in by_code.items()]
    return sorted(found, key=lambda problem: (problem.status, problem.code))


def problem_of(code: str, kinds: list[type[ServiceError]]) -> Problem:
    if len({(kind.status, kind.title) for kind in kinds}) > 1:
        names = ", ".join(f"{kind.__module__}.{kind.__name__}" for kind in kinds)
        raise AmbiguousCode(f"The code {code} has several statuses or titles: {names}.")
    meanings = dict.fromkeys(filter(None, map(meaning_of, kinds)))
    members = tuple(dict.fromkeys(map(member_of, kinds)))
    return Problem(code, kinds[0].status, kinds[0].title, " / ".join(meanings), members)


def meaning_of(kind: type[ServiceError]) -> str:
    """The first paragraph of the class's docstring."""
    if kind is ServiceError:
        return "A fault of the platform. It is in the log under the document's `request_id`."
    text = inspect.cleandoc(kind.__doc__ or "")
    return " ".join(text.partition("\n\n")[0].split())


def page() -> str:
    """The whole of `docs/problems.md`."""
    sections = [section(status, list(group)) for status, group in groupby(problems(), lambda problem: problem.status)]
    return "\n".join([HEADER, *sections])


def table() -> str:
    """The gateway's `problems.json`, of which it makes a page for each code."""
    found = {one.code: {"status": one.status, "title": one.title, "meaning": one.meaning} for one in problems()}
    return json.dumps(dict(sorted(found.items())), indent=1, ensure_ascii=False) + "\n"


def section(status: int, group: list[Problem]) -> str:
    head = [f"## {status}", "", "| code | title | meaning | from |", "|---|---|---|---|"]
    return "\n".join([*head, *map(row, group), ""])


def row(problem: Problem) -> str:
    origin = "every service" if SHARED in problem.members else ", ".join(problem.members)
    return f'| <a id="{problem.code}"></a>`{problem.code}` | {problem.title} | {problem.meaning} | {origin} |'
