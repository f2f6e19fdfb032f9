"""Settings of a service: read once from the environment, frozen, complete or the process does not start."""

from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.head_keys import load_key


class ServiceSettings(BaseSettings):
    """What every service needs. A service subclasses it with its own `env_prefix`, such as `FUNDING_`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, hide_input_in_errors=True)

    database_url: SecretStr
    """The service's own database, `postgresql://user:password@host:port/name`."""
    nats_url: str = Field(default="nats://127.0.0.1:4222", validation_alias=AliasChoices("NATS_URL", "nats_url"))
    """The broker, `nats://user:password@host:port`, or `tls://`; its servers one by one, with commas between."""
    principal_keys: str = Field(validation_alias=AliasChoices("PRINCIPAL_KEYS", "principal_keys"))
    """JSON Web Key Set of public keys: a principal signed by any other key is refused."""
    audit_keys: SecretStr | None = None
    """JSON Web Key Set of private Ed25519 keys that sign nothing else: the first signs heads of the audit trail."""
    environment: Literal["development", "production"] = Field(default="production", validation_alias="NCCE_ENVIRONMENT")
    sandbox: bool = Field(default=False, validation_alias=AliasChoices("NCCE_SANDBOX", "sandbox"))
    """This platform is for trying things out: it takes what test keys send, and no live one believes it."""
    sandbox_clock_file: Path | None = Field(
        default=None, validation_alias=AliasChoices("NCCE_SANDBOX_CLOCK_FILE", "sandbox_clock_file")
    )
    """The same for all processes: by what it says a sandbox's time runs ahead. No live platform starts with it."""
    host: str = "127.0.0.1"
    port: int = Field(default=8100, ge=1, le=65535)
    work_port: int = Field(default=8110, ge=1, le=65535)
    """Where `work`, and each further process of a service, answers health and metrics."""
    tls_certificate: Path | None = None
    """The certificate of `serve` and its chain; comes with its key, and `serve` then speaks https alone. Both files are
    read again when they have been renewed."""
    tls_key: Path | None = None
    running_role: str = Field(default="", pattern=r"^([a-z_][a-z0-9_]{0,62})?$")
    """Of `migrate`: the role that all other processes are to have. It is granted what they need and nothing that would
    let them change what is only ever added to. Unset, they run as the owner of the tables."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "console"] = "json"
    database_pool_size: int = Field(default=10, ge=1, le=100)
    """Connections for writes; reads have a pool of the same size."""
    database_wait_seconds: float = Field(default=5.0, gt=0)
    """How long work waits for a connection, a new one or one of the pool, before it is told that there is none."""
    database_pooled: bool = False
    """Whether a pooler stands before the database and gives a connection out for one transaction at a time, such as
    PgBouncer. Then nothing is kept on connections, and reads are transactions too. `migrate` goes past it."""
    statement_timeout_ms: int = Field(default=5_000, ge=100)
    drain_seconds: float = Field(default=8.0, ge=0)
    """How long a stopping process lets work in flight finish."""
    stream_replicas: int = Field(default=1, ge=1, le=5)
    nats_ca_file: Path | None = Field(default=None, validation_alias=AliasChoices("NATS_CA_FILE", "nats_ca_file"))
    """Certificates of the authority that the broker's is issued by, where that is none that everybody believes."""
    nats_monitor_url: str = Field(default="", validation_alias=AliasChoices("NATS_MONITOR_URL", "nats_monitor_url"))
    """The broker's HTTP monitor, where its durability can be read; with commas between, those of several servers, of
    which one may be away."""
    require_synced_broker: bool = Field(
        default=True, validation_alias=AliasChoices("REQUIRE_SYNCED_BROKER", "require_synced_broker")
    )
    """Refuse to publish to a broker that does not fsync each message (`sync_interval: always`)."""
    otlp_url: str = Field(default="", validation_alias=AliasChoices("OTLP_URL", "otlp_url"))
    """The collector that traces are told, by OTLP over HTTP: `http://127.0.0.1:4318`. Unset, nobody is told."""
    max_deliveries: int = Field(default=8, ge=1)
    """Attempts at one event before it is parked as a dead letter."""
    retry_seconds: tuple[float, ...] = Field(default=(0.5, 2.0, 10.0, 30.0, 60.0, 120.0, 300.0), min_length=1)
    """Pauses before each further delivery of a failing event; the last one repeats."""
    ack_wait_seconds: float = Field(default=10.0, gt=0)
    """After so long without a word from the consumer, the broker gives an event to another one."""

    @field_validator("audit_keys", mode="before")
    @classmethod
    def _no_keys_are_none(cls, keys: object) -> object:
        """So compose hands over what an older `.env` does not name."""
        return keys or None

    @field_validator("audit_keys")
    @classmethod
    def _audit_keys_are_usable(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None:
            load_key(keys.get_secret_value())
        return keys

    fault_point: str = ""
    """Name of the failpoint at which this process kills itself; for fault tests only."""

    @model_validator(mode="after")
    def _certificates_have_keys(self) -> Self:
        if (self.tls_certificate is None) is not (self.tls_key is None):
            raise ValueError("a certificate comes with its key")
        return self

    @model_validator(mode="after")
    def _time_is_real_unless_it_is_a_sandbox(self) -> Self:
        if self.sandbox_clock_file is not None and not self.sandbox:
            raise ValueError("only a sandbox has a clock that can be moved")
        return self
