"""Hashing passwords."""

import asyncio
import os
from pathlib import Path

import argon2

from chassis.settings import ServiceSettings
from harness import settings_for
from identity.accounts.errors import PasswordQueueFull
from identity.accounts.passwords import Passwords
from identity.app import SERVICE
from identity.settings import Settings
from identity_steps import CHEAP_HASHES


def _settings(tmp_path: Path, **changes: object) -> Settings:
    settings: ServiceSettings = settings_for(SERVICE, "postgresql://nowhere", maildir=tmp_path, **changes)
    assert isinstance(settings, Settings)
    return settings


async def test_more_hashes_than_cores_and_queue_are_refused_at_once(tmp_path: Path) -> None:
    passwords = Passwords(_settings(tmp_path, password_queue=3, **CHEAP_HASHES))
    asked = 20
    outcomes = await asyncio.gather(*(passwords.hash("a password") for _ in range(asked)), return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, PasswordQueueFull)]
    assert len(refused) == asked - (os.cpu_count() or 1) - 3
    assert refused[0].headers == {"Retry-After": "1"}
    assert await passwords.verify("a password", await passwords.hash("a password"))


async def test_passwords_are_hashed_with_argon2id_at_46_mib_two_passes_one_lane(tmp_path: Path) -> None:
    made = argon2.extract_parameters(await Passwords(_settings(tmp_path)).hash("a password"))
    assert (made.type, made.memory_cost, made.time_cost, made.parallelism) == (argon2.Type.ID, 46 * 1024, 2, 1)


async def test_nobodys_password_is_never_right(tmp_path: Path) -> None:
    passwords = Passwords(_settings(tmp_path, **CHEAP_HASHES))
    assert not await passwords.verify("a password", None)
