"""Reads of applications, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.networks.access import teams_watched
from hubs.networks.models import Network
from hubs.project_applications.errors import ProjectApplicationNotFound
from hubs.project_applications.models import ProjectApplication
from hubs.project_applications.schemas import ApplicationFilter
from hubs.registers.access import hubs_staffed_by
from hubs.schools.access import school_led_by
from hubs.sets import any_of

APPLICATION = ProjectApplication.__table__
_AHEAD = aliased(ProjectApplication)
_POSITION = (
    select(func.count())
    .where(
        _AHEAD.project_id == ProjectApplication.project_id,
        _AHEAD.hub_id == ProjectApplication.hub_id,
        _AHEAD.status == "waiting",
        tuple_(-_AHEAD.priority, _AHEAD.applied_at, _AHEAD.id)
        <= tuple_(-ProjectApplication.priority, ProjectApplication.applied_at, ProjectApplication.id),
    )
    .correlate(ProjectApplication)
    .scalar_subquery()
)
_SHOWN = select(
    APPLICATION,
    case((ProjectApplication.status == "waiting", _POSITION)).label("waiting_position"),
    (ProjectApplication.priority > 0).label("has_priority"),
)


def owned_by(caller: Principal) -> ColumnElement[bool]:
    """Applications that the caller made, or of the school that they speak for."""
    own = ProjectApplication.person_id == caller.id
    urn = school_led_by(caller)
    return own if urn is None else or_(own, ProjectApplication.is_of_school & (ProjectApplication.urn == urn))


def kept_by(caller: Principal) -> ColumnElement[bool]:
    """Applications to hubs that the caller staffs."""
    return any_of(ProjectApplication.hub_id, hubs_staffed_by(caller))


def watched_by(caller: Principal) -> ColumnElement[bool]:
    """Applications in networks whose national team the caller belongs to, or which they evaluate."""
    teams = teams_watched(caller)
    if teams is None:
        return true()
    watched = select(Network.slug).where(any_of(Network.national_team_id, teams))
    return ProjectApplication.network.in_(watched)


def seen_by(caller: Principal) -> ColumnElement[bool]:
    """All of these."""
    return or_(owned_by(caller), kept_by(caller), watched_by(caller))


async def list_applications(
    reader: AsyncConnection, caller: Principal, wanted: ApplicationFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Applications that the caller may see, oldest first, one row more than the page holds."""
    query = _SHOWN.where(seen_by(caller)).order_by(ProjectApplication.id).limit(page.limit + 1)
    for name, value in wanted.model_dump(exclude_none=True).items():
        query = query.where(APPLICATION.c[name] == value)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(ProjectApplication.id > after[0])
    return (await reader.execute(query)).all()


async def find_application(db: AsyncConnection | AsyncSession, caller: Principal, application_id: UUID) -> AnyRow:
    """One application; ProjectApplicationNotFound."""
    row = (await db.execute(_SHOWN.where(ProjectApplication.id == application_id, seen_by(caller)))).first()
    if row is None:
        raise ProjectApplicationNotFound("No application of yours has this id.")
    return row
