"""Codes: which are right, how many there are, how long a question waits for its answer."""

import hmac
import secrets
from datetime import datetime, timedelta

import pyotp

STEP_SECONDS = 30
DRIFT_STEPS = 1
"""A clock may be wrong by half a minute either way."""
RECOVERY_CODES = 10
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz023456789"
"""Thirty-two that are not mistaken for each other, so that sixteen of them are 80 random bits."""
RECOVERY_GROUPS, GROUP_LENGTH = 4, 4
CHALLENGE_LIFETIME = timedelta(minutes=5)
TRIES_PER_CHALLENGE = 5
FREE_FAILURES = 5
PASSKEYS_PER_PERSON = 10
FRESH = timedelta(minutes=10)
"""How long a proof counts as recent, where being signed in is not enough."""


def accepted_step(secret: str, code: str, last_step: int, now: datetime) -> int | None:
    """The half minute that a code belongs to, if it is near enough and none as late was accepted before."""
    app = pyotp.TOTP(secret, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if hmac.compare_digest(app.generate_otp(step).encode(), code.encode()) and step > last_step:
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Ten codes as people write them down: `abcd-efgh-jkmn-pqrs`."""
    return ["-".join(_group() for _ in range(RECOVERY_GROUPS)) for _ in range(RECOVERY_CODES)]


def _group() -> str:
    return "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(GROUP_LENGTH))


def plain_recovery_code(written: str) -> str:
    """A recovery code without what people add or change when they copy it."""
    return "".join(letter for letter in written.casefold() if letter.isalnum())
