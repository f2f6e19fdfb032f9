"""The platform as whoever proposes: never a person, so that any approver is a second one."""

from uuid import UUID

from chassis.principal import Principal, RoleGrant
from funding.roles import OFFICER

PLATFORM_ID = UUID("7a3c51f2-5d6e-5b04-9e0f-3c1f6f0b1907")
PLATFORM = Principal(kind="service", id=PLATFORM_ID, roles=(RoleGrant(role=OFFICER),))
