"""Mail about reports on groups: reminders, and what became of those handed in."""

from datetime import timedelta
from uuid import UUID

import pytest

from chassis import clock
from chassis.ids import new_id
from contracts.networks import ReportDecided, ReportReminded
from identity_steps import IdentitySteps
from message_requests import text_of

REPORT = new_id()
FACTS = {"report_id": REPORT, "title": "Work group lead report", "project_code": "19-10"}


def due(person_id: UUID, days_before: int) -> ReportReminded:
    on = clock.today() + timedelta(days=days_before)
    told = {"due_on": on, "days_before": days_before, "useless_from_on": on + timedelta(days=60)}
    return ReportReminded.model_validate({**FACTS, **told, "person_id": person_id})


def decided(person_id: UUID, outcome: str) -> ReportDecided:
    told = {"outcome": outcome, "submission": 1, "decided_at": clock.now()}
    return ReportDecided.model_validate({**FACTS, **told, "person_id": person_id})


async def a_person(identity: IdentitySteps) -> UUID:
    await identity.sign_up()
    [row] = await identity.query("SELECT id FROM person")
    return UUID(str(row.id))


@pytest.mark.parametrize(
    ("days_before", "subject"),
    [
        (7, "Due in 7 days: Work group lead report, 19-10"),
        (1, "Due tomorrow: Work group lead report, 19-10"),
        (-7, "Overdue: Work group lead report, 19-10"),
    ],
)
async def test_a_reminder_is_mailed_once(identity: IdentitySteps, days_before: int, subject: str) -> None:
    event = due(await a_person(identity), days_before)
    await identity.harness.deliver(event)
    await identity.harness.deliver(event, event_id=new_id())
    [mail] = [one for one in await identity.mails() if one["Subject"] == subject]
    assert f"/v1/project-reports/{REPORT}" in text_of(mail)


async def test_a_reminder_that_comes_too_late_is_not_mailed(identity: IdentitySteps) -> None:
    person_id = await a_person(identity)
    before = len(await identity.mails())
    await identity.harness.deliver(due(person_id, -60))
    assert len(await identity.mails()) == before


async def test_a_decision_is_mailed_to_whoever_handed_the_report_in(identity: IdentitySteps) -> None:
    person_id = await a_person(identity)
    for outcome in ("returned", "accepted"):
        await identity.harness.deliver(decided(person_id, outcome), times=2)
    await identity.harness.deliver(decided(new_id(), "accepted"))
    subjects = [str(one["Subject"]) for one in await identity.mails() if "report" in str(one["Subject"])]
    assert sorted(subjects) == [
        "Your report came back: Work group lead report, 19-10",
        "Your report was accepted: Work group lead report, 19-10",
    ]
