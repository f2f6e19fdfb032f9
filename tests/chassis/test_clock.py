"""The clock: real, but in a sandbox, where all processes follow one file."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from builders import GATEWAY_KEY, GATEWAY_SIGNER, key_set, partner
from chassis import clock
from chassis.errors import Unauthenticated
from chassis.principal import PrincipalVerifier, sign_principal
from chassis.settings import ServiceSettings

DAY = timedelta(days=1)


def test_the_clock_is_ahead_by_what_the_file_says_however_often_it_changes(tmp_path: Path) -> None:
    clock.follow(tmp_path / "clock")
    assert clock.ahead() == timedelta(0)
    for days in (1, 2, 40):
        clock.move(days * DAY)
        assert clock.ahead() == days * DAY
        assert abs(clock.now() - clock.real() - days * DAY) < timedelta(minutes=1)
    assert clock.today() == (clock.real() + 40 * DAY).astimezone(clock.ENGLAND).date()
    clock.follow(None)
    assert clock.ahead() == timedelta(0)


@pytest.mark.parametrize("by", [-DAY, clock.LONGEST_AHEAD + DAY])
def test_the_clock_goes_neither_back_nor_too_far(tmp_path: Path, by: timedelta) -> None:
    clock.follow(tmp_path / "clock")
    with pytest.raises(ValueError, match="days ahead"):
        clock.move(by)


def test_the_clock_of_a_live_platform_cannot_be_moved() -> None:
    with pytest.raises(clock.ClockNotMovable):
        clock.move(DAY)


def test_a_live_service_does_not_start_with_a_clock_that_can_be_moved(tmp_path: Path) -> None:
    given: dict[str, Any] = {
        "database_url": "postgresql://nobody@127.0.0.1/nothing",
        "principal_keys": key_set(GATEWAY_KEY),
    }
    with pytest.raises(ValidationError, match="only a sandbox"):
        ServiceSettings(**given, sandbox_clock_file=tmp_path / "clock")
    assert ServiceSettings(**given, sandbox_clock_file=tmp_path / "clock", sandbox=True).sandbox


def test_a_live_service_believes_nothing_that_is_only_tried_out() -> None:
    trying = partner("completions:write").model_copy(update={"attributes": {"environment": "test"}})
    signed = sign_principal(trying, GATEWAY_SIGNER, "hubs")
    with pytest.raises(Unauthenticated):
        PrincipalVerifier(key_set(GATEWAY_KEY), "hubs", takes_tests=False).verify(signed)
    assert PrincipalVerifier(key_set(GATEWAY_KEY), "hubs", takes_tests=True).verify(signed) == trying


async def test_who_pauses_goes_on_when_the_clock_was_moved(tmp_path: Path) -> None:
    clock.follow(tmp_path / "clock")
    pausing = asyncio.create_task(clock.pause(3600))
    await asyncio.wait([pausing], timeout=0.01)
    assert not pausing.done()
    clock.move(DAY)
    await asyncio.wait_for(pausing, 5)
