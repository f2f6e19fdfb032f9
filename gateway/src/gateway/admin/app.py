"""Health, metrics, routes, replicas and reloading, on a port of its own. It asks nobody who they are: the port is to be
reached by operators and their Prometheus alone, and what changes anything from this machine alone. Served as everything
else is, so that no process carries a second HTTP server for five pages.
"""

import json
from collections.abc import Callable
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST

from gateway.control.routing_file import RoutingWrong
from gateway.front import Gateway
from gateway.policy.networks import is_within, read_networks
from gateway.problems import MethodNotAllowed, NoSuchPath
from gateway.settings import Settings
from gateway.wire.exchange import Exchange
from gateway.wire.server import Server
from gateway.wire.services import Service

READING: Final = ("GET", "HEAD")
JSON: Final = b"application/json"
THIS_MACHINE: Final = read_networks(("127.0.0.0/8", "::1/128"))
Answer = tuple[int, bytes, bytes]


class Admin:
    """What operators are told. Implements the wire's `Door`."""

    def __init__(self, gateway: Gateway, settings: Settings, reload: Callable[[], None]) -> None:
        self._gateway = gateway
        self._reload = reload
        self._pages: dict[tuple[str, bytes], Callable[[], Answer]] = {
            ("GET", b"/health/live"): lambda: _told({"status": "live"}),
            ("GET", b"/metrics"): lambda: (200, CONTENT_TYPE_LATEST.encode(), gateway.observation.render()),
            ("GET", b"/routes"): self._routes,
            ("GET", b"/services"): lambda: _told(gateway.describe_services()),
            ("POST", b"/reload"): self._read_again,
        }
        self.server = Server(
            self, {}, head_seconds=settings.head_seconds, idle_seconds=settings.idle_seconds, fixed_headers=b""
        )

    def open(self, exchange: Exchange) -> None:
        """Answer at once."""
        method, path = exchange.head.method, exchange.head.path
        page = self._pages.get((method, path))
        if method not in READING and not is_within(exchange.client.address, THIS_MACHINE):
            exchange.refuse(NoSuchPath("Only this machine is told more than can be read."))
        elif page is not None:
            status, content_type, content = page()
            length = b"%d" % len(content)
            exchange.respond(status, [(b"content-type", content_type), (b"content-length", length)], content)
        elif any(path == known for _, known in self._pages):
            exchange.refuse(MethodNotAllowed("This page is not used so."))
        else:
            exchange.refuse(NoSuchPath("There is no such page for operators."))

    def heed(self, service: Service, ended: bytes) -> None:
        """No service is asked here."""

    def close(self, exchange: Exchange) -> None:
        """Nothing is told of these."""

    def _routes(self) -> Answer:
        return _told([{"prefix": route.prefix, "service": route.service} for route in self._gateway.routes])

    def _read_again(self) -> Answer:
        try:
            self._reload()
        except RoutingWrong as error:
            return _told({"status": "kept", "detail": str(error)}, 422)
        return _told({"status": "reloaded", "detail": ""})


def _told(content: object, status: int = 200) -> Answer:
    return status, JSON, json.dumps(content).encode()
