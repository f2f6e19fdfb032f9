"""Whether tests notice mutants of a module. Run as a program: a module, its file, and the tests that judge it.

Everything is imported once. The mutants of what runs inside functions are made by giving the functions other code, in a
process forked for each, which runs only those tests that come past them. What an import runs (tables, defaults,
fields) is imported anew, in a process that knows nothing of ours yet. All share a database server and its templates.
"""

import ast
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from types import CodeType, FunctionType, ModuleType
from typing import NamedTuple

import coverage
import pytest
from hypothesis import HealthCheck, settings

import lent
from mutants import Mutant, mutants
from ncce_cli.postgres import Postgres

AT_ONCE = 2
CPU_SECONDS = 60
SECONDS = 180
PATIENCE = 3
"""A mutant that never ends is ended, and noticed by that: after so long, or so many times what the module took."""
OURS = {"chassis", "contracts", "identity", "certification", "hubs", "funding", "gateway"}
PYTEST = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not campaign"]
# What is imported before pytest starts has no assertions that it could rewrite.
PYTEST += ["-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"]


@dataclass
class Score:
    """What became of the mutants of one module."""

    module: str
    mutants: int = 0
    survivors: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    """Those that were noticed only by taking too long."""
    seconds: float = 0


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a tree instead of its file."""

    def __init__(self, module: str, path: Path, tree: ast.Module) -> None:
        self._module, self._path, self._tree = module, path, tree

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self, origin=str(self._path)) if name == self._module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._tree, str(self._path), "exec"), module.__dict__)  # noqa: S102  a mutant of our own source


def load_what_is_not_ours(module: str) -> None:
    """Import what services need of others: a process forked from this has little left to load.

    What that is, a process tells that ends: measures of ours, for one, can be made once in a process only.
    """
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        importlib.import_module(module)
        importlib.import_module("chassis.service")
        names = [name for name, one in sys.modules.items() if one is not None and name.partition(".")[0] not in OURS]
        with os.fdopen(tell, "w") as pipe:
            json.dump(names, pipe)
        os._exit(0)
    os.close(tell)
    with os.fdopen(told) as pipe:
        names = json.load(pipe)
    os.waitpid(child, 0)
    for name in names:
        with suppress(ImportError):  # some are parts that a library makes while it is imported
            importlib.import_module(name)


def change_functions(path: Path, tree: ast.Module) -> None:
    """Give every function of a file the code it has in another tree of the same shape, whoever holds the function."""
    new = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(tree, str(path), "exec"))}
    changed = 0
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == str(path):
            code = new.get((one.__code__.co_qualname, one.__code__.co_firstlineno))
            if code is not None:
                one.__code__ = code
                changed += 1
    assert changed, f"no function of {path} is there to be changed"


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


class Bounds(NamedTuple):
    """What a mutant may take."""

    seconds: int
    cpu_seconds: int


def started(work: Callable[[], bool], bounds: Bounds | None = None) -> int:
    """The number of a process that does this and ends well when it finds nothing wrong; silently, if it is bounded."""
    child = os.fork()
    if child == 0:
        os.dup2(2, 1)
        if bounds is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (bounds.cpu_seconds, bounds.cpu_seconds))
            signal.alarm(bounds.seconds)
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
        code = 1
        with suppress(BaseException):  # whatever it is, it is noticed
            code = 0 if work() else 1
        os._exit(code)
    return child


def judge(score: Score, works: Sequence[tuple[str, Callable[[], bool]]]) -> None:
    """Do each of these in a process, some at once, and put down what came of them.

    The first is done with the module as it is and has to pass: else whatever does not work would count as noticed. It
    may take as long as it takes on this machine, and says what fails.
    """
    (_, unchanged), *waiting = works
    begun = monotonic()
    _, status, used = os.wait4(started(unchanged), 0)
    if status != 0:
        raise RuntimeError(f"the tests of {score.module} fail without a mutant")
    took, cpu = monotonic() - begun, used.ru_utime + used.ru_stime
    bounds = Bounds(max(SECONDS, int(PATIENCE * took)), max(CPU_SECONDS, int(PATIENCE * cpu)))
    running: dict[int, str] = {}
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            what, work = waiting.pop(0)
            running[started(work, bounds)] = what
        child, status = os.wait()
        if child in running:
            what = running.pop(child)
            score.mutants += 1
            if status == 0:
                score.survivors.append(what)
            elif os.WIFSIGNALED(status):
                score.ended.append(what)


class InsideFunctions:
    """A plugin of pytest that runs the tests it collected against mutants instead of running them once."""

    def __init__(self, path: Path, made: Sequence[Mutant], score: Score) -> None:
        self._path, self._made, self._score = path, made, score

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """See which test comes past which line, then run for each mutant those that come past it."""
        gc.unfreeze()
        passes = self._passes(session)
        works = [("", self._work(session, ast.parse(self._path.read_text()), session.items, _tell_a_failure))]
        for one in self._made:
            assert one.inside is not None
            chosen = {test for line in one.inside for test in passes.get(line, [])}
            items = [item for item in session.items if item.nodeid in chosen]
            works.append((one.what, self._work(session, one.tree, items)))
        judge(self._score, works)
        return True

    def _work(
        self,
        session: pytest.Session,
        tree: ast.Module,
        items: list[pytest.Item],
        after: Callable[[pytest.Item], object] = lambda _: None,
    ) -> Callable[[], bool]:
        def work() -> bool:
            session.config.pluginmanager.unregister(name="terminalreporter")
            change_functions(self._path, tree)
            return _all_pass(session, items, after)

        return work

    def _passes(self, session: pytest.Session) -> dict[int, list[str]]:
        """Which tests come past a line; all have to pass. The quickest come first from here on."""
        told, tell = os.pipe()

        def work() -> bool:
            seen = coverage.Coverage(
                data_file=None, config_file=False, include=[str(self._path)], concurrency=["greenlet", "thread"]
            )
            seen.start()
            took: dict[str, float] = {}
            last = monotonic()

            def ended(item: pytest.Item) -> None:
                nonlocal last
                took[item.nodeid], last = monotonic() - last, monotonic()
                _tell_a_failure(item)

            passed = _all_pass(session, session.items, ended, before=lambda item: seen.switch_context(item.nodeid))
            seen.stop()
            lines = seen.get_data().contexts_by_lineno(str(self._path))
            with os.fdopen(tell, "w") as pipe:
                json.dump({"lines": lines, "took": took}, pipe)
            return passed

        child = os.fork()
        if child == 0:
            os._exit(0 if work() else 1)
        os.close(tell)
        with os.fdopen(told) as pipe:
            found = json.loads(pipe.read() or "{}")
        if os.waitpid(child, 0)[1] != 0:
            raise RuntimeError("the tests fail without a mutant")
        session.items.sort(key=lambda item: found["took"][item.nodeid])
        return {int(line): tests for line, tests in found["lines"].items()}


def _tell_a_failure(item: pytest.Item) -> None:
    if item.session.testsfailed:
        sys.stderr.write(f"\n{item.nodeid} fails without a mutant\n")


def _all_pass(
    session: pytest.Session,
    items: Sequence[pytest.Item],
    after: Callable[[pytest.Item], object],
    before: Callable[[pytest.Item], object] = lambda _: None,
) -> bool:
    """Run tests until one fails; what they share is put away with the last, which need not be reached."""
    for number, item in enumerate(items):
        before(item)
        following = items[number + 1] if number + 1 < len(items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        after(item)
        if session.testsfailed:
            item.session._setupstate.teardown_exact(None)
            return False
    return True


def score(module: str, path: Path, tests: Sequence[str]) -> Score:
    """Every mutant of a module against these tests, which have to pass with the module as it is."""
    begun = monotonic()
    load_what_is_not_ours(module)
    made = list(mutants(path.read_text()))
    inside = _inside_functions(path, [one for one in made if one.inside is not None], Score(module), tests)

    def imported(tree: ast.Module) -> Callable[[], bool]:
        def work() -> bool:
            sys.meta_path.insert(0, _Instead(module, path, tree))
            return pytest.main([*PYTEST, *tests]) == 0

        return work

    by_imports = [(one.what, imported(one.tree)) for one in made if one.inside is None]
    if by_imports:
        judge(inside, [("", imported(ast.parse(path.read_text()))), *by_imports])
    inside.seconds = round(monotonic() - begun, 1)
    return inside


def _inside_functions(path: Path, made: Sequence[Mutant], score: Score, tests: Sequence[str]) -> Score:
    """In a process of its own: what it imports of ours must not be there for the others."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(2, 1)
        code = pytest.main([*PYTEST, *tests], plugins=[InsideFunctions(path, made, score)])
        with os.fdopen(tell, "w") as pipe:
            json.dump(asdict(score), pipe)
        os._exit(code)
    os.close(tell)
    with os.fdopen(told) as pipe:
        found = pipe.read()
    if os.waitpid(child, 0)[1] != 0:
        raise RuntimeError(f"the tests of {score.module} fail without a mutant")
    return Score(**json.loads(found))


def main(module: str, path: Path, tests: Sequence[str]) -> Score:
    """The score, on a database server of its own."""
    with TemporaryDirectory(prefix="ncce-mutants-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the server may be another user's
        running = Postgres(Path(folder) / "postgres", durable=False).start()
        lent.SERVER.append(running)
        # An example that is slow because the machine is busy says nothing of a mutant.
        settings.register_profile("mutants", deadline=None, suppress_health_check=[HealthCheck.too_slow])
        settings.load_profile("mutants")
        try:
            return score(module, path, tests)
        finally:
            running.stop()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))))
