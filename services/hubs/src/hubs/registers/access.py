"""Who keeps a hub's registers."""

from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, false, func, literal, or_

from chassis.principal import Principal
from hubs.courses.models import CourseRun
from hubs.sets import any_of

HUB_STAFF = ("hub_lead", "hub_administrator")


def hubs_staffed_by(caller: Principal) -> frozenset[UUID]:
    """Hubs at which the caller is lead or administrator."""
    return caller.organisations(*HUB_STAFF)


def leads(caller: Principal, hub_id: UUID) -> bool:
    """Whether the caller is this hub's lead."""
    return hub_id in caller.organisations("hub_lead")


def facilitates(caller: Principal, facilitator_ids: list[UUID]) -> bool:
    """Whether the caller is among those who hold a run."""
    return caller.kind == "person" and caller.id in facilitator_ids


def kept_by(caller: Principal) -> ColumnElement[bool]:
    """Runs whose register the caller marks: those of hubs they staff, and those they facilitate."""
    facilitated = (
        literal(caller.id, Uuid) == func.any(CourseRun.facilitator_ids) if caller.kind == "person" else false()
    )
    return or_(any_of(CourseRun.hub_id, hubs_staffed_by(caller)), facilitated)
