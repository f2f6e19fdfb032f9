"""A member of the platform that only speaks its interface: for tests of the supervisor, which knows nothing more.

`STAND_IN_FAILS=hubs:migrate` lets one job or process fail, `STAND_IN_HANGS` lets one never come to an end.
"""

import json
import os
import signal
import socket
import sys
from pathlib import Path

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


def audit(member: str, action: str, option: str = "", file: str = "") -> None:
    """Everybody holds a head of everybody; funding's trail ends before it, hubs' was explained."""
    if action == "witnessed":
        for service in {"identity", "hubs", "certification", "funding"} - {member}:
            say({"service": service, "number": 7, "head": "f" * 64, "holder": member})
        return
    held = Path(file).read_text().splitlines() if option == "--heads" else []
    found = [{"number": 7, "position": None, "what": "it is gone", "explained": member == "hubs"}]
    findings = found if member in ("funding", "hubs") else []
    counted = sum(not one["explained"] for one in findings)
    for line in findings:
        say(line)
    say({"service": member, "number": 5, "head": "a" * 64, "findings": counted, "held": len(held)})
    sys.exit(10 if counted else 0)


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
    elif mode == "audit":
        audit(member, *sys.argv[2:])
    else:
        serve(int(os.environ[f"{member.upper()}_{'' if mode == 'serve' else 'WORK_'}PORT"]))
