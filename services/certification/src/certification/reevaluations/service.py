"""Asking for a re-evaluation, and calling it off. `engine` does the work."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.drafts.errors import DraftNotFound
from certification.drafts.models import SchemeDraft
from certification.enrolments.models import Enrolment
from certification.reevaluations import queries
from certification.reevaluations.errors import ReEvaluationNotFound, ReEvaluationUnderWay, TargetUnsuitable
from certification.reevaluations.models import ReEvaluation
from certification.reevaluations.schemas import Action, ReEvaluationOut, ReEvaluationRequest, ReEvaluationStatus
from certification.schemes.errors import SchemeNotFound, SchemeVersionNotFound
from certification.schemes.models import Scheme, SchemeVersion
from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal

OPEN = (ReEvaluationStatus.QUEUED, ReEvaluationStatus.RUNNING)


async def ask(session: AsyncSession, caller: Principal, request: ReEvaluationRequest) -> ReEvaluationOut:
    """Put a re-evaluation in the queue."""
    if await session.get(Scheme, request.scheme) is None:
        raise SchemeNotFound(request.scheme)
    people = select(func.count()).where(Enrolment.scheme == request.scheme)
    row = insert(ReEvaluation).values(
        id=new_id(),
        **request.model_dump(),
        rules=await _rules_to_look_at(session, request),
        status=ReEvaluationStatus.QUEUED,
        total=await session.scalar(people),
        done=0,
        moved=0,
        requested_by=caller.id,
    )
    asked = await session.scalar(row.on_conflict_do_nothing().returning(ReEvaluation.id))
    if asked is None:
        raise ReEvaluationUnderWay(request.scheme)
    await audit.record(
        session, caller, f"re_evaluation.{request.action}", f"re-evaluation:{asked}", {"scheme": request.scheme}
    )
    return await queries.one(session, asked)


async def _rules_to_look_at(session: AsyncSession, request: ReEvaluationRequest) -> dict[str, object] | None:
    targets = [one for one in (request.version, request.draft_id) if one is not None]
    if request.action is Action.RECHECK:
        if targets:
            raise TargetUnsuitable("A recheck looks at everybody under the version they have: name no other.")
        return None
    if len(targets) != 1:
        raise TargetUnsuitable("Name either a version of the scheme or a draft for it.")
    if request.version is not None:
        version = await session.get(SchemeVersion, (request.scheme, request.version))
        if version is None:
            raise SchemeVersionNotFound(request.scheme, request.version)
        return version.rules
    if request.action is not Action.DRY_RUN:
        raise TargetUnsuitable("Nobody is moved to a draft: publish it first.")
    draft = await session.get(SchemeDraft, request.draft_id)
    if draft is None or draft.scheme != request.scheme:
        raise DraftNotFound
    return draft.rules


async def cancel(session: AsyncSession, caller: Principal, re_evaluation_id: UUID) -> ReEvaluationOut:
    """Call one off. Who was moved stays moved; a repeat, or one that is finished, is answered as it stands."""
    job = await session.get(ReEvaluation, re_evaluation_id, with_for_update=True)
    if job is None:
        raise ReEvaluationNotFound
    if job.status in OPEN:
        job.status, job.finished_at = ReEvaluationStatus.CANCELLED, clock.now()
        await session.flush()
        await audit.record(session, caller, "re_evaluation.cancelled", f"re-evaluation:{job.id}")
    return await queries.one(session, job.id)
