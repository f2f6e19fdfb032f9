"""Accounts. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.accounts import (
    Acceptance,
    Accepted,
    Confirmation,
    Confirmed,
    EmailChangeConfirmation,
    EmailChanged,
    EmailChangeRequest,
    EmailChangeRequested,
    Registration,
    RegistrationAccepted,
)
from ncce_sdk.transport import Area, answer


class AccountsArea(Area):
    """Register, confirm an address, change it."""

    def accept_invitation(self, body: Acceptance) -> Accepted:
        """Take up the role that a mail offered, with the token from it."""
        return answer(Accepted, self._transport.send("POST", "/v1/auth/invitations", body=body))

    def ask_for_another_address(self, body: EmailChangeRequest) -> EmailChangeRequested:
        """Ask for another address: a mail to it asks to confirm."""
        return answer(EmailChangeRequested, self._transport.send("POST", "/v1/me/email-changes", body=body))

    def confirm(self, body: Confirmation) -> Confirmed:
        """Confirm the address with the token from the mail; the account exists from then on."""
        return answer(Confirmed, self._transport.send("POST", "/v1/auth/confirm", body=body))

    def confirm_another_address(self, body: EmailChangeConfirmation) -> EmailChanged:
        """Take on the new address, or the old one again, with the token from the mail to it."""
        return answer(EmailChanged, self._transport.send("POST", "/v1/auth/email-changes", body=body))

    def register(self, body: Registration) -> RegistrationAccepted:
        """Register as a teacher: a mail asks to confirm the address."""
        return answer(RegistrationAccepted, self._transport.send("POST", "/v1/auth/register", body=body))
