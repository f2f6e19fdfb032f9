"""Who lends a kit (its hub's staff and the lead of the school that owns it), who may borrow it, and who may see it."""

from sqlalchemy import ColumnElement, false

from chassis import clock
from chassis.principal import Principal
from hubs.directory.belonging import shares_with
from hubs.equipment.models import Kit, Loan
from hubs.registers.access import HUB_STAFF, hubs_staffed_by
from hubs.schools.access import SCHOOL_LEAD, school_led_by
from hubs.sets import any_of

CONCERNED = (SCHOOL_LEAD, *HUB_STAFF)


def lends(caller: Principal) -> ColumnElement[bool]:
    """Whether a kit is the caller's to lend, inside a query; never null."""
    urn = school_led_by(caller)
    owned = false() if urn is None else Kit.owner_urn.is_not_distinct_from(urn)
    return any_of(Kit.hub_id, hubs_staffed_by(caller)) | owned


def may_see(caller: Principal) -> ColumnElement[bool]:
    """Whether a kit is shown to the caller: to who lends it, and to schools of its hub and its guests of today."""
    urn, today = school_led_by(caller), clock.today()
    return lends(caller) if urn is None else lends(caller) | shares_with(Kit.hub_id, urn, today, today)


def borrows(caller: Principal) -> ColumnElement[bool]:
    """Whether a loan is the caller's school's."""
    urn = school_led_by(caller)
    return false() if urn is None else Loan.borrower_urn == urn
