"""What the API says about exports."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field, JsonValue


class Export(BaseModel):
    """Everything that certification holds about you."""

    form: Literal["uk.ncce.certification.export.v1"]
    teacher_id: UUID
    made_at: datetime
    held: dict[str, list[dict[str, JsonValue]]] = Field(
        description="By kind what is held, oldest first. Amounts and hours are decimal texts, bytes hexadecimal"
    )
    not_held: dict[str, str] = Field(description="What else there is, and why it is not about you")
