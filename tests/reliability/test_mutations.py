"""Do the tests of the rules notice when a rule is wrong? `./ncce test --campaign mutations` makes every mutant."""

import json
import subprocess
import sys

import pytest

from mutants import Score, mutants
from ncce_cli.parts import ROOT

RULES = {
    "certification.credits.amounts": ["tests/certification/test_rules.py"],
    "certification.credits.rules": ["tests/certification/test_rules.py"],
    "certification.schemes.rules": ["tests/certification/test_rules.py", "tests/certification/test_requirements.py"],
    "funding.eligibility.rules": ["tests/funding/test_rules.py"],
}
"""Modules without a database, and the tests without one that are about them."""
TO_NOTICE = 0.9


@pytest.mark.campaign
@pytest.mark.parametrize("module", RULES)
def test_mutations_of_the_rules_are_noticed(module: str) -> None:
    path = ROOT / "services" / module.partition(".")[0] / "src" / f"{module.replace('.', '/')}.py"
    command = [sys.executable, str(ROOT / "tests" / "mutants.py"), module, str(path), *RULES[module]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = Score(**json.loads(done.stdout))
    print(f"\n{module}: {found.noticed} of {found.mutants} noticed", *found.survivors, sep="\n")  # noqa: T201  the figures
    assert found.noticed >= TO_NOTICE * found.mutants


def test_a_mutant_differs_in_one_place_of_what_runs() -> None:
    source = '''
def is_enough(hours: Literal["2"], least: int = 20) -> bool:
    """Whether 20 is enough."""
    return hours >= least and not f"told {1}"
'''
    assert [what for what, _ in mutants(source)] == [
        "2: 20 becomes 21",
        "4: nothing returned",
        "4: And becomes Or",
        "4: GtE becomes Gt",
    ]
