"""What the token endpoint answers, in the words of RFC 6749 and RFC 8414."""

from typing import Literal

from pydantic import BaseModel, Field

ErrorCode = Literal[
    "invalid_request", "invalid_client", "invalid_scope", "unauthorized_client", "unsupported_grant_type"
]


class TokenReply(BaseModel):
    """An access token (RFC 6749 §5.1)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  a scheme, not a secret
    expires_in: int = Field(description="Seconds; ask for another token when they are over")
    scope: str = Field(description="What the token may be used for, separated by spaces")


class TokenRefusal(BaseModel):
    """Why there is no token (RFC 6749 §5.2). This route alone answers so, because OAuth libraries read it."""

    error: ErrorCode
    error_description: str


class ServerMetadata(BaseModel):
    """The authorisation server as programs find out about it (RFC 8414)."""

    issuer: str
    token_endpoint: str
    jwks_uri: str
    scopes_supported: list[str]
    response_types_supported: list[str]
    grant_types_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    token_endpoint_auth_signing_alg_values_supported: list[str]
    service_documentation: str
