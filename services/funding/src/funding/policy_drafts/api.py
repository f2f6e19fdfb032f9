"""`/v1/policy-drafts`: bursary policies before they are published."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.policy_drafts import queries
from funding.policy_drafts.errors import (
    BudgetUnknown,
    OwnPolicyDraft,
    PolicyDraftNotFound,
    PolicyDraftNotReady,
    PolicyDraftOfAnother,
    PolicyTooLate,
)
from funding.policy_drafts.models import DraftStatus
from funding.policy_drafts.schemas import DraftContent, DraftDecision, DraftOut, DraftPreview, TrialReport
from funding.policy_drafts.service import BURSARIES, previewed
from funding.roles import APPROVER, OFFICER, READERS

router = ServiceRouter(prefix="/v1/policy-drafts", tags=["policies"])
Staff = Annotated[Principal, allow(role(*READERS))]
Author = Annotated[Principal, allow(role(OFFICER, APPROVER))]
Approver = Annotated[Principal, allow(role(APPROVER))]


@router.post("", status_code=201, dependencies=[IDEMPOTENT], responses=errors(BudgetUnknown))
async def propose_policy(body: DraftContent, session: Session, caller: Author) -> DraftOut:
    """Propose a version of a policy with the cases that it has to pass. Nothing applies until it is published."""
    return await queries.find_draft(session, await BURSARIES.propose(session, caller, body))


@router.get("", response_model=Page[DraftOut])
async def list_policy_drafts(
    reader: Reader,
    caller: Staff,
    page: PageRequest,
    policy: Annotated[str | None, Query(max_length=60, description="Only those of this policy")] = None,
    status: Annotated[DraftStatus | None, Query(description="Only those of this status")] = None,
) -> dict[str, object]:
    """Drafts, the oldest first."""
    found = await queries.list_drafts(reader, page, policy, status)
    return Page.of(found, page, key=lambda one: (str(one.id),))


@router.get("/{draft_id}", responses=errors(PolicyDraftNotFound))
async def get_policy_draft(draft_id: UUID, reader: Reader, response: Response, caller: Staff) -> DraftOut:
    """One draft."""
    draft = await queries.find_draft(reader, draft_id)
    response.headers["ETag"] = etag(draft.revision)
    return draft


@router.put(
    "/{draft_id}",
    responses=errors(
        PolicyDraftNotFound, PolicyDraftOfAnother, PolicyDraftNotReady, BudgetUnknown, IfMatchMissing, StaleVersion
    ),
)
async def rewrite_policy_draft(
    draft_id: UUID, body: DraftContent, seen: IfMatch, session: Session, response: Response, caller: Author
) -> DraftOut:
    """Replace what your draft says. It has to be tested again."""
    await BURSARIES.rewrite(session, caller, draft_id, body, seen)
    draft = await queries.find_draft(session, draft_id)
    response.headers["ETag"] = etag(draft.revision)
    return draft


@router.post("/{draft_id}/test", dependencies=[IDEMPOTENT], responses=errors(PolicyDraftNotFound, PolicyDraftNotReady))
async def test_policy_draft(draft_id: UUID, session: Session, caller: Author) -> TrialReport:
    """Run the cases stored with the draft. It is tested when all pass and each row has one."""
    return await BURSARIES.try_out(session, caller, draft_id)


@router.get("/{draft_id}/preview", responses=errors(PolicyDraftNotFound))
async def preview_draft(draft_id: UUID, reader: Reader, caller: Staff) -> DraftPreview:
    """Who would gain and who would lose: every school, against the version that would be in force that day."""
    return await previewed(reader, draft_id)


@router.post(
    "/{draft_id}/approval",
    dependencies=[IDEMPOTENT],
    responses=errors(PolicyDraftNotFound, PolicyDraftNotReady, OwnPolicyDraft),
)
async def decide_on_policy_draft(draft_id: UUID, body: DraftDecision, session: Session, caller: Approver) -> DraftOut:
    """Approve or decline a tested draft of somebody else's."""
    await BURSARIES.decide(session, caller, draft_id, body)
    return await queries.find_draft(session, draft_id)


@router.post(
    "/{draft_id}/publication",
    dependencies=[IDEMPOTENT],
    responses=errors(PolicyDraftNotFound, PolicyDraftNotReady, PolicyTooLate),
)
async def publish_policy_draft(draft_id: UUID, session: Session, caller: Author) -> DraftOut:
    """Make an approved draft a version for good. Whoever applied before keeps the version of that day."""
    await BURSARIES.publish(session, caller, draft_id)
    return await queries.find_draft(session, draft_id)
