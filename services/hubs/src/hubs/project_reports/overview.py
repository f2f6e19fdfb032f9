"""The lead evaluator's view: how the reports of a network's year stand, and what they say, by project."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Integer, String, column, exists, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import clock
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.groups.models import GroupActivity, GroupMark, ProjectGroup
from hubs.project_reports.access import overseen_by
from hubs.project_reports.models import ProjectReport
from hubs.project_reports.queries import is_late
from hubs.project_reports.schemas import OutcomeTally, OverviewOut, ProjectOverview, YearFilter
from hubs.projects.models import Project

STATES = ("draft", "submitted", "returned", "accepted")
HANDED_IN = ("submitted", "returned", "accepted")


async def overview(reader: AsyncConnection, caller: Principal, wanted: YearFilter) -> OverviewOut:
    """By project, in the order of codes; only of networks that the caller oversees."""
    registers = await _registers_unmarked(reader, wanted)
    outcomes = await _outcomes(reader, caller, wanted)
    projects = [
        ProjectOverview.model_validate(
            {
                **row._mapping,
                "registers_unmarked": registers.get(row.project_code, 0),
                "outcomes": outcomes.get(row.project_code, []),
            }
        )
        for row in await _standing(reader, caller, wanted)
    ]
    return OverviewOut(network=wanted.network, project_year=wanted.project_year, projects=projects)


async def _standing(reader: AsyncConnection, caller: Principal, wanted: YearFilter) -> Sequence[AnyRow]:
    states = [func.count().filter(ProjectReport.status == state).label(state) for state in STATES]
    query = (
        select(
            ProjectReport.project_code,
            func.min(Project.title).label("project_title"),
            func.count().label("owed"),
            *states,
            func.count().filter(is_late()).label("overdue"),
            func.count(ProjectReport.group_id.distinct()).label("groups"),
        )
        .join(Project, Project.id == ProjectReport.project_id)
        .where(*_of_year(wanted), ProjectReport.status != "withdrawn", overseen_by(caller))
        .group_by(ProjectReport.project_code)
        .order_by(ProjectReport.project_code)
    )
    return (await reader.execute(query)).all()


async def _outcomes(reader: AsyncConnection, caller: Principal, wanted: YearFilter) -> Mapping[str, list[OutcomeTally]]:
    """Levels and counts of each kind of outcome, over what was handed in."""
    answers = func.jsonb_to_recordset(ProjectReport.answers["outcomes"]).table_valued(
        column("kind", String), column("level", String), column("reached", Integer), column("out_of", Integer)
    )
    said = answers.render_derived(name="said", with_types=True)
    query = (
        select(
            ProjectReport.project_code,
            said.c.kind,
            said.c.level,
            func.count().label("times"),
            func.coalesce(func.sum(said.c.reached), 0).label("reached"),
            func.coalesce(func.sum(said.c.out_of), 0).label("out_of"),
        )
        .select_from(ProjectReport)
        .join(said, true())
        .where(*_of_year(wanted), ProjectReport.status.in_(HANDED_IN), overseen_by(caller))
        .group_by(ProjectReport.project_code, said.c.kind, said.c.level)
        .order_by(ProjectReport.project_code, said.c.kind)
    )
    by_kind: dict[tuple[str, str], list[AnyRow]] = defaultdict(list)
    for row in await reader.execute(query):
        by_kind[row.project_code, row.kind].append(row)
    tallies: dict[str, list[OutcomeTally]] = defaultdict(list)
    for (code, kind), rows in by_kind.items():
        told = {
            "kind": kind,
            "levels": {row.level: row.times for row in rows},
            "reached": sum(row.reached for row in rows),
            "out_of": sum(row.out_of for row in rows),
        }
        tallies[code].append(OutcomeTally.model_validate(told))
    return tallies


async def _registers_unmarked(reader: AsyncConnection, wanted: YearFilter) -> Mapping[str, int]:
    marked = exists().where(GroupMark.activity_id == GroupActivity.id)
    query = (
        select(ProjectGroup.project_code, func.count().label("sessions"))
        .join(GroupActivity, GroupActivity.group_id == ProjectGroup.id)
        .where(
            ProjectGroup.network == wanted.network,
            ProjectGroup.project_year == wanted.project_year,
            ProjectGroup.status.in_(("running", "completed")),
            GroupActivity.kind.not_in(("gap_task", "visit", "online")),
            GroupActivity.status != "cancelled",
            GroupActivity.ends_on < clock.today(),
            ~marked,
        )
        .group_by(ProjectGroup.project_code)
    )
    return {row.project_code: row.sessions for row in await reader.execute(query)}


def _of_year(wanted: YearFilter) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ProjectReport.network == wanted.network, ProjectReport.project_year == wanted.project_year
