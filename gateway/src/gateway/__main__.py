"""`python -m gateway serve`."""

import argparse
import asyncio
import socket

import structlog
import uvicorn

from chassis.telemetry import configure_logging
from gateway.app import create_app
from gateway.front import Gateway
from gateway.settings import Settings

log = structlog.get_logger(__name__)


class Server(uvicorn.Server):
    """uvicorn that answers "not ready" for a moment before it stops accepting."""

    def __init__(self, gateway: Gateway, settings: Settings) -> None:
        super().__init__(server_config(gateway, settings))
        self._gateway = gateway
        self._notice_seconds = settings.drain_notice_seconds

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let balancers look away first, then let what is in flight finish."""
        self._gateway.is_draining = True
        await asyncio.sleep(self._notice_seconds)
        await super().shutdown(sockets)


def server_config(gateway: Gateway, settings: Settings) -> uvicorn.Config:
    """How uvicorn runs the gateway."""
    return uvicorn.Config(
        gateway,
        host=settings.host,
        port=settings.port,
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # Whatever a client says about its own address is not believed.
        proxy_headers=False,
        timeout_graceful_shutdown=settings.drain_seconds,
    )


def main() -> None:
    """Run the gateway until it is told to stop."""
    parser = argparse.ArgumentParser(prog="python -m gateway", description="The front door of the platform.")
    parser.add_subparsers(dest="command", required=True).add_parser("serve", help="answer requests")
    parser.parse_args()
    settings = Settings()
    configure_logging("gateway", settings.log_level, settings.log_format)
    gateway = create_app(settings)
    log.info("process.starting", kind="serve", port=settings.port)
    Server(gateway, settings).run()


if __name__ == "__main__":
    main()
