"""Routes for the organisation that decides on chartered status."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from certification.chartered_submissions import queries, service
from certification.chartered_submissions.errors import DecisionDays, SubmissionNotFound, SubmissionWithdrawn
from certification.chartered_submissions.schemas import BundleOut, DecisionRequest, SubmissionOut
from chassis.access import allow, scope
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1/chartered-submissions", tags=["chartered status"])

Decider = Annotated[Principal, allow(scope("chartered:decide"))]


@router.get("", response_model=Page[SubmissionOut])
async def list_submissions(reader: Reader, page: PageRequest, caller: Decider) -> dict[str, object]:
    """What teachers have sent to your organisation, oldest first. It names nobody."""
    rows = await queries.sent_to(reader, caller, page)
    told = [await service.shown_to_decider(reader, row) for row in rows]
    return Page.of(told, page, key=lambda one: (str(one["id"]),))


@router.get("/{submission_id}", response_model=SubmissionOut, responses=errors(SubmissionNotFound))
async def get_submission(submission_id: UUID, reader: Reader, caller: Decider) -> dict[str, object]:
    """One of them, with your decisions on it."""
    return await service.shown_to_decider(reader, await queries.one_sent_to(reader, caller, submission_id))


@router.get(
    "/{submission_id}/bundle",
    response_model=BundleOut,
    responses=errors(SubmissionNotFound, SubmissionWithdrawn),
)
async def fetch_bundle(submission_id: UUID, session: Session, response: Response, caller: Decider) -> dict[str, object]:
    """The evidence, signed. Each time it is fetched goes on record, and the teacher sees how often it was."""
    response.headers["Cache-Control"] = "no-store"
    return await service.fetch(session, caller, submission_id)


@router.post(
    "/{submission_id}/decisions",
    status_code=201,
    response_model=SubmissionOut,
    dependencies=[IDEMPOTENT],
    responses=errors(SubmissionNotFound, SubmissionWithdrawn, DecisionDays),
)
async def decide_on_submission(
    submission_id: UUID, body: DecisionRequest, session: Session, caller: Decider
) -> dict[str, object]:
    """Say what you decided. Said differently later it is a revision; all are kept, and the teacher sees them."""
    return await service.decide(session, caller, submission_id, body)
