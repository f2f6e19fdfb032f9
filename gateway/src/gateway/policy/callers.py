"""A recognised caller, and the cache of them."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import NamedTuple

import jwt

from chassis.principal import Principal, sign_principal
from gateway.policy.networks import Networks

CLIENT_ADDRESS = "client_address"
ENVIRONMENT, TEST = "environment", "test"
STATEMENTS_KEPT = 1024
STATEMENT_SECONDS = 60
STATEMENT_REUSED_SECONDS = 30
"""A statement is passed on for this long, so that a service never gets one with less than half a minute left."""


class Quotas(NamedTuple):
    """A partner's own limits, where they differ from everybody's."""

    per_minute: int | None = None
    organisation_per_minute: int | None = None


EVERYBODYS = Quotas()


@dataclass(slots=True)
class Caller:
    """A principal with the statements already signed about it, one per service."""

    principal: Principal
    expires_at: float = float("inf")
    """Unix seconds after which the credential is looked at again."""
    handle: str = ""
    """What events call the credential: the id of an API key or of a sign-in."""
    quotas: Quotas = EVERYBODYS
    networks: Networks = ()
    """Where the credential may be used; empty: anywhere."""
    csrf_token: bytes = b""
    """What a change has to repeat when a cookie is the credential; empty for other credentials."""
    limit_key: str = field(init=False)
    """Limits follow the principal, so that more tokens do not mean more requests."""
    organisation_key: str = field(init=False)
    whose: str = field(init=False)
    """Whose share of a service its requests take."""
    kind: str = field(init=False)
    is_test: bool = field(init=False)
    """Whether the caller only tries things out."""
    is_anywhere: bool = field(init=False)
    """Whether nothing about the request decides if the credential may be used for it."""
    _signed: dict[tuple[str, str | None], tuple[float, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        principal = self.principal
        self.kind = principal.kind
        self.limit_key = f"{principal.kind}:{principal.id}"
        self.organisation_key = f"organisation:{principal.organisation_id}"
        self.whose = _whose(principal, self.limit_key)
        self.is_test = principal.attributes.get(ENVIRONMENT) == TEST
        self.is_anywhere = not self.networks and not self.csrf_token

    def statement_for(self, service: str, key: jwt.PyJWK, now: float, source: str | None = None) -> bytes:
        """The signed principal for one service, with the place the caller calls from if that is to be told."""
        return self.signed(service, key, now, source)[1]

    def signed(self, service: str, key: jwt.PyJWK, now: float, source: str | None = None) -> tuple[float, bytes]:
        """The same, and when it was signed."""
        found = self._signed.get((service, source))
        if found is None or not 0 <= now - found[0] < STATEMENT_REUSED_SECONDS:
            statement = sign_principal(self._seen_from(source), key, service, STATEMENT_SECONDS).encode()
            if len(self._signed) >= STATEMENTS_KEPT:
                self._signed.clear()
            found = self._signed[service, source] = (now, statement)
        return found

    def take_over(self, before: "Caller") -> None:
        """Use the statements signed before, if they say what would be said now."""
        if before.principal == self.principal:
            self._signed = before._signed

    def _seen_from(self, source: str | None) -> Principal:
        if source is None:
            return self.principal
        return self.principal.model_copy(update={"attributes": {**self.principal.attributes, CLIENT_ADDRESS: source}})


def _whose(principal: Principal, own: str) -> str:
    """The one organisation that somebody acts for, with all its staff and keys; otherwise their own.

    Visitors have nobody's: behind one address there may be many, and quotas keep addresses apart.
    """
    if principal.kind == "anonymous":
        return ""
    acts_for = {principal.organisation_id, *(grant.organisation_id for grant in principal.roles)} - {None}
    return f"organisation:{acts_for.pop()}" if len(acts_for) == 1 else own


@dataclass(frozen=True, slots=True)
class Refused:
    """A credential that was found bad, remembered for a moment."""

    detail: str
    expires_at: float


class CallerCache:
    """Bounded: the least recently used entry goes first. Entries past their time are not found."""

    def __init__(self, capacity: int = 10_000) -> None:
        self._entries: OrderedDict[bytes, Caller | Refused] = OrderedDict()
        self._by_handle: dict[str, set[bytes]] = {}
        self._capacity = capacity
        self.epoch = 0
        """Changes whenever something remembered has become doubtful: who keeps a caller elsewhere has to look again."""

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, digest: bytes, now: float) -> Caller | Refused | None:
        """What is known of a credential."""
        found = self._entries.get(digest)
        if found is None:
            return None
        if found.expires_at <= now:
            return None  # it stays until it is looked at again: what was signed about the caller may still be of use
        self._entries.move_to_end(digest)
        return found

    def remember(self, digest: bytes, entry: Caller | Refused) -> None:
        """Keep what was found."""
        before = self._drop(digest)
        if isinstance(before, Caller) and isinstance(entry, Caller):
            entry.take_over(before)
        self._entries[digest] = entry
        if isinstance(entry, Caller) and entry.handle:
            self._by_handle.setdefault(entry.handle, set()).add(digest)
        if len(self._entries) > self._capacity:
            self._drop(next(iter(self._entries)))

    def forget(self, handle: str) -> None:
        """Look again at every credential of this API key or sign-in."""
        self.epoch += 1
        for digest in self._by_handle.pop(handle, ()):
            self._entries.pop(digest, None)

    def clear(self) -> None:
        """Look again at everything."""
        self.epoch += 1
        self._entries.clear()
        self._by_handle.clear()

    def _drop(self, digest: bytes) -> Caller | Refused | None:
        entry = self._entries.pop(digest, None)
        if isinstance(entry, Caller) and entry.handle:
            digests = self._by_handle.get(entry.handle, set())
            digests.discard(digest)
            if not digests:
                self._by_handle.pop(entry.handle, None)
        return entry
