"""Counting groups, schools and people against the limits of a group, a hub and the network, under concurrency.

The group's own row is held by the caller, so its counts have one writer at a time. Tallies of a hub and the network are
changed by one conditional statement each, always in that order: they are never read first, and a check of the table
would refuse what a mistake let through.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hubs.groups.errors import GroupFull, ProjectLimitReached
from hubs.groups.limits import Limits, limits_of_hub, limits_of_network
from hubs.groups.models import ProjectGroup, ProjectTally
from hubs.projects.document import ProjectDocument

NETWORK = "network"


@dataclass(frozen=True)
class Change:
    """How many more, or with minus fewer, of each."""

    groups: int = 0
    schools: int = 0
    participants: int = 0

    def backwards(self) -> "Change":
        """The change that takes this one back."""
        return Change(-self.groups, -self.schools, -self.participants)


async def count(session: AsyncSession, group: ProjectGroup, document: ProjectDocument, change: Change) -> None:
    """Count a change of a group that the caller holds. Raises GroupFull and ProjectLimitReached."""
    _within("schools", group.schools + change.schools, group.schools_at_most)
    _within("participants", group.participants + change.participants, group.participants_at_most)
    group.schools += change.schools
    group.participants += change.participants
    await session.flush()
    await count_beyond(session, group, document, change)


async def count_beyond(session: AsyncSession, group: ProjectGroup, document: ProjectDocument, change: Change) -> None:
    """Count a change in the tallies of the hub and the network alone. Raises ProjectLimitReached."""
    if change == Change():
        return
    for scope, limits in _scopes(group, document):
        await _tally(session, group.project_id, scope, limits, change)


def _within(what: str, number: int, most: int | None) -> None:
    if most is not None and number > most:
        raise GroupFull(f"The group takes {most} {what}.", limit=most, of=what)


def _scopes(group: ProjectGroup, document: ProjectDocument) -> list[tuple[str, Limits]]:
    """Tallies that the document limits: of the hub before the network, the whole project before its strand."""
    slugs = [None, group.strand] if group.strand else [None]
    hub = [(_named(str(group.hub_id), slug), limits_of_hub(document, slug)) for slug in slugs]
    network = [(_named(NETWORK, slug), limits_of_network(document, slug)) for slug in slugs]
    return [(scope, limits) for scope, limits in (*hub, *network) if limits != Limits()]


def _named(scope: str, strand: str | None) -> str:
    return scope if strand is None else f"{scope}:{strand}"


async def _tally(session: AsyncSession, project_id: UUID, scope: str, limits: Limits, change: Change) -> None:
    """Count in one tally. The limits are the document's of today; they are kept beside the counts that they bound."""
    of_scope = ProjectTally.project_id == project_id, ProjectTally.scope == scope
    first = insert(ProjectTally).values(project_id=project_id, scope=scope, groups=0, schools=0, participants=0)
    await session.execute(first.on_conflict_do_nothing())
    counted = update(ProjectTally).where(*of_scope).returning(ProjectTally.scope)
    for name in ("groups", "schools", "participants"):
        more, most, column = getattr(change, name), getattr(limits, name), ProjectTally.__table__.c[name]
        if more > 0 and most is not None:
            counted = counted.where(column + more <= most)
        if more > 0:
            counted = counted.values({name: column + more, f"{name}_at_most": most})
        elif more < 0:
            counted = counted.values({name: column + more})
    if (await session.execute(counted)).first() is None:
        where = "network" if scope.startswith(NETWORK) else "hub"
        told = {name: most for name, most in vars(limits).items() if most is not None}
        raise ProjectLimitReached(f"The {where} has as much of this project as it allows.", limits=told, of=where)
