"""A process of a service collects no garbage while it imports, and does once everything is there."""

import subprocess
import sys

import pytest

from composition import ROOT, SERVICES

PROGRAM = """
import gc
import chassis.start
assert not gc.isenabled()
chassis.start.imported()
assert gc.isenabled()
assert gc.get_freeze_count()
"""


def test_nothing_is_collected_until_everything_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_imports_it_first_and_says_when_everything_is_there(service: str) -> None:
    program = (ROOT / "services" / service / "src" / service / "__main__.py").read_text()
    imports = [line for line in program.splitlines() if line.startswith(("import ", "from ")) and line != "import sys"]
    assert imports[0] == "import chassis.start"
    said, started = program.index("chassis.start.imported()"), program.index("main(SERVICE)")
    assert said < started
