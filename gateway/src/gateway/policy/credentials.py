"""The one credential of a request."""

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from gateway.policy.headers import Headers
from gateway.problems import InvalidCredential, TwoCredentials

MAX_CREDENTIAL_BYTES = 8192

_API_KEY = re.compile(r"ncce_(?:live|test)_[0-9A-Za-z]{1,40}_[0-9A-Za-z]{16,100}_[0-9A-Za-z]{1,20}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Credential:
    """What a caller shows: an access token or an API key. `digest` names it in caches, so that they hold no secret."""

    kind: Literal["token", "api_key"]
    value: str
    digest: bytes


def find_credential(headers: Headers) -> Credential | None:
    """The credential of a request, None when there is none.

    Raises TwoCredentials when more than one is shown, even the same one twice: which of them counts would otherwise
    depend on the reader. Raises InvalidCredential for one that no issuer of ours can have written.
    """
    shown = [(name, value) for name, value in headers if name in (b"authorization", b"x-api-key")]
    if not shown:
        return None
    if len(shown) > 1:
        raise TwoCredentials("Send one credential: a bearer token or an API key, once.")
    name, value = shown[0]
    return _read(value if name == b"x-api-key" else _bearer(value), keys_only=name == b"x-api-key")


def _bearer(value: bytes) -> bytes:
    scheme, _, rest = value.partition(b" ")
    if scheme.lower() != b"bearer":
        raise InvalidCredential("The Authorization header must be of the Bearer scheme.")
    return rest.strip(b" ")


def _read(value: bytes, *, keys_only: bool) -> Credential:
    text = value.decode("ascii", "replace")
    digest = blake2b(value, digest_size=20).digest()
    if len(value) <= MAX_CREDENTIAL_BYTES:
        if _API_KEY.fullmatch(text):
            return Credential("api_key", text, digest)
        if not keys_only and _TOKEN.fullmatch(text):
            return Credential("token", text, digest)
    raise InvalidCredential("The credential is not an access token or an API key of this platform.")
