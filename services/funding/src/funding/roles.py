"""Who works on funding. A teacher has no role here: what is theirs is decided in the SQL."""

from chassis.principal import Principal

APPROVER = "funding_approver"
OFFICER = "funding_officer"
PAYMENT_OFFICER = "payment_officer"
AUDITOR = "auditor"

SCHOOL_LEAD = "school_lead"
HUB_STAFF = ("hub_lead", "hub_administrator")
PARTNER_ADMIN = "partner_admin"

READERS = (AUDITOR, OFFICER, APPROVER, PAYMENT_OFFICER)
"""May read every bursary, claim, payment run, budget and ledger entry."""


def reads_all(caller: Principal) -> bool:
    """Whether the caller sees everybody's, and not only their own."""
    return caller.has_role(*READERS)
