"""`ncce lock`: resolve anew what the platform is made of, and write it down with hashes.

`requirements.lock` holds everything, for development; `deploy/requirements/<member>.txt` what one image needs; beside
them `build.txt`, what builds it, and `postcodes.txt`, what `ncce import postcodes` reads and nothing else needs. None
names the host a file came from, so that any mirror can serve them.
"""

import os
import re
import subprocess
from pathlib import Path

from rich.console import Console

from ncce_cli.errors import CommandError, MissingTool
from ncce_cli.parts import MEMBERS, ROOT

EXPORT = ("export", "--no-emit-workspace", "--no-annotate", "--no-header", "--frozen", "--quiet")
HOST = re.compile(r"https?://|--(extra-)?index-url|--find-links")


def exports() -> dict[Path, tuple[str, ...]]:
    """Each file to write, with what `uv export` is to put there."""
    files: dict[Path, tuple[str, ...]] = {
        ROOT / "requirements.lock": ("--all-packages", "--all-groups", "--no-group", "postcodes")
    }
    for member in MEMBERS:
        path = ROOT / "deploy" / "requirements" / f"{member}.txt"
        files[path] = ("--package", f"ncce-{member}", "--no-dev")
    for group in ("build", "postcodes"):
        files[ROOT / "deploy" / "requirements" / f"{group}.txt"] = ("--only-group", group)
    return files


def run_uv(*arguments: str) -> str:
    program = ROOT / ".tools" / "bin" / "uv"
    if not program.exists():
        raise MissingTool("uv is not in .tools; ./ncce brings it where uv exists, and the lock can be made only there.")
    settings = {**os.environ, "UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never"}
    done = subprocess.run([program, *arguments], cwd=ROOT, env=settings, capture_output=True, text=True)
    if done.returncode != 0:
        raise CommandError(f"uv {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout


def lock(console: Console) -> None:
    """Resolve, then write all files, or none when one of them would name a host."""
    run_uv("lock", "--quiet")
    contents = {path: run_uv(*EXPORT, *choice) for path, choice in exports().items()}
    for path, content in contents.items():
        if found := HOST.search(content):
            raise CommandError(f"{path.relative_to(ROOT)} would name a host ({found[0]}…), so nothing was written.")
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        packages = sum("==" in line for line in content.splitlines() if not line.startswith(" "))
        console.print(f"{path.relative_to(ROOT)}: {packages} packages", highlight=False)
