"""Routes and replicas from a file, so that they change while requests are served.

    {"replicas": {"hubs": ["http://10.0.0.5:8102", "http://10.0.0.6:8102"]},
     "routes": [{"prefix": "/v1/hubs", "service": "hubs"}, …]}

Either part may be absent; then the settings' origins, or the routes of `routes.py`, hold.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from gateway.policy.ranks import Rank
from gateway.policy.routing import DEFAULT_BODY_BYTES, READ_SECONDS, WRITE_SECONDS, Route
from gateway.settings import Settings, origin


class RoutingWrong(Exception):
    """The file cannot be used; what held before holds on."""


class RouteLine(BaseModel):
    """One route of the file."""

    model_config = ConfigDict(extra="forbid")

    prefix: str = Field(pattern=r"^/[^/].*[^/]$")
    service: str
    body_limit_bytes: int = Field(default=DEFAULT_BODY_BYTES, gt=0)
    read_seconds: float = Field(default=READ_SECONDS, gt=0)
    write_seconds: float = Field(default=WRITE_SECONDS, gt=0)
    tells_source: bool = False
    reads_authorization: bool = False
    reads_rank: Rank = Rank.READ
    writes_rank: Rank = Rank.WRITE


class Routing(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid")

    replicas: dict[str, list[str]] = {}
    routes: list[RouteLine] | None = None

    @field_validator("replicas")
    @classmethod
    def _are_origins(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        if not all(value.values()):
            raise ValueError("a service has at least one replica")
        return {name: [origin(one) for one in origins] for name, origins in value.items()}

    @model_validator(mode="after")
    def _exposes_nothing_internal(self) -> Self:
        prefixes = [route.prefix for route in self.routes or ()]
        if len(set(prefixes)) != len(prefixes):
            raise ValueError("a prefix is there twice")
        if any(prefix.startswith("/internal") for prefix in prefixes):
            raise ValueError("what services say to each other is not exposed")
        return self

    def routes_or(self, default: Iterable[Route]) -> list[Route]:
        """The file's routes, or these."""
        return list(default) if self.routes is None else [Route(**line.model_dump()) for line in self.routes]


def read_routing(path: Path | None, services: Iterable[str]) -> Routing:
    """The file's content, an empty one without a file. Raises RoutingWrong."""
    if path is None:
        return Routing()
    try:
        routing = Routing.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise RoutingWrong(f"{path.name}: {error}") from error
    named = {*routing.replicas, *(route.service for route in routing.routes or ())}
    unknown = named - set(services)
    if unknown:
        raise RoutingWrong(f"{path.name}: there is no service {', '.join(sorted(unknown))}")
    return routing


def replicas_of(settings: Settings, routing: Routing) -> Mapping[str, list[str]]:
    """Every service's origins: the file's where it names them, otherwise the settings'."""
    return settings.upstreams() | routing.replicas
