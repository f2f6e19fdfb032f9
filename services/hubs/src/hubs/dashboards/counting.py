"""The counts of a network's year, each a statement that counts for the whole, by project, by region and by hub at once.

PostgreSQL's grouping sets make the four in one pass over the rows themselves. Only marks are counted before, under each
activity: there are a hundred times as many of them as of groups.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, get_args
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from chassis import clock
from hubs.base import AnyRow, AnySelect
from hubs.dashboards.schemas import (
    DeliveryFigures,
    Figures,
    MoneyFigures,
    PlanFigures,
    RecruitmentFigures,
    ReportFigures,
)
from hubs.directory.models import Hub
from hubs.group_money.models import GroupMoney
from hubs.groups.models import GroupActivity, GroupLead, GroupSchool, ProjectGroup
from hubs.hub_plans.models import HubPlan, HubPlanLine
from hubs.networks.models import NetworkHub
from hubs.project_applications.models import ApplicationStatus, ProjectApplication
from hubs.project_reports.models import ProjectReport
from hubs.project_reports.queries import is_late
from hubs.project_reports.rules import WRITABLE

Level = Literal["total", "project", "region", "hub"]
Basis = Literal["agreed", "newest"]
LEVELS: Mapping[int, Level] = {0b111: "total", 0b011: "project", 0b101: "region", 0b110: "hub"}
"""By PostgreSQL's GROUPING(project, region, hub): a bit stands for what was not grouped by."""
KEY = ("level", "project_code", "region", "hub_id")
"""What every row begins with."""
SOON = timedelta(days=14)
ACTIVE = ("running", "completed")
ANY_HUB = UUID(int=0)
NO_REGISTER = ("gap_task", "visit", "online")
PENCE = ("expected_pence", "awarded_pence", "drawn_pence", "owed_pence", "to_return_pence")


@dataclass(frozen=True)
class Scope:
    """What is counted: a network's year, of one hub or of all."""

    network: str
    year: str
    hub_id: UUID | None
    basis: Basis
    with_money: bool

    def of(
        self, network: InstrumentedAttribute[str], year: InstrumentedAttribute[str], hub: InstrumentedAttribute[Any]
    ) -> list[ColumnElement[bool]]:
        """The conditions on a table's columns. Which network, year and hub it is comes with the parameters."""
        found = [network == bindparam("of_network"), year == bindparam("of_year")]
        return found if self.hub_id is None else [*found, hub == bindparam("of_hub")]

    @property
    def parameters(self) -> dict[str, object]:
        """What a statement with these conditions is executed with."""
        found: dict[str, object] = {"of_network": self.network, "of_year": self.year}
        return found if self.hub_id is None else found | {"of_hub": self.hub_id}


class Counts:
    """What was counted, by level and key. What has no row was counted nought times."""

    def __init__(self, with_money: bool) -> None:
        self._with_money = with_money
        self._found: dict[tuple[str, str, object], dict[str, int]] = {}

    def add(self, part: str, rows: Sequence[AnyRow]) -> None:
        """Take in the rows of one statement."""
        for row in rows:
            level = LEVELS[row.level]
            key = {"total": None, "project": row.project_code, "region": row.region, "hub": row.hub_id}[level]
            numbers = dict(zip(row._fields[len(KEY) :], (int(one or 0) for one in row[len(KEY) :]), strict=True))
            self._found.setdefault((part, level, key), {}).update(numbers)

    def of(self, level: Level, key: object = None) -> dict[str, Any]:
        """All figures of one row of a dashboard."""
        parts: dict[str, type[Any]] = {
            "plan": PlanFigures,
            "recruitment": RecruitmentFigures,
            "delivery": DeliveryFigures,
            "reports": ReportFigures,
        }
        found = {part: self._part(part, model, level, key) for part, model in parts.items()}
        money = self._part("money", MoneyFigures, level, key) if self._with_money else None
        return found | {"money": money}

    def figures(self, level: Level, key: object = None) -> Figures:
        """The same as what is told."""
        return Figures(**self.of(level, key))

    def has(self, level: Level, key: object) -> bool:
        """Whether anything was counted there."""
        return any(found[1:] == (level, key) for found in self._found)

    def _part(self, part: str, model: type[Any], level: Level, key: object) -> object:
        return model(**dict.fromkeys(model.model_fields, 0) | self._found.get((part, level, key), {}))


async def count(reader: AsyncConnection, scope: Scope) -> Counts:
    """Everything that is counted of a network's year."""
    counts = Counts(scope.with_money)
    of_any_hub = None if scope.hub_id is None else ANY_HUB
    for part, statement in _statements(of_any_hub, scope.basis, scope.with_money, clock.today()):
        counts.add(part, (await reader.execute(statement, scope.parameters)).all())
    return counts


@lru_cache(maxsize=16)
def _statements(hub_id: UUID | None, basis: Basis, with_money: bool, today: date) -> list[tuple[str, AnySelect]]:
    """Made once a day for all networks, years and hubs: to put them together takes longer than to run most of them."""
    scope = Scope("", "", hub_id, basis, with_money)
    found: list[tuple[str, AnySelect]] = [
        ("plan", _plan(scope)),
        ("recruitment", _recruitment(scope)),
        ("delivery", _groups(scope)),
        ("delivery", _reached(scope)),
        ("delivery", _leads(scope)),
        ("delivery", _activities(scope)),
        ("reports", _reports(scope)),
    ]
    return [*found, ("money", _money(scope))] if with_money else found


def _by(
    project: InstrumentedAttribute[str], hub: InstrumentedAttribute[Any], *numbers: ColumnElement[Any]
) -> AnySelect:
    """Numbers of the whole, of each project, of each region and of each hub. What they come from is for the caller."""
    region = Hub.region
    sets = func.grouping_sets(tuple_(), tuple_(project), tuple_(region), tuple_(hub))
    level = func.grouping(project, region, hub).label("level")
    key = (project.label("project_code"), region, hub.label("hub_id"))
    return select(level, *key, *numbers).group_by(sets)


def _times(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.count().filter(condition).label(name)


def _plan(scope: Scope) -> AnySelect:
    counted = HubPlan.agreed_revision if scope.basis == "agreed" else HubPlan.revision
    in_it = select(NetworkHub.hub_id).where(
        *scope.of(NetworkHub.network_slug, NetworkHub.project_year, NetworkHub.hub_id), NetworkHub.left_on.is_(None)
    )
    hubs = func.count(HubPlan.hub_id.distinct()).filter(HubPlanLine.groups > 0).label("hubs")
    sums = [func.sum(getattr(HubPlanLine, name)).label(name) for name in ("groups", "schools", "participants", "leads")]
    return (
        _by(HubPlanLine.code, HubPlan.hub_id, hubs, *sums)
        .select_from(HubPlan)
        .join(HubPlanLine, and_(HubPlanLine.hub_plan_id == HubPlan.id, HubPlanLine.revision == counted))
        .join(Hub, Hub.id == HubPlan.hub_id)
        .where(*scope.of(HubPlan.network_slug, HubPlan.project_year, HubPlan.hub_id), HubPlan.hub_id.in_(in_it))
    )


def _recruitment(scope: Scope) -> AnySelect:
    stands = [_times(ProjectApplication.status == one, one) for one in get_args(ApplicationStatus)]
    of_scope = scope.of(ProjectApplication.network, ProjectApplication.project_year, ProjectApplication.hub_id)
    query = _by(ProjectApplication.project_code, ProjectApplication.hub_id, *stands)
    return query.join(Hub, Hub.id == ProjectApplication.hub_id).where(*of_scope)


def _of_groups(scope: Scope, *numbers: ColumnElement[Any]) -> AnySelect:
    query = _by(ProjectGroup.project_code, ProjectGroup.hub_id, *numbers).select_from(ProjectGroup)
    of_scope = scope.of(ProjectGroup.network, ProjectGroup.project_year, ProjectGroup.hub_id)
    return query.join(Hub, Hub.id == ProjectGroup.hub_id).where(*of_scope)


def _is_active() -> ColumnElement[bool]:
    return ProjectGroup.status.in_(ACTIVE)


def _groups(scope: Scope) -> AnySelect:
    stands = [_times(ProjectGroup.status == one, one) for one in ("forming", *ACTIVE, "cancelled")]
    schools = func.sum(ProjectGroup.schools).filter(_is_active()).label("schools")
    return _of_groups(
        scope, *stands, schools, func.sum(ProjectGroup.participants).filter(_is_active()).label("participants")
    )


def _reached(scope: Scope) -> AnySelect:
    reached = _of_groups(scope, func.count(GroupSchool.urn.distinct()).label("schools_reached"))
    reached = reached.join(GroupSchool, GroupSchool.group_id == ProjectGroup.id)
    return reached.where(_is_active(), GroupSchool.left_on.is_(None))


def _leads(scope: Scope) -> AnySelect:
    people = _of_groups(scope, func.count(GroupLead.person_id.distinct()).label("leads"))
    people = people.join(GroupLead, GroupLead.group_id == ProjectGroup.id)
    return people.where(_is_active(), GroupLead.until_on.is_(None))


def took_place() -> ColumnElement[bool]:
    """Sessions, visits and meetings that were held."""
    return and_(GroupActivity.status == "held", GroupActivity.kind != "gap_task")


def is_to_come() -> ColumnElement[bool]:
    """The same that are planned for today or later."""
    planned = and_(GroupActivity.status == "planned", GroupActivity.kind != "gap_task")
    return and_(planned, GroupActivity.ends_on >= clock.today())


def came(name: str) -> ColumnElement[int]:
    """Marks of what took place: `people_marked` or `people_present`."""
    return func.coalesce(func.sum(getattr(GroupActivity, name)).filter(took_place()), 0)


def _activities(scope: Scope) -> AnySelect:
    is_past = and_(GroupActivity.status == "planned", GroupActivity.ends_on < clock.today())
    unmarked = and_(is_past, GroupActivity.kind.not_in(NO_REGISTER))
    counted = [_times(took_place(), "held"), _times(is_to_come(), "to_come"), _times(unmarked, "unmarked")]
    people = [came("people_marked").label("marked"), came("people_present").label("present")]
    query = _of_groups(scope, *counted, *people).join(GroupActivity, GroupActivity.group_id == ProjectGroup.id)
    return query.where(_is_active())


def is_open() -> ColumnElement[bool]:
    """Reports that somebody still has to write."""
    return ProjectReport.status.in_(WRITABLE)


def _reports(scope: Scope) -> AnySelect:
    today = clock.today()
    soon = and_(is_open(), ProjectReport.due_on.between(today, today + SOON))
    stands = [
        _times(is_open(), "open"),
        _times(soon, "due_soon"),
        _times(is_late(), "late"),
        *(_times(ProjectReport.status == one, one) for one in ("submitted", "accepted")),
    ]
    of_scope = scope.of(ProjectReport.network, ProjectReport.project_year, ProjectReport.hub_id)
    query = _by(ProjectReport.project_code, ProjectReport.hub_id, *stands).select_from(ProjectReport)
    return query.outerjoin(Hub, Hub.id == ProjectReport.hub_id).where(*of_scope)


def _money(scope: Scope) -> AnySelect:
    sums = [func.sum(getattr(GroupMoney, name)).label(name) for name in PENCE]
    questions = _times(GroupMoney.question.is_not(None), "questions")
    query = _by(GroupMoney.project_code, GroupMoney.hub_id, func.count().label("groups"), *sums, questions)
    query = query.select_from(GroupMoney).join(Hub, Hub.id == GroupMoney.hub_id)
    return query.where(*scope.of(GroupMoney.network, GroupMoney.project_year, GroupMoney.hub_id))
