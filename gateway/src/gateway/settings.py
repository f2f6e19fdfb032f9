"""Settings of the gateway: read once from the environment (`GATEWAY_…`), frozen."""

from pathlib import Path
from typing import Literal, Self

import jwt
from pydantic import AliasChoices, Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SERVICES = ("identity", "hubs", "certification", "funding")


class Settings(BaseSettings):
    """Upstream addresses, the key that signs principals, limits and timeouts."""

    model_config = SettingsConfigDict(env_prefix="GATEWAY_", frozen=True, extra="ignore", populate_by_name=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    environment: Literal["development", "production"] = Field(default="production", validation_alias="NCCE_ENVIRONMENT")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "console"] = "json"

    identity_url: str
    """The origin of the service; several, with commas between, when it has replicas. The same for the others."""
    hubs_url: str
    certification_url: str
    funding_url: str

    routing_file: Path | None = None
    """Routes and replicas that are read again on SIGHUP, while requests are served; without it those of the code."""
    processes: int = Field(default=1, ge=1, le=64)
    """How many processes serve the port. They share the limits."""
    admin_port: int = Field(default=0, ge=0, le=65535)
    """Health, metrics and routes for operators, which nobody else is to reach; each further process has the port after
    it. 0: nowhere. With a certificate it speaks https as well."""
    admin_host: str = "127.0.0.1"
    """Where operators' port listens: another address only inside a network that lets none but Prometheus come there."""
    nats_url: SecretStr | None = Field(default=None, validation_alias="NATS_URL")
    """The broker that says when keys are revoked and sign-ins end. Without it that takes as long as they are cached."""
    nats_ca_file: Path | None = Field(default=None, validation_alias=AliasChoices("NATS_CA_FILE", "nats_ca_file"))
    """Certificates of the authority that the broker's is issued by, where that is none that everybody believes."""
    otlp_url: str = Field(default="", validation_alias=AliasChoices("OTLP_URL", "otlp_url"))
    """The collector that traces are told, by OTLP over HTTP: `http://127.0.0.1:4318`. Unset, nobody is told."""
    traced_share: float = Field(default=0.05, ge=0, le=1)
    """Of requests, how many begin a trace that the collector is told of. A trace that a signed-in caller brings is told
    of if it says so."""
    tls_certificate: Path | None = None
    """The certificate that clients see, and its chain; comes with its key, and the port then speaks https alone. Both
    files are read again when they have been renewed."""
    tls_key: Path | None = None
    services_ca_file: Path | None = None
    """Certificates of the authority that those of services with https origins are issued by."""
    allowed_origins: str = ""
    """Origins of websites that may call from a browser, with commas between: `https://teachcomputing.example.org`."""

    principal_key: SecretStr
    """Private Ed25519 key as a JWK with a `kid`: signs the statement about the caller that services believe."""
    sandbox_principal_key: SecretStr | None = None
    """The sandbox's own signing key. Comes with the origins of its four services; without it test keys are refused."""
    sandbox_identity_url: str = ""
    sandbox_hubs_url: str = ""
    sandbox_certification_url: str = ""
    sandbox_funding_url: str = ""
    jwks_max_age_seconds: float = Field(default=2.5, gt=0)
    """After this long identity's keys are asked for again, so that a withdrawn key stops being accepted: within five
    seconds, with the time that an answer may take."""

    signed_in_per_minute: int = Field(default=600, ge=1)
    """Requests of one person, over all their tokens and addresses."""
    partner_per_minute: int = Field(default=3_000, ge=1)
    """Requests of one API key."""
    organisation_per_minute: int = Field(default=6_000, ge=1)
    """Requests of all API keys of one organisation together, unless identity says otherwise of it."""
    anonymous_per_minute: int = Field(default=300, ge=1)
    """Requests without a credential from one address (IPv6: one /64)."""
    failed_authentication_per_minute: int = Field(default=60, ge=1)
    """Bad credentials from one address; above it none is checked, because checking is what costs."""

    connect_seconds: float = Field(default=2, gt=0)
    head_seconds: float = Field(default=10, gt=0)
    """How long a request's headers may take to arrive."""
    idle_seconds: float = Field(default=75, gt=0)
    """How long a peer may stay silent, or not read, in the middle of a body; longer than any deadline."""
    upstream_connections: int = Field(default=256, ge=1)
    """Connections to one service: a stuck service cannot take all of them."""
    drain_notice_seconds: float = Field(default=1, ge=0)
    """Between becoming not ready and closing the listening socket."""
    drain_seconds: int = Field(default=8, ge=0)
    """How long a stopping gateway lets requests in flight finish."""

    @field_validator(
        "identity_url", "hubs_url", "certification_url", "funding_url",
        "sandbox_identity_url", "sandbox_hubs_url", "sandbox_certification_url", "sandbox_funding_url",
    )  # fmt: skip
    @classmethod
    def _are_origins(cls, value: str, info: ValidationInfo) -> str:
        if not value and (info.field_name or "").startswith("sandbox_"):
            return value
        return ",".join(origin(one) for one in value.split(","))

    @field_validator("allowed_origins")
    @classmethod
    def _are_allowed(cls, value: str) -> str:
        return ",".join(origin(one) for one in value.split(",") if one.strip())

    @field_validator("principal_key", "sandbox_principal_key")
    @classmethod
    def _signs_principals(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            read_principal_key(value)
        return value

    @model_validator(mode="after")
    def _certificates_have_keys(self) -> Self:
        if (self.tls_certificate is None) is not (self.tls_key is None):
            raise ValueError("a certificate comes with its key")
        return self

    @model_validator(mode="after")
    def _has_a_whole_sandbox_or_none(self) -> Self:
        given = [bool(url) for urls in self.sandbox_upstreams().values() for url in urls]
        if any(given) != all(given) or any(given) is not (self.sandbox_principal_key is not None):
            raise ValueError("a sandbox has four services and a key, or it is not there")
        if self.sandbox_principal_key is not None:
            live, sandbox = (read_principal_key(key) for key in (self.principal_key, self.sandbox_principal_key))
            if live.key_id == sandbox.key_id:
                raise ValueError("the sandbox has a key of its own")
        return self

    def origins_allowed(self) -> frozenset[bytes]:
        """`allowed_origins`, as browsers write them."""
        return frozenset(one.encode() for one in self.allowed_origins.split(",") if one)

    def upstreams(self) -> dict[str, list[str]]:
        """The origins of each service's replicas by its name."""
        urls = (self.identity_url, self.hubs_url, self.certification_url, self.funding_url)
        return {name: url.split(",") for name, url in zip(SERVICES, urls, strict=True)}

    def sandbox_upstreams(self) -> dict[str, list[str]]:
        """The same of the sandbox; empty names where there is none."""
        urls = (
            self.sandbox_identity_url,
            self.sandbox_hubs_url,
            self.sandbox_certification_url,
            self.sandbox_funding_url,
        )
        return {name: url.split(",") for name, url in zip(SERVICES, urls, strict=True)}


def origin(value: str) -> str:
    """An origin as it is compared; ValueError when it is not one."""
    scheme, separator, rest = value.strip().rstrip("/").partition("://")
    if scheme not in ("http", "https") or not separator or not rest or "/" in rest or "@" in rest:
        raise ValueError("must be an origin such as http://127.0.0.1:8101, or several with commas between")
    return f"{scheme}://{rest}"


def read_principal_key(value: SecretStr) -> jwt.PyJWK:
    """The signing key; ValueError, without the key in it, when it is not a private Ed25519 JWK with a `kid`."""
    try:
        key = jwt.PyJWK.from_json(value.get_secret_value())
    except (jwt.PyJWTError, ValueError):
        raise ValueError("is not a JSON Web Key") from None
    if key.key_type != "OKP" or not key.key_id or not hasattr(key.key, "sign"):
        raise ValueError("must be a private OKP key with a kid")
    return key
