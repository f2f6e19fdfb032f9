"""Who sees which figures."""

from uuid import UUID

from chassis.principal import Principal
from hubs.networks.access import keeps
from hubs.registers.access import hubs_staffed_by


def sees_money(caller: Principal, national_team_id: UUID, hub_id: UUID | None = None) -> bool:
    """Whether the caller sees a network's money, or that of one hub in it. Who only evaluates does not."""
    return keeps(caller, national_team_id) or caller.has_role("auditor") or hub_id in hubs_staffed_by(caller)
