"""The sandbox: a second set of services that shares nothing with the live one. Test keys reach it, and nothing else.

A key says in its name what it is for, and identity repeats it. There is no way from one side to the other: a request of
a test key is signed with the sandbox's key, which no live service believes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jwt

from gateway.policy.callers import Caller
from gateway.problems import SandboxMissing
from gateway.settings import Settings, read_principal_key
from gateway.wire.services import Service, open_services

PREFIX = "sandbox-"


@dataclass(frozen=True)
class Side:
    """What the names of a set's services begin with, and the key that signs what they believe about callers."""

    prefix: str
    key: jwt.PyJWK


@dataclass(frozen=True)
class Sides:
    """Where requests may go."""

    live: Side
    sandbox: Side | None

    @classmethod
    def of_settings(cls, settings: Settings) -> "Sides":
        """Both sides, or the live one alone."""
        key = settings.sandbox_principal_key
        sandbox = None if key is None else Side(PREFIX, read_principal_key(key))
        return cls(Side("", read_principal_key(settings.principal_key)), sandbox)

    def of(self, caller: Caller) -> Side:
        """The caller's side. SandboxMissing rather than the live one for a caller who only tries things out."""
        if not caller.is_test:
            return self.live
        if self.sandbox is None:
            raise SandboxMissing("This platform has no sandbox, and test keys do nothing anywhere else.")
        return self.sandbox


def open_both(settings: Settings, replicas: Mapping[str, Sequence[str]]) -> dict[str, Service]:
    """Every service by its name, those of the sandbox with its prefix."""
    origins = dict(replicas)
    if settings.sandbox_principal_key is not None:
        origins |= {PREFIX + name: found for name, found in settings.sandbox_upstreams().items()}
    return open_services(origins, settings.upstream_connections, settings.connect_seconds, settings.services_ca_file)


def live_only(services: Mapping[str, Service]) -> dict[str, Service]:
    """The services whose interface is described."""
    return {name: service for name, service in services.items() if not name.startswith(PREFIX)}
