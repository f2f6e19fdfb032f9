"""Alert rules, put through their stories by promtool, and who is told of alerts, by amtool.

`python -m ncce_cli.alerts` checks, and takes both out of Debian's packages first where they are missing: unpacked below
.tools and not installed, because the packages would start servers. No Python package brings them.
"""

import re
import shutil
import subprocess
import sys
from tempfile import NamedTemporaryFile

from ncce_cli.debian import unpack
from ncce_cli.errors import CommandError
from ncce_cli.parts import ROOT

HOME = ROOT / ".tools" / "prometheus"
RULES = ROOT / "deploy" / "observability" / "rules"
STORIES = sorted((ROOT / "tests" / "deploy").glob("alerts*.yaml"))
ROUTES = RULES.parent / "alertmanager.yaml"
PACKAGES = {"promtool": "prometheus", "amtool": "prometheus-alertmanager"}
NEEDED = (
    "Alerts are checked by promtool and amtool: have them on the path, or apt-get and dpkg to take them out of "
    "Debian's packages prometheus and prometheus-alertmanager."
)
RECEIVERS = ("page", "ticket")
"""Who is told, by the severity of an alert."""
URL_FILE = re.compile(r"url_file: \S+")
SOMEWHERE = "http://127.0.0.1:9/"


def bring(program: str) -> str:
    """A program, unpacked first where it is missing and may be. MissingTool."""
    found = shutil.which(program) or shutil.which(program, path=str(HOME / "usr" / "bin"))
    if found:
        return found
    unpack(PACKAGES[program], HOME, NEEDED)
    return str(HOME / "usr" / "bin" / program)


def check_rules(promtool: str) -> int:
    """Whether the rules can be read and the alerts fire when they should, and only then: promtool's exit code."""
    whole = subprocess.run([promtool, "check", "config", str(RULES.parent / "prometheus.yaml")])
    rules = subprocess.run([promtool, "check", "rules", *map(str, sorted(RULES.glob("*.yaml")))])
    stories = subprocess.run([promtool, "test", "rules", *map(str, STORIES)])
    return whole.returncode or rules.returncode or stories.returncode


def check_routes(amtool: str) -> int:
    """Whether the routes can be read and each severity has its receiver: amtool's exit code."""
    with NamedTemporaryFile("w", suffix=".yaml") as file:
        # Debian's amtool (0.25) does not know `url_file` yet, which came with 0.26.
        file.write(URL_FILE.sub(f"url: {SOMEWHERE}", ROUTES.read_text()))
        file.flush()
        codes = [subprocess.run([amtool, "check-config", file.name]).returncode]
        for name in RECEIVERS:
            wanted = [f"--verify.receivers={name}", f"severity={name}", "alertname=Any"]
            routed = [amtool, "config", "routes", "test", f"--config.file={file.name}", *wanted]
            codes.append(subprocess.run(routed).returncode)
    return max(codes)


if __name__ == "__main__":
    try:
        sys.exit(check_rules(bring("promtool")) or check_routes(bring("amtool")))
    except CommandError as error:
        sys.exit(f"ncce: {error}")
