"""What becomes of a request, decided once for all that are the same to the byte and of the same caller."""

import jwt

from gateway.policy.callers import Caller
from gateway.policy.ranks import Rank
from gateway.wire.services import Service


class Plan:
    """Holds as long as `epoch` and `routing` are what they were when it was made, and the caller has not expired."""

    __slots__ = (
        "after",
        "before",
        "begins_trace",
        "body_limit",
        "caller",
        "epoch",
        "extra",
        "is_authenticated",
        "key",
        "prefix",
        "rank",
        "request_id",
        "routing",
        "seconds",
        "service",
        "service_name",
        "signed_at",
        "statement",
        "trace",
    )  # fmt: skip

    def __init__(self, caller: Caller, service: Service, service_name: str, key: jwt.PyJWK) -> None:
        self.caller = caller
        self.service = service
        self.service_name = service_name
        """Whom the statement about the caller is for."""
        self.key = key
        self.is_authenticated = False
        self.epoch = self.routing = -1
        self.signed_at, self.statement = float("-inf"), b""
        """About the caller."""
        self.prefix = ""
        self.seconds = 0.0
        self.body_limit = 0
        self.rank = Rank.READ
        self.request_id: bytes | None = None
        """The caller's own, if it can be taken."""
        self.extra = b""
        """Header lines of the answer."""
        self.before = b""
        """The question's head up to the statement about the caller, …"""
        self.after = b""
        """… and its last lines, …"""
        self.begins_trace = True
        """… of which the trace context is one that is made anew with each request unless the caller brought it."""
        self.trace = b""
        """What the caller brought of it, where a collector is told of traces."""
