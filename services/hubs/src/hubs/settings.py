"""Settings of the hubs service, read from `HUBS_*`."""

from typing import Annotated, cast

from fastapi import Depends, Request
from pydantic import Field, HttpUrl

from chassis import service as chassis_service
from chassis.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="HUBS_"):
    """What hubs needs beyond the house's settings."""

    public_url: HttpUrl = HttpUrl("http://127.0.0.1:8080")
    """Where people reach the platform; links to and in calendars start with it."""
    reminder_days: tuple[Annotated[int, Field(ge=1, le=60)], ...] = (7, 1)
    """So many days before a course begins its people are reminded; `[]` for never."""
    reminder_hour: int = Field(default=8, ge=0, le=23)
    """From which hour of England's clocks reminders are sent."""
    import_hold_closing_percent: float = Field(default=1.0, ge=0, le=100)
    """An import of the register is held when it would close, or no longer list, more than this share of the schools."""
    import_hold_changing_percent: float = Field(default=5.0, ge=0, le=100)
    """An import is held when it would change facts that decide something of more than this share of the schools."""
    import_hold_least: int = Field(default=50, ge=1)
    """Fewer schools than this never hold an import."""
    match_due_days: int = Field(default=7, ge=1, le=90)
    """Within so many days it is to be found out who a partner's unknown learner is."""


async def _settings(request: Request) -> Settings:
    return cast(Settings, chassis_service.settings_of(request))


HubsSettings = Annotated[Settings, Depends(_settings)]
"""The settings of the process that serves this request."""
