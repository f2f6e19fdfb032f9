"""Accreditations on the wire."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class AccreditationOut(BaseModel):
    """What a project accredited you as."""

    model_config = ConfigDict(from_attributes=True)

    participation_id: UUID
    accreditation: str
    network: str
    project_code: str
    project_year: str
    recorded_on: date


class AccreditationList(BaseModel):
    """Your accreditations, the newest first."""

    data: list[AccreditationOut]
