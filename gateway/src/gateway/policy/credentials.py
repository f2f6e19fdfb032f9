"""The one credential of a request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, NamedTuple

from gateway.problems import InvalidCredential, TwoCredentials

MAX_CREDENTIAL_BYTES = 8192

_API_KEY = re.compile(r"ncce_(?:live|test)_[0-9A-Za-z]{1,40}_[0-9A-Za-z]{16,100}_[0-9A-Za-z]{1,20}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_SHOWN = frozenset({b"authorization", b"x-api-key"})


@dataclass(frozen=True, slots=True)
class Credential:
    """What a caller shows: an access token or an API key. `digest` names it in caches, so that they hold no secret."""

    kind: Literal["token", "api_key"]
    value: str
    digest: bytes


class Shown(NamedTuple):
    """A credential as it stands in a request, not looked at yet."""

    value: bytes
    is_api_key: bool
    digest: bytes
    """Names it in caches, together with the header it came in."""


def shown_in(read: Mapping[bytes, bytes], repeated: frozenset[bytes]) -> Shown | None:
    """The credential of a request, None when there is none.

    Raises TwoCredentials when more than one is shown, even the same one twice: which of them counts would otherwise
    depend on the reader.
    """
    bearer, api_key = read.get(b"authorization"), read.get(b"x-api-key")
    if bearer is None and api_key is None:
        return None
    if (bearer is not None and api_key is not None) or (repeated and repeated & _SHOWN):
        raise TwoCredentials("Send one credential: a bearer token or an API key, once.")
    if bearer is not None:
        return Shown(bearer, False, blake2b(bearer, digest_size=20).digest())
    assert api_key is not None
    return Shown(api_key, True, blake2b(b"X-API-Key " + api_key, digest_size=20).digest())


def read_credential(shown: Shown) -> Credential:
    """A credential by its form. Raises InvalidCredential for one that no issuer of ours can have written."""
    value = shown.value if shown.is_api_key else _bearer(shown.value)
    text = value.decode("ascii", "replace")
    if len(value) <= MAX_CREDENTIAL_BYTES:
        if _API_KEY.fullmatch(text):
            return Credential("api_key", text, shown.digest)
        if not shown.is_api_key and _TOKEN.fullmatch(text):
            return Credential("token", text, shown.digest)
    raise InvalidCredential("The credential is not an access token or an API key of this platform.")


def _bearer(value: bytes) -> bytes:
    scheme, _, rest = value.partition(b" ")
    if scheme.lower() != b"bearer":
        raise InvalidCredential("The Authorization header must be of the Bearer scheme.")
    return rest.strip(b" ")
