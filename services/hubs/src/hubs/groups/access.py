"""Whose groups are whose. A group that is not the caller's does not exist for them."""

from sqlalchemy import ColumnElement, exists, or_, select, true

from chassis.principal import Principal
from hubs.groups.models import GroupLead, GroupParticipant, GroupSchool, ProjectGroup
from hubs.networks.access import teams_watched
from hubs.networks.models import Network
from hubs.registers.access import hubs_staffed_by
from hubs.schools.access import school_led_by
from hubs.sets import any_of


def kept_by(caller: Principal) -> ColumnElement[bool]:
    """Groups of hubs that the caller staffs: theirs to form, change and end."""
    return any_of(ProjectGroup.hub_id, hubs_staffed_by(caller))


def run_by(caller: Principal) -> ColumnElement[bool]:
    """Groups that the caller keeps or leads: theirs to plan and mark."""
    leads = exists().where(
        GroupLead.group_id == ProjectGroup.id, GroupLead.person_id == caller.id, GroupLead.until_on.is_(None)
    )
    return or_(kept_by(caller), leads)


def overseen_by(caller: Principal) -> ColumnElement[bool]:
    """Groups of networks that the caller leads nationally or evaluates, beside those they run."""
    teams = teams_watched(caller)
    if teams is None:
        return true()
    watched = select(Network.slug).where(any_of(Network.national_team_id, teams))
    return or_(run_by(caller), ProjectGroup.network.in_(watched))


def seen_by(caller: Principal) -> ColumnElement[bool]:
    """Everything above, and groups that the caller or the school they speak for is or was in."""
    mine = exists().where(GroupParticipant.group_id == ProjectGroup.id, GroupParticipant.person_id == caller.id)
    seen = [overseen_by(caller), mine]
    if (urn := school_led_by(caller)) is not None:
        seen.append(exists().where(GroupSchool.group_id == ProjectGroup.id, GroupSchool.urn == urn))
    return or_(*seen)


def people_shown_to(caller: Principal) -> ColumnElement[bool]:
    """Participants that the caller may see: all of groups they oversee, else themselves and those of their school."""
    overseen = GroupParticipant.group_id.in_(select(ProjectGroup.id).where(overseen_by(caller)))
    shown = [overseen, GroupParticipant.person_id == caller.id]
    if (urn := school_led_by(caller)) is not None:
        shown.append(GroupParticipant.urn == urn)
    return or_(*shown)
