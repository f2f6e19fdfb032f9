"""Groups one by one: of a hub, of a network for its table, and the caller's own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.principal import Principal
from hubs.base import AnyRow, AnySelect
from hubs.dashboards.counting import PENCE, Scope, came, is_open, is_to_come, took_place
from hubs.directory.models import Hub
from hubs.group_money.models import GroupMoney
from hubs.groups.access import people_shown_to
from hubs.groups.models import GroupActivity, GroupLead, GroupMark, GroupParticipant, GroupSchool, ProjectGroup
from hubs.project_reports.access import seen_by as reports_seen_by
from hubs.project_reports.models import ProjectReport
from hubs.project_reports.queries import is_late
from hubs.projects.models import Project
from hubs.schools.access import school_led_by

SHOWN = (
    ProjectGroup.title,
    ProjectGroup.project_code,
    Project.title.label("project_title"),
    ProjectGroup.hub_id,
    Hub.name.label("hub_name"),
    ProjectGroup.status,
    ProjectGroup.starts_on,
    ProjectGroup.ends_on,
    ProjectGroup.schools,
    ProjectGroup.schools_at_most,
    ProjectGroup.participants,
    ProjectGroup.participants_at_most,
)
MONEY = (*PENCE, "grant_status")


async def groups_of(reader: AsyncConnection, scope: Scope) -> Sequence[AnyRow]:
    """Every group in scope, by project and title, with its money where that may be seen."""
    of_scope = scope.of(ProjectGroup.network, ProjectGroup.project_year, ProjectGroup.hub_id)
    which = and_(*of_scope)
    query = _listed(which, _all_who_came(which), true())
    if scope.with_money:
        query = query.outerjoin(GroupMoney, GroupMoney.group_id == ProjectGroup.id)
        query = query.add_columns(
            *(getattr(GroupMoney, name) for name in MONEY),
            GroupMoney.question.label("question_code"),
            GroupMoney.group_id.is_not(None).label("has_money"),
        )
    rows: Sequence[AnyRow] = (await reader.execute(query, scope.parameters)).all()
    return rows


async def own_groups(reader: AsyncConnection, caller: Principal, network: str, year: str) -> Sequence[AnyRow]:
    """Groups that the caller leads or is in, or whose school is in them; of people and reports only what they see."""
    of_year = and_(ProjectGroup.network == network, ProjectGroup.project_year == year, is_own(caller))
    query = _listed(of_year, _shown_who_came(of_year, caller), reports_seen_by(caller))
    school = _is_of_school(caller)
    part = case((_leads(caller), "lead"), (school, "school"), else_="participant").label("part")
    return (await reader.execute(query.add_columns(part))).all()


def is_own(caller: Principal) -> ColumnElement[bool]:
    """Groups that the caller leads or led, is or was in, or that their school is or was in."""
    mine = exists().where(GroupParticipant.group_id == ProjectGroup.id, GroupParticipant.person_id == caller.id)
    return or_(_leads(caller), mine, _is_of_school(caller))


def _leads(caller: Principal) -> ColumnElement[bool]:
    return exists().where(
        GroupLead.group_id == ProjectGroup.id, GroupLead.person_id == caller.id, GroupLead.until_on.is_(None)
    )


def _is_of_school(caller: Principal) -> ColumnElement[bool]:
    urn = school_led_by(caller)
    if urn is None:
        return false()
    return exists().where(GroupSchool.group_id == ProjectGroup.id, GroupSchool.urn == urn)


def _listed(which: ColumnElement[bool], came: Any, reports: ColumnElement[bool]) -> AnySelect:
    """Groups with what they did, who came, and the reports that may be seen."""
    did, owed = _did(which), _owed(which, reports)
    numbers = [
        func.coalesce(table.c[name], 0).label(name)
        for table, names in ((did, ("held",)), (came, ("marked", "present")), (owed, ("reports_open", "reports_late")))
        for name in names
    ]
    return (
        select(ProjectGroup.id.label("group_id"), *SHOWN, *numbers, did.c.next_on)
        .join(Project, Project.id == ProjectGroup.project_id)
        .join(Hub, Hub.id == ProjectGroup.hub_id)
        .outerjoin(did, did.c.group_id == ProjectGroup.id)
        .outerjoin(came, came.c.group_id == ProjectGroup.id)
        .outerjoin(owed, owed.c.group_id == ProjectGroup.id)
        .where(which)
        .order_by(ProjectGroup.project_code, Hub.name, ProjectGroup.title, ProjectGroup.id)
    )


def _of(table: Any, which: ColumnElement[bool], *numbers: ColumnElement[Any]) -> Select[Any]:
    """Numbers of a table's rows by group."""
    query = select(table.group_id, *numbers).join(ProjectGroup, ProjectGroup.id == table.group_id)
    return query.where(which).group_by(table.group_id)


def _did(which: ColumnElement[bool]) -> Any:
    next_on = func.min(GroupActivity.starts_on).filter(is_to_come()).label("next_on")
    held = func.count().filter(took_place()).label("held")
    return _of(GroupActivity, which, held, next_on).subquery("did")


def _all_who_came(which: ColumnElement[bool]) -> Any:
    counted = came("people_marked").label("marked"), came("people_present").label("present")
    return _of(GroupActivity, which, *counted).subquery("came")


def _shown_who_came(which: ColumnElement[bool], caller: Principal) -> Any:
    """The same of those people only whom the caller may see: mark by mark."""
    counted = func.count().filter(GroupMark.mark.in_(("present", "absent"))).label("marked")
    present = func.count().filter(GroupMark.mark == "present").label("present")
    query = _of(GroupActivity, which, counted, present).join(GroupMark, GroupMark.activity_id == GroupActivity.id)
    shown = select(GroupParticipant.id).where(people_shown_to(caller))
    return query.where(took_place(), GroupMark.participant_id.in_(shown)).subquery("came")


def _owed(which: ColumnElement[bool], seen: ColumnElement[bool]) -> Any:
    opened = func.count().filter(is_open()).label("reports_open")
    late = func.count().filter(is_late()).label("reports_late")
    return _of(ProjectReport, which, opened, late).where(seen).subquery("owed")


def part_of(row: AnyRow, with_money: bool) -> dict[str, Any]:
    """A row as it is told: the money under its own name."""
    told = dict(row._mapping)
    if not with_money:
        return told | {"money": None}
    has_money = told.pop("has_money")
    money = {name: told.pop(name) for name in (*MONEY, "question_code")}
    return told | {"money": money if has_money else None}
