"""The composition root: the parts of the gateway, put together."""

from collections.abc import Callable, Iterable
from time import time

from gateway.authentication import Authenticator, Identity, SigningKeys
from gateway.front import Gateway
from gateway.limits import Limits
from gateway.policy.routing import Route
from gateway.routes import ROUTES
from gateway.settings import Settings, read_principal_key
from gateway.wire.services import open_services


def create_app(settings: Settings, routes: Iterable[Route] = ROUTES, clock: Callable[[], float] = time) -> Gateway:
    """The gateway. Nothing is opened before it listens."""
    services = open_services(settings.upstreams(), settings.upstream_connections, settings.connect_seconds)
    identity = Identity(services["identity"], read_principal_key(settings.principal_key), clock)
    keys = SigningKeys(identity, settings.jwks_max_age_seconds, clock)
    authenticator = Authenticator(identity, keys, clock)
    return Gateway(settings, routes, services, authenticator, Limits(settings), clock)
