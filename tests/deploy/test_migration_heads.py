"""Every service's migrations form one line: two heads stop `migrate`, and with it a roll-out."""

import pytest
from alembic.script import ScriptDirectory

from chassis.migrate import config_for
from ncce_cli.parts import SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_have_one_head(service: str) -> None:
    script = ScriptDirectory.from_config(config_for(f"{service}.migrations"))
    assert len(script.get_heads()) == 1, script.get_heads()
