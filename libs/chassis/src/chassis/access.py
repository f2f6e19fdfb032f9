"""Who may call a route. Every route declares it; an application with an undeclared route does not start.

    caller: Annotated[Principal, allow(SIGNED_IN)]
    caller: Annotated[Principal, allow(role("funding_approver"), scope("bursaries:approve"))]

Several policies mean any of them. What a caller may see within a route is decided in the SQL: another's object is 404.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from chassis.db import database_of
from chassis.errors import Forbidden, SecondFactorRequired, Unauthenticated
from chassis.known_as import KnownAs
from chassis.principal import HEADER, Principal, PrincipalVerifier


@dataclass(frozen=True)
class Policy:
    """One way of being allowed: a kind of caller, with one of some roles or with one of some scopes."""

    name: str
    kinds: frozenset[str]
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    admits_limited: bool = False

    def admits(self, caller: Principal) -> bool:
        """Whether the policy lets this caller in."""
        if caller.kind not in self.kinds or (caller.is_limited and not self.admits_limited):
            return False
        if self.roles:
            return caller.has_role(*self.roles)
        return not self.scopes or bool(self.scopes & caller.scopes)


PUBLIC = Policy("public", frozenset({"anonymous", "person", "partner", "service"}), admits_limited=True)
SIGNED_IN = Policy("signed in", frozenset({"person"}))
ENROLLING = Policy("enrolling", frozenset({"person"}), admits_limited=True)
"""A person who is signed in, even if a second factor is still to be set up before anything else can be done."""
SERVICE = Policy("service", frozenset({"service"}))


def role(*names: str) -> Policy:
    """A person who holds one of the roles."""
    return Policy(f"role {' or '.join(names)}", frozenset({"person"}), roles=frozenset(names))


def scope(*names: str) -> Policy:
    """A partner whose key has one of the scopes."""
    return Policy(f"scope {' or '.join(names)}", frozenset({"partner"}), scopes=frozenset(names))


class Allow:
    """The dependency that enforces a route's policies and yields the caller."""

    def __init__(self, policies: tuple[Policy, ...]) -> None:
        self.policies = policies

    async def __call__(self, request: Request) -> Principal:
        verifier = cast(PrincipalVerifier, request.app.state.principals)
        known_as = cast(KnownAs, request.app.state.known_as)
        caller = await known_as.now(database_of(request), verifier.verify(request.headers.get(HEADER)))
        request.state.caller = caller
        if any(policy.admits(caller) for policy in self.policies):
            return caller
        if caller.kind == "anonymous":
            raise Unauthenticated("Sign in, or send an API key.")
        if caller.is_limited:
            raise SecondFactorRequired
        raise Forbidden(f"This needs: {', or '.join(policy.name for policy in self.policies)}.")


def allow(*policies: Policy) -> object:
    """The caller, if one of the policies admits it."""
    if not policies:
        raise ValueError("a route allows somebody or does not exist")
    return Depends(Allow(policies))


def guards(dependant: Dependant) -> list[Allow]:
    """What decides who may call a route; empty when nothing does."""
    return [call for call in calls(dependant) if isinstance(call, Allow)]


def calls(dependant: Dependant) -> Iterator[object]:
    """Everything that is called to serve a route."""
    yield dependant.call
    for dependency in dependant.dependencies:
        yield from calls(dependency)


def refuse_undeclared_routes(service: str, routes: Iterable[BaseRoute]) -> None:
    """Raise when a route does not say who may call it; one that cannot say so (a mount, a socket) does not either."""
    undeclared = [route for route in routes if not (isinstance(route, APIRoute) and guards(route.dependant))]
    if undeclared:
        names = ", ".join(f"{getattr(route, 'methods', None)} {getattr(route, 'path', route)}" for route in undeclared)
        raise RuntimeError(f"{service}: routes without a policy: {names}")
