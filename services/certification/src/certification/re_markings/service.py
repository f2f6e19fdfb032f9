"""Saying that a question was wrong, and a second person saying so too."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.question_banks.errors import QuestionNotFound
from certification.question_banks.models import BankQuestion, Question, QuestionBank
from certification.question_banks.queries import kept_assessment
from certification.question_banks.schemas import BankStatus, QuestionContent
from certification.re_markings import queries
from certification.re_markings.errors import OptionUnknown, OwnReMarking, ReMarkingDecided, ReMarkingUnderWay
from certification.re_markings.models import ReMarking
from certification.re_markings.schemas import ReMarkingDecision, ReMarkingOut, ReMarkingRequest, ReMarkingStatus
from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal


async def propose(session: AsyncSession, caller: Principal, slug: str, request: ReMarkingRequest) -> ReMarkingOut:
    """Propose to mark a question again."""
    await kept_assessment(session, caller, slug)
    question = await _question(session, slug, request)
    row = insert(ReMarking).values(
        id=new_id(),
        assessment=slug,
        question_id=question.id,
        treatment=request.treatment,
        right_options=_places(question, request.right),
        reason=request.reason,
        status=ReMarkingStatus.PROPOSED,
        proposed_by=caller.id,
        proposed_at=clock.now(),
    )
    made = await session.scalar(row.on_conflict_do_nothing().returning(ReMarking.id))
    if made is None:
        raise ReMarkingUnderWay
    await audit.record(session, caller, "re_marking.proposed", f"re-marking:{made}", {"question": request.question})
    return await queries.one(session, caller, made)


async def _question(session: AsyncSession, slug: str, request: ReMarkingRequest) -> Question:
    query = select(Question).join(BankQuestion, BankQuestion.question_id == Question.id)
    query = query.join(QuestionBank, QuestionBank.id == BankQuestion.bank_id).where(
        QuestionBank.assessment == slug,
        QuestionBank.status == BankStatus.PUBLISHED,
        Question.name == request.question,
    )
    if request.version is not None:
        query = query.where(QuestionBank.version == request.version)
    found = (await session.scalars(query.order_by(QuestionBank.version.desc()).limit(1))).one_or_none()
    if found is None:
        raise QuestionNotFound(request.question)
    return found


def _places(question: Question, right: list[str] | None) -> list[int] | None:
    options = QuestionContent.model_validate(question.content).options
    if right is None:
        return None
    if not set(right) <= set(options):
        raise OptionUnknown
    return sorted({options.index(one) for one in right})


async def decide(
    session: AsyncSession, caller: Principal, re_marking_id: UUID, decision: ReMarkingDecision
) -> ReMarkingOut:
    """Approve or decline; never what one proposed oneself. Approved, it begins soon, and counts for papers to come."""
    await queries.one(session, caller, re_marking_id)
    re_marking = await session.get_one(ReMarking, re_marking_id, with_for_update=True)
    if re_marking.proposed_by == caller.id:
        raise OwnReMarking
    if re_marking.status != ReMarkingStatus.PROPOSED:
        raise ReMarkingDecided(re_marking.status)
    is_approved = decision.outcome == "approved"
    re_marking.status = ReMarkingStatus.RUNNING if is_approved else ReMarkingStatus.DECLINED
    re_marking.decided_by, re_marking.decided_at = caller.id, clock.now()
    re_marking.decision_reason = decision.reason
    await session.flush()
    await audit.record(session, caller, f"re_marking.{decision.outcome}", f"re-marking:{re_marking_id}")
    return await queries.one(session, caller, re_marking_id)
