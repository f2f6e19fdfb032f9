"""./ncce on a bare machine: three ways to its tools, an environment that matches the lock, and no work done twice.

Each test works on a small checkout of its own. Its uv comes from a wheel built here that passes on to the real uv, so
that no network is needed.
"""

import ensurepip
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ncce_cli.parts import ROOT

MEMBER = """
[project]
name = "tiny"
version = "1"
[build-system]
requires = ["uv_build"]
build-backend = "uv_build"
"""
VENV_WITHOUT_PIP_ONLY = """
import os, runpy, sys
if "--without-pip" not in sys.argv:
    sys.exit("ensurepip is not available")
sys.path.remove(os.path.dirname(os.path.abspath(__file__)))
sys.modules.pop("venv", None)
runpy.run_module("venv", run_name="__main__")
"""
ECHO = "import sys\nprint('arguments', *sys.argv[1:])\n"
UV_VERSION = "0.13.9"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The script, an empty lock and one member that says what it was asked."""
    root = tmp_path / "checkout"
    package = root / "cli" / "src" / "ncce_cli"
    package.mkdir(parents=True)
    shutil.copy(ROOT / "ncce", root)
    (root / "requirements.lock").write_text("")
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(ECHO)
    return root


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that pip can install uv from."""
    directory = tmp_path_factory.mktemp("wheels")
    info = f"uv-{UV_VERSION}.dist-info"
    with zipfile.ZipFile(directory / f"uv-{UV_VERSION}-py3-none-any.whl", "w") as wheel:
        script = zipfile.ZipInfo(f"uv-{UV_VERSION}.data/scripts/uv")
        script.external_attr = 0o100755 << 16
        wheel.writestr(script, f'#!/bin/sh\nexec "{ROOT}/.tools/bin/uv" "$@"\n')
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: uv\nVersion: {UV_VERSION}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return directory


def run(checkout: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PIP_NO_INDEX": "1", "PYTHONPATH": str(checkout / "cli" / "src"), **settings}
    command = [sys.executable, str(checkout / "ncce"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def shadowing(directory: Path, **modules: str) -> str:
    """A directory whose modules are found before Python's own: the ways in which a Debian's Python is incomplete."""
    directory.mkdir()
    for name, source in modules.items():
        (directory / f"{name}.py").write_text(source)
    return str(directory)


def test_a_first_run_installs_and_a_second_starts_at_once(checkout: Path, wheels: Path) -> None:
    first = run(checkout, "up", "--detach", PIP_FIND_LINKS=str(wheels))
    assert first.returncode == 0, first.stderr
    assert first.stdout == "arguments up --detach\n"
    assert "Installing" in first.stderr

    second = run(checkout, "status", PYTHONDONTWRITEBYTECODE="1")
    assert (second.stdout, second.stderr) == ("arguments status\n", "")
    compiled = list(checkout.glob("cli/src/ncce_cli/__pycache__/__init__.*.pyc"))
    assert compiled  # once, not by every process of a platform

    (checkout / "requirements.lock").write_text("# another\n")
    third = run(checkout, "status")
    assert "Installing" in third.stderr
    assert "Bringing uv" not in third.stderr


def test_a_file_with_another_hash_than_the_locks_is_refused(checkout: Path, wheels: Path) -> None:
    (checkout / ".tools" / "bin").mkdir(parents=True)
    (checkout / ".tools" / "bin" / "uv").symlink_to(ROOT / ".tools" / "bin" / "uv")
    (checkout / "requirements.lock").write_text(f"uv=={UV_VERSION} --hash=sha256:{'0' * 64}\n")
    done = run(checkout, "up", UV_FIND_LINKS=str(wheels), UV_NO_INDEX="1")
    assert done.returncode == 1
    assert "hash" in done.stderr.lower()
    assert not (checkout / ".venv" / "ncce-stamp").exists()


def test_the_systems_pip_serves_where_venv_brings_none(checkout: Path, wheels: Path, tmp_path: Path) -> None:
    debians = Path("/usr/share/python-wheels").glob("pip-*.whl")
    bundled = [*Path(ensurepip.__file__).parent.glob("_bundled/pip-*.whl"), *debians]
    if not bundled:
        pytest.skip("this Python has no pip to lend")
    shutil.unpack_archive(bundled[0], tmp_path / "pip", "zip")
    incomplete = shadowing(tmp_path / "incomplete", venv=VENV_WITHOUT_PIP_ONLY)
    path = os.pathsep.join([incomplete, str(tmp_path / "pip"), str(checkout / "cli" / "src")])
    done = run(checkout, "up", PIP_FIND_LINKS=str(wheels), PYTHONPATH=path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "arguments up\n"
    assert not (checkout / ".tools" / "bin" / "pip").exists()
    assert (checkout / ".tools" / "bin" / "uv").exists()


def test_without_venv_and_pip_one_sentence_says_what_to_install(checkout: Path, tmp_path: Path) -> None:
    incomplete = shadowing(tmp_path / "incomplete", venv="raise SystemExit(1)", pip="raise SystemExit(1)")
    done = run(checkout, "up", PYTHONPATH=incomplete, PATH="/nowhere")  # and no apt-get to be asked
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv").exists()


def test_pip_does_it_where_there_is_no_uv(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    (checkout / "cli" / "pyproject.toml").write_text(MEMBER)
    done = run(checkout, "version", PIP_FIND_LINKS=str(tmp_path / "nothing"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == "arguments version\n"
    assert "using pip" in done.stderr


def test_the_lock_names_no_host_and_pins_every_file() -> None:
    for path in [ROOT / "requirements.lock", *(ROOT / "deploy" / "requirements").glob("*.txt")]:
        content = path.read_text()
        assert "://" not in content
        assert "index-url" not in content
        for block in content.replace("\\\n", " ").splitlines():
            assert "--hash=sha256:" in block or block.startswith("#"), block[:80]
