"""On whose behalf somebody acts: a person's own, or that of an organisation, by its key or by its administrator."""

from uuid import UUID

from chassis.errors import Unprocessable
from chassis.principal import Principal

PARTNER_ADMIN = "partner_admin"


class OrganisationNotYours(Unprocessable):
    """The caller acts for none, for several without saying which, or not for the one it names."""

    code, title = "organisation-not-yours", "Say for which of your organisations"


def organisations_of(caller: Principal) -> frozenset[UUID]:
    """Organisations for which the caller acts."""
    if caller.kind == "partner":
        return frozenset([caller.organisation_id] if caller.organisation_id else [])
    return caller.organisations(PARTNER_ADMIN)


def organisation_for(caller: Principal, named: UUID | None) -> UUID:
    """The organisation that the caller names, or the only one it acts for; OrganisationNotYours."""
    own = organisations_of(caller)
    if named is None and len(own) == 1:
        return next(iter(own))
    if named is None or named not in own:
        raise OrganisationNotYours("You act for none, for another, or for several and do not say for which.")
    return named


def belongs_to(caller: Principal, organisation_id: UUID | None) -> bool:
    """Whether the caller has anything to do with an organisation: its key, or any role at it."""
    at = {grant.organisation_id for grant in caller.roles} | {caller.organisation_id}
    return organisation_id is not None and organisation_id in at
