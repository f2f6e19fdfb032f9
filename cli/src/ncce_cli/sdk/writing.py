"""`./ncce sdk`: write the libraries from the released description, and nothing else."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from ncce_cli.parts import ROOT
from ncce_cli.sdk.bruno import collection
from ncce_cli.sdk.naming import Document
from ncce_cli.sdk.python_library import Library
from ncce_cli.sdk.typescript import declarations

SNAPSHOT = ROOT / "gateway" / "src" / "gateway" / "portal" / "openapi.json"
PACKAGE = ROOT / "sdk" / "python" / "src" / "ncce_sdk"
TYPES = ROOT / "sdk" / "typescript" / "ncce.d.ts"
BRUNO = ROOT / "sdk" / "bruno"
GENERATED = ("areas", "models")


def write(console: Console) -> None:
    """Replace what was generated."""
    document: Document = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    for folder in GENERATED:
        shutil.rmtree(PACKAGE / folder, ignore_errors=True)
    shutil.rmtree(BRUNO, ignore_errors=True)
    files = generated(document)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    console.print(
        f"{len(files)} files written: {PACKAGE.relative_to(ROOT)}, {TYPES.relative_to(ROOT)}, {BRUNO.relative_to(ROOT)}"
    )


def generated(document: Document) -> dict[Path, str]:
    """Every generated file as it should be."""
    formatted = _formatted(Library(document).files())
    own = {PACKAGE / name: text for name, text in formatted.items()}
    requests = {BRUNO / name: text for name, text in collection(document).items()}
    return own | requests | {TYPES: declarations(document)}


def _formatted(files: dict[str, str]) -> dict[str, str]:
    """The same, laid out as all our Python is, imports in order."""
    with TemporaryDirectory() as place:
        for name, text in files.items():
            path = Path(place) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        ruff = [sys.executable, "-m", "ruff"]
        rules = ["--config", str(ROOT / "pyproject.toml"), "--quiet", place]
        isolated = ["--config", 'src=["."]', "--config", 'lint.isort.known-first-party=["ncce_sdk"]']
        subprocess.run([*ruff, "check", "--select", "I", "--fix", *isolated, *rules], check=True)
        subprocess.run([*ruff, "format", *rules], check=True)
        return {name: (Path(place) / name).read_text(encoding="utf-8") for name in files}
