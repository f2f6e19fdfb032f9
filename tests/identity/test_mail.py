"""Outgoing mail."""

import asyncio
import shutil
from email.utils import parsedate_to_datetime
from pathlib import Path

from chassis import clock
from identity.mail.maildir import Maildir
from identity.mail.models import Mail
from identity.mail.sender import send_batch
from identity.mail.service import queue_mail
from identity_steps import IdentitySteps, registration

SENDER = "no-reply@ncce.example.org"


def _message() -> Mail:
    return Mail(
        id=Mail.__table__.c.id.default.arg(None),
        to_address="sam.teacher@example.org",
        subject="Grüße, £5",
        body="Zeile\nżółć\n",
        queued_at=clock.now(),
    )


async def test_a_message_is_well_formed_and_delivered_once(identity: IdentitySteps) -> None:
    await identity.post("/v1/auth/register", registration())
    [mail] = await identity.mails()
    [again] = await identity.mails()
    [row] = await identity.query("SELECT id, attempts FROM mail")
    assert mail["Message-ID"] == again["Message-ID"] == f"<{row.id}@ncce.example.org>"
    assert row.attempts == 1
    assert (mail["From"], mail["To"]) == (SENDER, "sam.teacher@example.org")
    assert parsedate_to_datetime(mail["Date"]).tzinfo is not None
    assert "http://127.0.0.1:8080/confirm-email#token=" in str(mail.get_payload())


async def test_a_refused_transaction_sends_no_mail(identity: IdentitySteps) -> None:
    await identity.post("/v1/auth/register", registration(phase="nursery"))
    assert await identity.mails() == []


async def test_one_occasion_is_one_message(identity: IdentitySteps) -> None:
    async with identity.harness.session() as session:
        for _ in range(2):
            await queue_mail(
                session,
                occasion="already-registered:1",
                to_address="sam.teacher@example.org",
                to_key="sam.teacher@example.org",
                template="already_registered",
                public_url="http://127.0.0.1:8080/",
            )
    assert len(await identity.mails()) == 1


async def test_several_senders_share_the_queue_without_overlap(identity: IdentitySteps) -> None:
    for number in range(12):
        await identity.post("/v1/auth/register", registration(f"teacher{number}@example.org"))
    await identity.write_letters()
    maildir = Maildir(identity.maildir, SENDER)
    await asyncio.gather(*(send_batch(identity.harness.database, maildir) for _ in range(4)))
    rows = await identity.query("SELECT attempts, sent_at FROM mail")
    assert [row.attempts for row in rows] == [1] * 12
    assert len(list((identity.maildir / "new").iterdir())) == 12


async def test_what_cannot_be_delivered_waits_and_is_delivered_later(identity: IdentitySteps) -> None:
    identity.maildir.write_text("in the way")
    await identity.post("/v1/auth/register", registration())
    maildir = Maildir(identity.maildir, SENDER)
    assert await send_batch(identity.harness.database, maildir) == 0, "not before it is written"
    await identity.write_letters()
    assert await send_batch(identity.harness.database, maildir) == 1
    assert await send_batch(identity.harness.database, maildir) == 0, "not before its time"
    identity.maildir.unlink()
    await identity.query("UPDATE mail SET retry_at = now()")
    assert len(await identity.mails()) == 1


def test_a_message_sent_again_after_a_crash_is_there_once(tmp_path: Path) -> None:
    maildir = Maildir(tmp_path, SENDER)
    message = _message()
    maildir.deliver(message)
    maildir.deliver(message)
    [delivered] = (tmp_path / "new").iterdir()
    shutil.move(delivered, tmp_path / "cur" / f"{delivered.name}:2,S")
    maildir.deliver(message)
    assert list((tmp_path / "new").iterdir()) == []
    assert list((tmp_path / "tmp").iterdir()) == []
