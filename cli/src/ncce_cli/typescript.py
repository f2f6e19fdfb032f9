"""The types for TypeScript and a program that uses them, checked by Debian's compiler, which no Python package brings.

`python -m ncce_cli.typescript` checks, and brings the compiler first where that is possible. Nothing else needs it.
"""

import shutil
import subprocess
import sys

from ncce_cli.debian import install
from ncce_cli.errors import CommandError, MissingTool
from ncce_cli.parts import ROOT

PACKAGE = "node-typescript"
PROJECT = ROOT / "sdk" / "typescript"
NEEDED = (
    "The types for TypeScript are checked by its compiler: install Debian's package node-typescript "
    "(apt-get install node-typescript), or put another tsc on the path."
)


def bring() -> str:
    """The compiler, installed first where it is missing and may be. MissingTool."""
    if not shutil.which("tsc"):
        install(PACKAGE, NEEDED)
    compiler = shutil.which("tsc")
    if compiler is None:
        raise MissingTool(NEEDED)
    return compiler


if __name__ == "__main__":
    try:
        sys.exit(subprocess.run([bring(), "--project", str(PROJECT)]).returncode)
    except CommandError as error:
        sys.exit(f"ncce: {error}")
