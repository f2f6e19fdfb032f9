"""A member of the platform that only speaks its interface: for tests of the supervisor, which knows nothing more.

`STAND_IN_FAILS=hubs:migrate` lets one job or process fail, `STAND_IN_HANGS` lets one never come to an end.
"""

import json
import os
import signal
import socket
import sys

READY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def say(line: object) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


def serve(port: int) -> None:
    """Answer that all is well, whatever was asked."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    with socket.create_server(("127.0.0.1", port)) as server:
        while True:
            client, _ = server.accept()
            with client:
                client.recv(4096)
                client.sendall(READY)


def main(member: str) -> None:
    """What `python -m <member> <mode>` does here."""
    mode = sys.argv[1]
    sys.stderr.write(f"{member} {mode} speaking\n")
    if os.environ.get("STAND_IN_FAILS") == f"{member}:{mode}":
        sys.exit(f"{member} was told to fail")
    if os.environ.get("STAND_IN_HANGS") == f"{member}:{mode}":
        signal.pause()
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
        serve(int(os.environ[f"{member.upper()}_{'' if mode == 'serve' else 'WORK_'}PORT"]))
