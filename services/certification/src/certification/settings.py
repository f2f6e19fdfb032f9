"""Settings of certification, from `CERTIFICATION_…`."""

from pathlib import Path
from typing import Annotated, cast

from fastapi import Depends, Request
from pydantic import Field, HttpUrl, SecretStr, field_validator
from sqlalchemy.ext.asyncio import AsyncSession

from certification.assessment_providers.signatures import ProviderSecrets
from certification.badges.keys import BadgeKeys
from certification.certificates.signing import SigningKeys
from chassis import db
from chassis import service as chassis_service
from chassis.files.sealing import FileKeys
from chassis.files.storage import DirectoryStorage
from chassis.settings import ServiceSettings

MOST_EVIDENCE_BYTES = 10 * 1024 * 1024


class Settings(ServiceSettings, env_prefix="CERTIFICATION_", hide_input_in_errors=True):
    """What certification needs beyond the house's settings. Errors hide their input, which may be a private key."""

    signing_keys: SecretStr
    """JSON Web Key Set of private Ed25519 keys: the first signs awards, all verify them. A key that has signed an award
    stays in the set for ever, or the awards it signed no longer verify."""

    head_keys: SecretStr | None = None
    """JSON Web Key Set of private Ed25519 keys that sign nothing else: the first signs heads of the log. A key that has
    signed a head stays in the set. Unset, the keys of awards sign heads too."""

    badge_keys: SecretStr
    """JSON Web Key Set of private RSA keys of 2,048 bits or more: the first signs badges, all are published. A key that
    has signed a badge stays in the set for as long as its badges are to verify."""
    public_url: HttpUrl = HttpUrl("http://127.0.0.1:8080")
    """Where people reach the platform; what badges, documents and QR codes lead to starts with it."""

    evidence_directory: Path | None = None
    """Where evidence files are kept, shared by all processes of the service. Without it no file is taken."""
    evidence_keys: SecretStr | None = None
    """JSON Web Key Set of symmetric keys of 256 bits: the first seals evidence files, all open them. Without any, files
    are stored as they are. A key that has sealed a file stays in the set until `reseal` has sealed it anew."""
    evidence_most_bytes: int = Field(default=MOST_EVIDENCE_BYTES, ge=1024, le=MOST_EVIDENCE_BYTES)
    """The size of one file; the gateway lets through no more than the highest value of this."""
    evidence_most_files: int = Field(default=10, ge=1, le=50)
    """How many files an entry may have."""
    clamd_address: str | None = Field(default=None, pattern=r"^(/.+|[^/]+:\d{1,5})$")
    """The virus scanner clamd, as `host:port` or the path of its socket. Without it files are kept as not scanned."""

    @property
    def evidence_storage(self) -> DirectoryStorage | None:
        """Where evidence is kept; None where no directory is set."""
        if self.evidence_directory is None:
            return None
        return DirectoryStorage(self.evidence_directory, self._loaded_evidence_keys)

    @property
    def _loaded_evidence_keys(self) -> FileKeys:
        return FileKeys.load(self.evidence_keys.get_secret_value()) if self.evidence_keys else FileKeys({})

    @field_validator("evidence_keys")
    @classmethod
    def _evidence_keys_are_usable(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None:
            FileKeys.load(keys.get_secret_value())
        return keys

    @property
    def loaded_head_keys(self) -> SigningKeys:
        """The keys that sign heads of the log: the first signs, all others did before."""
        awards = SigningKeys.load(self.signing_keys.get_secret_value())
        if self.head_keys is None:
            return awards
        return SigningKeys({**SigningKeys.load(self.head_keys.get_secret_value()).keys, **awards.keys})

    provider_secrets: SecretStr = SecretStr("{}")
    """By provider of assessments the secrets shared with it, as `{"name": ["whsec_…"]}`, of 32 bytes or more: the first
    signs links, each verifies results, so that two overlap until the provider has changed over."""

    @property
    def loaded_provider_secrets(self) -> ProviderSecrets:
        """The secrets shared with providers."""
        return ProviderSecrets.load(self.provider_secrets.get_secret_value())

    @property
    def loaded_badge_keys(self) -> BadgeKeys:
        """The keys that sign badges."""
        return BadgeKeys.load(self.badge_keys.get_secret_value())

    @field_validator("provider_secrets")
    @classmethod
    def _provider_secrets_are_usable(cls, secrets: SecretStr) -> SecretStr:
        ProviderSecrets.load(secrets.get_secret_value())
        return secrets

    @field_validator("badge_keys")
    @classmethod
    def _badge_keys_are_usable(cls, keys: SecretStr) -> SecretStr:
        BadgeKeys.load(keys.get_secret_value())
        return keys

    @field_validator("signing_keys", "head_keys")
    @classmethod
    def _keys_are_usable(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None:
            SigningKeys.load(keys.get_secret_value())
        return keys


async def _settings(request: Request) -> Settings:
    return cast(Settings, chassis_service.settings_of(request))


OwnSettings = Annotated[Settings, Depends(_settings)]
"""The settings of the process that serves this request."""


async def _keys(request: Request) -> SigningKeys:
    settings = cast(Settings, chassis_service.settings_of(request))
    return SigningKeys.load(settings.signing_keys.get_secret_value())


Keys = Annotated[SigningKeys, Depends(_keys)]
"""The signing keys of the process that serves this request."""


def signing_keys(session: AsyncSession) -> SigningKeys:
    """The signing keys of the process that runs this transaction, be it for a request or for an event."""
    settings = cast(Settings, db.settings_in(session))
    return SigningKeys.load(settings.signing_keys.get_secret_value())


def head_keys(session: AsyncSession) -> SigningKeys:
    """The keys that sign heads of the log, of the same process."""
    return cast(Settings, db.settings_in(session)).loaded_head_keys
