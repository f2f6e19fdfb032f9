"""OAuth clients and tokens. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.oauth import (
    CreatedOAuthClient,
    KeySet,
    NewOAuthClient,
    OAuthClientOut,
    SecretRotation,
    ServerMetadata,
    TokenReply,
)
from ncce_sdk.transport import Area, answer, segment


class OauthArea(Area):
    """Tokens for partners' systems, by client credentials."""

    def create_oauth_client(self, body: NewOAuthClient) -> CreatedOAuthClient:
        """Register a program of an organisation; a secret is shown in this reply only."""
        return answer(CreatedOAuthClient, self._transport.send("POST", "/v1/oauth-clients", body=body))

    def describe_authorization_server(self) -> ServerMetadata:
        """Where and how to get a token (RFC 8414)."""
        return answer(ServerMetadata, self._transport.send("GET", "/.well-known/oauth-authorization-server"))

    def issue_access_token(self, content: bytes) -> TokenReply:
        """Exchange a client's proof for an access token (RFC 6749 §4.4)."""
        return answer(TokenReply, self._transport.send("POST", "/oauth/token", content=content))

    def list_oauth_clients(self, *, limit: int | None = None) -> Iterator[OAuthClientOut]:
        """List the OAuth clients of the organisations you manage, revoked ones included."""
        return self._transport.each(OAuthClientOut, "GET", "/v1/oauth-clients", query={"limit": limit})

    def replace_oauth_keys(self, client_id: UUID, body: KeySet) -> OAuthClientOut:
        """Replace the public keys with which a client proves itself; two at a time let it change without a gap."""
        return answer(
            OAuthClientOut, self._transport.send("PUT", f"/v1/oauth-clients/{segment(client_id)}/jwks", body=body)
        )

    def revoke_oauth_client(self, client_id: UUID) -> None:
        """Revoke an OAuth client at once and for ever, with the tokens it has."""
        self._transport.send("DELETE", f"/v1/oauth-clients/{segment(client_id)}")

    def rotate_oauth_secret(self, client_id: UUID, body: SecretRotation) -> CreatedOAuthClient:
        """Give a client another secret; the one before works on for as long as the overlap lasts."""
        return answer(
            CreatedOAuthClient,
            self._transport.send("POST", f"/v1/oauth-clients/{segment(client_id)}/secret-rotation", body=body),
        )
