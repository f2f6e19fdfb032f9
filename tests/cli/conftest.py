"""Stand-ins for the platform's members."""

from pathlib import Path

import pytest

from ncce_cli.parts import MEMBERS


@pytest.fixture(scope="session")
def members(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Modules with the members' names, found before the members."""
    directory = tmp_path_factory.mktemp("members")
    for member in MEMBERS:
        (directory / f"{member}.py").write_text(f"from stand_in import main\n\nmain({member!r})\n")
    return directory
