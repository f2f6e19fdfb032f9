"""Sessions. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from pydantic import TypeAdapter

from ncce_sdk.models.sessions import (
    Credentials,
    PasskeySignIn,
    RefreshRequest,
    SecondFactorRequest,
    SignInOut,
    SignInsEnded,
)
from ncce_sdk.models.shared import PasskeyChallenge, SecondFactorWanted, SessionStarted, Tokens
from ncce_sdk.transport import Area, answer, segment


class SessionsArea(Area):
    """Sign in, renew access, see and end sign-ins."""

    def ask_any_passkey(self) -> PasskeyChallenge:
        """Ask for what a browser needs to sign in with a passkey alone."""
        return answer(PasskeyChallenge, self._transport.send("POST", "/v1/auth/passkey-challenges"))

    def end_browser_session(self) -> None:
        """Sign out, and have the browser forget the session."""
        self._transport.send("DELETE", "/v1/auth/browser-session")

    def end_other_sign_ins(self) -> SignInsEnded:
        """Sign every device out but the one this comes from."""
        return answer(SignInsEnded, self._transport.send("DELETE", "/v1/me/sign-ins"))

    def end_sign_in(self, sign_in_id: UUID) -> None:
        """Sign a device out. Once this has answered, the gateway refuses the access token that the device still
        holds.
        """
        self._transport.send("DELETE", f"/v1/me/sign-ins/{segment(sign_in_id)}")

    def list_sign_ins(self, *, limit: int | None = None) -> Iterator[SignInOut]:
        """Where the caller is signed in, the latest first."""
        return self._transport.each(SignInOut, "GET", "/v1/me/sign-ins", query={"limit": limit})

    def log_in(self, body: Credentials) -> Tokens | SessionStarted | SecondFactorWanted:
        """Sign in with e-mail address and password, for tokens or for a session in cookies."""
        either: TypeAdapter[Tokens | SessionStarted | SecondFactorWanted] = TypeAdapter(
            Tokens | SessionStarted | SecondFactorWanted
        )
        return either.validate_json(self._transport.send("POST", "/v1/auth/login", body=body).content)

    def log_out(self, body: RefreshRequest) -> None:
        """Sign out: the refresh token and all that descend from the same sign-in stop working."""
        self._transport.send("POST", "/v1/auth/logout", body=body)

    def prove_second_factor(self, body: SecondFactorRequest) -> Tokens | SessionStarted:
        """Finish signing in with a second factor."""
        either: TypeAdapter[Tokens | SessionStarted] = TypeAdapter(Tokens | SessionStarted)
        return either.validate_json(self._transport.send("POST", "/v1/auth/second-factor", body=body).content)

    def refresh_tokens(self, body: RefreshRequest) -> Tokens:
        """Exchange a refresh token for the next access token and refresh token."""
        return answer(Tokens, self._transport.send("POST", "/v1/auth/refresh", body=body))

    def renew_browser_session(self) -> SessionStarted:
        """Exchange the session's cookie for another. Nothing else changes; the old one works for ten seconds
        longer.
        """
        return answer(SessionStarted, self._transport.send("POST", "/v1/auth/browser-session/renewal"))

    def sign_in_with_passkey(self, body: PasskeySignIn) -> Tokens | SessionStarted:
        """Sign in with a passkey that verified its holder; nothing else is asked for."""
        either: TypeAdapter[Tokens | SessionStarted] = TypeAdapter(Tokens | SessionStarted)
        return either.validate_json(self._transport.send("POST", "/v1/auth/passkey", body=body).content)
