"""When deliveries are tried again, and when an address is given up."""

import json
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from random import SystemRandom

from pydantic import BaseModel, ConfigDict

from identity.partner_views.rules import EVERYBODY, told_by_type

CHALLENGE_TYPE = "uk.ncce.webhook.verification.v1"
WEBHOOKS_PER_ORGANISATION = 20
REPLAYED_AT_ONCE = 1000
KEPT = timedelta(days=30)
"""How long what became of a delivery can be looked up, and replayed."""

_chance = SystemRandom()


class Retries(BaseModel):
    """`reference/webhook_retries.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pauses_seconds: tuple[int, ...]
    """Before each further attempt; after the last, a delivery is dead."""
    jitter: float
    """By what part a pause may be shorter or longer, so that what failed together is not tried again together."""
    challenge_attempts: int
    disabled_after_hours: int
    """An address that took nothing for so long, and let a delivery die, is sent no more."""


@cache
def retries() -> Retries:
    """The schedule, read once."""
    text = files("identity").joinpath("reference/webhook_retries.json").read_text(encoding="utf-8")
    return Retries.model_validate(json.loads(text))


def next_attempt_at(attempts: int, now: datetime, *, is_challenge: bool = False) -> datetime | None:
    """When to try again after so many attempts; None when it is given up."""
    schedule = retries()
    allowed = schedule.challenge_attempts if is_challenge else len(schedule.pauses_seconds) + 1
    if attempts >= allowed:
        return None
    pause = schedule.pauses_seconds[attempts - 1] * (1 + _chance.uniform(-schedule.jitter, schedule.jitter))
    return now + timedelta(seconds=pause)


def is_given_up(failing_since: datetime | None, now: datetime) -> bool:
    """Whether an address has taken nothing for so long that sending there ends."""
    return failing_since is not None and now - failing_since >= timedelta(hours=retries().disabled_after_hours)


def event_types() -> tuple[str, ...]:
    """What can be subscribed to."""
    return tuple(sorted(told_by_type()))


def is_for_everybody(event_type: str) -> bool:
    """Whether each partner is told of it."""
    return told_by_type()[event_type].audience == EVERYBODY
