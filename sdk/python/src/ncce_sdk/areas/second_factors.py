"""Second factors. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.second_factors import (
    AppSetUp,
    CodeConfirmation,
    FactorAdded,
    NewPasskey,
    NewReset,
    ProofRequest,
    Proven,
    RecoveryCodes,
    ResetDecision,
    ResetOut,
    SecondFactors,
)
from ncce_sdk.models.shared import PasskeyChallenge
from ncce_sdk.transport import Area, answer, segment


class SecondFactorsArea(Area):
    """Authenticator apps, passkeys and recovery codes; proving again that it is you."""

    def add_passkey(self, body: NewPasskey) -> FactorAdded:
        """Add the passkey that the browser made."""
        return answer(FactorAdded, self._transport.send("POST", "/v1/me/second-factors/passkeys", body=body))

    def ask_for_factor_reset(self, body: NewReset, *, idempotency_key: str | None = None) -> ResetOut:
        """Ask to remove all second factors of somebody who has lost them."""
        return answer(
            ResetOut,
            self._transport.send(
                "POST", "/v1/factor-resets", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def ask_for_passkey(self) -> PasskeyChallenge:
        """Ask for what the browser needs to make a passkey."""
        return answer(PasskeyChallenge, self._transport.send("POST", "/v1/me/second-factors/passkeys/challenges"))

    def ask_own_passkeys(self) -> PasskeyChallenge:
        """Ask for what the browser needs to prove it with a passkey."""
        return answer(PasskeyChallenge, self._transport.send("POST", "/v1/me/proofs/challenges"))

    def confirm_app(self, body: CodeConfirmation) -> FactorAdded:
        """Show that the app has the secret, with a code; it is a second factor from then on."""
        return answer(FactorAdded, self._transport.send("POST", "/v1/me/second-factors/totp/confirmation", body=body))

    def decide_factor_reset(
        self, reset_id: UUID, body: ResetDecision, *, idempotency_key: str | None = None
    ) -> ResetOut:
        """Decide on what another administrator asked for. Approved, everything goes and every device is signed
        out.
        """
        return answer(
            ResetOut,
            self._transport.send(
                "POST",
                f"/v1/factor-resets/{segment(reset_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def list_factor_resets(self, *, limit: int | None = None) -> Iterator[ResetOut]:
        """What was asked for and decided, the latest first."""
        return self._transport.each(ResetOut, "GET", "/v1/factor-resets", query={"limit": limit})

    def list_second_factors(self) -> SecondFactors:
        """What the caller has beside a password, and whether they need it."""
        return answer(SecondFactors, self._transport.send("GET", "/v1/me/second-factors"))

    def make_recovery_codes(self) -> RecoveryCodes:
        """Make ten new recovery codes; those before work no more."""
        return answer(RecoveryCodes, self._transport.send("POST", "/v1/me/second-factors/recovery-codes"))

    def prove_again(self, body: ProofRequest) -> Proven:
        """Prove that it is you, for what being signed in is not enough for: by factor, or by password without one."""
        return answer(Proven, self._transport.send("POST", "/v1/me/proofs", body=body))

    def remove_app(self) -> None:
        """Take the authenticator app away."""
        self._transport.send("DELETE", "/v1/me/second-factors/totp")

    def remove_passkey(self, passkey_id: UUID) -> None:
        """Take a passkey away."""
        self._transport.send("DELETE", f"/v1/me/second-factors/passkeys/{segment(passkey_id)}")

    def set_up_app(self) -> AppSetUp:
        """Begin with an authenticator app: the answer is the only place that shows its secret."""
        return answer(AppSetUp, self._transport.send("POST", "/v1/me/second-factors/totp"))
