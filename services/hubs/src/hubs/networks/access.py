"""Who looks after a network, and who sees what its hubs plan."""

from uuid import UUID

from chassis.principal import Principal
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.registers.access import HUB_STAFF

TEAM = "network_lead"
EVALUATOR = "lead_evaluator"
KEEPERS = (*ADMINISTRATORS, TEAM)
"""Roles of those who may propose; at which organisation is asked in the service."""
WATCHERS = (*KEEPERS, EVALUATOR, "auditor")
READERS = (*WATCHERS, *HUB_STAFF)


def keeps(caller: Principal, national_team_id: UUID) -> bool:
    """Whether the caller is of the national team, or an administrator."""
    return caller.has_role(*ADMINISTRATORS) or national_team_id in caller.organisations(TEAM)


def watches(caller: Principal, national_team_id: UUID) -> bool:
    """Whether the caller sees what all hubs of the network do."""
    return (
        keeps(caller, national_team_id)
        or caller.has_role("auditor")
        or national_team_id in caller.organisations(EVALUATOR)
    )


def teams_watched(caller: Principal) -> frozenset[UUID] | None:
    """National teams whose networks the caller sees; None stands for all."""
    if caller.has_role(*ADMINISTRATORS, "auditor"):
        return None
    return caller.organisations(TEAM, EVALUATOR)
