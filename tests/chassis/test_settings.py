"""Settings are read once, typed and frozen, and a process without them does not start."""

import asyncio
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from builders import GATEWAY_KEY, key_set
from harness import settings_for
from sample_service.app import SERVICE
from sample_service.settings import Settings

SECRET = "postgresql://hubs:not-to-be-seen@db/hubs"
TESTS = Path(__file__).parents[1]


async def run_sample(*arguments: str, **environment: str) -> tuple[int, str, str]:
    """Run a job of the sample with this environment and no other."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "sample_service", *arguments),
        env={"PYTHONPATH": str(TESTS), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, error = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), error.decode()


def test_settings_do_not_change_after_start() -> None:
    settings = settings_for(SERVICE, SECRET)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(settings, "port", 1)  # noqa: B010  mypy knows as well that it is frozen


def test_the_database_url_does_not_show_itself() -> None:
    assert "not-to-be-seen" not in repr(settings_for(SERVICE, SECRET))


@pytest.mark.parametrize("wrong", [{"port": 0}, {"log_level": "LOUD"}, {"retry_seconds": ()}, {"places": 0}])
def test_a_wrong_setting_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        settings_for(SERVICE, SECRET, **wrong)


def test_a_key_set_is_needed_to_tell_callers_apart() -> None:
    with pytest.raises(ValidationError, match="PRINCIPAL_KEYS"):
        Settings(database_url=SECRET)


async def test_a_process_without_its_settings_says_what_is_missing_and_shows_no_secret() -> None:
    status, out, error = await run_sample("serve", SAMPLE_DATABASE_URL=SECRET, SAMPLE_PLACES="none")
    assert status == 2
    assert out == ""
    assert "PRINCIPAL_KEYS" in error
    assert "SAMPLE_PLACES" in error
    assert "not-to-be-seen" not in error
    assert "Traceback" not in error


async def test_settings_come_from_prefixed_and_shared_variables() -> None:
    environment = {"SAMPLE_DATABASE_URL": SECRET, "PRINCIPAL_KEYS": key_set(GATEWAY_KEY)}
    status, out, _ = await run_sample("openapi", **environment)
    assert status == 0
    assert '"/v1/memberships"' in out
