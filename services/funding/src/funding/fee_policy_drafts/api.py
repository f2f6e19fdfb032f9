"""`/v1/fee-policy-drafts`: fee policies before they are published."""

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
from funding.fee_policy_drafts import queries
from funding.fee_policy_drafts.schemas import FeeDraftContent, FeeDraftOut, FeeDraftPreview
from funding.fee_policy_drafts.service import FEES
from funding.policy_drafts.errors import (
    OwnPolicyDraft,
    PolicyDraftNotFound,
    PolicyDraftNotReady,
    PolicyDraftOfAnother,
    PolicyTooLate,
)
from funding.policy_drafts.models import DraftStatus
from funding.policy_drafts.schemas import DraftDecision, TrialReport
from funding.roles import APPROVER, OFFICER, READERS

router = ServiceRouter(prefix="/v1/fee-policy-drafts", tags=["policies"])
Staff = Annotated[Principal, allow(role(*READERS))]
Author = Annotated[Principal, allow(role(OFFICER, APPROVER))]
Approver = Annotated[Principal, allow(role(APPROVER))]


@router.post("", status_code=201, dependencies=[IDEMPOTENT])
async def propose_fee_policy(body: FeeDraftContent, session: Session, caller: Author) -> FeeDraftOut:
    """Propose a version of the fee policy with the cases that it has to pass. Nothing changes until it is published."""
    return await queries.find_draft(session, await FEES.propose(session, caller, body))


@router.get("", response_model=Page[FeeDraftOut])
async def list_fee_policy_drafts(
    reader: Reader,
    caller: Staff,
    page: PageRequest,
    status: Annotated[DraftStatus | None, Query(description="Only those of this status")] = None,
) -> dict[str, object]:
    """Drafts of the fee policy, the oldest first."""
    found = await queries.list_drafts(reader, page, status)
    return Page.of(found, page, key=lambda one: (str(one.id),))


@router.get("/{fee_draft_id}", responses=errors(PolicyDraftNotFound))
async def get_fee_policy_draft(fee_draft_id: UUID, reader: Reader, response: Response, caller: Staff) -> FeeDraftOut:
    """One draft of the fee policy."""
    draft = await queries.find_draft(reader, fee_draft_id)
    response.headers["ETag"] = etag(draft.revision)
    return draft


@router.put(
    "/{fee_draft_id}",
    responses=errors(PolicyDraftNotFound, PolicyDraftOfAnother, PolicyDraftNotReady, IfMatchMissing, StaleVersion),
)
async def rewrite_fee_policy_draft(
    fee_draft_id: UUID, body: FeeDraftContent, seen: IfMatch, session: Session, response: Response, caller: Author
) -> FeeDraftOut:
    """Replace what your draft says. It has to be tested again."""
    await FEES.rewrite(session, caller, fee_draft_id, body, seen)
    draft = await queries.find_draft(session, fee_draft_id)
    response.headers["ETag"] = etag(draft.revision)
    return draft


@router.post(
    "/{fee_draft_id}/test", dependencies=[IDEMPOTENT], responses=errors(PolicyDraftNotFound, PolicyDraftNotReady)
)
async def test_fee_policy_draft(fee_draft_id: UUID, session: Session, caller: Author) -> TrialReport:
    """Run the cases stored with the draft. It is tested when all pass and each row has one."""
    return await FEES.try_out(session, caller, fee_draft_id)


@router.get("/{fee_draft_id}/preview", responses=errors(PolicyDraftNotFound))
async def preview_fee_policy_draft(fee_draft_id: UUID, reader: Reader, caller: Staff) -> FeeDraftPreview:
    """Who would pay more and who less: recent bookings and quotes, against the version in force that day."""
    return await queries.previewed(reader, fee_draft_id)


@router.post(
    "/{fee_draft_id}/approval",
    dependencies=[IDEMPOTENT],
    responses=errors(PolicyDraftNotFound, PolicyDraftNotReady, OwnPolicyDraft),
)
async def decide_on_fee_policy_draft(
    fee_draft_id: UUID, body: DraftDecision, session: Session, caller: Approver
) -> FeeDraftOut:
    """Approve or decline a tested draft of somebody else's."""
    await FEES.decide(session, caller, fee_draft_id, body)
    return await queries.find_draft(session, fee_draft_id)


@router.post(
    "/{fee_draft_id}/publication",
    dependencies=[IDEMPOTENT],
    responses=errors(PolicyDraftNotFound, PolicyDraftNotReady, PolicyTooLate),
)
async def publish_fee_policy_draft(fee_draft_id: UUID, session: Session, caller: Author) -> FeeDraftOut:
    """Make an approved draft a version for good. What was quoted or is due keeps the version of its day."""
    await FEES.publish(session, caller, fee_draft_id)
    return await queries.find_draft(session, fee_draft_id)
