"""A dashboard's figures worked out by hand: every row of every table is read, and counted in plain Python."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from hubs.directory.models import Hub
from hubs.group_money.models import GroupMoney
from hubs.groups.models import GroupActivity, GroupLead, GroupMark, GroupSchool, ProjectGroup
from hubs.hub_plans.models import HubPlan, HubPlanLine
from hubs.project_applications.models import ProjectApplication
from hubs.project_reports.models import ProjectReport

JSON = dict[str, Any]
TABLES = (
    Hub,
    GroupMoney,
    GroupActivity,
    GroupLead,
    GroupMark,
    GroupSchool,
    ProjectGroup,
    HubPlan,
    HubPlanLine,
    ProjectApplication,
    ProjectReport,
)
Rows = Mapping[type[Any], list[Any]]
Where = Callable[[str, Any], bool]
"""Whether a project's code and a hub's id are counted."""


async def read_everything(session: AsyncSession) -> Rows:
    """Every row of every table that is counted."""
    return {table: list(await session.scalars(select(table))) for table in TABLES}


def by_hand(rows: Rows, where: Where) -> JSON:
    """The figures of those projects and hubs."""
    groups = {one.id: one for one in rows[ProjectGroup] if where(one.project_code, one.hub_id)}
    return {
        "plan": _plan(rows, where),
        "recruitment": {
            stands: sum(one.status == stands for one in rows[ProjectApplication] if where(one.project_code, one.hub_id))
            for stands in ("interested", "applied", "waiting", "selected", "declined", "withdrawn")
        },
        "delivery": _delivery(rows, groups),
        "reports": _reports([one for one in rows[ProjectReport] if where(one.project_code, one.hub_id)]),
        "money": _money([one for one in rows[GroupMoney] if where(one.project_code, one.hub_id)]),
    }


def _plan(rows: Rows, where: Where) -> JSON:
    plans = {one.id: one for one in rows[HubPlan]}
    lines = [
        one
        for one in rows[HubPlanLine]
        if plans[one.hub_plan_id].agreed_revision == one.revision and where(one.code, plans[one.hub_plan_id].hub_id)
    ]
    sums = {
        name: sum(getattr(one, name) or 0 for one in lines) for name in ("groups", "schools", "participants", "leads")
    }
    return {"hubs": len({plans[one.hub_plan_id].hub_id for one in lines if one.groups})} | sums


def _delivery(rows: Rows, groups: Mapping[Any, Any]) -> JSON:
    active = {key: one for key, one in groups.items() if one.status in ("running", "completed")}
    met = [one for one in rows[GroupActivity] if one.group_id in active and one.kind != "gap_task"]
    held = {one.id for one in met if one.status == "held"}
    marks = [one.mark for one in rows[GroupMark] if one.activity_id in held]
    today = clock.today()
    return {
        **{stands: _times(groups.values(), stands) for stands in ("forming", "running", "completed", "cancelled")},
        "schools": sum(one.schools for one in active.values()),
        "schools_reached": len({one.urn for one in rows[GroupSchool] if one.group_id in active and not one.left_on}),
        "participants": sum(one.participants for one in active.values()),
        "leads": len({one.person_id for one in rows[GroupLead] if one.group_id in active and not one.until_on}),
        "held": len(held),
        "to_come": sum(one.status == "planned" and one.ends_on >= today for one in met),
        "unmarked": sum(
            one.status == "planned" and one.ends_on < today and one.kind not in ("visit", "online") for one in met
        ),
        "marked": sum(mark in ("present", "absent") for mark in marks),
        "present": marks.count("present"),
    }


def _times(rows: Iterable[Any], status: str) -> int:
    return sum(one.status == status for one in rows)


def _reports(reports: list[Any]) -> JSON:
    today = clock.today()
    days: list[date] = [one.due_on for one in reports if one.status in ("draft", "returned") and one.due_on]
    return {
        "open": _times(reports, "draft") + _times(reports, "returned"),
        "due_soon": sum(today <= one <= today + timedelta(days=14) for one in days),
        "late": sum(one < today for one in days),
        "submitted": _times(reports, "submitted"),
        "accepted": _times(reports, "accepted"),
    }


def _money(money: list[Any]) -> JSON:
    names = ("expected_pence", "awarded_pence", "drawn_pence", "owed_pence", "to_return_pence")
    sums = {name: sum(getattr(one, name) for one in money) for name in names}
    return {"groups": len(money), **sums, "questions": sum(one.question is not None for one in money)}
