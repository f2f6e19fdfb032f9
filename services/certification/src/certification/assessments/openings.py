"""Telling people, once, that an assessment has opened to them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.assessments.models import AssessmentOpening
from certification.credits.accounts import Account, accounts_of
from certification.credits.known import NOTHING_KNOWN, known_of
from certification.credits.records import done_by_teacher
from certification.enrolments.models import Enrolment
from certification.question_banks.models import Assessment, QuestionBank
from certification.question_banks.schemas import BankStatus
from certification.schemes.evaluation import evaluate
from certification.teachers.service import lock_logs
from chassis import clock
from chassis.outbox import publish
from contracts.certification import AssessmentOpened

BATCH = 100


async def announce(session: AsyncSession, accounts: Sequence[Account]) -> None:
    """Tell those of the accounts whose assessment is open now and who were not told. The caller holds the logs."""
    asking = [one for one in accounts if one.rules.assessment_required]
    if not asking:
        return
    assessments = await _published(session, {one.scheme for one in asking})
    told = await _told(session, {one.teacher_id for one in asking})
    news = [one for one in asking if one.scheme in assessments and (one.teacher_id, one.scheme) not in told]
    for account in await _open_to(session, news):
        await _tell(session, account, assessments[account.scheme])


async def _published(session: AsyncSession, schemes: set[str]) -> dict[str, Assessment]:
    """By scheme the assessment, where it can be sat."""
    can_be_sat = exists().where(QuestionBank.assessment == Assessment.slug, QuestionBank.status == BankStatus.PUBLISHED)
    found = await session.scalars(select(Assessment).where(Assessment.scheme.in_(schemes), can_be_sat))
    return {one.scheme: one for one in found}


async def _told(session: AsyncSession, teacher_ids: set[UUID]) -> set[tuple[UUID, str]]:
    query = select(AssessmentOpening.teacher_id, AssessmentOpening.scheme)
    rows = await session.execute(query.where(AssessmentOpening.teacher_id.in_(teacher_ids)))
    return {(row.teacher_id, row.scheme) for row in rows}


async def _open_to(session: AsyncSession, accounts: Sequence[Account]) -> list[Account]:
    """Those whose gate is met and whose assessment is not passed."""
    if not accounts:
        return []
    ids = {one.teacher_id for one in accounts}
    known = await known_of(session, ids)
    gated = [one for one in accounts if one.rules.assessment and one.rules.assessment.opens_when]
    done = await done_by_teacher(session, {one.teacher_id for one in gated}, gated[0].catalogue) if gated else {}
    found = []
    for account in accounts:
        besides = known.get(account.teacher_id, NOTHING_KNOWN).besides(account.scheme)
        opens = evaluate(account.rules, done.get(account.teacher_id, ()), besides).assessment_opens
        if not besides.assessment_passed and (opens is None or opens.is_met):
            found.append(account)
    return found


async def _tell(session: AsyncSession, account: Account, assessment: Assessment) -> None:
    at = clock.now()
    row = insert(AssessmentOpening).values(teacher_id=account.teacher_id, scheme=account.scheme, opened_at=at)
    is_news = await session.scalar(row.on_conflict_do_nothing().returning(AssessmentOpening.teacher_id))
    if is_news is not None:
        opened = AssessmentOpened(
            teacher_id=account.teacher_id,
            assessment=assessment.slug,
            title=assessment.title,
            scheme=account.scheme,
            opened_at=at,
        )
        await publish(session, opened)


async def announce_publication(session: AsyncSession) -> bool:
    """Look at the next few people enrolled when a bank was published; whether there may be more to do."""
    waiting = select(QuestionBank).where(
        QuestionBank.status == BankStatus.PUBLISHED, QuestionBank.announced_at.is_(None)
    )
    held = waiting.order_by(QuestionBank.id).limit(1).with_for_update(skip_locked=True)
    bank = (await session.scalars(held)).one_or_none()
    if bank is None:
        return False
    scheme = (await session.get_one(Assessment, bank.assessment)).scheme
    enrolled = select(Enrolment.id, Enrolment.teacher_id).where(Enrolment.scheme == scheme)
    if bank.announced_through is not None:
        enrolled = enrolled.where(Enrolment.id > bank.announced_through)
    rows = (await session.execute(enrolled.order_by(Enrolment.id).limit(BATCH))).all()
    if not rows:
        bank.announced_at = clock.now()
        return True
    ids = [row.teacher_id for row in rows]
    await lock_logs(session, ids)
    accounts = await accounts_of(session, ids, scheme)
    await announce(session, [one for group in accounts.values() for one in group])
    bank.announced_through = rows[-1].id
    return True
