"""The composition root: the parts of the gateway, put together."""

from collections.abc import Callable, Iterable
from time import time

from gateway.authentication import Authenticator, SigningKeys
from gateway.front import Gateway
from gateway.limits import Limits
from gateway.policy.routing import Route
from gateway.routes import ROUTES
from gateway.settings import Settings, read_principal_key


def create_app(settings: Settings, routes: Iterable[Route] = ROUTES, clock: Callable[[], float] = time) -> Gateway:
    """The gateway. Nothing is opened before its start-up event."""
    keys = SigningKeys(f"{settings.identity_url}/.well-known/jwks.json", settings.jwks_max_age_seconds, clock)
    principal_key = read_principal_key(settings.principal_key)
    authenticator = Authenticator(settings.identity_url, keys, principal_key, clock)
    return Gateway(settings, routes, authenticator, Limits(settings), clock)
