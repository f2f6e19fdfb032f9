"""Routes of drafts of questionnaires."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlalchemy import RowMapping

from certification.proposals.schemas import DraftDecision, DraftStatus, TrialReport
from certification.questionnaire_drafts import queries, service
from certification.questionnaire_drafts.errors import (
    OwnQuestionnaireDraft,
    QuestionnaireDraftNotFound,
    QuestionnaireDraftNotReady,
    QuestionnaireDraftOfAnother,
    QuestionnaireDraftTooLate,
)
from certification.questionnaire_drafts.models import QuestionnaireDraft
from certification.questionnaire_drafts.schemas import QuestionnaireContent, QuestionnaireDraftOut, QuestionnaireRequest
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1/questionnaire-drafts", tags=["diagnostics"])

Administrator = Annotated[Principal, allow(role("administrator"))]
Staff = Annotated[Principal, allow(role("administrator", "moderator"))]
FOUND_ERRORS = errors(QuestionnaireDraftNotFound)
TEST_ERRORS = errors(QuestionnaireDraftNotFound, QuestionnaireDraftNotReady)
REWRITE_ERRORS = errors(
    QuestionnaireDraftNotFound, QuestionnaireDraftOfAnother, QuestionnaireDraftNotReady, IfMatchMissing, StaleVersion
)


@router.post("", status_code=201, response_model=QuestionnaireDraftOut, dependencies=[IDEMPOTENT])
async def propose_questionnaire(
    body: QuestionnaireRequest, session: Session, caller: Administrator
) -> QuestionnaireDraft:
    """Propose a questionnaire, with cases that it has to pass. Nobody is asked anything until it is published."""
    return await service.propose(session, caller, body)


@router.get("", response_model=Page[QuestionnaireDraftOut])
async def list_questionnaire_drafts(
    reader: Reader,
    page: PageRequest,
    caller: Staff,
    slug: Annotated[str | None, Query(max_length=60)] = None,
    status: DraftStatus | None = None,
) -> dict[str, object]:
    """Drafts, oldest first."""
    rows = await queries.listed(reader, page, slug, status)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.get("/{questionnaire_id}", response_model=QuestionnaireDraftOut, responses=FOUND_ERRORS)
async def get_questionnaire_draft(
    questionnaire_id: UUID, reader: Reader, response: Response, caller: Staff
) -> RowMapping:
    """One draft."""
    draft = await queries.one(reader, questionnaire_id)
    response.headers["ETag"] = etag(draft["revision"])
    return draft


@router.put("/{questionnaire_id}", response_model=QuestionnaireDraftOut, responses=REWRITE_ERRORS)
async def rewrite_questionnaire_draft(
    questionnaire_id: UUID,
    body: QuestionnaireContent,
    seen: IfMatch,
    session: Session,
    response: Response,
    caller: Administrator,
) -> QuestionnaireDraft:
    """Replace what your draft says. It has to be tested again."""
    draft = await service.rewrite(session, caller, questionnaire_id, body, seen)
    response.headers["ETag"] = etag(draft.revision)
    return draft


@router.post(
    "/{questionnaire_id}/test",
    dependencies=[IDEMPOTENT],
    responses=TEST_ERRORS,
)
async def test_questionnaire_draft(questionnaire_id: UUID, session: Session, caller: Administrator) -> TrialReport:
    """Run the cases stored with the draft. It is tested when all pass and every pathway that it recommends has one."""
    return await service.try_out(session, caller, questionnaire_id)


@router.post(
    "/{questionnaire_id}/approval",
    response_model=QuestionnaireDraftOut,
    dependencies=[IDEMPOTENT],
    responses=errors(QuestionnaireDraftNotFound, QuestionnaireDraftNotReady, OwnQuestionnaireDraft),
)
async def decide_on_questionnaire_draft(
    questionnaire_id: UUID, body: DraftDecision, session: Session, caller: Administrator
) -> QuestionnaireDraft:
    """Approve or decline a tested draft of somebody else's."""
    return await service.decide(session, caller, questionnaire_id, body)


@router.post(
    "/{questionnaire_id}/publication",
    response_model=QuestionnaireDraftOut,
    dependencies=[IDEMPOTENT],
    responses=errors(QuestionnaireDraftNotFound, QuestionnaireDraftNotReady, QuestionnaireDraftTooLate),
)
async def publish_questionnaire_draft(
    questionnaire_id: UUID, session: Session, caller: Administrator
) -> QuestionnaireDraft:
    """Make an approved draft the diagnostic's next version, for good. Whoever is sitting one finishes that one."""
    return await service.publish(session, caller, questionnaire_id)
