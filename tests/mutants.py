"""Rules made wrong in one place at a time. Whether tests notice: `mutant_runs`."""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import NamedTuple

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
}  # fmt: skip
Change = Callable[[ast.AST], None]


class Mutant(NamedTuple):
    """A source with one thing changed in it."""

    what: str
    tree: ast.Module
    inside: range | None
    """The lines of the body of the function it is in; None where it is run by an import."""


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a source, with the line and what was done there."""
    tree = ast.parse(source)
    for index, (node, inside) in enumerate(_places(tree, None)):
        for what, change in _changes(node):
            mutant = copy.deepcopy(tree)
            change([place for place, _ in _places(mutant, None)][index])
            line: int = node.lineno  # type: ignore[attr-defined]  # what has changes has a line
            yield Mutant(f"{line}: {what}", ast.fix_missing_locations(mutant), inside)


def _places(node: ast.AST, inside: range | None) -> Iterator[tuple[ast.AST, range | None]]:
    """What runs: no annotations, types, sentences in f-strings, docstrings or imports."""
    for name, field in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        where = inside
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and name == "body":
            where = range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
        for child in field if isinstance(field, list) else [field]:
            if isinstance(child, ast.AST) and not _is_told_only(child):
                yield child, where
                yield from _places(child, where)


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
