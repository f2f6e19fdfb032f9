"""A member of the platform that only speaks its interface: for tests of the supervisor, which knows nothing more.

`STAND_IN_FAILS=hubs:migrate` lets one job or process fail.
"""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Silence."""


def say(line: object) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


def serve(port: int) -> None:
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    ThreadingHTTPServer(("127.0.0.1", port), Health).serve_forever()


def main(member: str) -> None:
    """What `python -m <member> <mode>` does here."""
    mode = sys.argv[1]
    sys.stderr.write(f"{member} {mode} speaking\n")
    if os.environ.get("STAND_IN_FAILS") == f"{member}:{mode}":
        sys.exit(f"{member} was told to fail")
    if mode == "migrate":
        say({"step": "migrate", "from": None, "to": "0001"})
    elif mode == "seed":
        say({"step": "facts", "done": 1, "total": 2})
        say({"step": "facts", "done": 2, "total": 2})
    elif mode == "republish":
        say({"step": "republish", "marked": 3})
    elif mode == "dead-letters":
        say({"id": f"letter-of-{member}"})
    else:
        serve(int(os.environ[f"{member.upper()}_{'WORK_' if mode == 'work' else ''}PORT"]))
