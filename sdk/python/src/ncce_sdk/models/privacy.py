"""Bodies and answers of privacy. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Any
from uuid import UUID

from ncce_sdk.transport import Model

JsonValue = Any


class Export(Model):
    """Everything that certification holds about you."""

    form: str
    held: dict[str, list[dict[str, JsonValue]]]
    made_at: dt.datetime
    not_held: dict[str, str]
    teacher_id: UUID
