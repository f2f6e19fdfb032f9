"""Bodies and answers of sandbox. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.transport import Model


class ClockMovement(Model):
    """By how much, or to when: one of them."""

    advance_seconds: int | None = None
    set_to: dt.datetime | None = None


class ClockOut(Model):
    """What time it is in the sandbox."""

    ahead_seconds: int
    now_at: dt.datetime


class SandboxReset(Model):
    """A reset that has begun; it is done within seconds."""

    organisation_id: UUID
    requested_at: dt.datetime
