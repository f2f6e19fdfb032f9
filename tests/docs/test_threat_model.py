"""The pages about security: every claim names its proof, every border its threats, every secret its way out."""

import re

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from composition import MEMBERS, ROOT, variables_of

MODEL, SECRETS = ROOT / "docs" / "threat-model.md", ROOT / "docs" / "guide" / "rotating-secrets.md"


def rows(text: str) -> list[list[str]]:
    """Cells of tables, without heads and lines under them."""
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| |")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_threat_names_tests_that_are_there() -> None:
    for _, threat, _, proof in rows(MODEL.read_text()):
        named = re.findall(r"`([^`]+)`", proof)
        assert named, threat
        assert all((ROOT / name).is_file() and "def test_" in (ROOT / name).read_text() for name in named), threat


@pytest.mark.parametrize("letter", "STRIDE")
def test_every_kind_of_threat_is_thought_of(letter: str) -> None:
    assert letter in {kind for kind, *_ in rows(MODEL.read_text())}


def is_secret(variable: str, field: FieldInfo) -> bool:
    """Whether a setting is one; the broker's URL is, which services keep as text."""
    return "SecretStr" in str(field.annotation) or field.annotation is SecretStr or variable == "NATS_URL"


def test_every_secret_setting_has_a_line_that_says_how_it_is_replaced_and_a_test_that_shows_it() -> None:
    wanted = {
        variable for member in MEMBERS for variable, field in variables_of(member).items() if is_secret(variable, field)
    }
    shown = {
        name: proof for secret, _, _, proof in rows(SECRETS.read_text()) for name in re.findall(r"`(\w+)`", secret)
    }
    # The account that is paid from is no secret to replace: another account is another setting.
    assert {one for one in wanted if one not in shown} == {"FUNDING_BACS_ACCOUNT_NUMBER"}
    for secret in wanted & shown.keys():
        named = re.findall(r"`(tests/[^`]+)`", shown[secret])
        assert named, secret
        assert all("def test_" in (ROOT / name).read_text() for name in named), secret
