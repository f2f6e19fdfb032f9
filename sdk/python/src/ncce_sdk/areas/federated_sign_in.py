"""Federated sign-in. Written by `./ncce sdk`; do not edit."""

from uuid import UUID

from pydantic import TypeAdapter

from ncce_sdk.models.federated_sign_in import (
    FederatedIdentities,
    FederatedIdentityOut,
    FlowBegun,
    FlowReturn,
    LinkWanted,
    LoggedOut,
    NewLink,
    Providers,
)
from ncce_sdk.models.shared import SecondFactorWanted, SessionStarted, Tokens
from ncce_sdk.transport import Area, answer, segment


class FederatedSignInArea(Area):
    """Sign in with an account of another organisation, and link it."""

    def begin_federated_sign_in(self, provider: str) -> FlowBegun:
        """Begin: the answer says where to send the browser."""
        return answer(FlowBegun, self._transport.send("POST", f"/v1/auth/providers/{segment(provider)}/flows"))

    def end_federated_sign_ins(self, provider: str, content: bytes) -> LoggedOut:
        """For providers: end what began with an account of theirs (OpenID Connect Back-Channel Logout 1.0)."""
        return answer(
            LoggedOut, self._transport.send("POST", f"/v1/auth/providers/{segment(provider)}/logout", content=content)
        )

    def finish_federated_sign_in(self, body: FlowReturn) -> Tokens | SessionStarted | SecondFactorWanted | LinkWanted:
        """Finish with what the provider returned: signed in where the account is linked, asked to link it where
        not.
        """
        either: TypeAdapter[Tokens | SessionStarted | SecondFactorWanted | LinkWanted] = TypeAdapter(
            Tokens | SessionStarted | SecondFactorWanted | LinkWanted
        )
        return either.validate_json(self._transport.send("POST", "/v1/auth/providers/return", body=body).content)

    def link_federated_identity(self, body: NewLink) -> FederatedIdentityOut:
        """Link an account elsewhere, after signing in here."""
        return answer(FederatedIdentityOut, self._transport.send("POST", "/v1/me/federated-identities", body=body))

    def list_federated_identities(self) -> FederatedIdentities:
        """The accounts elsewhere with which the caller signs in."""
        return answer(FederatedIdentities, self._transport.send("GET", "/v1/me/federated-identities"))

    def list_sign_in_providers(self) -> Providers:
        """The organisations whose accounts are accepted here."""
        return answer(Providers, self._transport.send("GET", "/v1/auth/providers"))

    def unlink_federated_identity(self, identity_id: UUID) -> None:
        """Take a link away. The password stays as the way in."""
        self._transport.send("DELETE", f"/v1/me/federated-identities/{segment(identity_id)}")
