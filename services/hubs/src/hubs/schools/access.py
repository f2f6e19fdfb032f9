"""Who speaks for a school."""

from chassis.principal import Principal
from hubs.teachers.service import teacher_of

SCHOOL_LEAD = "school_lead"


def school_led_by(caller: Principal) -> str | None:
    """The URN of the school that the caller speaks for, or None."""
    return caller.attributes.get("school_urn") if caller.has_role(SCHOOL_LEAD) else None


def school_of_lead(caller: Principal) -> str:
    """The URN of the school that the caller, a school's lead, speaks for; TeachersOnly when the account names none."""
    return teacher_of(caller).school_urn
