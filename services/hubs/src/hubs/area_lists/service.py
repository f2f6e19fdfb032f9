"""Proposing a version of a list, and deciding on it: two people, one transaction each."""

import csv
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import AreaListApproved, ListedArea
from hubs.area_lists.errors import (
    AreaListDecided,
    AreaListNotFound,
    AreaListOvertaken,
    AreaListRowsWrong,
    AreaListUnchanged,
    AreaListUnreadable,
    SecondPersonNeeded,
)
from hubs.area_lists.models import AreaList, AreaListEntry
from hubs.area_lists.queries import successions_of
from hubs.area_lists.rules import District, Row, checksum, chunks_of, entries_of, problems_of, read_csv
from hubs.area_lists.schemas import MOST_ENTRIES, AreaIn, AreaListHead, DecisionIn
from hubs.areas.models import District as KnownDistrict


def rows_of(areas: Sequence[AreaIn]) -> list[Row]:
    """Rows of a JSON list, numbered from 1."""
    return [
        Row(number, one.area_code, one.area_name, ";".join(map(str, one.categories)), one.basis)
        for number, one in enumerate(areas, start=1)
    ]


def rows_of_file(body: bytes) -> list[Row]:
    """Rows of an uploaded CSV file; AreaListUnreadable."""
    try:
        rows = read_csv(body.decode("utf-8-sig"))
    except ValueError as error:  # of the encoding too
        raise AreaListUnreadable(f"The file cannot be read: {error}.") from error
    except csv.Error as error:
        raise AreaListUnreadable(f"The file is not CSV: {error}.") from error
    if not 1 <= len(rows) <= MOST_ENTRIES:
        raise AreaListUnreadable(f"A list has 1 to {MOST_ENTRIES} rows; the file has {len(rows)}.")
    return rows


async def propose(session: AsyncSession, caller: Principal, head: AreaListHead, rows: Sequence[Row]) -> AreaList:
    """Keep the next version of a scheme, not yet counting.

    Raises AreaListRowsWrong with every problem, and AreaListUnchanged when the latest version says the same.
    """
    districts = await _districts(session) if head.key_type == "district" else {}
    if problems := list(problems_of(head.scheme, head.key_type, head.vintage, rows, districts)):
        raise AreaListRowsWrong(problems)
    version = await add_version(session, head, entries_of(rows), caller.id)
    if version is None:
        raise AreaListUnchanged(f"The latest version of {head.scheme} says the same.")
    details: dict[str, audit.JSON] = {"scheme": version.scheme, "version": version.version, "size": version.size}
    await audit.record(session, caller, "area-list.proposed", f"area-list:{version.id}", details)
    return version


async def add_version(
    session: AsyncSession, head: AreaListHead, entries: Sequence[ListedArea], imported_by: UUID | None
) -> AreaList | None:
    """The next version of a scheme, proposed; None when the latest that was not refused says the same."""
    await lock_scheme(session, head.scheme)
    digest = checksum(head.model_dump(mode="json", include=set(AreaListHead.model_fields)), entries)
    known = select(AreaList).where(AreaList.scheme == head.scheme).order_by(AreaList.version.desc())
    versions = (await session.scalars(known)).all()
    latest = next((one for one in versions if one.status != "refused"), None)
    if latest is not None and latest.checksum == digest:
        return None
    version = AreaList(
        id=new_id(),
        version=versions[0].version + 1 if versions else 1,
        checksum=digest,
        size=len(entries),
        status="proposed",
        imported_by=imported_by,
        imported_at=clock.now(),
        **head.model_dump(include=set(AreaListHead.model_fields)),
    )
    session.add(version)
    await session.flush()
    rows = [entry.model_dump() | {"categories": list(entry.categories), "list_id": version.id} for entry in entries]
    await session.execute(insert(AreaListEntry), rows)
    return version


async def add_reference_version(session: AsyncSession, head: AreaListHead, rows: Sequence[dict[str, str]]) -> None:
    """The version that comes with the platform: approved, and by nobody of this installation."""
    named = [
        Row(number, row["area_code"], row["area_name"], row["categories"].removeprefix("listed"), row["basis"])
        for number, row in enumerate(rows, start=1)
    ]
    version = await add_version(session, head, entries_of(named), None)
    if version is not None:
        version.status, version.decided_at, version.reason = "approved", version.imported_at, "Came with the platform."


async def decide(session: AsyncSession, caller: Principal, list_id: UUID, decision: DecisionIn) -> AreaList:
    """Approve or refuse a proposed version; an approved one is told of, in parts.

    Raises SecondPersonNeeded for who imported it, AreaListDecided and AreaListOvertaken.
    """
    scheme = await session.scalar(select(AreaList.scheme).where(AreaList.id == list_id))
    if scheme is None:
        raise AreaListNotFound("No list has this id.")
    # Before the row is read: deciding and proposing of a scheme happen one after another.
    await lock_scheme(session, scheme)
    version = await session.get_one(AreaList, list_id, with_for_update=True, populate_existing=True)
    if version.status != "proposed":
        raise AreaListDecided(f"Version {version.version} of {scheme} was {version.status}.")
    if version.imported_by == caller.id:
        raise SecondPersonNeeded("You imported this list; another administrator decides on it.")
    if decision.outcome == "approved":
        await _refuse_overtaken(session, version)
    version.status = decision.outcome
    version.decided_by, version.decided_at, version.reason = caller.id, clock.now(), decision.reason
    if decision.outcome == "approved":
        await publish(session, *await _events_of(session, version))
    details: dict[str, audit.JSON] = {"scheme": scheme, "version": version.version, "reason": decision.reason}
    await audit.record(session, caller, f"area-list.{decision.outcome}", f"area-list:{list_id}", details)
    return version


async def _refuse_overtaken(session: AsyncSession, version: AreaList) -> None:
    later = select(AreaList.version).where(
        AreaList.scheme == version.scheme, AreaList.version > version.version, AreaList.status == "approved"
    )
    if (found := await session.scalar(later.limit(1))) is not None:
        raise AreaListOvertaken(f"Version {found} of {version.scheme} is approved; propose these rows as the next.")


async def _events_of(session: AsyncSession, version: AreaList) -> list[AreaListApproved]:
    query = select(AreaListEntry).where(AreaListEntry.list_id == version.id).order_by(AreaListEntry.area_code)
    entries = [
        ListedArea(area_code=row.area_code, area_name=row.area_name, categories=tuple(row.categories), basis=row.basis)
        for row in await session.scalars(query)
    ]
    parts = chunks_of(entries)
    return [
        AreaListApproved(
            list_id=version.id,
            scheme=version.scheme,
            list_version=version.version,
            title=version.title,
            key_type=version.key_type,
            vintage=version.vintage,
            valid_from_on=version.valid_from,
            valid_to_on=version.valid_to,
            completeness=version.completeness,
            source=version.source,
            checksum=version.checksum,
            size=version.size,
            part=number,
            parts=len(parts),
            areas=part,
        )
        for number, part in enumerate(parts, start=1)
    ]


async def lock_scheme(session: AsyncSession, scheme: str) -> None:
    """One proposal or decision of a scheme at a time; released at commit."""
    key = func.hashtextextended(f"area-list:{scheme}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def _districts(session: AsyncSession) -> dict[str, District]:
    """Every district code with the days of its first and last use, as far as successions tell."""
    begun: dict[str, date] = {}
    ended: dict[str, date] = {}
    for one in await successions_of(session):
        begun[one.new_code] = max(one.effective_on, begun.get(one.new_code, one.effective_on))
        ended[one.old_code] = one.effective_on
    codes = await session.scalars(select(KnownDistrict.code))
    return {code: District(begun.get(code), ended.get(code)) for code in codes}
