"""Who runs events for pupils: the staff of the hub, or those who act for the partner organisation."""

from uuid import UUID

from sqlalchemy import ColumnElement

from chassis.principal import Principal
from hubs.pupil_events.models import PupilEvent
from hubs.registers.access import HUB_STAFF, hubs_staffed_by
from hubs.sets import any_of

PARTNER_STAFF = "partner_admin"
ORGANISERS = (*HUB_STAFF, PARTNER_STAFF)


def partners_served_by(caller: Principal) -> frozenset[UUID]:
    """Organisations for which the caller acts."""
    return caller.organisations(PARTNER_STAFF)


def is_run_by(caller: Principal) -> ColumnElement[bool]:
    """Whether an event is one the caller runs, inside a query."""
    hubs, partners = hubs_staffed_by(caller), partners_served_by(caller)
    return any_of(PupilEvent.hub_id, hubs) | any_of(PupilEvent.partner_id, partners)
