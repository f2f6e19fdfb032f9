"""Reading a request for a token (RFC 6749 §2.3, §4.4; RFC 7523 §2.2): a form, and one proof of who asks."""

import base64
import binascii
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import parse_qsl, unquote_plus

from identity.oauth_tokens.schemas import ErrorCode, TokenRefusal

BODY_BYTES_MAX = 16 * 1024
FORM = "application/x-www-form-urlencoded"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
GRANT_TYPE = "client_credentials"


class Refused(Exception):
    """No token, with the reason as RFC 6749 names it."""

    statuses: ClassVar[dict[str, int]] = {"invalid_client": 401}

    def __init__(self, error: ErrorCode, description: str) -> None:
        super().__init__(description)
        self.refusal = TokenRefusal(error=error, error_description=description)
        self.status = self.statuses.get(error, 400)


@dataclass(frozen=True)
class Proof:
    """How the client says that it is the one: its secret, or a statement that it signed."""

    client_id: str | None
    secret: str | None = None
    assertion: str | None = None


@dataclass(frozen=True)
class TokenRequest:
    """What is asked for, and by whom."""

    proof: Proof
    scopes: frozenset[str] | None
    """None: whatever the client may."""


def read_request(content_type: str, authorization: str | None, body: bytes) -> TokenRequest:
    """The request, or Refused."""
    fields = _fields(content_type, body)
    proof = _proof(fields, authorization)
    grant_type = fields.get("grant_type")
    if grant_type is None:
        raise Refused("invalid_request", "grant_type is missing.")
    if grant_type != GRANT_TYPE:
        raise Refused("unsupported_grant_type", f"The only grant_type here is {GRANT_TYPE}.")
    scope = fields.get("scope")
    return TokenRequest(proof, None if scope is None else frozenset(scope.split()))


def _fields(content_type: str, body: bytes) -> dict[str, str]:
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise Refused("invalid_request", f"Send the parameters as {FORM}.")
    if len(body) > BODY_BYTES_MAX:
        raise Refused("invalid_request", "The request is too long.")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError as error:
        raise Refused("invalid_request", "The form cannot be read.") from error
    fields = {name: value for name, value in pairs if value}
    if len({name for name, _ in pairs}) != len(pairs):
        raise Refused("invalid_request", "A parameter comes twice.")
    return fields


def _proof(fields: dict[str, str], authorization: str | None) -> Proof:
    ways = [authorization, fields.get("client_secret"), fields.get("client_assertion")]
    shown = [way for way in ways if way is not None]
    if not shown:
        raise Refused("invalid_client", "Show a client secret, or an assertion that the client signed.")
    if len(shown) > 1:
        raise Refused("invalid_request", "Prove who you are in one way, not in several.")
    if authorization is not None:
        return _basic(authorization, fields.get("client_id"))
    if (assertion := fields.get("client_assertion")) is not None:
        if fields.get("client_assertion_type") != ASSERTION_TYPE:
            raise Refused("invalid_request", f"client_assertion_type must be {ASSERTION_TYPE}.")
        return Proof(fields.get("client_id"), assertion=assertion)
    return Proof(fields.get("client_id"), secret=fields["client_secret"])


def _basic(authorization: str, client_id: str | None) -> Proof:
    scheme, _, rest = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise Refused("invalid_client", "The Authorization header must be of the Basic scheme.")
    try:
        name, colon, secret = base64.b64decode(rest.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError) as error:
        raise Refused("invalid_client", "The Authorization header cannot be read.") from error
    name, secret = unquote_plus(name), unquote_plus(secret)
    if not colon or (client_id is not None and client_id != name):
        raise Refused("invalid_client", "The Authorization header cannot be read.")
    return Proof(name, secret=secret)
