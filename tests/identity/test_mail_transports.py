"""Mail by SMTP and by GOV.UK Notify, against servers that listen."""

import asyncio
import email
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jwt
import pytest
from pydantic import ValidationError

from chassis import clock
from chassis.ids import new_id
from harness import settings_for
from identity.app import SERVICE
from identity.mail.maildir import Maildir
from identity.mail.models import Mail
from identity.mail.sender import send_batch
from identity.mail.transports import MailNotSent, Notify, Smtp, transport_of
from identity.settings import Settings
from identity_steps import IdentitySteps, registration

SENDER = "no-reply@ncce.example.org"
SERVICE_ID, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def a_mail(**changes: Any) -> Mail:
    now = clock.now()
    told = {"subject": "Your place", "body": "Hello,\n.\nsee you thére.\n", "to_address": "sam@example.org", **changes}
    return Mail(id=new_id(), queued_at=now, retry_at=now, occasion="a", to_key="sam@example.org", template="t", **told)


@asynccontextmanager
async def listening(talk: Talk) -> AsyncIterator[int]:
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@dataclass
class SmtpServer:
    """As much of RFC 5321 as a client needs; refuses addresses at `refused.example.org`."""

    commands: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ready\r\n")
        while line := (await reader.readline()).decode().strip():
            self.commands.append(line)
            verb = line.split()[0].upper()
            if verb == "DATA":
                writer.write(b"354 go on\r\n")
                self.messages.append(await reader.readuntil(b"\r\n.\r\n"))
            replies = {"EHLO": b"250-here\r\n250 AUTH PLAIN\r\n", "AUTH": b"235 in\r\n", "QUIT": b"221 bye\r\n"}
            reply = replies.get(verb, b"250 fine\r\n")
            writer.write(b"550 no such <person>\r\n" if "@refused.example.org" in line else reply)
            if verb == "QUIT":
                break
        writer.close()


async def test_a_message_goes_by_smtp_as_it_goes_into_a_maildir(tmp_path: Path) -> None:
    server, mail = SmtpServer(), a_mail(unsubscribe_url="https://example.org/v1/unsubscriptions/t0ken")
    async with listening(server.talk) as port:
        await Smtp(f"smtp://us%40er:pass@127.0.0.1:{port}", SENDER).send(mail)
    assert any(line.startswith("AUTH PLAIN") for line in server.commands)
    assert "RCPT TO:<sam@example.org>" in server.commands
    Maildir(tmp_path, SENDER).deliver(mail)
    [kept] = (tmp_path / "new").iterdir()
    sent = email.message_from_bytes(server.messages[0].replace(b"\r\n..", b"\r\n.").removesuffix(b".\r\n"))
    assert sent.as_bytes() == email.message_from_bytes(kept.read_bytes()).as_bytes()
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Message-ID"] == f"<{mail.id}@ncce.example.org>"


async def test_a_refusal_is_told_without_the_address() -> None:
    server = SmtpServer()
    async with listening(server.talk) as port:
        with pytest.raises(MailNotSent) as refused:
            await Smtp(f"smtp://127.0.0.1:{port}", SENDER).send(a_mail(to_address="sam@refused.example.org"))
    assert "550" in str(refused.value) or "Refused" in str(refused.value)
    assert "sam" not in str(refused.value)


async def test_while_a_server_is_away_mail_waits_and_one_message_tries_for_all(identity: IdentitySteps) -> None:
    for number in range(3):
        await identity.post("/v1/auth/register", registration(f"teacher{number}@example.org"))
    server = SmtpServer()
    async with listening(server.talk) as port:
        pass
    assert await send_batch(identity.harness.database, Smtp(f"smtp://127.0.0.1:{port}", SENDER)) == 1
    assert [row.attempts for row in await identity.query("SELECT attempts FROM mail ORDER BY attempts")] == [0, 0, 1]
    await identity.query("UPDATE mail SET retry_at = now()")
    async with listening(server.talk) as port:
        assert await send_batch(identity.harness.database, Smtp(f"smtp://127.0.0.1:{port}", SENDER)) == 3
    assert len(server.messages) == 3
    assert await identity.query("SELECT 1 FROM mail WHERE sent_at IS NULL OR body <> ''") == []


@dataclass
class NotifyServer:
    """Answers each request with a status, and keeps what it was sent."""

    status: str = "201 Created"
    requests: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
        token = next(line for line in head.split("\r\n") if line.lower().startswith("authorization")).split()[-1]
        body = json.loads(await reader.readexactly(int(headers["content-length"])))
        self.requests.append((head.split("\r\n")[0], token, body))
        writer.write(f"HTTP/1.1 {self.status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}".encode())
        writer.close()


async def test_a_message_goes_to_notify_with_its_reference() -> None:
    server, mail = NotifyServer(), a_mail(unsubscribe_url="https://example.org/v1/unsubscriptions/t0ken")
    async with listening(server.talk) as port:
        await Notify(f"http://127.0.0.1:{port}", f"platform-{SERVICE_ID}-{SECRET}", "template-1").send(mail)
    [(line, token, body)] = server.requests
    assert line == "POST /v2/notifications/email HTTP/1.1"
    claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"require": ["iat"]}, issuer=SERVICE_ID)
    assert claims["iss"] == SERVICE_ID
    assert body == {
        "email_address": "sam@example.org",
        "template_id": "template-1",
        "personalisation": {"subject": mail.subject, "body": mail.body},
        "reference": str(mail.id),
        "one_click_unsubscribe_URL": mail.unsubscribe_url,
    }


async def test_what_notify_refuses_is_not_sent() -> None:
    server = NotifyServer("429 Too Many Requests")
    async with listening(server.talk) as port:
        with pytest.raises(MailNotSent, match="429"):
            await Notify(f"http://127.0.0.1:{port}", f"platform-{SERVICE_ID}-{SECRET}", "template-1").send(a_mail())


def settings(**changes: object) -> Settings:
    made = settings_for(SERVICE, "postgresql://nowhere", maildir="mail", **changes)
    assert isinstance(made, Settings)
    return made


def test_the_settings_choose_how_mail_leaves() -> None:
    smtp = settings(mail_transport="smtp", smtp_url="smtps://mail.example.org")
    notify = settings(mail_transport="notify", notify_key=f"a-{SERVICE_ID}-{SECRET}", notify_template_id="t")
    assert [type(transport_of(one)) for one in (settings(), smtp, notify)] == [Maildir, Smtp, Notify]


@pytest.mark.parametrize("lacking", ["smtp", "notify"])
def test_a_way_that_is_not_set_up_does_not_start(lacking: str) -> None:
    with pytest.raises(ValidationError, match="needs IDENTITY_"):
        settings(mail_transport=lacking)
