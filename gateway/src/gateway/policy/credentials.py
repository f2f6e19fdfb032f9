"""The one credential of a request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, NamedTuple

from gateway.policy.cross_origin import read_cookies
from gateway.problems import InvalidCredential, TwoCredentials

MAX_CREDENTIAL_BYTES = 8192

_API_KEY = re.compile(r"ncce_(?:live|test)_[0-9A-Za-z]{1,40}_[0-9A-Za-z]{16,100}_[0-9A-Za-z]{1,20}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_SESSION = re.compile(r"[A-Za-z0-9_-]{16,256}")
_SHOWN = frozenset({b"authorization", b"x-api-key"})


@dataclass(frozen=True, slots=True)
class Credential:
    """What a caller shows: an access token, an API key or a session's cookie.

    `digest` names it in caches, so that they hold no secret.
    """

    kind: Literal["token", "api_key", "session"]
    value: str
    digest: bytes


class Shown(NamedTuple):
    """A credential as it stands in a request, not looked at yet."""

    value: bytes
    header: Literal["authorization", "x-api-key", "cookie"]
    digest: bytes
    """Names it in caches, together with the header it came in."""


def shown_in(read: Mapping[bytes, bytes], repeated: frozenset[bytes]) -> Shown | None:
    """The credential of a request, None when there is none.

    Raises TwoCredentials when more than one is shown, even the same one twice: which of them counts would otherwise
    depend on the reader.
    """
    bearer, api_key = read.get(b"authorization"), read.get(b"x-api-key")
    if bearer is None and api_key is None:
        return _session_in(read)
    if (bearer is not None and api_key is not None) or (repeated and repeated & _SHOWN):
        raise TwoCredentials("Send one credential: a bearer token or an API key, once.")
    if bearer is not None:
        return Shown(bearer, "authorization", blake2b(bearer, digest_size=20).digest())
    assert api_key is not None
    return Shown(api_key, "x-api-key", blake2b(b"X-API-Key " + api_key, digest_size=20).digest())


def _session_in(read: Mapping[bytes, bytes]) -> Shown | None:
    cookie = read.get(b"cookie")
    session, _ = read_cookies(cookie) if cookie is not None else (None, b"")
    return Shown(session, "cookie", blake2b(b"Cookie " + session, digest_size=20).digest()) if session else None


def read_credential(shown: Shown) -> Credential:
    """A credential by its form. Raises InvalidCredential for one that no issuer of ours can have written."""
    value = _bearer(shown.value) if shown.header == "authorization" else shown.value
    text = value.decode("ascii", "replace")
    if len(value) <= MAX_CREDENTIAL_BYTES:
        if shown.header == "cookie":
            if _SESSION.fullmatch(text):
                return Credential("session", text, shown.digest)
        elif _API_KEY.fullmatch(text):
            return Credential("api_key", text, shown.digest)
        elif shown.header == "authorization" and _TOKEN.fullmatch(text):
            return Credential("token", text, shown.digest)
    raise InvalidCredential("The credential is not an access token or an API key of this platform.")


def _bearer(value: bytes) -> bytes:
    scheme, _, rest = value.partition(b" ")
    if scheme.lower() != b"bearer":
        raise InvalidCredential("The Authorization header must be of the Bearer scheme.")
    return rest.strip(b" ")
