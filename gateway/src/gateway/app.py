"""The composition root: the parts of the gateway, put together."""

from collections.abc import Callable, Iterable
from time import monotonic, time

from gateway.authentication import Authenticator, Identity, SigningKeys
from gateway.control.routing_file import read_routing, replicas_of
from gateway.front import Gateway
from gateway.limits import Limits
from gateway.policy.buckets import Store
from gateway.policy.routing import Route
from gateway.policy.shared_endings import SharedEndings
from gateway.routes import ROUTES
from gateway.sandbox import open_both
from gateway.settings import Settings, read_principal_key


def create_app(
    settings: Settings,
    routes: Iterable[Route] = ROUTES,
    clock: Callable[[], float] = time,
    steady: Callable[[], float] = monotonic,
    store: Store | None = None,
    endings: SharedEndings | None = None,
) -> Gateway:
    """The gateway. Nothing is opened before it listens. Raises RoutingWrong.

    `clock` is for what others compare with theirs: tokens and deadlines. It may jump; `steady` is for what we measure.
    """
    routing = read_routing(settings.routing_file, settings.upstreams())
    replicas = replicas_of(settings, routing)
    services = open_both(settings, replicas)
    identity = Identity(services["identity"], read_principal_key(settings.principal_key), clock)
    keys = SigningKeys(identity, settings.jwks_max_age_seconds, clock, steady)
    authenticator = Authenticator(identity, keys, clock, steady, endings)
    limits = Limits(settings, steady, store)
    return Gateway(settings, routing.routes_or(routes), services, authenticator, limits, clock, steady)


def reload(gateway: Gateway, settings: Settings) -> None:
    """Read the routing file again. Raises RoutingWrong, and then nothing has changed."""
    routing = read_routing(settings.routing_file, settings.upstreams())
    gateway.use(routing.routes_or(ROUTES), replicas_of(settings, routing))
