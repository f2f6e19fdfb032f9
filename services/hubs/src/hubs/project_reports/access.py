"""Whose reports are whose. A report that is not the caller's to see does not exist for them."""

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from chassis.principal import Principal
from hubs.groups.models import GroupLead, GroupParticipant
from hubs.networks.access import EVALUATOR, TEAM, teams_watched
from hubs.networks.models import Network
from hubs.project_reports.models import ProjectReport
from hubs.registers.access import hubs_staffed_by
from hubs.schools.access import school_led_by
from hubs.sets import any_of


def written_by(caller: Principal) -> ColumnElement[bool]:
    """Reports that the caller writes: as lead, participant, school, hub or team."""
    hub = and_(ProjectReport.by == "hub", any_of(ProjectReport.hub_id, hubs_staffed_by(caller)))
    own = [hub, _by("lead", _leads(caller)), _by("participant", _is(caller)), _by("school", _for_school(caller))]
    return or_(
        *own,
        _by("co_ordination_team", _network_of(caller, TEAM)),
        _by("lead_evaluator", _network_of(caller, EVALUATOR)),
    )


def decided_by(caller: Principal) -> ColumnElement[bool]:
    """Reports that the caller may decide on: those of networks they evaluate or lead nationally."""
    return _network_of(caller, EVALUATOR, TEAM)


def overseen_by(caller: Principal) -> ColumnElement[bool]:
    """Reports of networks that the caller leads nationally or evaluates; all for administrators and auditors."""
    return true() if teams_watched(caller) is None else _network_of(caller, EVALUATOR, TEAM)


def seen_by(caller: Principal) -> ColumnElement[bool]:
    """Reports that the caller writes, those of groups they lead and of hubs they staff, and those they oversee."""
    staffed = any_of(ProjectReport.hub_id, hubs_staffed_by(caller))
    return or_(written_by(caller), staffed, _leads(caller), overseen_by(caller))


def _by(who: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(ProjectReport.by == who, condition)


def _leads(caller: Principal) -> ColumnElement[bool]:
    if caller.kind != "person":
        return false()
    return exists().where(GroupLead.group_id == ProjectReport.group_id, GroupLead.person_id == caller.id)


def _is(caller: Principal) -> ColumnElement[bool]:
    return exists().where(GroupParticipant.id == ProjectReport.participant_id, GroupParticipant.person_id == caller.id)


def _for_school(caller: Principal) -> ColumnElement[bool]:
    """The school's lead, and the people whom the school sent into the group."""
    sent = exists().where(
        GroupParticipant.group_id == ProjectReport.group_id,
        GroupParticipant.urn == ProjectReport.urn,
        GroupParticipant.person_id == caller.id,
        GroupParticipant.left_on.is_(None),
    )
    urn = school_led_by(caller)
    return sent if urn is None else or_(sent, ProjectReport.urn == urn)


def _network_of(caller: Principal, *roles: str) -> ColumnElement[bool]:
    networks = select(Network.slug).where(any_of(Network.national_team_id, caller.organisations(*roles)))
    return ProjectReport.network.in_(networks)
