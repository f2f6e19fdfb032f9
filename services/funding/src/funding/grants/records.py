"""What every step of an award needs: hold it, calculate, write a snapshot and its parts, put on record."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from funding.base import Queryable
from funding.budgets.service import Award
from funding.canonical import canonical, checksum
from funding.grant_cards.language import Card
from funding.grant_cards.rules import Calculation
from funding.grants.errors import GrantNotAsNeeded, GrantNotFound, SeveralFunders
from funding.grants.models import (
    GrantAward,
    GrantHistory,
    GrantSnapshot,
    GrantSource,
    GrantStatus,
    SnapshotStatus,
    SourceStatus,
)


@dataclass(frozen=True)
class Worked:
    """A card's calculation, and the part of it that our budget pays."""

    card: Card
    calculation: Calculation

    @property
    def own_pence(self) -> int:
        """What funders pay whose money is in our budget."""
        ours = {one.funder for one in self.card.funders if not one.is_external}
        return sum(one.amount_pence for one in self.calculation.by_funder if one.of in ours)

    def parts(self) -> dict[str, int]:
        """What each funder pays."""
        return {one.of: one.amount_pence for one in self.calculation.by_funder}


def require_one_funder(card: Card, *calculations: Calculation) -> None:
    """SeveralFunders when more than one of our funds pays: the award's budget would pay for another's."""
    paying = {part.of for calculation in calculations for part in calculation.by_funder if part.amount_pence}
    ours = [one.title for one in card.funders if not one.is_external and one.funder in paying]
    if len(ours) > 1:
        raise SeveralFunders(f"{' and '.join(ours)} pay this. Propose an award of each, with references of their own.")


def money_of(grant_id: UUID, part: str) -> Award:
    """How the ledger names a movement of an award."""
    return Award("grant", grant_id, part)


async def lock_grant(session: AsyncSession, grant_id: UUID, whose: ColumnElement[bool]) -> GrantAward:
    """The award, held until commit, or GrantNotFound."""
    query = select(GrantAward).where(GrantAward.id == grant_id, whose).with_for_update()
    found = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        raise GrantNotFound(grant_id)
    return found


def require_status(grant: GrantAward, *wanted: GrantStatus) -> None:
    """GrantNotAsNeeded unless the award is in one of these states."""
    if grant.status not in wanted:
        raise GrantNotAsNeeded(
            f"The grant is {grant.status}; this needs it to be {' or '.join(wanted)}.", grant_status=grant.status
        )


def net_drawn(grant: GrantAward) -> int:
    """What was drawn and is not due back, in pence."""
    return grant.drawn_pence - grant.due_back_pence


def undrawn(grant: GrantAward) -> int:
    """What our budget still holds for the award, in pence."""
    return grant.own_pence - grant.lapsed_pence - net_drawn(grant)


async def people_of(db: Queryable, grant: GrantAward) -> list[UUID]:
    """Everybody who had a part in making the award what it is."""
    query = select(GrantSnapshot.requested_by, GrantSnapshot.decided_by).where(
        GrantSnapshot.grant_id == grant.id, GrantSnapshot.status == SnapshotStatus.APPROVED
    )
    people = {one for row in await db.execute(query) for one in row}
    return sorted(one for one in people | {grant.proposed_by, grant.decided_by, grant.accepted_by} if one is not None)


async def approved_parts(db: Queryable, grant_id: UUID) -> dict[str, int]:
    """What each funder pays of an award by all approved snapshots together."""
    query = (
        select(GrantSource.funder, func.sum(GrantSource.amount_pence))
        .where(GrantSource.grant_id == grant_id)
        .group_by(GrantSource.funder)
    )
    return {funder: int(amount) for funder, amount in (await db.execute(query)).all()}


def snapshot_of(worked: Worked, grant: GrantAward, ordinal: int, because: str, caller: Principal) -> GrantSnapshot:
    """A calculation as it is put on record, with what it changes."""
    text = canonical(worked.calculation)
    before, own_before = (0, 0) if ordinal == 1 else (grant.amount_pence, grant.own_pence)
    assert caller.id is not None
    return GrantSnapshot(
        grant_id=grant.id,
        ordinal=ordinal,
        card=worked.card.card,
        card_version=worked.card.version,
        calculation=text,
        sha256=checksum(text),
        amount_pence=worked.calculation.total_pence,
        own_pence=worked.own_pence,
        difference_pence=worked.calculation.total_pence - before,
        own_difference_pence=worked.own_pence - own_before,
        because=because,
        status=SnapshotStatus.PROPOSED,
        requested_by=caller.id,
        requested_at=clock.now(),
    )


async def add_parts(session: AsyncSession, worked: Worked, snapshot: GrantSnapshot) -> None:
    """Put on record by how much each funder's part changes with a snapshot that was approved."""
    before = await approved_parts(session, snapshot.grant_id)
    now = worked.parts()
    funders = {one.funder: one for one in worked.card.funders}
    rows = []
    for funder in sorted(before.keys() | now.keys()):
        change = now.get(funder, 0) - before.get(funder, 0)
        if change == 0:
            continue
        told = funders[funder]
        rows.append(
            {
                "grant_id": snapshot.grant_id,
                "ordinal": snapshot.ordinal,
                "funder": funder,
                "title": told.title,
                "is_external": told.is_external,
                "claimed_from": told.claimed_from,
                "amount_pence": change,
                "status": SourceStatus.TO_BE_CLAIMED if told.is_external else SourceStatus.OURS,
            }
        )
    if rows:
        await session.execute(insert(GrantSource), rows)


async def note(
    session: AsyncSession,
    grant: GrantAward,
    caller: Principal | None,
    action: str,
    *,
    reason: str | None = None,
    amount_pence: int | None = None,
) -> None:
    """Put a step on record: in the award's history and in the audit trail."""
    await session.flush()
    await session.execute(
        insert(GrantHistory).values(
            grant_id=grant.id,
            action=action,
            status=grant.status,
            actor=None if caller is None else caller.id,
            reason=reason,
            amount_pence=amount_pence,
            happened_at=clock.now(),
        )
    )
    details: dict[str, audit.JSON] = {"status": grant.status, "amount_pence": amount_pence}
    await audit.record(session, caller, f"grant.{action}", f"grant:{grant.id}", details)
