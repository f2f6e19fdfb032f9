"""Days of leads and reports that are owed, typed from the source a second time (sections F, J and K).

Where section K names no day, the platform's documents say 14 days after the end for those who take part and 28 for
leads, and call that their own choice; it is repeated here.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Days:
    """Days of a lead: for each group, for each school of it, and once, which may differ for leads who are new to it."""

    group: Decimal = Decimal(0)
    school: Decimal = Decimal(0)
    new: Decimal = Decimal(0)
    existing: Decimal = Decimal(0)


LEAD_DAYS = {
    "19-06": Days(new=Decimal(7), existing=Decimal(7)),
    "19-08": Days(group=Decimal(9)),
    "19-09": Days(group=Decimal(12), school=Decimal(3)),
    "19-11": Days(group=Decimal(30), new=Decimal(4), existing=Decimal(4)),
    "19-12": Days(group=Decimal(8)),
    "19-13": Days(group=Decimal("6.5"), school=Decimal("0.5")),
    "19-14": Days(group=Decimal(6)),
    "19-15": Days(group=Decimal(15)),
    "19-17": Days(new=Decimal(3), existing=Decimal(1)),
    "19-18": Days(group=Decimal(6)),
    "19-20": Days(group=Decimal(6)),
    "19-21": Days(group=Decimal(6)),
    "19-22": Days(group=Decimal(6)),
    "19-23": Days(group=Decimal(6)),
}
CENTRAL_DAYS_19_18 = {"new": Decimal(4), "existing": Decimal(3)}
"""Of 19-18, for each group."""


def lead_days(code: str, experience: str, groups: int, schools: int) -> Decimal:
    """What a lead is given for the groups they lead."""
    given = LEAD_DAYS.get(code, Days())
    once = given.new if experience == "new" else given.existing
    central = CENTRAL_DAYS_19_18[experience] * groups if code == "19-18" else Decimal(0)
    return given.group * groups + given.school * schools + once + central


@dataclass(frozen=True)
class Duty:
    """A report: who owes it, so many days after the end or on a day; open at once or when the group has ended."""

    slug: str
    by: str
    days_after: int | None = None
    due_on: str = ""


SCHOOLS_REPORT = ("19-08", "19-09", "19-10", "19-11", "19-12", "19-13", "19-14", "19-15", "19-16", "19-17", "19-19")
ALONE = ("19-01", "19-03", "19-04", "19-05", "19-06", "19-18")
PEOPLE_REPORT = (*ALONE, "19-20", "19-21", "19-22", "19-23", "19-24", "19-25")
NO_LEAD_REPORT = ("19-02", "19-07")
NO_TEAM_REPORT = ("19-02", "19-07", "19-13", "19-17")
NAMED_OTHERWISE = {"19-10": ("participant-summary-report", "work-group-lead-report")}
FURTHER = {
    "19-02": (
        Duty("participant-survey", "participant"),
        Duty("evaluation-report", "lead_evaluator", None, "2020-08-15"),
    ),
    "19-05": (Duty("accreditation-document", "participant", 0),),
    "19-07": (Duty("contact-list", "hub"), Duty("community-evaluation", "hub")),
    "19-13": (Duty("case-studies", "lead", 28),),
    "19-25": (Duty("list-of-providers", "hub", None, "2020-06-30"),),
}


def duties_of(code: str) -> list[Duty]:
    """Every report that a project asks for."""
    own, leads = NAMED_OTHERWISE.get(code, ("participant-input", "lead-report"))
    found = list(FURTHER.get(code, ()))
    if code in SCHOOLS_REPORT:
        found.append(Duty(own, "school", 14))
    if code in PEOPLE_REPORT:
        found.append(Duty(own, "participant", 14))
    if code not in NO_LEAD_REPORT:
        found.append(Duty(leads, "lead", 28))
    if code not in NO_TEAM_REPORT:
        found.append(Duty("co-ordination-input", "co_ordination_team"))
    return found
