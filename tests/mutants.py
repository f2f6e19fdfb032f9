"""Rules made wrong in one place at a time, and whether the tests of them notice. Run as a program for one module."""

import ast
import copy
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

import pytest

CPU_SECONDS = 60
"""A mutant that never ends is ended, and noticed by that."""
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
}  # fmt: skip
Change = Callable[[ast.AST], None]


@dataclass(frozen=True)
class Score:
    """What became of the mutants of one module."""

    module: str
    mutants: int
    survivors: list[str]

    @property
    def noticed(self) -> int:
        """How many the tests failed with."""
        return self.mutants - len(self.survivors)


def mutants(source: str) -> Iterator[tuple[str, ast.Module]]:
    """Every mutant of a source, with the line and what was done there."""
    tree = ast.parse(source)
    for index, node in enumerate(_places(tree)):
        for what, change in _changes(node):
            mutant = copy.deepcopy(tree)
            change(list(_places(mutant))[index])
            yield f"{node.lineno}: {what}", ast.fix_missing_locations(mutant)  # type: ignore[attr-defined]


def _places(node: ast.AST) -> Iterator[ast.AST]:
    """What runs: no annotations, types, sentences in f-strings, docstrings or imports."""
    for name, field in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for child in field if isinstance(field, list) else [field]:
            if isinstance(child, ast.AST) and not _is_told_only(child):
                yield child
                yield from _places(child)


def _is_told_only(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Name) and node.value.id in {"Literal", "Annotated"}
    return isinstance(node, (ast.JoinedStr, ast.Import, ast.ImportFrom))


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            yield from _swapped(operator, lambda found, new, place=place: found.ops.__setitem__(place, new))
    elif isinstance(node, (ast.BinOp, ast.BoolOp)):
        yield from _swapped(node.op, lambda found, new: setattr(found, "op", new))
    elif isinstance(node, (ast.If, ast.IfExp)):
        yield "condition negated", _negate
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "nothing returned", lambda found: setattr(found, "value", ast.Constant(None))
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node.value)


def _swapped(operator: ast.AST, put: Callable[..., None]) -> Iterator[tuple[str, Change]]:
    other = SWAPS.get(type(operator))
    if other is not None:
        new = other()
        yield f"{type(operator).__name__} becomes {other.__name__}", lambda found: put(found, new)


def _negate(found: ast.AST) -> None:
    assert isinstance(found, (ast.If, ast.IfExp))
    found.test = ast.UnaryOp(ast.Not(), found.test)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _other_constants(value: object) -> Iterator[tuple[str, Change]]:
    others: object = None
    if isinstance(value, bool):
        others = not value
    elif isinstance(value, int):
        others = value + 1
    elif isinstance(value, str) and " " not in value:  # sentences are not rules
        others = value + ("0" if value[:1].isdigit() else "-")
    if others is not None:
        yield f"{value!r} becomes {others!r}", lambda found: setattr(found, "value", others)


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a tree instead of its file."""

    def __init__(self, module: str, path: Path, tree: ast.Module) -> None:
        self._module, self._path, self._tree = module, path, tree

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self, origin=str(self._path)) if name == self._module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._tree, str(self._path), "exec"), module.__dict__)  # noqa: S102  a mutant of our own source


def load_what_is_not_ours(module: str) -> None:
    """Import what the module needs, and forget its own member: a mutant's process then has little left to load."""
    importlib.import_module(module)
    member = module.partition(".")[0]
    for name in [name for name in sys.modules if name.partition(".")[0] == member]:
        del sys.modules[name]


def is_noticed(module: str, path: Path, tree: ast.Module, tests: Sequence[str]) -> bool:
    """Whether a test fails, in a process of its own that has imported nothing of the member yet."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        sys.meta_path.insert(0, _Instead(module, path, tree))
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = pytest.main(["-q", "-x", "--noconftest", "-p", "no:cacheprovider", "-p", "no:xdist", *tests])
        os._exit(code)
    return os.waitpid(child, 0)[1] != 0


def score(module: str, path: Path, tests: Sequence[str]) -> Score:
    """Every mutant of a module against these tests, which have to pass with the module as it is."""
    load_what_is_not_ours(module)
    source = path.read_text()
    if is_noticed(module, path, ast.parse(source), tests):
        raise RuntimeError(f"the tests of {module} fail without a mutant")
    made = list(mutants(source))
    return Score(module, len(made), [what for what, tree in made if not is_noticed(module, path, tree, tests)])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(score(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))))
