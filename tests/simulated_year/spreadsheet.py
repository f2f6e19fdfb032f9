"""Every total of a simulated year, worked out from the lines of its journal alone, as a person would in a spreadsheet.

It imports nothing of the platform: cards, days and duties are typed a second time in `cards` and `duties`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from simulated_year.cards import Size, pounds
from simulated_year.duties import Duty, duties_of, lead_days
from simulated_year.records import Line

Planned = tuple[int, int, int, int]
"""Groups, schools, participants and leads of a line of a plan."""
LIVE = ("awarded", "accepted")
ENDED = ("declined", "withdrawn")
ALSO_ENROLS = {"19-14": "19-09", "19-03": "19-05"}
"""Mixed age planning brings the development groups with it, a specialist's second year the programme for leads (A)."""


@dataclass
class Report:
    """One report that is owed, and how it stands."""

    duty: Duty
    due_on: str
    status: str = "draft"


@dataclass
class Application:
    """One application, and how it stands."""

    hub: str
    status: str = "applied"


@dataclass
class Group:
    """One group as the lines so far have made it."""

    hub: str
    code: str
    strand: str
    told: dict[str, str] = field(default_factory=dict)
    status: str = "forming"
    schools: set[str] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    began_on: str = ""
    ended_on: str = ""
    held: set[str] = field(default_factory=set)
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    ever: set[str] = field(default_factory=set)
    """Everybody who was ever in it."""
    worth: set[int] = field(default_factory=set)
    """What its card came to, in pence, at each size it has had since it started."""
    money: "Money" = field(default_factory=lambda: Money())

    @property
    def pence(self) -> int | None:
        """What its card comes to as it stands."""
        found = pounds(self.code, Size(len(self.schools), len(self.people), self.strand, self.told))
        return None if found is None else found * 100


@dataclass
class Money:
    """A group's grant; all in pence."""

    status: str = ""
    own: int = 0
    proposed: int = 0
    lapsed: int = 0
    drawn: int = 0
    due_back: int = 0
    returned: int = 0
    spent: int = 0
    recovery: str = ""

    @property
    def net(self) -> int:
        """Drawn and not due back."""
        return self.drawn - self.due_back

    def adjust(self, own: int) -> None:
        """Another sum holds; what was drawn above it is due back."""
        self.due_back += max(self.net - (own - self.lapsed), 0)
        self.own = own

    def end(self, status: str) -> None:
        """Nothing more is drawn, and what was not spent is due back."""
        left = self.own - self.lapsed - self.net
        unspent = max(self.net - self.spent, 0)
        self.due_back += unspent
        self.lapsed += left + unspent
        self.status = status


class Year:
    """All lines, taken in one after the other."""

    def __init__(self, lines: Iterable[Line], today: str) -> None:
        self.today = today
        self.regions: dict[str, str] = {}
        self.groups: dict[str, Group] = {}
        self._groups_of_people: dict[str, str] = {}
        self.plans: dict[str, dict[tuple[str, str], Planned]] = defaultdict(dict)
        self.agreed: dict[str, dict[tuple[str, str], Planned]] = {}
        self.applications: dict[tuple[str, str], Application] = {}
        """By project and applicant, the last one of each."""
        self.ended_applications: list[tuple[str, Application]] = []
        """Those whose applicant has applied to the project again."""
        self.leads: dict[str, tuple[str, str]] = {}
        self.refused_leads: Counter[str] = Counter()
        self.reports: dict[tuple[str, str, str], Report] = {}
        self.groups_led: dict[str, set[str]] = defaultdict(set)
        self.allocated = self.paid = self.returned = 0
        for line in lines:
            self._steps[line.kind](self, line)

    def _hub(self, line: Line) -> None:
        self.regions[line.hub] = line.value

    def _planned(self, line: Line) -> None:
        groups, schools, people, leads = (int(one) for one in line.value.split("/"))
        self.plans[line.hub][line.code, line.subject] = groups, schools, people, leads

    def _rewritten(self, line: Line) -> None:
        self.plans[line.hub] = {}

    def _agreed(self, line: Line) -> None:
        self.agreed[line.hub] = dict(self.plans[line.hub])

    def _application(self, line: Line) -> None:
        if line.value != "applied":
            self.applications[line.code, line.subject].status = line.value
            return
        self._apply(line.code, line)
        other = ALSO_ENROLS.get(line.code, "")
        before = self.applications.get((other, line.subject))
        if other and (before is None or before.status in ENDED):
            self._apply(other, line)

    def _apply(self, code: str, line: Line) -> None:
        """One that has ended stays what it was, and another one is made."""
        before = self.applications.get((code, line.subject))
        if before is not None:
            self.ended_applications.append((code, before))
        self.applications[code, line.subject] = Application(line.hub)

    def applications_by_hub(self) -> dict[tuple[str, str], Counter[str]]:
        """How many stand where, by project and hub."""
        found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        every = [*self.ended_applications, *((code, one) for (code, _), one in self.applications.items())]
        for code, one in every:
            found[code, one.hub][one.status] += 1
        return found

    def hub_of(self, subject: str) -> str:
        """Which hub a report's subject belongs to; nothing for what the whole network owes."""
        kind, _, rest = subject.partition(":")
        if kind == "hub":
            return rest
        group = self.group_of(subject)
        return self.groups[group].hub if group else ""

    def group_of(self, subject: str) -> str:
        """Which group a report's subject belongs to, if to one."""
        kind, _, rest = subject.partition(":")
        if kind == "group":
            return rest.partition(":")[0]
        return self._groups_of_people[rest] if kind == "participant" else ""

    def _lead(self, line: Line) -> None:
        self.leads[line.subject] = line.code, line.value

    def _lead_refused(self, line: Line) -> None:
        self.refused_leads[line.code] += 1

    def _formed(self, line: Line) -> None:
        told = dict(one.split("=") for one in line.value.split(";") if one)
        self.groups[line.group] = Group(line.hub, line.code, line.subject, told)

    def _school_in(self, line: Line) -> None:
        self.groups[line.group].schools.add(line.subject)
        self._changed(line)

    def _school_out(self, line: Line) -> None:
        self.groups[line.group].schools.discard(line.subject)
        self._changed(line)

    def _person_in(self, line: Line) -> None:
        group = self.groups[line.group]
        group.people[line.subject] = line.value
        group.ever.add(line.subject)
        self._groups_of_people[line.subject] = line.group
        self._changed(line)

    def _person_out(self, line: Line) -> None:
        self.groups[line.group].people.pop(line.subject)
        self._changed(line)

    def _lead_on(self, line: Line) -> None:
        self.groups[line.group].leads[line.subject] = line.value
        self.groups_led[line.subject].add(line.group)

    def _started(self, line: Line) -> None:
        group = self.groups[line.group]
        group.status, group.began_on = "running", line.on
        self._changed(line)

    def _called_off(self, line: Line) -> None:
        group = self.groups[line.group]
        group.status, money = "cancelled", group.money
        if money.status == "proposed":
            money.status = "withdrawn"
        elif money.status in LIVE and not money.drawn:
            money.end("terminated")
        elif money.status in LIVE:
            money.recovery = "proposed"
        self._owe(line.group)

    def _reopened(self, line: Line) -> None:
        self.groups[line.group].status = "running"
        self._owe(line.group)

    def _completed(self, line: Line) -> None:
        group = self.groups[line.group]
        group.status, group.ended_on = "completed", line.on
        self._owe(line.group)

    def _changed(self, line: Line) -> None:
        """Of a group that runs reports and grant follow; of one that is forming nobody knows yet."""
        group = self.groups[line.group]
        if group.status != "running":
            return
        self._owe(line.group)
        money, pence = group.money, group.pence
        group.worth.add(pence or 0)
        if not pence:
            money.status = "" if money.status == "proposed" else money.status
        elif money.status in ("", "proposed") or (money.status == "declined" and pence != money.proposed):
            money.status, money.proposed = "proposed", pence

    def _owe(self, name: str) -> None:
        """Open what the group owes as it stands, and drop drafts that nobody owes any more."""
        group = self.groups[name]
        wanted: dict[tuple[str, str, str], tuple[Duty, str]] = {}
        if group.status in ("running", "completed"):
            for duty in duties_of(group.code):
                if duty.days_after is None or group.status == "completed":
                    due = duty.due_on
                    if duty.days_after is not None:
                        due = str(date.fromisoformat(group.ended_on) + timedelta(days=duty.days_after))
                    wanted |= {(group.code, duty.slug, one): (duty, due) for one in _subjects(duty, name, group)}
        for key, (duty, due) in wanted.items():
            self.reports.setdefault(key, Report(duty, due))
        gone = [key for key, one in self.reports.items() if _is_of(key, name, group) and key not in wanted]
        for key in gone:
            if self.reports[key].status == "draft":
                del self.reports[key]

    def _activity(self, line: Line) -> None:
        if line.value == "visit":
            self.groups[line.group].held.add(line.subject)

    def _mark(self, line: Line) -> None:
        activity, _, mark = line.value.partition("|")
        group = self.groups[line.group]
        group.held.add(activity)
        group.marks[activity, line.subject] = mark

    def _report(self, line: Line) -> None:
        duty, _, subject = line.subject.partition("|")
        self.reports[line.code, duty, subject].status = line.value

    def _grant(self, line: Line) -> None:
        money, pence = self.groups[line.group].money, self.groups[line.group].pence or 0
        match line.subject:
            case "approved":
                money.status, money.own = "awarded", pence
            case "declined":
                money.status = "declined"
            case "accepted":
                money.status = "accepted"
            case "completed":
                money.end("completed")
            case "recovered":
                money.recovery = "approved"
                money.end("terminated")
            case "not recovered":
                money.recovery = "declined"

    def _adjusted(self, line: Line) -> None:
        """Which of the group's sizes the adjustment was asked for depends on which news came first."""
        group = self.groups[line.group]
        assert int(line.value) in group.worth, line
        if group.money.status in LIVE:
            group.money.adjust(int(line.value))

    def _drawn(self, line: Line) -> None:
        self.groups[line.group].money.drawn += int(line.value)

    def _spent(self, line: Line) -> None:
        self.groups[line.group].money.spent += int(line.value)

    def _returned(self, line: Line) -> None:
        self.groups[line.group].money.returned += int(line.value)
        self.returned += int(line.value)

    def _allocated(self, line: Line) -> None:
        self.allocated += int(line.value)

    def _paid(self, line: Line) -> None:
        """A run pays everything that was drawn and not paid before."""
        self.paid = sum(group.money.drawn for group in self.groups.values())

    _steps: Mapping[str, Callable[["Year", Line], None]] = {
        "hub": _hub,
        "planned": _planned,
        "plan rewritten": _rewritten,
        "plan agreed": _agreed,
        "application": _application,
        "lead": _lead,
        "lead refused": _lead_refused,
        "formed": _formed,
        "school in": _school_in,
        "school out": _school_out,
        "person in": _person_in,
        "person out": _person_out,
        "lead on": _lead_on,
        "started": _started,
        "called off": _called_off,
        "completed": _completed,
        "reopened": _reopened,
        "activity": _activity,
        "mark": _mark,
        "report": _report,
        "grant": _grant,
        "adjusted": _adjusted,
        "drawn": _drawn,
        "spent": _spent,
        "returned": _returned,
        "allocated": _allocated,
        "paid": _paid,
    }

    def lead_days(self, lead: str) -> str:
        """Days of a lead for groups that run or were completed."""
        code, experience = self.leads[lead]
        led = [self.groups[one] for one in self.groups_led[lead] if self.groups[one].status != "cancelled"]
        return f"{lead_days(code, experience, len(led), sum(len(one.schools) for one in led)):.2f}"


def _subjects(duty: Duty, name: str, group: Group) -> list[str]:
    match duty.by:
        case "school":
            return [f"group:{name}:school:{urn}" for urn in group.schools]
        case "participant":
            return [f"participant:{one}" for one in group.people]
        case "lead":
            return [f"group:{name}"]
        case "hub":
            return [f"hub:{group.hub}"]
    return ["network"]


def _is_of(key: tuple[str, str, str], name: str, group: Group) -> bool:
    """Whether a report is of this group rather than of its hub or of the network."""
    code, _, subject = key
    if code != group.code:
        return False
    return subject.startswith(f"group:{name}") or subject.removeprefix("participant:") in group.ever
