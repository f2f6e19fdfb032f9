"""Do the tests of the rules notice when a rule is wrong? `./ncce test --campaign mutations` makes every mutant."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mutant_runs import Score, change_functions
from mutants import mutants
from ncce_cli.parts import ROOT

JUDGES = {
    "chassis.principal": ["chassis/test_principal.py", "chassis/test_access.py"],
    "chassis.outbox": ["chassis/test_loops.py", "chassis/test_outbox.py"],
    "certification.certificates.codes": ["certification/test_codes.py"],
    "certification.certificates.verification": [
        "certification/test_verification.py",
        "certification/test_certificates_api.py",
        "certification/test_certificate_life.py",
    ],
    "certification.credits.amounts": ["certification/test_rules.py"],
    "certification.credits.rules": ["certification/test_rules.py"],
    "certification.schemes.rules": ["certification/test_scheme_rules.py"],
    "funding.budgets.service": ["funding/test_budgets.py"],
    "funding.eligibility.rules": ["funding/test_rules.py"],
    "funding.fees.rules": ["funding/test_fee_policies.py"],
    "funding.ledger.service": ["funding/test_ledger.py", "funding/test_budgets.py"],
    "gateway.policy.tokens": ["gateway/test_tokens.py"],
}
"""Modules of rules, and the tests that judge their mutants."""
EQUIVALENT = {
    "chassis.principal": {"25: 4096 becomes 4097": "how many are remembered is a bound of memory, not a rule"},
    "chassis.outbox": {
        "145: True becomes False": "there is a span or none for each row: they are made from the rows",
        "128: 0 becomes 1": "what is asked is whether a whole batch was moved",
        "164: nothing returned": "what is asked is whether it is true",
        "174: 0 becomes 1": "when a span ended is set when it ends",
    },
    "certification.certificates.codes": {
        "43: Gt becomes GtE": "what is compared with 31 is even",
        "43: 1 becomes 2": "what is compared with 30 or 31 is even",
        "53: LtE becomes Lt": "twenty characters are never the whole alphabet",
    },
    "certification.certificates.verification": {
        "106: 'Row' becomes 'Row-'": "what a type variable calls itself is no rule"
    },
    "certification.schemes.rules": {"193: 'DatedT' becomes 'DatedT-'": "what a type variable calls itself is no rule"},
    "funding.budgets.service": {"105: 'fund' becomes 'fund-'": "what a row is found by is what it was found by"},
    "funding.ledger.service": {
        "103: 'balance_pence' becomes 'balance_pence-'": "the model says nought for what is not given",
        "128: True becomes False": "there are as many ids as entries: they are made from them",
    },
}
"""Mutants that behave as the module does, and why."""
TO_NOTICE = 0.9


@pytest.mark.campaign
@pytest.mark.parametrize("module", JUDGES)
def test_mutations_of_the_rules_are_noticed(module: str) -> None:
    found_at = importlib.util.find_spec(module)
    assert found_at is not None
    tests = [str(ROOT / "tests" / name) for name in JUDGES[module]]
    command = [sys.executable, str(ROOT / "tests" / "mutant_runs.py"), module, str(found_at.origin), *tests]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    score = Score(**json.loads(done.stdout))
    known = EQUIVALENT.get(module, {})
    unexplained = [what for what in score.survivors if what not in known]
    judged = score.mutants - len(score.survivors) + len(unexplained)
    figures = (
        f"{judged - len(unexplained)} of {judged} noticed, {len(score.ended)} by taking too long, {score.seconds} s"
    )
    print(f"\n{module}: {figures}", *unexplained, sep="\n")  # noqa: T201  the figures of a campaign
    assert set(known) <= set(score.survivors), "somebody notices these, or they are no more"
    assert len(unexplained) <= (1 - TO_NOTICE) * judged


def test_a_function_is_changed_for_whoever_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "rules_to_change.py"
    path.write_text("def is_enough(hours):\n    return all(hours >= least for least in (20, 30))\n")
    spec = importlib.util.spec_from_file_location("rules_to_change", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    is_enough = module.is_enough
    found = {}
    for one in mutants(path.read_text()):
        change_functions(path, one.tree)
        found[one.what] = is_enough(30), is_enough(29)
    assert found == {
        "2: nothing returned": (None, None),
        "2: GtE becomes Gt": (False, False),
        "2: 20 becomes 21": (True, False),
        "2: 30 becomes 31": (False, False),
    }


def test_a_mutant_differs_in_one_place_of_what_runs() -> None:
    source = '''
def is_enough(hours: Literal["2"], least: int = 20) -> bool:
    """Whether 20 is enough."""
    return hours >= least and not f"told {1}"
'''
    assert [(one.what, one.inside) for one in mutants(source)] == [
        ("2: 20 becomes 21", None),
        ("4: nothing returned", range(3, 5)),
        ("4: And becomes Or", range(3, 5)),
        ("4: GtE becomes Gt", range(3, 5)),
    ]
