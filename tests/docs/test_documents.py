"""What the documentation names is there: paths, commands, events, problems, variables, pages of the API."""

import importlib.util
import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from typer.main import get_command

from composition import MEMBERS, ROOT, SERVICES, variables_of
from contracts.registry import EVENTS
from gateway.routes import ROUTES
from ncce_cli.app import app
from ncce_cli.parts import GATEWAY
from ncce_cli.problems import problems
from ncce_cli.reference import pages
from ncce_cli.settings_for import DATABASE_VARIABLES

GENERATED = {ROOT / "docs" / "settings.md", ROOT / "docs" / "problems.md"}
DOCUMENTS = sorted(
    {ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")} - GENERATED
)
COMMANDS_OWN = {"NCCE_HOME", "NCCE_PORT", *DATABASE_VARIABLES.values()}
MADE_BY_RUNNING = (".ncce", ".venv", ".tools", "/")
FILE_ENDINGS = (".py", ".md", ".txt", ".lock", ".toml", ".yml", ".conf", ".sh", ".csv", ".json", ".example")

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def prose_of(document: Path) -> str:
    return re.sub(r"^```.*?^```", "", document.read_text(), flags=re.DOTALL | re.MULTILINE)


def code_in(document: Path) -> list[str]:
    """What stands between backticks in the prose."""
    return re.findall(r"`([^`\n]+)`", prose_of(document))


def blocks_in(document: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", document.read_text(), flags=re.DOTALL | re.MULTILINE)


def spelled_out(path: str) -> Iterator[str]:
    """A path with every value of its placeholders."""
    values = {"<service>": SERVICES, "<member>": MEMBERS, "<publisher>": SERVICES}
    found = sorted(set(re.findall(r"<[a-z]+>", path)))
    for choice in product(*(values[name] for name in found)):
        spelled = path
        for name, value in zip(found, choice, strict=True):
            spelled = spelled.replace(name, value)
        yield spelled


def is_path(word: str) -> bool:
    """Whether code in prose names a file of this repository, seen from its root."""
    if " " in word or word.startswith(MADE_BY_RUNNING) or "://" in word or "…" in word:
        return False
    return word.rstrip("/").partition("/")[0].startswith(".ci") or (ROOT / word.partition("/")[0]).is_dir()


def test_what_is_written_from_code_is_current() -> None:
    for path, text in pages().items():
        assert path.read_text() == text, f"run: .venv/bin/python -m ncce_cli.reference  ({path.name})"


def test_the_readme_opens_with_one_sentence_and_three_commands() -> None:
    title, sentence, block, *_ = (ROOT / "README.md").read_text().split("\n\n")
    assert title.startswith("# ")
    assert sentence.endswith(".")
    assert len(re.findall(r"\.(?:\s|$)", sentence)) == 1
    assert re.findall(r"^(\./ncce \w+)", block, re.MULTILINE) == ["./ncce up", "./ncce demo", "./ncce test"]


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text()):
        assert (document.parent / target).exists(), target


@each_document
def test_paths_exist(document: Path) -> None:
    for word in filter(is_path, code_in(document)):
        for path in spelled_out(word):
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize(
    "document", [one for one in DOCUMENTS if ".py::" in one.read_text()], ids=lambda path: str(path.relative_to(ROOT))
)
def test_tests_that_are_named_exist(document: Path) -> None:
    """A test is named by its file, with or without the folder, and its function."""
    for file, name in re.findall(r"`([a-z_/]+\.py)::(\w+)`", document.read_text()):
        found = [path for path in (ROOT / "tests").rglob("test_*.py") if str(path).endswith(f"/{file}")]
        assert any(re.search(rf"^(async )?def {name}\(", path.read_text(), re.MULTILINE) for path in found), (
            file,
            name,
        )


@pytest.mark.parametrize(
    "document", [one for one in DOCUMENTS if one.name != "api-changes.md"], ids=lambda path: path.name
)
def test_events_exist(document: Path) -> None:
    """The list of changes is left out: what is written like an event's subject there is a field of a body."""
    subjects = {event.subject for event in EVENTS.values()}
    named = {word for word in code_in(document) if re.fullmatch(r"[a-z_]+\.[a-z_]+", word)}
    assert {word for word in named if not word.endswith(FILE_ENDINGS)} <= subjects


@each_document
def test_pages_of_the_api_are_routed(document: Path) -> None:
    named = set(re.findall(r"/v1/[a-z-]+(?:/[a-z-]+)*", document.read_text()))
    prefixes = [route.prefix for route in ROUTES]
    assert [path for path in named if not any(f"{path}/".startswith(f"{prefix}/") for prefix in prefixes)] == []


@each_document
def test_problem_codes_exist_with_the_status_given(document: Path) -> None:
    named = re.findall(r"\b([45]\d\d)\s+`([a-z]+(?:-[a-z]+)*)`", document.read_text())
    known = {(str(problem.status), problem.code) for problem in problems()}
    assert set(named) <= known


@each_document
def test_variables_exist(document: Path) -> None:
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / "deploy" / "env.example").read_text(), re.MULTILINE))
    known = COMMANDS_OWN | example | {name for member in MEMBERS for name in variables_of(member)}
    named = {word for word in code_in(document) if re.fullmatch(r"[A-Z]+(?:_[A-Z]+)+", word)}
    assert named <= known


def commands_of(text: str) -> set[tuple[str, ...]]:
    return {tuple(found.split()) for found in re.findall(r"\./ncce((?: [a-z][a-z-]+){1,2})", text)}


@each_document
def test_commands_exist(document: Path) -> None:
    known = get_command(app).commands  # type: ignore[attr-defined]  # the command is a group, which has them
    text = "\n".join([*code_in(document), *blocks_in(document, "sh")])
    for first, *rest in commands_of(text):
        assert first in known, first
        beneath = getattr(known[first], "commands", {})
        assert not beneath or not rest or rest[0] in beneath, (first, *rest)


@each_document
def test_modules_that_are_run_exist(document: Path) -> None:
    for module in re.findall(r"python -m ([a-z_.]+)", document.read_text()):
        assert importlib.util.find_spec(module.rstrip(".")), module


@each_document
def test_json_is_json(document: Path) -> None:
    for block in blocks_in(document, "json"):
        json.loads(block)


def test_the_diagram_shows_every_service_and_every_event_between_them() -> None:
    text = (ROOT / "README.md").read_text()
    (diagram,) = re.findall(r"^```mermaid\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert f"{GATEWAY} --> " in diagram
    assert all(re.search(rf"\b{service}\b", diagram) for service in SERVICES)


def test_every_section_of_every_project_of_the_maths_network_is_traced() -> None:
    """The first table is for all projects and all sections; in the second each project is named at least once."""
    text = (ROOT / "docs" / "guide" / "network-rules-traced.md").read_text()
    every, by_project = re.findall(r"^\| (?:section|project) \|.*?(?=\n\n)", text, re.DOTALL | re.MULTILINE)
    assert re.findall(r"^\| ([A-K]) ", every, re.MULTILINE) == list("ABCDEFGHIJK")
    rows = by_project.splitlines()[2:]
    named = [one for row in rows for one in re.findall(r"19-(\d\d)(?: to 19-(\d\d))?", row.split("|")[1])]
    assert {number for first, last in named for number in range(int(first), int(last or first) + 1)} == {*range(1, 26)}
    assert all("::test_" in row for row in [*every.splitlines()[2:], *rows])


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_short_dated_and_says_what_it_costs(decision: Path) -> None:
    text = decision.read_text()
    assert 10 <= len(text.splitlines()) <= 30
    assert text.startswith(f"# {decision.name[:4]} ")
    assert re.search(r"^\*\*Decided\*\* \d{4}-\d\d-\d\d\.", text, re.MULTILINE)
    assert "**Costs.**" in text
