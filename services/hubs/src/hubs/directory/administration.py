"""Changing what the directory says: applications, the steps of a hub's life, and its facts. All of it is audited."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import HubChanged
from hubs.areas.queries import locate
from hubs.areas.rules import read_postcode
from hubs.base import AnyRow
from hubs.coverage.service import end_all
from hubs.directory.administration_schemas import ApplicationIn, HubFacts, PublicFacts, StepIn
from hubs.directory.errors import (
    AdministratorsDecide,
    AnotherPersonNeeded,
    FutureStep,
    HubNotFound,
    HubSlugTaken,
    ManagerWrong,
    RegionUnknown,
    StepNotPossible,
)
from hubs.directory.life_cycle import ADMINISTRATORS, HIDDEN, STEPS, WORKING, steps_from
from hubs.directory.models import Hub, HubKind, HubTransition
from hubs.reference import rows
from hubs.registers.access import hubs_staffed_by


async def apply(session: AsyncSession, caller: Principal, application: ApplicationIn) -> Hub:
    """Keep an application. Raises HubSlugTaken, RegionUnknown, ManagerWrong, and what a wrong postcode raises."""
    refuse_unknown_region(application.region)
    await _refuse_wrong_manager(session, application.kind, application.managed_by_hub_id)
    postcode = read_postcode(application.postcode)
    place = await locate(await session.connection(), postcode)
    hub = Hub(
        id=new_id(),
        **application.model_dump(exclude={"reason", "postcode"}),
        postcode=postcode.text,
        latitude=place.position.latitude,
        longitude=place.position.longitude,
        district_code=place.district_code,
        stage="applied",
        is_open=False,
    )
    session.add(hub)
    try:
        await session.flush()
    except IntegrityError as error:
        raise HubSlugTaken(f"Another hub is called {application.slug}.") from error
    _note_step(session, hub, caller, None, StepIn(to="applied", on=clock.today(), reason=application.reason))
    await audit.record(session, caller, "hub.applied", f"hub:{hub.id}", {"slug": hub.slug, "kind": hub.kind})
    return hub


async def step(session: AsyncSession, caller: Principal, hub_id: UUID, wanted: StepIn) -> Hub:
    """Take the next step of a hub's life. Raises StepNotPossible, FutureStep and AnotherPersonNeeded."""
    hub = await session.get(Hub, hub_id, with_for_update=True)
    if hub is None:
        raise HubNotFound("No hub has this id.")
    rule = STEPS.get((hub.stage, wanted.to))
    if rule is None:
        possible = steps_from(hub.stage)
        raise StepNotPossible(f"A hub that is {hub.stage} cannot become {wanted.to}.", may_follow=possible)
    before = await _last_step(session, hub_id)
    today = clock.today()
    if wanted.on > today or (before is not None and wanted.on < before.effective_on):
        raise FutureStep("A step holds from a day between that of the step before and today.")
    if rule.two_people and before is not None and before.recorded_by == caller.id:
        raise AnotherPersonNeeded(f"You made the hub {hub.stage}; another administrator makes it {wanted.to}.")
    old, hub.stage, hub.is_open = hub.stage, wanted.to, wanted.to in WORKING
    _note_step(session, hub, caller, old, wanted)
    details: dict[str, audit.JSON] = {"from": old, "on": str(wanted.on), "reason": wanted.reason}
    await audit.record(session, caller, f"hub.{wanted.to}", f"hub:{hub_id}", details)
    if wanted.to == "closed":
        await end_all(session, caller, hub, wanted.on)
    await changed(session, hub)
    return hub


async def edit(session: AsyncSession, caller: Principal, hub_id: UUID, version: int, facts: HubFacts) -> Hub:
    """Change facts of a hub, by its staff or an administrator, from the version that was read.

    Raises HubNotFound for another hub's staff, AdministratorsDecide, StaleVersion.
    """
    hub = await hub_of_keeper(session, caller, hub_id)
    wanted = {name: getattr(facts, name) for name in facts.model_fields_set}
    beyond = sorted(wanted.keys() - PublicFacts.model_fields.keys())
    if beyond and not caller.has_role(*ADMINISTRATORS):
        raise AdministratorsDecide(f"Administrators change {', '.join(beyond)}.", fields=beyond)
    require_version(hub.version, version)
    if "region" in wanted:
        refuse_unknown_region(facts.region)
    if "managed_by_hub_id" in wanted:
        await _refuse_wrong_manager(session, hub.kind, facts.managed_by_hub_id)
    differing = {name: value for name, value in wanted.items() if getattr(hub, name) != value}
    for name, value in differing.items():
        setattr(hub, name, value)
    if differing:
        await audit.record(session, caller, "hub.edited", f"hub:{hub_id}", {"fields": sorted(differing)})
        await changed(session, hub)
    return hub


async def hub_of_keeper(session: AsyncSession, caller: Principal, hub_id: UUID) -> Hub:
    """The hub, held until commit, if the caller keeps it; HubNotFound."""
    if not caller.has_role(*ADMINISTRATORS) and hub_id not in hubs_staffed_by(caller):
        raise HubNotFound("No hub has this id.")
    hub = await session.get(Hub, hub_id, with_for_update=True, populate_existing=True)
    if hub is None:
        raise HubNotFound("No hub has this id.")
    return hub


async def changed(session: AsyncSession, hub: Hub) -> None:
    """The hub is another than before: count its version, and tell unless it is still an application."""
    hub.version += 1
    await session.flush()
    if hub.stage not in HIDDEN:
        facts = {name: getattr(hub, name) for name in HubChanged.model_fields if name != "hub_id"}
        await publish(session, HubChanged(hub_id=hub.id, **facts))


async def steps_of(reader: AsyncConnection, hub_id: UUID) -> Sequence[AnyRow]:
    """The steps of a hub's life in their order."""
    table = HubTransition.__table__
    return (await reader.execute(select(table).where(table.c.hub_id == hub_id).order_by(table.c.id))).all()


async def _last_step(session: AsyncSession, hub_id: UUID) -> HubTransition | None:
    query = select(HubTransition).where(HubTransition.hub_id == hub_id).order_by(HubTransition.id.desc())
    return await session.scalar(query.limit(1))


def _note_step(session: AsyncSession, hub: Hub, caller: Principal, old: str | None, wanted: StepIn) -> None:
    session.add(
        HubTransition(
            id=new_id(),
            hub_id=hub.id,
            from_stage=old,
            to_stage=wanted.to,
            effective_on=wanted.on,
            recorded_at=clock.now(),
            recorded_by=caller.id,
            reason=wanted.reason,
        )
    )


def refuse_unknown_region(region: str) -> None:
    """RegionUnknown unless it is one of the nine."""
    known = sorted(row["name"] for row in rows("regions.csv"))
    if region not in known:
        raise RegionUnknown(f"The regions are {', '.join(known)}.")


async def _refuse_wrong_manager(session: AsyncSession, kind: HubKind, manager_id: UUID | None) -> None:
    if (kind == "satellite") != (manager_id is not None):
        raise ManagerWrong("A satellite, and only a satellite, is managed by a hub.")
    if manager_id is not None:
        manager = await session.get(Hub, manager_id)
        if manager is None or manager.kind == "satellite" or not manager.is_open:
            raise ManagerWrong("A satellite is managed by an open hub that is no satellite itself.")
