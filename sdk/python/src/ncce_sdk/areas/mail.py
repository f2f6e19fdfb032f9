"""Mail. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator

from ncce_sdk.models.mail import MailPreferences, MailPreview, MailRefusal, MailTemplates, MailWishes, Unsubscription
from ncce_sdk.transport import Area, answer, segment


class MailArea(Area):
    """Which mail somebody gets, and how it is stopped."""

    def get_mail_preferences(self) -> MailPreferences:
        """What the caller is sent."""
        return answer(MailPreferences, self._transport.send("GET", "/v1/me/mail-preferences"))

    def get_unsubscription(self, token: str) -> Unsubscription:
        """What a link is about. Changes nothing: programs that look at links in mail come by here."""
        return answer(Unsubscription, self._transport.send("GET", f"/v1/unsubscriptions/{segment(token)}"))

    def list_mail_refusals(self, *, limit: int | None = None) -> Iterator[MailRefusal]:
        """Addresses to which nothing can be delivered. Nothing more is sent there but what somebody asks for just
        then.
        """
        return self._transport.each(MailRefusal, "GET", "/v1/mail/refusals", query={"limit": limit})

    def list_mail_templates(self) -> MailTemplates:
        """Every kind of message that the platform sends, with its subject."""
        return answer(MailTemplates, self._transport.send("GET", "/v1/mail/templates"))

    def preview_mail_template(self, template: str) -> MailPreview:
        """One kind of message with invented data, as text and as a page. Nothing is sent."""
        return answer(MailPreview, self._transport.send("GET", f"/v1/mail/templates/{segment(template)}"))

    def set_mail_preferences(self, body: MailWishes) -> MailPreferences:
        """Say what not to be sent; all else is sent."""
        return answer(MailPreferences, self._transport.send("PUT", "/v1/me/mail-preferences", body=body))

    def unsubscribe(self, token: str) -> Unsubscription:
        """Stop mail of a kind with one click, as mail programs do it (RFC 8058): no sign-in, any body or none."""
        return answer(Unsubscription, self._transport.send("POST", f"/v1/unsubscriptions/{segment(token)}"))
