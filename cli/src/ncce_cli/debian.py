"""Programs of Debian that only checks of ours need, brought where that is possible: as root on Debian."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from ncce_cli.errors import MissingTool


def install(package: str, needed: str) -> None:
    """Install a package by its name; MissingTool, beginning with what needs it, where that cannot be."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise MissingTool(needed)
    print(f"Installing Debian's package {package} …", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    bring = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    for command in (["apt-get", "update", "-qq"], bring):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise MissingTool(f"{needed} Installing it failed: {said}")


def unpack(package: str, home: Path, needed: str) -> None:
    """Unpack a package into a directory, installing nothing; MissingTool, beginning with what needs it."""
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise MissingTool(needed)
    print(f"Unpacking Debian's package {package} …", file=sys.stderr, flush=True)
    with TemporaryDirectory() as folder:
        _run(["apt-get", "download", "-qq", package], Path(folder), needed)
        [found] = Path(folder).glob(f"{package}_*.deb")
        _run(["dpkg", "-x", str(found), str(home)], Path(folder), needed)


def _run(command: list[str], folder: Path, needed: str) -> None:
    done = _tried(command, folder)
    if done.returncode != 0 and command[0] == "apt-get":
        # The machine has never asked what packages there are.
        _tried(["apt-get", "update", "-qq"], folder)
        done = _tried(command, folder)
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise MissingTool(f"{needed} {said}")


def _tried(command: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
