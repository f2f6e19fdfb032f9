"""How mail leaves: into a maildir, to an SMTP server, or to GOV.UK Notify, as the settings say."""

from time import time
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib
import httpx
import jwt

from identity.mail.maildir import POLICY, Maildir, compose
from identity.mail.models import Mail
from identity.settings import Settings

TIMEOUT_SECONDS = 5.0
"""Well below the time after which the database ends a transaction that does nothing."""
SUBMISSION_PORTS = {"smtp": 587, "smtps": 465}
NOTIFY_PATH = "/v2/notifications/email"
KEY_PART = 36
"""A key of Notify ends in two UUIDs: the service's and the secret."""


class MailNotSent(Exception):
    """The message has not left. Says why without saying to whom."""


class Transport(Protocol):
    """Sends one message; MailNotSent or OSError when it cannot, after which the message may be sent again."""

    async def send(self, mail: Mail) -> None:
        """Send it, or raise."""


class Smtp:
    """To an SMTP server: `smtp://user:password@host:587` (STARTTLS where the server offers it), or `smtps://`."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._sender = sender
        self._host, self._port = parts.hostname, parts.port or SUBMISSION_PORTS[parts.scheme]
        self._uses_tls = parts.scheme == "smtps"
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None

    async def send(self, mail: Mail) -> None:
        """Hand it over. The server's words are left out: they repeat the address."""
        client = aiosmtplib.SMTP(hostname=self._host, port=self._port, use_tls=self._uses_tls, timeout=TIMEOUT_SECONDS)
        message = compose(mail, self._sender).as_bytes(policy=POLICY)
        try:
            async with client:
                if self._user is not None and self._password is not None:
                    await client.login(self._user, self._password)
                await client.sendmail(self._sender, [mail.to_address], message)
        except aiosmtplib.SMTPException as error:
            raise MailNotSent(f"{type(error).__name__} {getattr(error, 'code', '')}".strip()) from None


class Notify:
    """To GOV.UK Notify, through one template of `((subject))` and `((body))`. It takes no invitations."""

    def __init__(self, url: str, key: str, template_id: str) -> None:
        self._url, self._template_id = url.rstrip("/") + NOTIFY_PATH, template_id
        self._service_id, self._secret = key[-2 * KEY_PART - 1 : -KEY_PART - 1], key[-KEY_PART:]

    async def send(self, mail: Mail) -> None:
        """Hand it over, under a reference by which it is recognised when it was sent twice."""
        body: dict[str, object] = {
            "email_address": mail.to_address,
            "template_id": self._template_id,
            "personalisation": {"subject": mail.subject, "body": mail.body},
            "reference": str(mail.id),
        }
        if mail.unsubscribe_url:
            body["one_click_unsubscribe_URL"] = mail.unsubscribe_url
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
                reply = await client.post(self._url, json=body, headers={"Authorization": f"Bearer {self._token()}"})
        except httpx.HTTPError as error:
            raise MailNotSent(type(error).__name__) from None
        if reply.status_code != httpx.codes.CREATED:
            raise MailNotSent(f"Notify answered {reply.status_code}")

    def _token(self) -> str:
        return jwt.encode({"iss": self._service_id, "iat": int(time())}, self._secret, algorithm="HS256")


def transport_of(settings: Settings) -> Transport:
    """The one that the settings choose."""
    if settings.mail_transport == "smtp":
        return Smtp(settings.smtp_url.get_secret_value(), settings.mail_from)
    if settings.mail_transport == "notify":
        key, template_id = settings.notify_key.get_secret_value(), settings.notify_template_id
        return Notify(str(settings.notify_url), key, template_id)
    return Maildir(settings.maildir, sender=settings.mail_from)
