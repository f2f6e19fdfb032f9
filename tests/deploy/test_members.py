"""Each member imports where only its own dependencies are, says nothing, and needs no environment."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from composition import MEMBERS, ROOT

UV = ROOT / ".tools" / "bin" / "uv"
LIBRARIES = [ROOT / "libs" / "contracts", ROOT / "libs" / "chassis"]
IMPORT_ALL = """
import importlib, pkgutil, {member}.app
for found in pkgutil.walk_packages({member}.__path__, "{member}."):
    if not found.name.endswith(".__main__") and ".migrations." not in found.name:
        importlib.import_module(found.name)
"""
REFUSE = """
import importlib.abc, json, sys
class Refuse(importlib.abc.MetaPathFinder):
    absent = frozenset(json.loads(sys.argv[1]))
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.absent:
            raise ModuleNotFoundError(f"{name} is not among this member's requirements", name=name)
sys.meta_path.insert(0, Refuse())
"""
"""Makes a process behave as if some packages of this environment were not installed."""
IMPORTED_AS = {
    "pyjwt": "jwt",
    "nats-py": "nats",
    "argon2-cffi": "argon2",
    "markdown-it-py": "markdown_it",
    "swagger-ui-bundle-v2": "swagger_ui_bundle",
    "pyyaml": "yaml",
    "opentelemetry-sdk": "opentelemetry",
}
"""Where a distribution's module is not called as it is."""
BROUGHT = {
    "fastapi": {"pydantic", "starlette"},
    "pydantic-settings": {"pydantic"},
    "pydantic": {"pydantic_core"},
    "pyjwt": {"cryptography"},
}
"""What a declared distribution is sure to bring, because its own interface is made of it (pyjwt: by its extra)."""


def directory_of(member: str) -> Path:
    return ROOT / member if member == "gateway" else ROOT / "services" / member


def missing_for(member: str) -> list[str]:
    """The modules of this environment that a member's image does not hold."""
    text = (ROOT / "deploy" / "requirements" / f"{member}.txt").read_text()
    present = set(re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE))
    foreign = {
        module
        for module, distributions in packages_distributions().items()
        if not {plain(one) for one in distributions} & present
    }
    ours = {path.parent.name for path in (*ROOT.glob("*/*/src/*/__init__.py"), *ROOT.glob("*/src/*/__init__.py"))}
    return sorted((foreign | ours) - {member, "chassis", "contracts"})


def plain(distribution: str) -> str:
    """A distribution's name as requirement files write it."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_imports_without_what_its_image_lacks(member: str) -> None:
    absent = missing_for(member)
    assert {"pytest", "hypothesis", "ncce_cli", *MEMBERS} - {member} <= set(absent)
    program = REFUSE + IMPORT_ALL.format(member=member)
    command = [sys.executable, "-W", "error", "-c", program, json.dumps(absent)]
    done = subprocess.run(command, env={}, cwd="/", capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def uv(*arguments: str | Path) -> None:
    """Run uv on what it has already downloaded for `.venv`; skip where that is gone."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_OFFLINE": "1"}
    done = subprocess.run([UV, *arguments], env=environment, capture_output=True, text=True)
    if "network was disabled" in done.stderr:
        pytest.skip(f"uv's cache no longer holds every package: {done.stderr[-300:]}")
    assert done.returncode == 0, done.stderr


@pytest.mark.campaign  # the same with real environments: five seconds for each member, most of it compiling
@pytest.mark.skipif(not UV.exists(), reason="uv is not in .tools: this machine was set up with pip")
@pytest.mark.parametrize("member", MEMBERS)
def test_members_install_and_import_alone(member: str, tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    uv("venv", "--quiet", "--python", sys.executable, tmp_path)
    requirements = ROOT / "deploy" / "requirements" / f"{member}.txt"
    uv("pip", "sync", "--quiet", "--require-hashes", "--python", python, requirements)
    uv("pip", "install", "--quiet", "--no-deps", "--python", python, *LIBRARIES, directory_of(member))
    command = [str(python), "-W", "error", "-c", IMPORT_ALL.format(member=member)]
    done = subprocess.run(command, env={}, cwd="/", capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def declared(project: Path) -> set[str]:
    """Names of the distributions a project says it needs."""
    requirements = tomllib.loads((project / "pyproject.toml").read_text())["project"]["dependencies"]
    return {re.split(r"[\[=<>~ ]", requirement)[0] for requirement in requirements}


def modules_of(distributions: set[str]) -> set[str]:
    """The modules that one may import after declaring these distributions."""
    names = {IMPORTED_AS.get(name, name.removeprefix("ncce-").replace("-", "_")) for name in distributions}
    brought = set().union(*(BROUGHT.get(name, set()) for name in distributions))
    return names | brought | set().union(*(BROUGHT.get(name, set()) for name in brought))


def imported_by(project: Path) -> set[str]:
    """Top-level modules that a project's code imports."""
    found: set[str] = set()
    for path in (project / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names)


@pytest.mark.parametrize("project", [*LIBRARIES, *map(directory_of, MEMBERS)], ids=lambda path: path.name)
def test_a_project_declares_what_it_imports(project: Path) -> None:
    own = {path.name for path in (project / "src").iterdir()}
    needs = declared(project)
    for library in LIBRARIES:  # what the house's libraries are made of is its members' platform
        if f"ncce-{library.name}" in needs:
            needs |= declared(library)
    assert imported_by(project) - own <= modules_of(needs)
