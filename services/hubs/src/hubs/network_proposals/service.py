"""Proposing a file, and deciding on it: two people, one transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.network_proposals.errors import (
    NetworkFileUnchanged,
    NetworkFileWrong,
    NetworkProposalDecided,
    NetworkProposalNotFound,
    NetworkProposalOvertaken,
    NotOfTheNationalTeam,
    SecondNetworkLeadNeeded,
)
from hubs.network_proposals.merging import Change, Upload, merge, take
from hubs.network_proposals.models import NetworkProposal
from hubs.network_proposals.schemas import FileCheck, FileHead, ProposalDecisionIn, ProposalFilter, ProposalHead
from hubs.networks.access import keeps, teams_watched
from hubs.networks.document import NetworkFile
from hubs.networks.documents import bring_into_force, lock_year, national_team_id
from hubs.networks.errors import NetworkNotFound
from hubs.networks.models import Network
from hubs.networks.queries import Source, file_in_force
from hubs.projects.files import checksum, content_of
from hubs.projects.problems import Problem
from hubs.sets import any_of

MOST_CHANGES = 500
NOTHING = "nothing"


@dataclass(frozen=True)
class Wanted:
    """A file that can be taken, and what it was compared with."""

    file: NetworkFile
    changes: Sequence[Change]
    current: NetworkFile | None
    national_team_id: UUID

    def base(self) -> str:
        """What is in force, as a checksum."""
        return checksum(self.current) if self.current else NOTHING


def text_of(body: bytes) -> str:
    """The file's text; NetworkFileWrong."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NetworkFileWrong([Problem(path=(), says="The file is not in UTF-8.")]) from None


async def wanted(source: Source, caller: Principal, head: FileHead, text: str) -> Wanted:
    """Read a file and compare it. Raises NetworkFileWrong, NetworkNotFound and NotOfTheNationalTeam."""
    upload = take(text, one_project=head.network is not None)
    if not isinstance(upload, Upload):
        raise NetworkFileWrong(upload)
    slug = head.network or (upload.network.slug if upload.network else "")
    network = (await source.execute(select(Network.__table__).where(Network.slug == slug))).first()
    if network is not None:
        team, led_by = network.national_team_id, network.national_team
    elif upload.network is not None:
        team, led_by = national_team_id(upload.network.national_team), upload.network.national_team
    else:
        raise NetworkNotFound(f"There is no network {slug}.")
    if not keeps(caller, team):
        raise NotOfTheNationalTeam(f"{slug} is led by {led_by}.")
    current = await file_in_force(source, slug, upload.project_year)
    merged = merge(current, upload)
    if merged.file is None:
        raise NetworkFileWrong(merged.problems)
    return Wanted(merged.file, merged.changes, current, team)


def check_of(found: Wanted) -> FileCheck:
    """What a file would do."""
    document = found.file.network
    return FileCheck(
        network_slug=document.slug,
        project_year=document.project_year,
        is_new=found.current is None,
        changes_count=len(found.changes),
        changes=list(found.changes[:MOST_CHANGES]),
    )


async def propose(session: AsyncSession, caller: Principal, head: ProposalHead, text: str) -> NetworkProposal:
    """Keep a file as a proposal, not yet in force. Raises NetworkFileUnchanged, and what `wanted` raises."""
    found = await wanted(session, caller, head, text)
    if not found.changes or caller.id is None:
        raise NetworkFileUnchanged("The file says what is in force.")
    document = found.file.network
    proposal = NetworkProposal(
        id=new_id(),
        network_slug=document.slug,
        project_year=document.project_year,
        national_team_id=found.national_team_id,
        file=content_of(found.file),
        base=found.base(),
        changes=[one.model_dump(mode="json", exclude_unset=True) for one in found.changes[:MOST_CHANGES]],
        changes_count=len(found.changes),
        reason=head.reason,
        status="proposed",
        proposed_by=caller.id,
        proposed_at=clock.now(),
    )
    session.add(proposal)
    await session.flush()
    await _record(session, caller, proposal, "proposed", {"changes": proposal.changes_count})
    return proposal


async def decide(
    session: AsyncSession, caller: Principal, proposal_id: UUID, decision: ProposalDecisionIn
) -> NetworkProposal:
    """Approve or refuse a proposal; an approved one is in force from then on.

    Raises SecondNetworkLeadNeeded for who proposed it, NetworkProposalDecided and NetworkProposalOvertaken.
    """
    proposal = await session.get(NetworkProposal, proposal_id, with_for_update=True)
    if proposal is None or not keeps(caller, proposal.national_team_id):
        raise NetworkProposalNotFound("No proposal has this id.")
    if proposal.status != "proposed":
        raise NetworkProposalDecided(f"The proposal was {proposal.status}.")
    if proposal.proposed_by == caller.id:
        raise SecondNetworkLeadNeeded("You proposed this; another person of the national team decides on it.")
    if decision.outcome == "approved":
        await _bring_into_force(session, proposal)
    proposal.status, proposal.decision = decision.outcome, decision.reason
    proposal.decided_by, proposal.decided_at = caller.id, clock.now()
    await session.flush()
    await _record(session, caller, proposal, decision.outcome, {"reason": decision.reason})
    return proposal


async def _bring_into_force(session: AsyncSession, proposal: NetworkProposal) -> None:
    await lock_year(session, proposal.network_slug, proposal.project_year)
    current = await file_in_force(session, proposal.network_slug, proposal.project_year)
    if proposal.base != (checksum(current) if current else NOTHING):
        raise NetworkProposalOvertaken("Something else came into force since it was proposed; propose it again.")
    file = NetworkFile.model_validate(proposal.file)
    network = await session.get(Network, file.network.slug)
    if network is not None and network.national_team_id != proposal.national_team_id:
        raise NetworkProposalOvertaken("Another team began a network of this name.")
    await bring_into_force(session, file, proposal.id)


async def _record(
    session: AsyncSession, caller: Principal, proposal: NetworkProposal, step: str, details: dict[str, audit.JSON]
) -> None:
    named: dict[str, audit.JSON] = {"network": proposal.network_slug, "year": proposal.project_year}
    await audit.record(session, caller, f"network.{step}", f"network-proposal:{proposal.id}", named | details)


def _seen_by(caller: Principal) -> ColumnElement[bool]:
    teams = teams_watched(caller)
    return true() if teams is None else any_of(NetworkProposal.national_team_id, teams)


async def list_proposals(
    reader: AsyncConnection, caller: Principal, filters: ProposalFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Proposals that the caller sees, newest first, one more than the page holds."""
    table = NetworkProposal.__table__
    columns = [column for column in table.c if column.name not in ("file", "changes")]
    query = select(*columns).where(_seen_by(caller)).order_by(NetworkProposal.id.desc()).limit(page.limit + 1)
    if filters.network:
        query = query.where(NetworkProposal.network_slug == filters.network)
    if filters.year:
        query = query.where(NetworkProposal.project_year == filters.year)
    if filters.status:
        query = query.where(NetworkProposal.status == filters.status)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(NetworkProposal.id < after[0])
    return (await reader.execute(query)).all()


async def find_proposal(reader: AsyncConnection, caller: Principal, proposal_id: UUID) -> AnyRow:
    """A proposal that the caller sees, or NetworkProposalNotFound."""
    query = select(NetworkProposal.__table__).where(NetworkProposal.id == proposal_id, _seen_by(caller))
    row = (await reader.execute(query)).first()
    if row is None:
        raise NetworkProposalNotFound("No proposal has this id.")
    return row
