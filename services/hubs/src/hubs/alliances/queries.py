"""Reads of alliances and guests."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.alliances import rules
from hubs.alliances.access import seen_by
from hubs.alliances.errors import AllianceNotFound
from hubs.alliances.models import Alliance, AllianceSchool, HubGuest
from hubs.base import AnyRow
from hubs.directory.errors import HubNotFound
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.directory.models import Hub
from hubs.registers.access import hubs_staffed_by
from hubs.schools.models import School
from hubs.stem_plans.document import PlanVersion, plan_versions

Database = AsyncConnection | AsyncSession
_IN_IT = (AllianceSchool.left_on.is_(None), AllianceSchool.consented_on.is_not(None))
_SCHOOLS = select(func.count()).where(AllianceSchool.alliance_id == Alliance.id, *_IN_IT).scalar_subquery()
_ALLIANCE = select(Alliance.__table__, _SCHOOLS.label("schools"))


def plan_in_force() -> PlanVersion:
    """The newest version of the assumptions."""
    return plan_versions()[-1]


async def list_alliances(reader: AsyncConnection, caller: Principal, page: PageOf) -> Sequence[AnyRow]:
    """Alliances the caller may see, newest first, one row more than the page holds."""
    query = _ALLIANCE.where(seen_by(caller)).order_by(Alliance.id.desc()).limit(page.limit + 1)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(Alliance.id < after[0])
    return (await reader.execute(query)).all()


async def detail(db: Database, caller: Principal, alliance_id: UUID) -> dict[str, object]:
    """One alliance the caller may see; AllianceNotFound."""
    row = (await db.execute(_ALLIANCE.where(Alliance.id == alliance_id, seen_by(caller)))).first()
    if row is None:
        raise AllianceNotFound("No alliance of yours has this id.")
    members = await members_of(db, alliance_id)
    found = findings_of(members)
    return {
        **row._mapping,
        "members": members,
        "findings": [asdict(one) for one in found],
        "grants": _grants(row) if row.status == "hub" else [],
    }


def findings_of(members: Sequence[AnyRow]) -> list[rules.AllianceFinding]:
    """What is unusual about an alliance with these schools, of which those count that consented."""
    return rules.findings(plan_in_force(), [one.phase for one in members if one.consented_on is not None])


def _grants(alliance: AnyRow) -> list[dict[str, object]]:
    to = {"recipient_kind": "hub", "recipient_id": alliance.hub_id}
    set_up = {"card": rules.SET_UP_CARD, **to, "answers": {"schools": str(alliance.schools)}}
    return [set_up, {"card": rules.CENTRE_CARD, **to, "answers": {}}]


async def members_of(db: Database, alliance_id: UUID) -> Sequence[AnyRow]:
    """Schools that are in an alliance or asked into it, in the order in which they were asked."""
    query = (
        select(AllianceSchool.__table__, School.name, School.phase)
        .join(School, School.urn == AllianceSchool.urn)
        .where(AllianceSchool.alliance_id == alliance_id, AllianceSchool.left_on.is_(None))
    )
    return (await db.execute(query.order_by(AllianceSchool.id))).all()


async def list_guests(reader: AsyncConnection, caller: Principal, hub_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """A hub's guests, newest first, for who keeps it; one row more than the page holds. Raises HubNotFound."""
    is_kept = caller.has_role(*ADMINISTRATORS) or hub_id in hubs_staffed_by(caller)
    known = await reader.execute(select(Hub.id).where(Hub.id == hub_id))
    if known.first() is None or not is_kept:
        raise HubNotFound("No hub has this id.")
    query = select(HubGuest.__table__).where(HubGuest.hub_id == hub_id).order_by(HubGuest.id.desc())
    if (after := page.after_as(UUID)) is not None:
        query = query.where(HubGuest.id < after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()
