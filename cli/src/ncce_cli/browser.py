"""The browser that the tests of pages drive: Debian's Chromium, which no Python package brings.

`python -m ncce_cli.browser` brings it where that is possible: as root on Debian. Nothing but tests needs it.
"""

import os
import shutil
import sys
from pathlib import Path

from ncce_cli.debian import install
from ncce_cli.errors import CommandError, MissingTool

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGE = "chromium"
NEEDED = (
    "The tests of pages need a browser: install Debian's package chromium (apt-get install chromium), "
    "or set CHROMIUM to the path of a Chromium or Chrome."
)


def find() -> Path:
    """The browser; CHROMIUM, when set, is final. MissingTool, with what to install."""
    if named := os.environ.get("CHROMIUM"):
        if not shutil.which(named):
            raise MissingTool(f"CHROMIUM is {named}, and that is no program.")
        return Path(named)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise MissingTool(NEEDED)
    return Path(found)


def bring() -> Path:
    """The browser, installed first where it is missing and may be. MissingTool."""
    try:
        return find()
    except MissingTool:
        if "CHROMIUM" in os.environ:
            raise
    install(PACKAGE, NEEDED)
    return find()


if __name__ == "__main__":
    try:
        print(bring())
    except CommandError as error:
        sys.exit(f"ncce: {error}")
