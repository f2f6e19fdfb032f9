"""Settings of identity, from `IDENTITY_…`."""

from pathlib import Path
from typing import Annotated, Literal, cast

from fastapi import Depends, Request
from pydantic import Field, HttpUrl, SecretStr, field_validator, model_validator

from chassis import service as chassis_service
from chassis.sealing import SealingKeys
from chassis.settings import ServiceSettings
from identity.federation.providers import load_providers
from identity.keys.service import TokenKeys
from identity.sessions.rules import STAFF_ROLES


class Settings(ServiceSettings, env_prefix="IDENTITY_", hide_input_in_errors=True):
    """What identity needs beyond the house's settings. Errors hide their input, which may be a private key."""

    token_keys: SecretStr
    """JSON Web Key Set of private Ed25519 keys: the first signs access tokens, all are published."""
    maildir: Path
    """Directory into which outgoing mail is delivered."""
    webhook_keys: SecretStr
    """JSON Web Key Set of symmetric keys: the first seals the signing secrets of webhooks, all open them."""
    webhooks_to_this_machine: bool = False
    """For development: webhooks may be on this machine, on any port and without TLS."""
    mail_from: str = "no-reply@ncce.example.org"
    mail_transport: Literal["maildir", "smtp", "notify"] = "maildir"
    """How mail leaves."""
    smtp_url: SecretStr = SecretStr("")
    """Of `smtp`: `smtp://user:password@host:587`, with STARTTLS where it is offered, or `smtps://…:465`."""
    notify_url: HttpUrl = HttpUrl("https://api.notifications.service.gov.uk")
    notify_key: SecretStr = SecretStr("")
    """Of `notify`: the API key, as GOV.UK Notify shows it once."""
    notify_template_id: str = ""
    """Of `notify`: a template whose subject is `((subject))` and whose message is `((body))`."""
    public_url: HttpUrl = HttpUrl("http://127.0.0.1:8080")
    """Where people reach the platform; links in mail start with it."""
    factor_keys: SecretStr
    """JSON Web Key Set of symmetric keys: the first seals the secrets of authenticator apps, all open them."""
    second_factor_roles: tuple[str, ...] = tuple(sorted(STAFF_ROLES))
    """Roles whose holders can do nothing before they have set up a second factor, as a JSON array."""
    passkey_domain: str = ""
    """The domain that passkeys belong to; by default the host of `public_url`. Passkeys do not outlive a change."""
    passkey_origins: tuple[str, ...] = ()
    """Where pages that use passkeys are served, beside `public_url`: origins on that domain, as a JSON array."""
    providers: SecretStr = SecretStr("{}")
    """Organisations whose accounts are accepted, by name: a JSON object, described in docs/guide/signing-in.md."""
    federation_redirect_url: str = ""
    """The page that browsers come back to from there; by default `sign-in/return` at `public_url`."""
    token_key_days: int = Field(default=30, ge=1)
    """How old the key that signs access tokens gets before the platform makes the next."""
    access_token_seconds: int = Field(default=300, ge=1, le=300)
    argon2_memory_kib: int = Field(default=47_104, ge=8)
    argon2_iterations: int = Field(default=2, ge=1)
    argon2_lanes: int = Field(default=1, ge=1)
    password_queue: int = Field(default=8, ge=0)
    """Password hashes that may wait for a core; one more is answered 503."""

    @model_validator(mode="after")
    def _mail_can_leave(self) -> "Settings":
        if self.mail_transport == "smtp" and not self.smtp_url.get_secret_value().startswith(("smtp://", "smtps://")):
            raise ValueError("mail_transport smtp needs IDENTITY_SMTP_URL")
        if self.mail_transport == "notify" and not (self.notify_key.get_secret_value() and self.notify_template_id):
            raise ValueError("mail_transport notify needs IDENTITY_NOTIFY_KEY and IDENTITY_NOTIFY_TEMPLATE_ID")
        return self

    @field_validator("token_keys")
    @classmethod
    def _keys_are_usable(cls, keys: SecretStr) -> SecretStr:
        TokenKeys(keys.get_secret_value())
        return keys

    @field_validator("providers", mode="before")
    @classmethod
    def _nothing_is_nobody(cls, providers: object) -> object:
        """So compose hands over what is not set."""
        return providers or "{}"

    @field_validator("providers")
    @classmethod
    def _providers_are_usable(cls, providers: SecretStr) -> SecretStr:
        load_providers(providers.get_secret_value())
        return providers

    @field_validator("factor_keys", "webhook_keys")
    @classmethod
    def _sealing_keys_are_usable(cls, keys: SecretStr) -> SecretStr:
        SealingKeys.load(keys.get_secret_value())
        return keys

    @property
    def loaded_factor_keys(self) -> SealingKeys:
        """The keys that seal secrets of authenticator apps, and the private halves of signing keys."""
        return SealingKeys.load(self.factor_keys.get_secret_value())

    @property
    def loaded_webhook_keys(self) -> SealingKeys:
        """The keys that seal signing secrets of webhooks."""
        return SealingKeys.load(self.webhook_keys.get_secret_value())

    @model_validator(mode="after")
    def _calls_nothing_inside(self) -> "Settings":
        if self.webhooks_to_this_machine and self.environment != "development":
            raise ValueError("webhooks go to this machine in development only")
        return self


async def _settings(request: Request) -> Settings:
    return cast(Settings, chassis_service.settings_of(request))


IdentitySettings = Annotated[Settings, Depends(_settings)]
"""The settings of the process that serves this request."""
