"""`/v1/network-proposals`: changing what a network runs, by a file that a second person approves."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.base import AnyRow
from hubs.network_proposals import service
from hubs.network_proposals.errors import (
    NetworkFileUnchanged,
    NetworkFileWrong,
    NetworkProposalDecided,
    NetworkProposalNotFound,
    NetworkProposalOvertaken,
    NotOfTheNationalTeam,
    SecondNetworkLeadNeeded,
)
from hubs.network_proposals.models import NetworkProposal
from hubs.network_proposals.schemas import (
    FileCheck,
    FileHead,
    NetworkProposalDetail,
    NetworkProposalOut,
    ProposalDecisionIn,
    ProposalFilter,
    ProposalHead,
)
from hubs.networks.access import KEEPERS, WATCHERS
from hubs.networks.errors import NetworkNotFound

router = ServiceRouter(prefix="/v1/network-proposals", tags=["networks"])
Keeper = Annotated[Principal, allow(role(*KEEPERS))]
Watcher = Annotated[Principal, allow(role(*WATCHERS))]
EXAMPLE = """network:
  slug: robot-clubs
  title: Robot clubs
  subject: computing
  project_year: 2026-27
  national_team: ncce
  source: Agreed by the national team in November 2026
projects:
  - code: C-1
    title: Starting a club
    project_year: 2026-27
    phases:
      - primary
    kind: work_group
    participation:
      kind: optional
    sections:
      summary: Teachers of a few schools start a club together.
    participants:
      unit: school
      title: school
    size:
      schools_of_group:
        minimum: 4
        maximum: 8
    source: Agreed by the national team in November 2026
"""
_FILE_CONTENT = {kind: {"schema": {"type": "string"}, "example": EXAMPLE} for kind in ("application/yaml",)}
FILE = {"requestBody": {"required": True, "content": _FILE_CONTENT}}


@router.get("", response_model=Page[NetworkProposalOut])
async def list_network_proposals(
    reader: Reader, caller: Watcher, wanted: Annotated[ProposalFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Proposals of the caller's networks, newest first."""
    rows = await service.list_proposals(reader, caller, wanted, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.post("/check", responses=errors(NetworkFileWrong, NetworkNotFound, NotOfTheNationalTeam), openapi_extra=FILE)
async def check_network_file(
    reader: Reader, caller: Keeper, head: Annotated[FileHead, Query()], request: Request
) -> FileCheck:
    """Say what a file, YAML or JSON, is wrong in, or what it would change. Keeps nothing."""
    text = service.text_of(await request.body())
    return service.check_of(await service.wanted(reader, caller, head, text))


@router.post(
    "",
    status_code=201,
    response_model=NetworkProposalDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(NetworkFileWrong, NetworkFileUnchanged, NetworkNotFound, NotOfTheNationalTeam),
    openapi_extra=FILE,
)
async def propose_network_file(
    session: Session, caller: Keeper, head: Annotated[ProposalHead, Query()], request: Request
) -> NetworkProposal:
    """Propose a file, YAML or JSON, of a whole network or of one project. It is in force once another has approved."""
    return await service.propose(session, caller, head, service.text_of(await request.body()))


@router.get("/{network_proposal_id}", response_model=NetworkProposalDetail, responses=errors(NetworkProposalNotFound))
async def get_network_proposal(reader: Reader, caller: Watcher, network_proposal_id: UUID) -> AnyRow:
    """One proposal with what it changes."""
    return await service.find_proposal(reader, caller, network_proposal_id)


@router.post(
    "/{network_proposal_id}/decision",
    response_model=NetworkProposalOut,
    dependencies=[IDEMPOTENT],
    responses=errors(
        NetworkProposalNotFound, NetworkProposalDecided, NetworkProposalOvertaken, SecondNetworkLeadNeeded
    ),
)
async def decide_network_proposal(
    session: Session, caller: Keeper, network_proposal_id: UUID, body: ProposalDecisionIn
) -> NetworkProposal:
    """Approve or refuse what somebody else proposed."""
    return await service.decide(session, caller, network_proposal_id, body)
