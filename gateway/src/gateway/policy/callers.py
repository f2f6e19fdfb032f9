"""A recognised caller, and the cache of them."""

from collections import OrderedDict
from dataclasses import dataclass, field

import jwt

from chassis.principal import Principal, sign_principal

CLIENT_ADDRESS = "client_address"
STATEMENTS_KEPT = 1024
STATEMENT_SECONDS = 60
STATEMENT_REUSED_SECONDS = 30
"""A statement is passed on for this long, so that a service never gets one with less than half a minute left."""


@dataclass(slots=True)
class Caller:
    """A principal with the statements already signed about it, one per service."""

    principal: Principal
    expires_at: float = float("inf")
    """Unix seconds after which the credential is looked at again."""
    _signed: dict[tuple[str, str | None], tuple[float, str]] = field(default_factory=dict)

    @property
    def limit_key(self) -> str:
        """Limits follow the principal, so that more tokens do not mean more requests."""
        return str(self.principal.id)

    def statement_for(self, service: str, key: jwt.PyJWK, now: float, source: str | None = None) -> str:
        """The signed principal for one service, with the place the caller calls from if that is to be told."""
        signed_at, statement = self._signed.get((service, source), (0.0, ""))
        if not 0 <= now - signed_at < STATEMENT_REUSED_SECONDS:
            statement = sign_principal(self._seen_from(source), key, service, STATEMENT_SECONDS)
            if len(self._signed) >= STATEMENTS_KEPT:
                self._signed.clear()
            self._signed[service, source] = (now, statement)
        return statement

    def _seen_from(self, source: str | None) -> Principal:
        if source is None:
            return self.principal
        return self.principal.model_copy(update={"attributes": {**self.principal.attributes, CLIENT_ADDRESS: source}})


@dataclass(frozen=True, slots=True)
class Refused:
    """A credential that was found bad, remembered for a moment."""

    detail: str
    expires_at: float


class CallerCache:
    """Bounded: the least recently used entry goes first. Entries past their time are not found."""

    def __init__(self, capacity: int = 10_000) -> None:
        self._entries: OrderedDict[bytes, Caller | Refused] = OrderedDict()
        self._capacity = capacity

    def find(self, digest: bytes, now: float) -> Caller | Refused | None:
        """What is known of a credential."""
        found = self._entries.get(digest)
        if found is None:
            return None
        if found.expires_at <= now:
            del self._entries[digest]
            return None
        self._entries.move_to_end(digest)
        return found

    def remember(self, digest: bytes, entry: Caller | Refused) -> None:
        """Keep what was found."""
        self._entries[digest] = entry
        self._entries.move_to_end(digest)
        if len(self._entries) > self._capacity:
            self._entries.popitem(last=False)
