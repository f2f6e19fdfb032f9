"""Whose an award is: funding staff see all, an organisation's people see what it receives."""

from sqlalchemy import ColumnElement, false, or_, true

from chassis.principal import Principal
from funding.grants.models import GrantAward, RecipientKind
from funding.roles import OFFICER, reads_all

HUB_PEOPLE = ("hub_lead", "hub_administrator")
SCHOOL_PEOPLE = ("school_lead",)
OTHER_PEOPLE = ("partner_admin",)
RECIPIENTS = (*HUB_PEOPLE, *SCHOOL_PEOPLE, *OTHER_PEOPLE)
"""Roles that speak for an organisation that may receive grants."""
ORGANISATIONS = (RecipientKind.TRUST, RecipientKind.LOCAL_AUTHORITY, RecipientKind.COMPANY)


def speaks_for(caller: Principal) -> list[tuple[str, str]]:
    """The recipients for which the caller may agree, draw and report: kind and id."""
    found = [(RecipientKind.HUB, str(one)) for one in sorted(caller.organisations(*HUB_PEOPLE), key=str)]
    urn = caller.attributes.get("school_urn")
    if urn is not None and caller.has_role(*SCHOOL_PEOPLE):
        found.append((RecipientKind.SCHOOL, urn))
    for one in sorted(caller.organisations(*OTHER_PEOPLE), key=str):
        found += [(kind, str(one)) for kind in ORGANISATIONS]
    return [(str(kind), one) for kind, one in found]


def received_by(caller: Principal) -> ColumnElement[bool]:
    """Awards to an organisation that the caller speaks for."""
    pairs = [(GrantAward.recipient_kind == kind) & (GrantAward.recipient_id == one) for kind, one in speaks_for(caller)]
    return or_(*pairs) if pairs else false()


def seen_by(caller: Principal) -> ColumnElement[bool]:
    """Awards that the caller may read."""
    return true() if reads_all(caller) else received_by(caller)


def acted_on_by(caller: Principal) -> ColumnElement[bool]:
    """Awards for which the caller may act as the recipient does; an officer for any."""
    return true() if caller.has_role(OFFICER) else received_by(caller)
