"""What the source lets or makes leads, groups and hubs do in each project of 2019/20, typed from it a second time."""

from datetime import date

from hubs.groups.limits import Limits

DAYS: dict[str, tuple[str, str]] = {
    "19-06": ("7", "7"),
    "19-08": ("9", "10"),
    "19-09": ("33", "33"),
    "19-11": ("34", "34"),
    "19-12": ("8", "8"),
    "19-13": ("10", "10"),
    "19-14": ("6", "6"),
    "19-15": ("15", "15"),
    "19-17": ("1", "1"),
    "19-18": ("9", "9"),
    **dict.fromkeys(("19-20", "19-21", "19-22", "19-23"), ("6", "6")),
}
"""Of an experienced lead of seven schools, at least and at most; other projects give their leads no days."""
DAYS_WHEN_NEW = {"19-17": ("3", "3"), "19-18": ("10", "10")}
OCCASIONS = {
    **dict.fromkeys(("19-05", "19-07", "19-08", "19-11", "19-12", "19-14", "19-18", "19-19"), 3),
    **dict.fromkeys(("19-20", "19-21", "19-22", "19-23", "19-24", "19-25"), 3),
    "19-06": 4,
    "19-13": 1,
    "19-15": 1,
    "19-16": 2,
    "19-17": 1,
}
"""National occasions that an experienced lead has to be at."""
OCCASIONS_WHEN_NEW = {"19-17": 3, "19-18": 4}

OF_GROUP = {
    "19-06": Limits(participants=40),
    "19-08": Limits(participants_per_school=2),
    "19-09": Limits(schools=7),
    "19-11": Limits(schools=8),
    "19-15": Limits(schools=2, participants=4, participants_per_school=2),
    "19-18": Limits(participants=15),
}
OF_HUB = {"19-07": Limits(groups=1)}
OF_NETWORK = {
    "19-02": Limits(participants=107),
    "19-06": Limits(groups=3, participants=120),
    "19-21": Limits(groups=37),
}

SCHOOLS_REPORT = {"19-08", "19-09", "19-10", "19-11", "19-12", "19-13", "19-14", "19-15", "19-16", "19-17", "19-19"}
NO_LEAD_REPORT, NO_TEAM_REPORT = {"19-02", "19-07"}, {"19-02", "19-07", "19-13", "19-17"}
FURTHER: dict[str, dict[str, date | None]] = {
    "19-02": {"participant-survey": None, "evaluation-report": date(2020, 8, 15)},
    "19-05": {"accreditation-document": date(2020, 7, 10)},
    "19-07": {"contact-list": None, "community-evaluation": None},
    "19-13": {"case-studies": date(2020, 8, 7)},
    "19-25": {"list-of-providers": date(2020, 6, 30)},
}
