"""Mail by SMTP and by GOV.UK Notify, against servers that listen."""

import asyncio
import base64
import email
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from pydantic import ValidationError

from builders import a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from harness import settings_for
from identity.app import SERVICE
from identity.mail.maildir import Maildir
from identity.mail.models import Mail
from identity.mail.previews import as_html
from identity.mail.receipts import ask
from identity.mail.sender import send_batch
from identity.mail.transports import MailNotSent, MailRefused, Notify, Smtp, transport_of
from identity.person_exports.service import look_after
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
    """As much of RFC 5321 as a client needs; refuses addresses at `refused.example.org`, and passwords but these."""

    passwords: tuple[str, ...] = ("pass",)
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
            if verb == "AUTH" and not self._lets_in(line):
                replies[verb] = b"535 not you\r\n"
            reply = replies.get(verb, b"250 fine\r\n")
            writer.write(b"550 no such <person>\r\n" if "@refused.example.org" in line else reply)
            if verb == "QUIT":
                break
        writer.close()

    def _lets_in(self, line: str) -> bool:
        return base64.b64decode(line.split()[-1]).decode().rpartition("\0")[2] in self.passwords


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


async def test_mail_leaves_with_both_passwords_of_an_overlap_and_waits_with_one_that_was_withdrawn() -> None:
    server, mail = SmtpServer(passwords=("old", "new")), a_mail()
    async with listening(server.talk) as port:
        old, new = (Smtp(f"smtp://us:{password}@127.0.0.1:{port}", SENDER) for password in ("old", "new"))
        await old.send(mail)
        await new.send(mail)
        server.passwords = ("new",)
        with pytest.raises(MailNotSent) as refused:
            await old.send(mail)
        await new.send(mail)
    assert not isinstance(refused.value, MailRefused), "it is tried again, by a process that was told"
    assert len(server.messages) == 3


async def test_notify_is_asked_with_the_key_of_the_process_and_a_revoked_one_lets_mail_wait() -> None:
    server, mail, other = NotifyServer(), a_mail(), "11111111-ab16-4eb0-8407-a37497a57506"
    async with listening(server.talk) as port:
        old, new = (Notify(f"http://127.0.0.1:{port}", f"a-{SERVICE_ID}-{key}", "t") for key in (SECRET, other))
        await old.send(mail)
        await new.send(mail)
        server.status = "403 Forbidden"
        with pytest.raises(MailNotSent) as refused:
            await old.send(mail)
    assert not isinstance(refused.value, MailRefused)
    for (_, token, _), key in zip(server.requests, (SECRET, other, SECRET), strict=True):
        assert jwt.decode(token, key, algorithms=["HS256"])["iss"] == SERVICE_ID


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
    await identity.write_letters()
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

    async def answer_to_anything(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
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


class NotifyList:
    """Tells what became of messages, a page of two at a time, by status or by reference."""

    def __init__(self, *notifications: dict[str, Any]) -> None:
        self.notifications = notifications
        self.asked: list[dict[str, str]] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = (await reader.readuntil(b"\r\n\r\n")).decode().split()[1]
        asked = dict(parse_qsl(urlsplit(target).query))
        self.asked.append(asked)
        fits = [
            one
            for one in self.notifications
            if one["status"] == asked["status"] and asked.get("reference", one["reference"]) == one["reference"]
        ]
        ids = [one["id"] for one in fits]
        begin = ids.index(asked["older_than"]) + 1 if "older_than" in asked else 0
        body = json.dumps({"notifications": fits[begin : begin + 2], "links": {}}).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
        writer.close()


async def test_what_notify_finds_out_later_is_asked_for_and_marks_the_address(identity: IdentitySteps) -> None:
    gone, fine = "gone@example.org", "fine@example.org"
    for address in (gone, fine):
        await identity.post("/v1/auth/register", registration(address))
    await identity.write_letters()
    await identity.query("UPDATE mail SET sent_at = now()")
    rows = await identity.query("SELECT id, to_key FROM mail")
    [first] = [str(row.id) for row in rows if row.to_key == gone]
    strange = {"id": "2", "reference": None, "status": "permanent-failure"}
    failed = {"id": "1", "reference": first, "status": "permanent-failure"}
    server = NotifyList(strange, failed, {"id": "0", "reference": str(new_id()), "status": "permanent-failure"})
    async with listening(server.talk) as port:
        notify = Notify(f"http://127.0.0.1:{port}", f"platform-{SERVICE_ID}-{SECRET}", "template-1")
        assert [await ask(identity.harness.database, notify) for _ in range(2)] == [1, 0]
        assert [one.get("older_than") for one in server.asked] == [None, "1", None]
        marked = await identity.query("SELECT to_key FROM refused_address")
        assert [row.to_key for row in marked] == [gone]
        # Asked for again by somebody who waits; only its delivery takes the mark off.
        await identity.post("/v1/auth/register", registration(gone))
        await identity.write_letters()
        await identity.query("UPDATE mail SET sent_at = now() WHERE sent_at IS NULL")
        await ask(identity.harness.database, notify)
        assert len(await identity.query("SELECT 1 FROM refused_address")) == 1
        [again] = await identity.query("SELECT id FROM mail WHERE to_key = :gone AND refused_at IS NULL", gone=gone)
        server.notifications = ({"id": "3", "reference": str(again.id), "status": "delivered"},)
        await ask(identity.harness.database, notify)
        assert await identity.query("SELECT 1 FROM refused_address") == []


async def test_a_notify_that_does_not_answer_or_says_something_else_is_asked_again_later() -> None:
    server = NotifyServer("503 Service Unavailable")
    async with listening(server.answer_to_anything) as port:
        with pytest.raises(MailNotSent, match="503"):
            await Notify(f"http://127.0.0.1:{port}", f"platform-{SERVICE_ID}-{SECRET}", "t").receipts()


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


async def test_mail_that_is_refused_for_ever_is_not_tried_again_and_told_once(identity: IdentitySteps) -> None:
    await identity.harness.seed("organisations", "demo-people")
    address, database = "sam@refused.example.org", identity.harness.database
    await identity.sign_up(address)
    [person] = await identity.query("SELECT person_id FROM account WHERE email = :email", email=address)
    for _ in range(2):
        asked = await identity.call("POST", "/v1/privacy/exports", caller=a_teacher(person_id=person.person_id))
        assert asked.status_code == 202
        await identity.query("UPDATE person_export_part SET asked_at = now() - interval '1 day'")
        await identity.query("UPDATE person_export SET requested_at = now() - interval '2 days'")
        async with identity.harness.session() as session:
            settings = identity.harness.settings
            assert isinstance(settings, Settings)
            await look_after(session, settings)
    server = SmtpServer()
    async with listening(server.talk) as port:
        for _ in range(3):
            await send_batch(database, Smtp(f"smtp://127.0.0.1:{port}", SENDER))
    tried = [command for command in server.commands if command.startswith("RCPT") and "refused" in command]
    assert len(tried) == 1, "the second message is not even offered"
    marked = await identity.query("SELECT refusal, body FROM mail WHERE refused_at IS NOT NULL")
    assert [(row.refusal, row.body) for row in marked] == [("SMTPRecipientRefused 550", "")] * 2
    shown = await identity.call("GET", "/v1/mail/refusals", caller=staff("administrator"))
    [refusal] = shown.json()["data"]
    assert (refusal["address"], refusal["person_id"], refusal["messages"]) == (address, str(person.person_id), 2)
    notices = await identity.query("SELECT to_key FROM mail WHERE template = 'mail_refused' ORDER BY to_key")
    assert [row.to_key for row in notices] == [
        "administrator@demo.example.org",
        "second.administrator@demo.example.org",
    ]


async def test_every_kind_of_message_can_be_looked_at_without_anybodys_data(identity: IdentitySteps) -> None:
    client = await identity.harness.client(staff("administrator"))
    listed = (await client.get("/v1/mail/templates")).json()["data"]
    assert len(listed) > 25
    for one in listed:
        shown = (await client.get(f"/v1/mail/templates/{one['template']}")).json()
        assert shown["subject"] == one["subject"]
        assert shown["text"].strip()
        assert shown["html"].startswith("<!doctype html>")
    assert as_html("A < B", "See https://example.org/a?b=1&c=2\n\n<b>").count("<b>") == 0
