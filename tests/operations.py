"""Every operation of every service, read from the routers themselves."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from fastapi.routing import APIRoute

from chassis.access import Policy, guards
from chassis.service import Service, describe
from composition import SERVICES


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    policies: tuple[Policy, ...]
    route: APIRoute

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def service_of(name: str) -> Service:
    """A service by name."""
    return cast(Service, importlib.import_module(f"{name}.app").SERVICE)


@cache
def description_of(name: str) -> dict[str, Any]:
    """A service's OpenAPI document. Several test files read it, and drawing it up takes seconds."""
    return describe(service_of(name))


def operations_of(service: Service) -> Iterator[Operation]:
    """The service's operations; a route that several guards watch has the policies of all."""
    for router in service.routers:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            policies = tuple(policy for guard in guards(route.dependant) for policy in guard.policies)
            for method in sorted(route.methods or ()):
                yield Operation(method, route.path, policies, route)


ALL = [(name, operation) for name in SERVICES for operation in operations_of(service_of(name))]
"""All operations with their service's name."""
