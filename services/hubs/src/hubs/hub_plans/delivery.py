"""What hubs deliver of each project: groups by where they stand, who is in them, and who came, by the registers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from hubs.base import AnyRow
from hubs.directory.models import Hub
from hubs.groups.models import GroupMark, GroupParticipant, ProjectGroup
from hubs.hub_plans.network_rules import Delivered
from hubs.hub_plans.schemas import DeliveryCount, TargetCount

ACTIVE = ("running", "completed")
STATES = ("forming", *ACTIVE, "cancelled")


async def delivered(reader: AsyncConnection, network: str, year: str) -> Sequence[AnyRow]:
    """By project, region and hub: groups in each state, schools and people of those that run or ran, and who came."""
    came = (
        select(GroupParticipant.group_id, func.count(GroupMark.participant_id.distinct()).label("came"))
        .join(GroupMark, GroupMark.participant_id == GroupParticipant.id)
        .where(GroupMark.mark == "present")
        .group_by(GroupParticipant.group_id)
        .subquery()
    )
    is_active = ProjectGroup.status.in_(ACTIVE)

    def summed(column: Any) -> Any:
        return func.coalesce(func.sum(column).filter(is_active), 0)

    query = (
        select(ProjectGroup.project_code.label("code"), Hub.region, ProjectGroup.hub_id)
        .add_columns(*(func.count().filter(ProjectGroup.status == one).label(one) for one in STATES))
        .add_columns(summed(ProjectGroup.schools).label("schools"))
        .add_columns(summed(ProjectGroup.participants).label("participants"))
        .add_columns(summed(came.c.came).label("attended"))
        .join(Hub, Hub.id == ProjectGroup.hub_id)
        .outerjoin(came, came.c.group_id == ProjectGroup.id)
        .where(ProjectGroup.network == network, ProjectGroup.project_year == year)
        .group_by(ProjectGroup.project_code, Hub.region, ProjectGroup.hub_id)
    )
    return (await reader.execute(query)).all()


def delivery_of(rows: Iterable[AnyRow]) -> DeliveryCount:
    """The sum of these rows."""
    known = list(rows)
    return DeliveryCount(**{name: sum(getattr(one, name) for one in known) for name in DeliveryCount.model_fields})


def targets_among(rows: Iterable[AnyRow]) -> TargetCount:
    """The sum of what was agreed with hubs."""
    known = list(rows)
    return TargetCount(
        **{name: sum(one.at_least for one in known if one.measure == name) for name in TargetCount.model_fields}
    )


def by_project(rows: Iterable[AnyRow]) -> Mapping[str, Delivered]:
    """What counts towards aims."""
    known = list(rows)
    found = {}
    for code in {one.code for one in known}:
        own = [one for one in known if one.code == code]
        told = delivery_of(own)
        hubs = frozenset(one.hub_id for one in own if one.running + one.completed)
        found[code] = Delivered(told.running + told.completed, told.schools, told.participants, hubs)
    return found
