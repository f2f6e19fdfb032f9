"""Mail about assessments."""

from uuid import UUID

from chassis import clock
from chassis.ids import new_id
from contracts.certification import AssessmentOpened
from identity_steps import IdentitySteps
from message_requests import text_of

SUBJECT = "You may now sit the GCSE assessment"


def opened(teacher_id: UUID) -> AssessmentOpened:
    return AssessmentOpened(
        teacher_id=teacher_id,
        assessment="gcse-subject-knowledge",
        title="GCSE assessment",
        scheme="gcse_subject_knowledge",
        opened_at=clock.now(),
    )


async def test_that_an_assessment_has_opened_is_mailed_once(identity: IdentitySteps) -> None:
    await identity.sign_up()
    [row] = await identity.query("SELECT id FROM person")
    await identity.harness.deliver(opened(row.id))
    await identity.harness.deliver(opened(row.id), event_id=new_id())
    [mail] = [one for one in await identity.mails() if one["Subject"] == SUBJECT]
    assert "/v1/assessments/gcse-subject-knowledge" in text_of(mail)


async def test_that_an_assessment_has_opened_to_somebody_who_left_is_no_fault(identity: IdentitySteps) -> None:
    await identity.harness.deliver(opened(new_id()))
    assert await identity.mails() == []
