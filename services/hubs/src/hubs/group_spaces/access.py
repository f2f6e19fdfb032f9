"""Who is of a group, and who moderates its space. For everybody else the space does not exist."""

from sqlalchemy import ColumnElement, and_, case, exists, literal, or_

from chassis.principal import Principal
from hubs.groups.access import kept_by
from hubs.groups.models import GroupLead, GroupParticipant, ProjectGroup


def participates(caller: Principal) -> ColumnElement[bool]:
    """Groups in which the caller is, or was until they ended."""
    return exists().where(
        GroupParticipant.group_id == ProjectGroup.id,
        GroupParticipant.person_id == caller.id,
        GroupParticipant.left_on.is_(None),
    )


def leads(caller: Principal) -> ColumnElement[bool]:
    """Groups that the caller leads, or led until they ended."""
    until_the_end = and_(ProjectGroup.ended_on.is_not(None), GroupLead.until_on == ProjectGroup.ended_on)
    return exists().where(
        GroupLead.group_id == ProjectGroup.id,
        GroupLead.person_id == caller.id,
        or_(GroupLead.until_on.is_(None), until_the_end),
    )


def moderated_by(caller: Principal) -> ColumnElement[bool]:
    """Spaces of groups that the caller leads, and of those of hubs that they staff."""
    return or_(leads(caller), kept_by(caller))


def open_to(caller: Principal) -> ColumnElement[bool]:
    """Spaces that the caller sees."""
    return or_(participates(caller), moderated_by(caller))


def part_of(caller: Principal) -> ColumnElement[str]:
    """What the caller is in a group that they are of."""
    return case(
        (leads(caller), literal("lead")), (participates(caller), literal("participant")), else_=literal("staff")
    )
