"""Settings of a service: read once from the environment, frozen, complete or the process does not start."""

from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """What every service needs. A service subclasses it with its own `env_prefix`, such as `FUNDING_`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, hide_input_in_errors=True)

    database_url: SecretStr
    """The service's own database, `postgresql://user:password@host:port/name`."""
    nats_url: str = Field(default="nats://127.0.0.1:4222", validation_alias=AliasChoices("NATS_URL", "nats_url"))
    principal_keys: str = Field(validation_alias=AliasChoices("PRINCIPAL_KEYS", "principal_keys"))
    """JSON Web Key Set of public keys: a principal signed by any other key is refused."""
    environment: Literal["development", "production"] = Field(default="production", validation_alias="NCCE_ENVIRONMENT")
    host: str = "127.0.0.1"
    port: int = Field(default=8100, ge=1, le=65535)
    work_port: int = Field(default=8110, ge=1, le=65535)
    """Where `work`, and each further process of a service, answers health and metrics."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "console"] = "json"
    database_pool_size: int = Field(default=10, ge=1, le=100)
    """Connections for writes; reads have a pool of the same size."""
    database_wait_seconds: float = Field(default=5.0, gt=0)
    """How long work waits for a connection, a new one or one of the pool, before it is told that there is none."""
    statement_timeout_ms: int = Field(default=5_000, ge=100)
    drain_seconds: float = Field(default=8.0, ge=0)
    """How long a stopping process lets work in flight finish."""
    stream_replicas: int = Field(default=1, ge=1, le=5)
    nats_monitor_url: str = Field(default="", validation_alias=AliasChoices("NATS_MONITOR_URL", "nats_monitor_url"))
    """The broker's HTTP monitor, where its durability can be read."""
    require_synced_broker: bool = Field(
        default=True, validation_alias=AliasChoices("REQUIRE_SYNCED_BROKER", "require_synced_broker")
    )
    """Refuse to publish to a broker that does not fsync each message (`sync_interval: always`)."""
    max_deliveries: int = Field(default=8, ge=1)
    """Attempts at one event before it is parked as a dead letter."""
    retry_seconds: tuple[float, ...] = Field(default=(0.5, 2.0, 10.0, 30.0, 60.0, 120.0, 300.0), min_length=1)
    """Pauses before each further delivery of a failing event; the last one repeats."""
    ack_wait_seconds: float = Field(default=10.0, gt=0)
    """After so long without a word from the consumer, the broker gives an event to another one."""
    fault_point: str = ""
    """Name of the failpoint at which this process kills itself; for fault tests only."""
