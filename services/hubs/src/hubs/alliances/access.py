"""Whose an alliance is: its lead school's, those of the schools in it or asked into it, the hub's that it became."""

from sqlalchemy import ColumnElement, exists, false, or_, true

from chassis.principal import Principal
from hubs.alliances.models import Alliance, AllianceSchool
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.registers.access import hubs_staffed_by
from hubs.schools.access import school_led_by
from hubs.sets import any_of


def led_by(caller: Principal) -> ColumnElement[bool]:
    """Alliances whose lead school the caller speaks for, and those of hubs that they staff."""
    urn = school_led_by(caller)
    own = false() if urn is None else Alliance.lead_urn == urn
    return or_(own, any_of(Alliance.hub_id, hubs_staffed_by(caller)))


def seen_by(caller: Principal) -> ColumnElement[bool]:
    """Those, and alliances that the caller's school is in or asked into; all for administrators and auditors."""
    if caller.has_role(*ADMINISTRATORS, "auditor"):
        return true()
    urn = school_led_by(caller)
    if urn is None:
        return led_by(caller)
    asked = exists().where(
        AllianceSchool.alliance_id == Alliance.id, AllianceSchool.urn == urn, AllianceSchool.left_on.is_(None)
    )
    return or_(led_by(caller), asked)
