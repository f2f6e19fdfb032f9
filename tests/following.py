"""A reference follower of the change feed: what a partner's program has to do, and no more.

python following.py https://… ncce_live_…      prints what changes, for ever
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import httpx

JSON = dict[str, Any]
Get = Callable[[dict[str, str | int]], JSON]


class Follower:
    """Keeps a copy of everything that the feed tells of. The copy and the cursor belong in one transaction of yours."""

    def __init__(self) -> None:
        self.cursor: str | None = None
        self.copy: dict[tuple[str, str], JSON] = {}

    def parameters(self, limit: int) -> dict[str, str | int]:
        """Of the next request."""
        return {"limit": limit} if self.cursor is None else {"limit": limit, "after": self.cursor}

    def take(self, page: JSON) -> bool:
        """Take a page in; whether there is more already."""
        for change in page["data"]:
            key = (change["resource"], change["id"])
            if change["operation"] == "removed":
                self.copy.pop(key, None)
            else:
                self.copy[key] = change["data"]
        self.cursor = page["page"]["next_cursor"]
        return bool(page["page"]["has_more"])

    def start_anew(self) -> None:
        """After 410 `cursor-expired`."""
        self.cursor, self.copy = None, {}


def follow(base: str, key: str, pause_seconds: float = 10.0) -> None:
    """Print what changes until interrupted."""
    follower = Follower()
    with httpx.Client(base_url=base, headers={"X-API-Key": key}) as client:
        while True:
            reply = client.get("/v1/changes", params=follower.parameters(500))
            if reply.status_code == httpx.codes.GONE:
                follower.start_anew()
                continue
            page = reply.raise_for_status().json()
            for change in page["data"]:
                sys.stdout.write(f"{change['operation']} {change['resource']} {change['id']}\n")
            if not follower.take(page):
                time.sleep(pause_seconds)


if __name__ == "__main__":
    follow(sys.argv[1], sys.argv[2])
