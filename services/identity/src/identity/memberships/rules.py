"""Who may grant which role where. A table: nobody grants what is not in it, nor anything above their own role."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from identity.people.models import Role

STRONG = frozenset(
    {Role.ADMINISTRATOR, Role.AUDITOR, Role.FUNDING_OFFICER, Role.FUNDING_APPROVER, Role.PAYMENT_OFFICER}
)
"""Held everywhere, over money or over everybody: it takes two administrators to grant one."""
AT_AN_ORGANISATION = frozenset(
    {
        Role.PARTNER_ADMIN,
        Role.ASSESSOR,
        Role.NETWORK_LEAD,
        Role.LEAD_EVALUATOR,
        Role.HUB_LEAD,
        Role.HUB_ADMINISTRATOR,
    }
)
"""Mean nothing unless held at one."""
DELEGATED: dict[str, frozenset[Role]] = {
    Role.PARTNER_ADMIN.value: frozenset(
        {Role.PARTNER_ADMIN, Role.ASSESSOR, Role.MODERATOR, Role.NETWORK_LEAD, Role.LEAD_EVALUATOR}
    ),
    Role.HUB_LEAD.value: frozenset({Role.HUB_LEAD, Role.HUB_ADMINISTRATOR}),
}
"""What somebody with a role at an organisation may grant there, and there only."""
MANAGERS = ("administrator", *DELEGATED)
INVITATION_LIFETIME = timedelta(days=14)


class Held(Protocol):
    """A role at an organisation, from a token or from the database."""

    @property
    def role(self) -> str: ...

    @property
    def organisation_id(self) -> UUID | None: ...


def may_grant(held: Iterable[Held], role: Role, organisation_id: UUID | None) -> bool:
    """Whether these roles let somebody grant a role, alone, at an organisation or everywhere."""
    if role in STRONG:
        return False
    return any(
        one.role == Role.ADMINISTRATOR
        or (
            organisation_id is not None
            and one.organisation_id == organisation_id
            and role in DELEGATED.get(one.role, frozenset())
        )
        for one in held
    )


def is_well_placed(role: Role, organisation_id: UUID | None) -> bool:
    """Whether a role means something where it is to be held."""
    if role in STRONG:
        return organisation_id is None
    return organisation_id is not None or role not in AT_AN_ORGANISATION
