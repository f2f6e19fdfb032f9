"""Mail about entries in the professional development log."""

from uuid import UUID

import pytest

from chassis import clock
from chassis.ids import new_id
from contracts.certification import LogEntryDecided
from identity_steps import IdentitySteps
from message_requests import text_of


def decided(teacher_id: UUID, outcome: str) -> LogEntryDecided:
    told = {"activity": "become-a-mentor", "title": "Become a mentor", "submission": 1, "outcome": outcome}
    return LogEntryDecided.model_validate(
        {**told, "entry_id": new_id(), "teacher_id": teacher_id, "decided_at": clock.now()}
    )


@pytest.mark.parametrize(
    ("outcome", "subject"),
    [
        ("accepted", "Your log entry is accepted: Become a mentor"),
        ("returned", "Your log entry came back: Become a mentor"),
        ("reversed", "Your log entry does not count any more: Become a mentor"),
    ],
)
async def test_a_decision_is_mailed_once(identity: IdentitySteps, outcome: str, subject: str) -> None:
    await identity.sign_up()
    [row] = await identity.query("SELECT id FROM person")
    event = decided(row.id, outcome)
    await identity.harness.deliver(event)
    await identity.harness.deliver(event, event_id=new_id())
    [mail] = [one for one in await identity.mails() if one["Subject"] == subject]
    assert f"/v1/log-entries/{event.entry_id}" in text_of(mail)


async def test_a_decision_about_somebody_without_an_account_is_no_fault(identity: IdentitySteps) -> None:
    await identity.harness.deliver(decided(new_id(), "accepted"))
    assert await identity.mails() == []
