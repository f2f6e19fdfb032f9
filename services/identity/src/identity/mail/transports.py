"""How mail leaves: into a maildir, to an SMTP server, or to GOV.UK Notify, as the settings say."""

from dataclasses import dataclass
from time import time
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
import httpx
import jwt

from identity.mail.maildir import POLICY, Maildir, compose
from identity.mail.models import Mail
from identity.settings import Settings

TIMEOUT_SECONDS = 5.0
"""Well below the time after which the database ends a transaction that does nothing."""
SUBMISSION_PORTS = {"smtp": 587, "smtps": 465}
PERMANENT = 500
NOTIFY_LIST_PATH = "/v2/notifications"
NOTIFY_PATH = f"{NOTIFY_LIST_PATH}/email"
KEY_PART = 36
"""A key of Notify ends in two UUIDs: the service's and the secret."""


class MailNotSent(Exception):
    """The message has not left. Says why without saying to whom."""


class MailRefused(MailNotSent):
    """The message can never be delivered: it is not tried again. `of_address` when nothing can, to that address."""

    def __init__(self, why: str, *, of_address: bool) -> None:
        super().__init__(why)
        self.of_address = of_address


@dataclass(frozen=True)
class Receipt:
    """What became of a message at Notify."""

    id: str
    mail_id: UUID | None
    """None for what somebody else sent with the same key."""


class Transport(Protocol):
    """Sends one message; MailNotSent or OSError when it cannot, after which the message may be sent again."""

    knows_address: bool
    """Whether taking a message says that its address is there."""

    async def send(self, mail: Mail) -> None:
        """Send it, or raise."""


class Smtp:
    """To an SMTP server: `smtp://user:password@host:587` (STARTTLS where the server offers it), or `smtps://`."""

    knows_address = True

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
            raise _told(error) from None


def _told(error: aiosmtplib.SMTPException) -> MailNotSent:
    """5xx is for ever (RFC 5321): of a recipient it is about the address, of the content about this message."""
    of_address = isinstance(error, aiosmtplib.SMTPRecipientsRefused | aiosmtplib.SMTPRecipientRefused)
    refused = error.recipients[0] if isinstance(error, aiosmtplib.SMTPRecipientsRefused) else error
    code = getattr(refused, "code", 0)
    why = f"{type(refused).__name__} {code or ''}".strip()
    if code >= PERMANENT and (of_address or isinstance(error, aiosmtplib.SMTPDataError)):
        return MailRefused(why, of_address=of_address)
    return MailNotSent(why)


class Notify:
    """To GOV.UK Notify, through one template of `((subject))` and `((body))`. It takes no invitations."""

    knows_address = False

    def __init__(self, url: str, key: str, template_id: str) -> None:
        self._base = url.rstrip("/")
        self._url, self._template_id = self._base + NOTIFY_PATH, template_id
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
        if reply.status_code == httpx.codes.BAD_REQUEST and "email_address" in reply.text:
            raise MailRefused("Notify takes no such address", of_address=True)
        if reply.status_code != httpx.codes.CREATED:
            raise MailNotSent(f"Notify answered {reply.status_code}")

    async def receipts(self, **asked: str | None) -> list[Receipt]:
        """One page of mail of the last seven days, the latest first. MailNotSent when it does not answer."""
        query = {"template_type": "email"} | {name: value for name, value in asked.items() if value is not None}
        headers = {"Authorization": f"Bearer {self._token()}"}
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
                reply = await client.get(self._base + NOTIFY_LIST_PATH, params=query, headers=headers)
            if reply.status_code != httpx.codes.OK:
                raise MailNotSent(f"Notify answered {reply.status_code}")
            return [Receipt(one["id"], _mail_id(one["reference"])) for one in reply.json()["notifications"]]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise MailNotSent(type(error).__name__) from None

    def _token(self) -> str:
        return jwt.encode({"iss": self._service_id, "iat": int(time())}, self._secret, algorithm="HS256")


def _mail_id(reference: str | None) -> UUID | None:
    try:
        return UUID(reference or "")
    except ValueError:
        return None


def transport_of(settings: Settings) -> Transport:
    """The one that the settings choose."""
    if settings.mail_transport == "smtp":
        return Smtp(settings.smtp_url.get_secret_value(), settings.mail_from)
    if settings.mail_transport == "notify":
        key, template_id = settings.notify_key.get_secret_value(), settings.notify_template_id
        return Notify(str(settings.notify_url), key, template_id)
    return Maildir(settings.maildir, sender=settings.mail_from)
