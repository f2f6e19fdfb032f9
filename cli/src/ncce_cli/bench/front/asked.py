"""`python -m ncce_cli.bench.front.asked PORT KEYS`: what proxies ask about each request in the other design, where the
policy lives in a service beside the proxy. A bare ASGI application with a cache of verified tokens: the fastest form in
Python that needs no protocol of one's own. It does less than the gateway: no limits, no routes, no signed statement.
"""

import json
import sys
import time
from pathlib import Path

import uvicorn
from starlette.types import Receive, Scope, Send

from gateway.policy.tokens import key_id, key_table, verify
from gateway.problems import InvalidCredential


class Asked:
    """Answers 200 with the caller's id, or 401."""

    def __init__(self, keys: Path) -> None:
        self._keys = key_table(json.loads(keys.read_text()))
        self._known: dict[bytes, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One question."""
        shown = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        subject = self._known.get(shown) or self._look_at(shown)
        status = 200 if subject else 401
        headers = [(b"content-length", b"0"), (b"x-subject", subject)]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _look_at(self, shown: bytes) -> bytes:
        token = shown.removeprefix(b"Bearer ").decode()
        try:
            found = str(verify(token, self._keys[key_id(token)], time.time()).principal.id).encode()
        except (InvalidCredential, KeyError):
            return b""
        self._known[shown] = found
        return found


if __name__ == "__main__":
    app = Asked(Path(sys.argv[2]))
    uvicorn.run(app, port=int(sys.argv[1]), log_config=None, access_log=False, lifespan="off", loop="uvloop")
