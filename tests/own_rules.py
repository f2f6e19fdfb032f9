"""Rules of this house that no published linter knows: each reads the syntax of one file and names what breaks it.

A rule is here because breaking it would pass every other check until it cost money, a certificate or somebody's data.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch

Finding = tuple[int, str]
"""A line, and what is wrong there."""
Look = Callable[[ast.Module], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule: what it says, why, where it holds, and how it is looked for."""

    says: str
    because: str
    where: tuple[str, ...]
    look: Look
    excused: tuple[tuple[str, str], ...] = ()
    """A file, and the reason why it may."""

    def findings(self, path: str, tree: ast.Module) -> list[str]:
        """What breaks the rule in a file, if the rule holds there."""
        if not any(fnmatch(path, pattern) for pattern in self.where) or path in dict(self.excused):
            return []
        return [f"{path}:{line}: {what}. {self.says}: {self.because}." for line, what in self.look(tree)]


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call below a node."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """What a call calls, as it is written."""
    return ast.unparse(call.func)


def _ends_transactions(tree: ast.Module) -> Iterator[Finding]:
    for call in calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback"} and not call.args:
            yield call.lineno, f"{called(call)}()"


def _answers_the_broker(tree: ast.AST) -> Iterator[Finding]:
    for call in calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"ack", "ack_sync", "nak", "term"}:
            yield call.lineno, f"{called(call)}()"


def _answers_the_broker_inside(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncWith) and any("transaction(" in ast.unparse(one) for one in node.items):
            for statement in node.body:
                yield from _answers_the_broker(statement)


NETWORK = {"httpx", "socket", "ssl", "smtplib", "aiosmtplib", "urllib", "asyncio", "nats", "subprocess"}


def _reaches_out(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            yield from ((node.lineno, f"imports {name}") for name in names if name.partition(".")[0] in NETWORK)


def _divides_money(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp):
            makes_fractions = isinstance(node.op, ast.Div)
        else:
            makes_fractions = isinstance(node, ast.Call) and called(node) in {"float", "round"}
        if makes_fractions and "pence" in (said := ast.unparse(node)):
            yield getattr(node, "lineno", 0), said


def _columns(tree: ast.Module) -> Iterator[tuple[ast.AnnAssign, str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            kind = ast.unparse(node.annotation)
            if kind.startswith("Mapped["):
                yield node, node.target.id, kind.removeprefix("Mapped[").removesuffix("]").removesuffix(" | None")


ENDINGS = {"pence": "int", "_at": "datetime", "_on": "date"}


def _misnames_columns(tree: ast.Module) -> Iterator[Finding]:
    for node, name, kind in _columns(tree):
        wanted = next((wanted for ending, wanted in ENDINGS.items() if name.endswith(ending)), kind)
        if kind != wanted:
            yield node.lineno, f"{name} is {kind}, not {wanted}"
        if kind == "float" and name.endswith(("hours", "credits")):
            yield node.lineno, f"{name} is float"


def _reads_the_machines_clock(tree: ast.Module) -> Iterator[Finding]:
    for call in calls(tree):
        if re.fullmatch(r"(datetime\.)?(datetime\.(now|utcnow|today)|date\.today)|time\.time(_ns)?", called(call)):
            yield call.lineno, f"{called(call)}()"


def _speaks_sql_of_what_it_was_given(tree: ast.Module) -> Iterator[Finding]:
    """SQL made of arguments: of a parameter of the function, or of an attribute of one."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)} - {"self", "cls"}
        for call in calls(function):
            if called(call) in {"text", "literal_column", "sa.text"} and call.args:
                used = {node.id for node in ast.walk(call.args[0]) if isinstance(node, ast.Name)}
                if used & given:
                    yield call.lineno, f"{called(call)}({ast.unparse(call.args[0])})"


PERSONAL = re.compile(
    r"(.*_)?(email|emails|password|token|secret|phone|postcode|trn|birth|given_name|family_name|full_name)(_.*)?"
)


def _logs_people(tree: ast.Module) -> Iterator[Finding]:
    for call in calls(tree):
        if re.fullmatch(r"(self\._?)?(log|logger)\.\w+", called(call)):
            yield from ((call.lineno, f"{one.arg}=") for one in call.keywords if PERSONAL.fullmatch(one.arg or ""))


def _raises_for_the_web(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "HTTPException":
            yield node.lineno, "HTTPException"


def _is_long(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > 50:
                yield node.lineno, f"{node.name} has {lines} lines"


SERVICES = ("services/*/src/*.py",)
EVERYWHERE = ("libs/*/src/*.py", "services/*/src/*.py", "gateway/src/*.py", "cli/src/*.py", "sdk/python/src/*.py")

WRITTEN_BY_PROGRAMS = tuple(
    (f"sdk/python/src/ncce_sdk/{name}.py", "written from the description of the API")
    for name in ("client", "areas/courses", "areas/enrichment")
)
RULES = {
    "commits": Rule(
        "Only the chassis commits",
        "what is true and what is told of it are one transaction",
        SERVICES,
        _ends_transactions,
    ),
    "acknowledges": Rule(
        "Only the chassis answers the broker",
        "an event is heard when its effect is committed, never before",
        SERVICES,
        _answers_the_broker,
    ),
    "acknowledges inside": Rule(
        "The broker is answered after the commit",
        "a crash between the two would lose the event (failure window W9)",
        EVERYWHERE,
        _answers_the_broker_inside,
    ),
    "reaches out": Rule(
        "A handler speaks with its database only",
        "it may run twice, and what it did outside would have happened twice",
        ("services/*/src/*/handlers.py",),
        _reaches_out,
    ),
    "divides money": Rule(
        "Money is whole pence",
        "a fraction of a penny is lost or found somewhere",
        SERVICES,
        _divides_money,
        (("services/funding/src/funding/open_data/rules.py", "360Giving publishes pounds as numbers"),),
    ),
    "columns": Rule(
        "Columns say their unit, and are of it",
        "a day that is a moment, or money that is not an integer, is found out too late",
        SERVICES,
        _misnames_columns,
    ),
    "clock": Rule(
        "Services ask chassis.clock",
        "a sandbox moves it, and a day is a day in England",
        SERVICES,
        _reads_the_machines_clock,
        (
            ("services/certification/src/certification/verify_offline.py", "runs anywhere, without the platform"),
            ("services/certification/src/certification/offline/files.py", "runs anywhere, without the platform"),
        ),
    ),
    "sql": Rule(
        "No SQL is made of what a function is given",
        "one of its callers will one day hand on what somebody typed",
        SERVICES,
        _speaks_sql_of_what_it_was_given,
        (
            ("services/funding/src/funding/verification/service.py", "the queries of checks are constants, run by one"),
            ("services/funding/src/funding/verification/seals.py", "names of tables come from the models"),
            ("services/funding/src/funding/reports/service.py", "the name chooses among constants"),
        ),
    ),
    "logs": Rule(
        "Nobody's data is logged", "logs are read by more people and kept elsewhere", EVERYWHERE, _logs_people
    ),
    "web": Rule("Errors are named", "a caller acts on a code, not on a number", SERVICES, _raises_for_the_web),
    "long": Rule("Functions have up to 50 lines", "they are read whole", EVERYWHERE, _is_long, WRITTEN_BY_PROGRAMS),
}
"""By a name for tests. Migrations are looked at by none: they are history, and in SQL."""


def is_looked_at(path: str) -> bool:
    """Whether the rules are about a file."""
    return "/migrations/versions/" not in path
