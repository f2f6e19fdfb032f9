"""Contributions that earn credit for the community: accepted once, told once, taken back when they were abuse.

Certification credits what it hears of, each contribution once; a correction with the next revision takes it back or
gives it again.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.clock import ENGLAND
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import CommunityContributed, CommunityCorrected
from hubs.base import AnyRow
from hubs.group_spaces.errors import NothingCredited, NotYoursToModerate, PostNotOpen
from hubs.group_spaces.models import SpaceContribution, SpacePost
from hubs.group_spaces.rules import Frequency
from hubs.groups.versions import version_of
from hubs.projects.contributions import CommunityCredit


async def confirm(session: AsyncSession, caller: Principal, space: AnyRow, post: SpacePost) -> SpaceContribution:
    """Accept a post, which the caller holds, as its author's contribution. A repeat changes nothing.

    Raises NothingCredited, NotYoursToModerate for what is the caller's own, and PostNotOpen.
    """
    credit = await credit_of(session, space)
    if credit is None or credit.accepted_by != "confirmation":
        raise NothingCredited("The group's project has no contribution confirmed by hand." if credit else NO_CREDIT)
    if post.person_id == caller.id:
        raise NotYoursToModerate("Somebody else confirms what you wrote.")
    if post.person_id is None or post.part == "staff":
        raise NothingCredited("Contributions of the group's participants and leads earn credit.")
    if post.status != "shown":
        raise PostNotOpen(f"The post is {post.status}.")
    accepted = await _accept(session, post, post.person_id, credit, caller.id)
    details: dict[str, audit.JSON] = {"contribution": str(accepted.id), "group": str(post.group_id)}
    await audit.record(session, caller, "group_space.contribution-confirmed", f"space_post:{post.id}", details)
    return accepted


NO_CREDIT = "The group's project credits no contributions to the discussion."


async def credit_of(session: AsyncSession, space: AnyRow) -> CommunityCredit | None:
    """What the project's document says of contributions."""
    return (await version_of(session, space.project_id, space.project_version)).document.community_credit


async def note_post(session: AsyncSession, space: AnyRow, post: SpacePost) -> None:
    """Accept the author's part where the project's document says that so many posts are enough, and there are."""
    credit = await credit_of(session, space)
    if credit is None or credit.accepted_by != "posts" or post.person_id is None or post.part == "staff":
        return
    known = await _contribution(session, post.group_id, post.person_id)
    if known is not None and known.counts:
        return
    if frequency_of(credit).reached(await _posted_at(session, post.group_id, post.person_id), post.posted_at):
        await _accept(session, post, post.person_id, credit, None)


async def reconsider(session: AsyncSession, space: AnyRow, post: SpacePost) -> None:
    """After a post was found abusive, or not to be after all: let what rests on it count no more, or again."""
    known = None if post.person_id is None else await _contribution(session, post.group_id, post.person_id)
    if known is None:
        return
    credit = await credit_of(session, space)
    counts = known.counts
    if known.basis == "confirmation" and known.post_id == post.id:
        counts = not post.is_abusive
    elif known.basis == "posts" and credit is not None and credit.accepted_by == "posts":
        posted_at = await _posted_at(session, post.group_id, known.person_id)
        counts = frequency_of(credit).reached(posted_at, known.accepted_at)
    if counts != known.counts:
        await _correct(session, known, counts=counts)


def frequency_of(credit: CommunityCredit) -> Frequency:
    """Of a rule that counts posts."""
    assert credit.posts is not None
    assert credit.within_weeks is not None
    return Frequency(credit.posts, credit.within_weeks)


async def _accept(
    session: AsyncSession, post: SpacePost, person_id: UUID, credit: CommunityCredit, by: UUID | None
) -> SpaceContribution:
    await hold_person(session, person_id)
    known = await _contribution(session, post.group_id, person_id)
    if known is not None and known.counts:
        return known
    facts = {"post_id": post.id, "basis": credit.accepted_by, "accepted_at": clock.now(), "accepted_by": by}
    if known is not None:
        for name, value in facts.items():
            setattr(known, name, value)
        await _correct(session, known, counts=True)
        return known
    made = SpaceContribution(
        id=new_id(),
        group_id=post.group_id,
        person_id=person_id,
        activity=credit.activity,
        counts=True,
        revision=0,
        contributed_on=post.posted_at.astimezone(ENGLAND).date(),
        **facts,
    )
    session.add(made)
    await session.flush()
    news = CommunityContributed(
        contribution_id=made.id,
        teacher_id=person_id,
        activity_code=made.activity,
        contributed_on=made.contributed_on,
    )
    await publish(session, news)
    return made


async def _correct(session: AsyncSession, known: SpaceContribution, *, counts: bool) -> None:
    known.counts = counts
    known.revision += 1
    await session.flush()
    news = CommunityCorrected(
        contribution_id=known.id,
        teacher_id=known.person_id,
        revision=known.revision,
        activity_code=known.activity,
        counts=counts,
        contributed_on=known.contributed_on,
    )
    await publish(session, news)


async def hold_person(session: AsyncSession, person_id: UUID) -> None:
    """Until this transaction ends, nobody else writes for somebody, or accepts what they wrote."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(person_id), 2))))


async def _contribution(session: AsyncSession, group_id: UUID, person_id: UUID) -> SpaceContribution | None:
    query = select(SpaceContribution).where(
        SpaceContribution.group_id == group_id, SpaceContribution.person_id == person_id
    )
    return await session.scalar(query.with_for_update().execution_options(populate_existing=True))


async def _posted_at(session: AsyncSession, group_id: UUID, person_id: UUID) -> list[datetime]:
    """When somebody posted in a group, what was found abusive left out."""
    query = select(SpacePost.posted_at).where(
        SpacePost.group_id == group_id, SpacePost.person_id == person_id, ~SpacePost.is_abusive
    )
    return list(await session.scalars(query.order_by(SpacePost.posted_at)))
