"""Moderating a group's space: by its leads and the hub's staff, with a reason, and every act in the audit trail."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.group_spaces import contributions
from hubs.group_spaces.errors import NotYoursToModerate, PostReportDecided, SpacePartNotFound
from hubs.group_spaces.models import SpaceContribution, SpacePost, SpaceReport, SpaceTopic
from hubs.group_spaces.queries import space_to_moderate
from hubs.group_spaces.schemas import PostModerationIn, PostReportDecisionIn, TopicModerationIn
from hubs.group_spaces.service import held_post, held_topic


async def moderate_post(
    session: AsyncSession, caller: Principal, group_id: UUID, post_id: UUID, wanted: PostModerationIn
) -> SpacePost:
    """Hide a post or show it again. A repeat changes nothing. Raises NotYoursToModerate and PostNotOpen."""
    space, post = await _post_to_moderate(session, caller, group_id, post_id)
    if wanted.action == "hide":
        return await _hide(session, caller, space, post, wanted.reason, is_abusive=wanted.is_abusive)
    if post.status != "hidden":
        return post
    post.status = "shown" if post.withdrawn_at is None else "withdrawn"
    post.hidden_at = post.hidden_by = post.hidden_reason = None
    post.is_abusive = False
    post.version += 1
    await _record(session, caller, "post-restored", post, {"reason": wanted.reason})
    await contributions.reconsider(session, space, post)
    return post


async def _hide(
    session: AsyncSession, caller: Principal, space: AnyRow, post: SpacePost, reason: str, *, is_abusive: bool
) -> SpacePost:
    if post.status == "hidden" and post.is_abusive == is_abusive:
        return post
    post.status, post.is_abusive = "hidden", is_abusive
    post.hidden_at, post.hidden_by, post.hidden_reason = clock.now(), caller.id, reason
    post.version += 1
    await _record(session, caller, "post-hidden", post, {"reason": reason, "is_abusive": is_abusive})
    decided = {
        "status": "upheld",
        "decided_at": post.hidden_at,
        "decided_by": caller.id,
        "decision_reason": reason,
    }
    open_ones = update(SpaceReport).where(SpaceReport.post_id == post.id, SpaceReport.status == "open")
    await session.execute(open_ones.values(decided))
    await contributions.reconsider(session, space, post)
    return post


async def moderate_topic(
    session: AsyncSession, caller: Principal, group_id: UUID, topic_id: UUID, wanted: TopicModerationIn
) -> SpaceTopic:
    """Lock a topic, or open it again. A repeat changes nothing."""
    await space_to_moderate(session, caller, group_id)
    topic = await held_topic(session, group_id, topic_id)
    if (topic.locked_at is not None) == (wanted.action == "lock"):
        return topic
    locks = wanted.action == "lock"
    topic.locked_at, topic.locked_by = (clock.now(), caller.id) if locks else (None, None)
    await session.flush()
    action = f"group_space.topic-{'locked' if locks else 'unlocked'}"
    details: dict[str, audit.JSON] = {"group": str(group_id), "reason": wanted.reason}
    await audit.record(session, caller, action, f"space_topic:{topic_id}", details)
    return topic


async def decide_report(
    session: AsyncSession, caller: Principal, group_id: UUID, report_id: UUID, wanted: PostReportDecisionIn
) -> SpaceReport:
    """Uphold a report, which hides the post, or dismiss it. The same word again changes nothing; PostReportDecided."""
    await space_to_moderate(session, caller, group_id)
    of_report = select(SpaceReport.post_id).where(SpaceReport.id == report_id, SpaceReport.group_id == group_id)
    post_id = await session.scalar(of_report)
    if post_id is None:
        raise SpacePartNotFound("This space has no report of this id.")
    space, post = await _post_to_moderate(session, caller, group_id, post_id)
    report = (await session.scalars(select(SpaceReport).where(SpaceReport.id == report_id).with_for_update())).one()
    if report.status != "open":
        if report.status != wanted.outcome:
            raise PostReportDecided(f"The report was {report.status}.")
        return report
    if wanted.outcome == "upheld":
        await _hide(session, caller, space, post, wanted.reason, is_abusive=wanted.is_abusive)
    report.status, report.decision_reason = wanted.outcome, wanted.reason
    report.decided_at, report.decided_by = clock.now(), caller.id
    await _record(
        session, caller, f"report-{wanted.outcome}", post, {"report": str(report_id), "reason": wanted.reason}
    )
    await session.refresh(report)
    return report


async def confirm(session: AsyncSession, caller: Principal, group_id: UUID, post_id: UUID) -> SpaceContribution:
    """Accept a post as its author's contribution to the community."""
    space = await space_to_moderate(session, caller, group_id)
    return await contributions.confirm(session, caller, space, await held_post(session, group_id, post_id))


async def _post_to_moderate(
    session: AsyncSession, caller: Principal, group_id: UUID, post_id: UUID
) -> tuple[AnyRow, SpacePost]:
    space = await space_to_moderate(session, caller, group_id)
    post = await held_post(session, group_id, post_id)
    if post.person_id == caller.id:
        raise NotYoursToModerate("Somebody else moderates what you wrote.")
    return space, post


async def _record(
    session: AsyncSession, caller: Principal, action: str, post: SpacePost, details: dict[str, audit.JSON]
) -> None:
    await session.flush()
    told: dict[str, audit.JSON] = {"group": str(post.group_id), **details}
    await audit.record(session, caller, f"group_space.{action}", f"space_post:{post.id}", told)
