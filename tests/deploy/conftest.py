"""What every test of the deployment reads."""

import pytest

from composition import ROOT, Composition, read_composition, read_dotenv
from ncce_cli.compose_environment import environment


@pytest.fixture(scope="session")
def composition() -> Composition:
    return read_composition()


@pytest.fixture(scope="session")
def dotenv() -> dict[str, str]:
    """A `.env` as the command writes it."""
    return read_dotenv(environment((ROOT / "deploy" / "env.example").read_text()))
