"""Mail. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.mail import MailPreferences, MailWishes, Unsubscription
from ncce_sdk.transport import Area, answer, segment


class MailArea(Area):
    """Which mail somebody gets, and how it is stopped."""

    def get_mail_preferences(self) -> MailPreferences:
        """What the caller is sent."""
        return answer(MailPreferences, self._transport.send("GET", "/v1/me/mail-preferences"))

    def get_unsubscription(self, token: str) -> Unsubscription:
        """What a link is about. Changes nothing: programs that look at links in mail come by here."""
        return answer(Unsubscription, self._transport.send("GET", f"/v1/unsubscriptions/{segment(token)}"))

    def set_mail_preferences(self, body: MailWishes) -> MailPreferences:
        """Say what not to be sent; all else is sent."""
        return answer(MailPreferences, self._transport.send("PUT", "/v1/me/mail-preferences", body=body))

    def unsubscribe(self, token: str) -> Unsubscription:
        """Stop mail of a kind with one click, as mail programs do it (RFC 8058): no sign-in, any body or none."""
        return answer(Unsubscription, self._transport.send("POST", f"/v1/unsubscriptions/{segment(token)}"))
