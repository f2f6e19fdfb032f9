"""`python -m gateway serve`."""

import argparse
import os
import signal

from gateway.logs import Log, configure_logs
from gateway.processes import run
from gateway.settings import Settings

log = Log(__name__)


def main() -> None:
    """Run the gateway until it is told to stop."""
    parser = argparse.ArgumentParser(prog="python -m gateway", description="The front door of the platform.")
    parser.add_subparsers(dest="command", required=True).add_parser("serve", help="answer requests")
    parser.parse_args()
    settings = Settings()
    configure_logs(settings.log_level, settings.log_format)
    log.info("process.starting", kind="serve", port=settings.port)
    stopped_by = run(settings)
    # As who started us expects of a process that ends by a signal.
    signal.signal(stopped_by, signal.SIG_DFL)
    os.kill(os.getpid(), stopped_by)


if __name__ == "__main__":
    main()
