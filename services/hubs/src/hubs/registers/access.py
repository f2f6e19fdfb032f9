"""Who keeps a hub's registers."""

from uuid import UUID

from chassis.principal import Principal

HUB_STAFF = ("hub_lead", "hub_administrator")


def hubs_staffed_by(caller: Principal) -> frozenset[UUID]:
    """Hubs at which the caller is lead or administrator."""
    return caller.organisations(*HUB_STAFF)


def leads(caller: Principal, hub_id: UUID) -> bool:
    """Whether the caller is this hub's lead."""
    return hub_id in caller.organisations("hub_lead")
