"""Keeps what is told of groups, and brings each group's grant in line with it as far as one party may."""

from datetime import timedelta

from sqlalchemy import select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.errors import ServiceError
from chassis.subscriptions import Delivery
from contracts.networks import GroupFacts
from funding.canonical import canonical, checksum
from funding.grant_adjustments import service as adjustments
from funding.grant_adjustments.schemas import AdjustmentRequest
from funding.grants import service as grants
from funding.grants.models import GrantAward, GrantStatus, SnapshotStatus
from funding.grants.records import Worked, lock_grant
from funding.grants.schemas import GrantProposal, Withdrawal
from funding.group_grants import recovering
from funding.group_grants.models import GroupGrant
from funding.group_grants.platform import PLATFORM
from funding.group_grants.working import NotToBeWorkedOut, comes_to, snapshots_of, work_out

TAKEN_BACK = (GrantStatus.WITHDRAWN, GrantStatus.DECLINED)
LIVE = (GrantStatus.AWARDED, GrantStatus.ACCEPTED)
AGAIN = timedelta(minutes=1)
"""How long a question rests before it is tried whether somebody has answered it."""
CALLED_OFF = "The group was called off."
FOR_APPROVER = "The group is as its hub told; whoever decides about the grant decides about this too."


async def hear(session: AsyncSession, event: GroupFacts, delivery: Delivery) -> None:
    """Keep the facts unless newer ones are held, and follow them. Which kind of news brought them is no matter."""
    values = event.model_dump(include=set(GroupGrant.__table__.c.keys())) | {"sequence": delivery.sequence}
    statement = insert(GroupGrant).values(values)
    kept = statement.on_conflict_do_update(
        index_elements=[GroupGrant.group_id],
        set_={name: statement.excluded[name] for name in values if name != "group_id"},
        where=GroupGrant.sequence < statement.excluded.sequence,
    ).returning(GroupGrant.group_id)
    if (await session.execute(kept)).first() is not None:
        await follow(session, await session.get_one(GroupGrant, event.group_id, populate_existing=True))


async def try_again(session: AsyncSession, most: int) -> int:
    """Follow groups whose question may have been answered; how many there were."""
    waiting = (
        select(GroupGrant)
        .where(GroupGrant.question.is_not(None), GroupGrant.followed_at < clock.now() - AGAIN)
        .order_by(GroupGrant.followed_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    found = (await session.execute(waiting)).scalars().all()
    for group in found:
        await follow(session, group)
    return len(found)


async def follow(session: AsyncSession, group: GroupGrant) -> None:
    """Bring the grant in line with the group; what stands in the way becomes the group's question."""
    group.calculation, group.expected_pence = None, 0
    group.question_code = group.question = None
    group.followed_at = clock.now()
    try:
        await _follow(session, group)
    except (ServiceError, NotToBeWorkedOut) as refusal:
        group.question_code, group.question = refusal.code, refusal.detail
    await session.flush()


async def _follow(session: AsyncSession, group: GroupGrant) -> None:
    grant = None if group.grant_id is None else await lock_grant(session, group.grant_id, true())
    if group.status == "cancelled" or group.card is None:
        await _call_off(session, group, grant)
        return
    try:
        worked = await work_out(session, group, group.card)
    except (ServiceError, NotToBeWorkedOut):
        if grant is not None and grant.status == GrantStatus.PROPOSED:
            await _take_back(session, grant, "The group is not as it was, and its card cannot be calculated for it.")
            group.grant_id = None  # as it was before, it is proposed again
        raise
    group.calculation, group.expected_pence = canonical(worked.calculation), worked.own_pence
    if grant is None:
        await _propose(session, group, worked)
    else:
        await _bring_in_line(session, group, grant, worked)


async def _call_off(session: AsyncSession, group: GroupGrant, grant: GrantAward | None) -> None:
    """Take a proposal back, end an award of which nothing was drawn, or propose to get back what was."""
    await _take_back(session, grant, CALLED_OFF)
    if grant is not None and grant.status in LIVE:
        await recovering.end_or_propose(session, group, grant)


async def _take_back(session: AsyncSession, grant: GrantAward | None, reason: str) -> None:
    if grant is not None and grant.status == GrantStatus.PROPOSED:
        await grants.withdraw(session, PLATFORM, grant.id, Withdrawal(reason=reason))


async def _bring_in_line(session: AsyncSession, group: GroupGrant, grant: GrantAward, worked: Worked) -> None:
    held, latest = await snapshots_of(session, grant)
    if comes_to(latest if latest.status == SnapshotStatus.PROPOSED else held, worked):
        return
    if grant.status == GrantStatus.PROPOSED or grant.status in TAKEN_BACK:
        await _take_back(session, grant, "The group changed; another proposal follows.")
        await _propose(session, group, worked)
        return
    if grant.status not in LIVE:
        raise NotToBeWorkedOut("group-changed-late", f"The group changed when its grant was {grant.status}.")
    if latest.status == SnapshotStatus.DECLINED and comes_to(latest, worked):
        raise NotToBeWorkedOut("group-adjustment-declined", f"Adjustment {latest.ordinal} to this was declined.")
    if grant.card != worked.card.card:
        raise NotToBeWorkedOut("group-of-another-card", f"The grant is of card {grant.card}, the group of another.")
    await _adjust(session, grant, worked)


async def _adjust(session: AsyncSession, grant: GrantAward, worked: Worked) -> None:
    body = AdjustmentRequest(
        inputs=worked.calculation.inputs,
        card_version=worked.card.version,
        because="The group changed.",
        findings_accepted_because=FOR_APPROVER if worked.calculation.findings else None,
    )
    await adjustments.request(session, PLATFORM, grant.id, body)


async def _propose(session: AsyncSession, group: GroupGrant, worked: Worked) -> None:
    """Put an award before a person. The agreement is to the card's own conditions, by their digest."""
    card = worked.card
    proposal = GrantProposal.model_validate(
        {
            "card": card.card,
            "card_version": card.version,
            "inputs": worked.calculation.inputs,
            "recipient": {"kind": "hub", "id": str(group.hub_id), "name": group.hub_name or f"Hub {group.hub_id}"},
            "reference": f"group {group.group_id}",
            "title": card.title[:200],
            "budget": f"{group.network}-{group.project_year}",
            "agreement": {
                "version": f"{group.project_year}-{card.version}",
                "reference": f"Conditions of grant card {card.card}, version {card.version}",
                "sha256": checksum(canonical(card)),
            },
            "findings_accepted_because": FOR_APPROVER if worked.calculation.findings else None,
        }
    )
    group.grant_id = await grants.propose(session, PLATFORM, proposal)
