"""Settings of the hubs service, read from `HUBS_*`."""

from pathlib import Path
from typing import Annotated, cast

from fastapi import Depends, Request
from pydantic import Field, HttpUrl, SecretStr, field_validator

from chassis import service as chassis_service
from chassis.files.sealing import FileKeys
from chassis.files.storage import DirectoryStorage
from chassis.settings import ServiceSettings

MOST_DOCUMENT_BYTES = 10 * 1024 * 1024


class Settings(ServiceSettings, env_prefix="HUBS_", hide_input_in_errors=True):
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

    document_directory: Path | None = None
    """Where documents of groups are kept, shared by all processes of the service. Without it groups only link."""
    document_keys: SecretStr | None = None
    """JSON Web Key Set of symmetric keys of 256 bits: the first seals documents, all open them. Without any, they are
    stored as they are. A key that has sealed a document stays in the set until `reseal` has sealed it anew."""
    document_most_bytes: int = Field(default=MOST_DOCUMENT_BYTES, ge=1024, le=MOST_DOCUMENT_BYTES)
    """The size of one document; the gateway lets through no more than the highest value of this."""
    document_most_files: int = Field(default=100, ge=1, le=1000)
    """How many documents a group may have."""
    clamd_address: str | None = Field(default=None, pattern=r"^(/.+|[^/]+:\d{1,5})$")
    """The virus scanner clamd, as `host:port` or the path of its socket. Without it files are kept as not scanned."""

    @property
    def document_storage(self) -> DirectoryStorage | None:
        """Where documents are kept; None where no directory is set."""
        if self.document_directory is None:
            return None
        keys = self.document_keys
        return DirectoryStorage(
            self.document_directory, FileKeys.load(keys.get_secret_value()) if keys else FileKeys({})
        )

    @field_validator("document_keys")
    @classmethod
    def _document_keys_are_usable(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None:
            FileKeys.load(keys.get_secret_value())
        return keys


async def _settings(request: Request) -> Settings:
    return cast(Settings, chassis_service.settings_of(request))


HubsSettings = Annotated[Settings, Depends(_settings)]
"""The settings of the process that serves this request."""
