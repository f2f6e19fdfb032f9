"""A maildir: each message is written aside, synced, then moved in, so that a reader never sees half of one."""

import asyncio
import os
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from identity.mail.models import CalendarPart, Mail

FOLDERS = ("tmp", "new", "cur")
LINE_LENGTH = 998
"""The most that a header's line may have (RFC 5322). Shorter ones would break up the link that stops a kind of mail."""
POLICY = SMTP.clone(max_line_length=LINE_LENGTH)


class Maildir:
    """Delivers messages into a directory. The file is named after the mail's id, so that delivery happens once."""

    knows_address = True

    def __init__(self, directory: Path, sender: str) -> None:
        self._directory = directory
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        """Write the message, off the event loop."""
        await asyncio.to_thread(self.deliver, mail)

    def deliver(self, mail: Mail) -> None:
        """Write the message, unless it is there already. Raises OSError."""
        for folder in FOLDERS:
            (self._directory / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{mail.id}.ncce"
        # A reader moves what it has seen to cur/ and appends its flags to the name.
        if (self._directory / "new" / name).exists() or any((self._directory / "cur").glob(f"{name}*")):
            return
        aside = self._directory / "tmp" / name
        with aside.open("wb") as file:
            file.write(compose(mail, self._sender).as_bytes(policy=POLICY))
            file.flush()
            os.fsync(file.fileno())
        aside.rename(self._directory / "new" / name)


def compose(mail: Mail, sender: str) -> EmailMessage:
    """The message as RFC 5322 has it."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(addr_spec=mail.to_address)
    message["Subject"] = mail.subject
    message["Date"] = mail.queued_at
    message["Message-ID"] = f"<{mail.id}@{Address(addr_spec=sender).domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body, cte=_encoding(mail.body))
    _attach(message, mail.calendar_parts or [])
    return message


def _encoding(text: str) -> str:
    # Left as it is where it can be: a person or program that looks into the file finds links unbroken.
    return "7bit" if text.isascii() else "quoted-printable"


def _attach(message: EmailMessage, parts: list[CalendarPart]) -> None:
    """Add invitations. A single one is the message said again for programs (RFC 6047), which then act on it."""
    for number, part in enumerate(parts, start=1):
        content, params = part["content"], {"method": part["method"]}
        encoding = _encoding(content)
        if len(parts) == 1:
            message.add_alternative(content, subtype="calendar", cte=encoding, params=params)
        else:
            name = f"{part['method'].lower()}-{number}.ics"
            message.add_attachment(content, subtype="calendar", cte=encoding, params=params, filename=name)
