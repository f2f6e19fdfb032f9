"""Routes of re-evaluations."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from certification.drafts.errors import DraftNotFound
from certification.reevaluations import queries, service
from certification.reevaluations.errors import ReEvaluationNotFound, ReEvaluationUnderWay, TargetUnsuitable
from certification.reevaluations.schemas import FindingOut, Outcome, ReEvaluationOut, ReEvaluationRequest
from certification.schemes.errors import SchemeNotFound, SchemeVersionNotFound
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1/re-evaluations", tags=["schemes"])

Administrator = Annotated[Principal, allow(role("administrator"))]
Staff = Annotated[Principal, allow(role("administrator", "moderator"))]
ASK_ERRORS = errors(SchemeNotFound, SchemeVersionNotFound, DraftNotFound, TargetUnsuitable, ReEvaluationUnderWay)


@router.post("", status_code=202, dependencies=[IDEMPOTENT], responses=ASK_ERRORS)
async def ask_for_re_evaluation(body: ReEvaluationRequest, session: Session, caller: Administrator) -> ReEvaluationOut:
    """Look at everybody enrolled in a scheme under other rules. No certificate is ever taken back by it."""
    return await service.ask(session, caller, body)


@router.get("", response_model=Page[ReEvaluationOut])
async def list_re_evaluations(
    reader: Reader, page: PageRequest, caller: Staff, scheme: Annotated[str | None, Query(max_length=60)] = None
) -> dict[str, object]:
    """Re-evaluations and how far they are, latest first."""
    rows = await queries.listed(reader, page, scheme)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.get("/{re_evaluation_id}", responses=errors(ReEvaluationNotFound))
async def get_re_evaluation(re_evaluation_id: UUID, reader: Reader, caller: Staff) -> ReEvaluationOut:
    """One re-evaluation: how many people are done, and how many would complete or lose."""
    return await queries.one(reader, re_evaluation_id)


@router.get("/{re_evaluation_id}/findings", response_model=Page[FindingOut], responses=errors(ReEvaluationNotFound))
async def list_findings(
    re_evaluation_id: UUID, reader: Reader, page: PageRequest, caller: Staff, outcome: Outcome | None = None
) -> dict[str, object]:
    """What was found about each person so far."""
    rows = await queries.findings(reader, re_evaluation_id, outcome, page)
    return Page.of(rows, page, key=lambda row: (str(row["teacher_id"]),))


@router.post("/{re_evaluation_id}/cancellation", dependencies=[IDEMPOTENT], responses=errors(ReEvaluationNotFound))
async def cancel_re_evaluation(re_evaluation_id: UUID, session: Session, caller: Administrator) -> ReEvaluationOut:
    """Call a re-evaluation off. What it has done so far stays."""
    return await service.cancel(session, caller, re_evaluation_id)
