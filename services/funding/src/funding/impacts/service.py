"""Opens impacts in one statement, and works them off in chunks: any number of workers, each item once, resumable."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from funding.areas.service import hold_lists
from funding.bursaries.again import Redecided, applications_of, decide_all_again
from funding.bursaries.gathering import gather
from funding.bursaries.locks import lock_all
from funding.bursaries.models import Bursary, BursaryDecision, BursaryStatus
from funding.impacts.models import Effect, Impact, ImpactItem
from funding.policies import service as policies
from funding.policies.rules import Policy, decide
from funding.schools.service import lock_schools

TOUCHED = (BursaryStatus.NEEDS_REVIEW, BursaryStatus.ELIGIBLE, BursaryStatus.APPROVED, BursaryStatus.CLAIMABLE)
"""States in which a change is of interest; only what needs review is decided again by it."""
MOST = 250
"""Bursaries in one transaction: so many schools' locks it holds at most."""


async def open_impact(session: AsyncSession, cause: str, condition: ColumnElement[bool]) -> int:
    """List the bursaries that a change of facts may touch; how many. They are worked off in the background."""
    return await _open(session, cause, condition, None)


async def open_policy_impact(session: AsyncSession, policy: Policy) -> int:
    """List what was decided by an earlier version and is not claimed; it is only compared, never decided again."""
    condition = (Bursary.policy == policy.policy) & (Bursary.policy_version < policy.version)
    return await _open(session, f"policy:{policy.policy}/{policy.version}", condition, policy)


async def open_expired(session: AsyncSession, today: date) -> int:
    """List what nobody has approved and was decided on something that holds no longer; how many."""
    expired = exists().where(
        BursaryDecision.bursary_id == Bursary.id,
        BursaryDecision.ordinal == Bursary.decisions,
        BursaryDecision.valid_until_on < today,
    )
    waits = exists().where(ImpactItem.bursary_id == Bursary.id, ImpactItem.effect == Effect.PENDING)
    due = expired & (Bursary.status == BursaryStatus.ELIGIBLE) & ~waits
    if (await session.execute(select(Bursary.id).where(due).limit(1))).first() is None:
        return 0
    return await _open(session, f"expired:{today}", due, None)


async def _open(session: AsyncSession, cause: str, condition: ColumnElement[bool], policy: Policy | None) -> int:
    impact_id = new_id()
    values = {"id": impact_id, "cause": cause, "found": 0, "opened_at": clock.now()}
    if policy is not None:
        values |= {"policy": policy.policy, "version": policy.version}
    await session.execute(insert(Impact).values(values))
    touched = select(
        literal(impact_id), Bursary.id, literal(str(Effect.PENDING)), Bursary.status, Bursary.amount_pence
    ).where(Bursary.status.in_(TOUCHED), condition)
    columns = ["impact_id", "bursary_id", "effect", "status_before", "amount_before_pence"]
    await session.execute(insert(ImpactItem).from_select(columns, touched))
    count = select(func.count()).select_from(ImpactItem).where(ImpactItem.impact_id == impact_id)
    found = (await session.execute(count)).scalar_one()
    finished_at = None if found else clock.now()
    await session.execute(update(Impact).where(Impact.id == impact_id).values(found=found, finished_at=finished_at))
    return found


async def work_off(session: AsyncSession, most: int = MOST) -> int:
    """Handle some items of the oldest impact that is not finished; how many, 0 when there is nothing to do."""
    query = select(Impact.id).where(Impact.finished_at.is_(None)).order_by(Impact.id).limit(1)
    impact_id = (await session.execute(query)).scalar_one_or_none()
    if impact_id is None:
        return 0
    items = await _take(session, impact_id, most)
    if not items:
        await _finish(session, impact_id)
        return 0
    impact = await session.get_one(Impact, impact_id)
    # Lists and schools are held before bursaries, as everywhere, so that nobody decides on older facts meanwhile.
    await hold_lists(session)
    urns = select(Bursary.school_urn).where(Bursary.id.in_(items)).distinct()
    await lock_schools(session, list(await session.scalars(urns)))
    bursaries = await lock_all(session, Bursary.id.in_(items))
    await _record(session, impact_id, items, await _handled(session, impact, bursaries))
    return len(items)


async def _take(session: AsyncSession, impact_id: UUID, most: int) -> list[UUID]:
    pending = (
        select(ImpactItem.bursary_id)
        .where(ImpactItem.impact_id == impact_id, ImpactItem.effect == Effect.PENDING)
        .order_by(ImpactItem.bursary_id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return list(await session.scalars(pending))


async def _finish(session: AsyncSession, impact_id: UUID) -> None:
    """Unless another worker still has some of its items."""
    waits = exists().where(ImpactItem.impact_id == impact_id, ImpactItem.effect == Effect.PENDING)
    done = update(Impact).where(Impact.id == impact_id, Impact.finished_at.is_(None), ~waits)
    await session.execute(done.values(finished_at=clock.now()).execution_options(synchronize_session=False))


Handled = tuple[Effect, Redecided]


async def _handled(session: AsyncSession, impact: Impact, bursaries: Sequence[Bursary]) -> list[Handled]:
    again = [one for one in bursaries if _is_decided_again(impact, one)]
    ids = {one.id for one in again}
    kept = [one for one in bursaries if one.id not in ids and one.status in TOUCHED]
    compared = await _compare(session, impact, kept)
    decided = await decide_all_again(session, again, impact.cause)
    return [
        *((Effect.KEPT if one.is_new else Effect.UNCHANGED, one) for one in compared),
        *((Effect.DECIDED if one.is_new else Effect.UNCHANGED, one) for one in decided),
    ]


def _is_decided_again(impact: Impact, bursary: Bursary) -> bool:
    if impact.policy is not None:
        return False
    is_expired = impact.cause.startswith("expired:") and bursary.status == BursaryStatus.ELIGIBLE
    return bursary.status == BursaryStatus.NEEDS_REVIEW or is_expired


async def _compare(session: AsyncSession, impact: Impact, bursaries: Sequence[Bursary]) -> list[Redecided]:
    """What these would come to now, by the version that was published or by their own. Nothing is stored."""
    if not bursaries:
        return []
    applications = await applications_of(session, bursaries)
    if impact.policy is not None and impact.version is not None:
        published = await policies.find_version(session, impact.policy, impact.version)
        applications = {one: replace(held, published=published) for one, held in applications.items()}
    gathered = await gather(session, list(applications.values()))
    found = []
    for bursary in bursaries:
        application = applications[bursary.id]
        said = decide(application.published.policy, gathered.inputs(application))
        stood = BursaryStatus.NEEDS_REVIEW if bursary.status == BursaryStatus.NEEDS_REVIEW else BursaryStatus.ELIGIBLE
        is_new = (str(said.outcome), said.amount_pence) != (str(stood), bursary.amount_pence)
        found.append(Redecided(bursary.id, said.outcome, said.amount_pence, is_new))
    return found


_RECORD = text(
    "UPDATE impact_item SET effect = v.effect, outcome_after = v.outcome, amount_after_pence = v.pence, "
    "handled_at = :now FROM unnest(CAST(:ids AS uuid[]), CAST(:effects AS text[]), CAST(:outcomes AS text[]), "
    "CAST(:pence AS bigint[])) AS v (id, effect, outcome, pence) "
    "WHERE impact_id = :impact_id AND bursary_id = v.id"
)


async def _record(session: AsyncSession, impact_id: UUID, items: Sequence[UUID], found: Sequence[Handled]) -> None:
    handled = {one.bursary_id: (effect, one) for effect, one in found}
    gone = [one for one in items if one not in handled]
    values = {
        "ids": [*handled, *gone],
        "effects": [*(str(effect) for effect, _ in handled.values()), *(str(Effect.GONE) for _ in gone)],
        "outcomes": [*(str(one.outcome) for _, one in handled.values()), *(None for _ in gone)],
        "pence": [*(one.amount_pence for _, one in handled.values()), *(None for _ in gone)],
    }
    await session.execute(_RECORD, values | {"impact_id": impact_id, "now": clock.now()})
