"""Passwords. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.passwords import PasswordChange, PasswordChanged, Reset, ResetRequest, ResetRequested
from ncce_sdk.transport import Area, answer


class PasswordsArea(Area):
    """Replace a forgotten password, change a known one."""

    def ask_for_reset(self, body: ResetRequest) -> ResetRequested:
        """Ask for a mail with a link that sets a new password. The answer is the same for every address."""
        return answer(ResetRequested, self._transport.send("POST", "/v1/auth/password-resets", body=body))

    def change_password(self, body: PasswordChange) -> PasswordChanged:
        """Change the password. Every other sign-in of the account ends, the present one stays."""
        return answer(PasswordChanged, self._transport.send("PUT", "/v1/me/password", body=body))

    def reset_password(self, body: Reset) -> PasswordChanged:
        """Set a new password with the token from the mail. Every sign-in of the account ends."""
        return answer(PasswordChanged, self._transport.send("POST", "/v1/auth/password-reset", body=body))
