"""Duplicates: found, merged by two administrators, separated."""

from typing import Annotated
from uuid import UUID

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from identity.merges import candidates, service
from identity.merges.errors import (
    DifferentTeacherNumbers,
    ErasureStandsInTheWay,
    MergedOnward,
    MergedPersonHoldsRoles,
    MergeNotFound,
    MergeTakesTwo,
    NumberBetterProven,
    PersonMergedAlready,
    SchoolToBeChosen,
)
from identity.merges.models import PersonMerge
from identity.merges.schemas import MergeCandidate, MergeDecision, MergeOut, MergePreview, MergeSeparation, NewMerge
from identity.people.errors import PersonNotFound
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1/merges", tags=["merges"])
Administrator = Annotated[Principal, allow(role("administrator"))]
FORBIDDEN = (
    DifferentTeacherNumbers,
    ErasureStandsInTheWay,
    MergedPersonHoldsRoles,
    MergeTakesTwo,
    NumberBetterProven,
    PersonMergedAlready,
    PersonNotFound,
    SchoolToBeChosen,
)


@router.get("/candidates", response_model=Page[MergeCandidate])
async def list_merge_candidates(session: Session, page: PageRequest, caller: Administrator) -> dict[str, object]:
    """Accounts that may be one person's, with reasons. Both can read that you looked."""
    pairs = await candidates.find(session, caller, page)
    return Page.of(pairs, page, key=lambda pair: tuple(str(person.id) for person in pair.people))


@router.get("", response_model=Page[MergeOut])
async def list_merges(
    reader: Reader, page: PageRequest, _caller: Annotated[Principal, allow(role("administrator", "auditor"))]
) -> dict[str, object]:
    """What was proposed, decided and taken back, the latest first."""
    return Page.of(await service.list_merges(reader, page), page, key=lambda row: (str(row.id),))


@router.post("", status_code=201, response_model=MergeOut, dependencies=[IDEMPOTENT], responses=errors(*FORBIDDEN))
async def propose_merge(body: NewMerge, session: Session, caller: Administrator) -> PersonMerge:
    """Propose that one account goes by another."""
    return await service.propose(session, caller, body)


@router.get("/{merge_id}/preview", response_model=MergePreview, responses=errors(MergeNotFound))
async def preview_merge(merge_id: UUID, reader: Reader, _caller: Administrator) -> MergePreview:
    """What approving a proposal would do here."""
    return await service.preview(reader, merge_id)


@router.post(
    "/{merge_id}/decision",
    response_model=MergeOut,
    dependencies=[IDEMPOTENT],
    responses=errors(MergeNotFound, *FORBIDDEN),
)
async def decide_merge(
    merge_id: UUID, body: MergeDecision, session: Session, settings: IdentitySettings, caller: Administrator
) -> PersonMerge:
    """Decide on what another administrator proposed. Approved, the account's sign-ins end and every service follows."""
    return await service.decide(session, settings, caller, merge_id, body)


@router.post(
    "/{merge_id}/separation",
    response_model=MergeOut,
    dependencies=[IDEMPOTENT],
    responses=errors(MergeNotFound, MergeTakesTwo, MergedOnward, ErasureStandsInTheWay, PersonNotFound),
)
async def separate_merged(
    merge_id: UUID, body: MergeSeparation, session: Session, settings: IdentitySettings, caller: Administrator
) -> PersonMerge:
    """Take a merge back. Each gets back what was theirs; what was made since stays with the account that was kept."""
    return await service.separate(session, settings, caller, merge_id, body)
