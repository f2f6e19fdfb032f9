"""Routes of drafts."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlalchemy import RowMapping

from certification.drafts import queries, service
from certification.drafts.errors import DraftNotFound, DraftNotReady, DraftOfAnother, DraftTooLate, OwnDraft
from certification.drafts.models import SchemeDraft
from certification.drafts.schemas import DraftContent, DraftOut, DraftRequest
from certification.proposals.schemas import DraftDecision, DraftStatus, TrialReport
from certification.schemes.errors import SchemeNotFound
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1/scheme-drafts", tags=["schemes"])

Administrator = Annotated[Principal, allow(role("administrator"))]
Staff = Annotated[Principal, allow(role("administrator", "moderator"))]
REWRITE_ERRORS = errors(DraftNotFound, DraftOfAnother, DraftNotReady, IfMatchMissing, StaleVersion)


@router.post("", status_code=201, response_model=DraftOut, dependencies=[IDEMPOTENT], responses=errors(SchemeNotFound))
async def propose_rules(body: DraftRequest, session: Session, caller: Administrator) -> SchemeDraft:
    """Propose rules for a scheme, with cases that they have to pass. Nothing applies until it is published."""
    return await service.propose(session, caller, body)


@router.get("", response_model=Page[DraftOut])
async def list_drafts(
    reader: Reader,
    page: PageRequest,
    caller: Staff,
    scheme: Annotated[str | None, Query(max_length=60)] = None,
    status: DraftStatus | None = None,
) -> dict[str, object]:
    """Drafts, oldest first."""
    rows = await queries.listed(reader, page, scheme, status)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.get("/{draft_id}", response_model=DraftOut, responses=errors(DraftNotFound))
async def get_draft(draft_id: UUID, reader: Reader, response: Response, caller: Staff) -> RowMapping:
    """One draft."""
    draft = await queries.one(reader, draft_id)
    response.headers["ETag"] = etag(draft["revision"])
    return draft


@router.put("/{draft_id}", response_model=DraftOut, responses=REWRITE_ERRORS)
async def rewrite_draft(
    draft_id: UUID, body: DraftContent, seen: IfMatch, session: Session, response: Response, caller: Administrator
) -> SchemeDraft:
    """Replace what your draft says. It has to be tested again."""
    draft = await service.rewrite(session, caller, draft_id, body, seen)
    response.headers["ETag"] = etag(draft.revision)
    return draft


@router.post("/{draft_id}/test", dependencies=[IDEMPOTENT], responses=errors(DraftNotFound, DraftNotReady))
async def test_draft(draft_id: UUID, session: Session, caller: Administrator) -> TrialReport:
    """Run the cases stored with the draft. It is tested when all pass and the rules ask for nothing impossible."""
    return await service.try_out(session, caller, draft_id)


@router.post(
    "/{draft_id}/approval",
    response_model=DraftOut,
    dependencies=[IDEMPOTENT],
    responses=errors(DraftNotFound, DraftNotReady, OwnDraft),
)
async def decide_on_draft(draft_id: UUID, body: DraftDecision, session: Session, caller: Administrator) -> SchemeDraft:
    """Approve or decline a tested draft of somebody else's."""
    return await service.decide(session, caller, draft_id, body)


@router.post(
    "/{draft_id}/publication",
    response_model=DraftOut,
    dependencies=[IDEMPOTENT],
    responses=errors(DraftNotFound, DraftNotReady, DraftTooLate),
)
async def publish_draft(draft_id: UUID, session: Session, caller: Administrator) -> SchemeDraft:
    """Make an approved draft the scheme's next version, for good. Whoever is enrolled keeps the version they have."""
    return await service.publish(session, caller, draft_id)
