"""The alert rules, checked and put through their stories by Prometheus's own promtool, which no Python package brings.

`python -m ncce_cli.alerts` checks, and takes promtool out of Debian's package first where it is missing: unpacked below
.tools and not installed, because the package would start a server. Nothing else needs it.
"""

import shutil
import subprocess
import sys

from ncce_cli.debian import unpack
from ncce_cli.errors import CommandError
from ncce_cli.parts import ROOT

HOME = ROOT / ".tools" / "prometheus"
RULES = ROOT / "deploy" / "observability" / "rules"
STORIES = sorted((ROOT / "tests" / "deploy").glob("alerts*.yaml"))
NEEDED = (
    "The alert rules are checked by promtool: have it on the path, or apt-get and dpkg to take it out of Debian's "
    "package prometheus."
)


def bring() -> str:
    """Promtool, unpacked first where it is missing and may be. MissingTool."""
    found = shutil.which("promtool") or shutil.which("promtool", path=str(HOME / "usr" / "bin"))
    if found:
        return found
    unpack("prometheus", HOME, NEEDED)
    return str(HOME / "usr" / "bin" / "promtool")


def check(promtool: str) -> int:
    """Whether the rules can be read and the alerts fire when they should, and only then: promtool's exit code."""
    whole = subprocess.run([promtool, "check", "config", str(RULES.parent / "prometheus.yaml")])
    rules = subprocess.run([promtool, "check", "rules", *map(str, sorted(RULES.glob("*.yaml")))])
    stories = subprocess.run([promtool, "test", "rules", *map(str, STORIES)])
    return whole.returncode or rules.returncode or stories.returncode


if __name__ == "__main__":
    try:
        sys.exit(check(bring()))
    except CommandError as error:
        sys.exit(f"ncce: {error}")
