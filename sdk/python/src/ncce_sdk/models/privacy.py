"""Bodies and answers of privacy. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import JsonValue
from ncce_sdk.transport import Model


class Export(Model):
    """Everything that certification holds about you."""

    form: Literal["uk.ncce.certification.export.v1"]
    held: dict[str, list[dict[str, JsonValue]]]
    made_at: dt.datetime
    not_held: dict[str, str]
    teacher_id: UUID
