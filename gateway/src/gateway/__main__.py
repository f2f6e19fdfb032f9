"""`python -m gateway serve`."""

import argparse
import asyncio
import gc
import os
import signal
import socket

import structlog
import uvloop

from chassis.telemetry import configure_logging
from gateway.app import create_app
from gateway.settings import Settings

COLLECT = (50_000, 20, 50)

log = structlog.get_logger(__name__)


async def serve(settings: Settings) -> int:
    """Run a gateway until a signal says stop; the signal."""
    loop = asyncio.get_running_loop()
    told: asyncio.Future[int] = loop.create_future()

    def stop(by: int) -> None:
        if not told.done():
            told.set_result(by)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop, number)
    gateway = create_app(settings)
    # What exists now stays; the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
    await gateway.listen([open_socket(settings)])
    stopped_by = await told
    log.info("process.stopping", kind="serve")
    await gateway.stop()
    return stopped_by


def open_socket(settings: Settings) -> socket.socket:
    """The listening socket; several processes may have one each on the same port."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, reuse_port=True)


def main() -> None:
    """Run the gateway until it is told to stop."""
    parser = argparse.ArgumentParser(prog="python -m gateway", description="The front door of the platform.")
    parser.add_subparsers(dest="command", required=True).add_parser("serve", help="answer requests")
    parser.parse_args()
    settings = Settings()
    configure_logging("gateway", settings.log_level, settings.log_format)
    log.info("process.starting", kind="serve", port=settings.port)
    stopped_by = uvloop.run(serve(settings))
    # As who started us expects of a process that ends by a signal.
    signal.signal(stopped_by, signal.SIG_DFL)
    os.kill(os.getpid(), stopped_by)


if __name__ == "__main__":
    main()
