"""Reviewing by another person, publishing, withdrawing and bringing back; and the contribution that follows."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import CommunityContributed, CommunityCorrected
from hubs.resources.access import REVIEWER, authored_by, is_own
from hubs.resources.errors import (
    AnotherModeratorNeeded,
    OwnResource,
    ResourceNotFound,
    ResourceWithdrawn,
    ReviewTaken,
    VersionNotInReview,
    WithdrawalStands,
)
from hubs.resources.models import Resource, ResourceVersion
from hubs.resources.rules import CONTRIBUTION, contributed_on
from hubs.resources.schemas import ResourceDecisionIn, WithdrawalIn
from hubs.resources.service import version_of


async def take_in_hand(
    session: AsyncSession, caller: Principal, resource_id: UUID, number: int, take_over: bool
) -> ResourceVersion:
    """Review a version. Raises OwnResource, VersionNotInReview, and ReviewTaken unless it is to be taken over."""
    resource = await _held(session, resource_id)
    version = await _submitted(session, caller, resource, number)
    if version.reviewer_id not in (None, caller.id) and not take_over:
        raise ReviewTaken("Another moderator has this version in hand; take it over if they cannot go on.")
    if version.reviewer_id != caller.id:
        version.status, version.reviewer_id = "in_review", caller.id
        version.edition += 1
        await session.flush()
        await audit.record(session, caller, "resource.review-begun", f"resource:{resource_id}", {"number": number})
    return version


async def decide(
    session: AsyncSession, caller: Principal, resource_id: UUID, number: int, word: ResourceDecisionIn
) -> ResourceVersion:
    """Publish a version in hand, which supersedes the one before, or return it to its author with a reason."""
    resource = await _held(session, resource_id)
    version = await _submitted(session, caller, resource, number)
    if version.reviewer_id != caller.id:
        raise ReviewTaken("Take the version in hand first; whoever has it in hand decides.")
    if resource.withdrawn_for_cause:
        raise ResourceWithdrawn("The resource was withdrawn for cause in the meantime.")
    version.decided_at, version.reason = clock.now(), word.reason
    version.edition += 1
    if word.outcome == "published":
        await _publish(session, resource, version)
    else:
        version.status = "returned"
    await session.flush()
    details: dict[str, audit.JSON] = {"number": number, "reason": word.reason}
    await audit.record(session, caller, f"resource.{word.outcome}", f"resource:{resource_id}", details)
    return version


async def _publish(session: AsyncSession, resource: Resource, version: ResourceVersion) -> None:
    for before in await _standing(session, resource.id):
        before.status = "superseded"
    await session.flush()  # one version is published at a time, also for the moment between two
    version.status, version.published_at = "published", version.decided_at
    resource.first_published_at = resource.first_published_at or version.published_at
    resource.bring_back()
    if resource.teacher_id is None or resource.contributed_on is not None or version.submitted_at is None:
        return
    resource.contributed_on = contributed_on(version.submitted_at)
    news = CommunityContributed(
        contribution_id=resource.id,
        teacher_id=resource.teacher_id,
        activity_code=CONTRIBUTION,
        contributed_on=resource.contributed_on,
    )
    await publish(session, news)


async def withdraw(session: AsyncSession, caller: Principal, resource_id: UUID, word: WithdrawalIn) -> Resource:
    """Take a published resource away: its author, or a moderator, who alone may do so for cause.

    For cause, what it earned is taken back. Raises OwnResource and WithdrawalStands.
    """
    resource = await _held(session, resource_id, None if caller.has_role(REVIEWER) else caller)
    if resource.first_published_at is None:
        raise ResourceNotFound("No published resource has this id.")
    if word.for_cause and (not caller.has_role(REVIEWER) or is_own(caller, resource)):
        raise OwnResource("A moderator whose resource it is not withdraws it for cause.")
    if resource.withdrawn_at is not None and (resource.withdrawn_for_cause or not word.for_cause):
        raise WithdrawalStands("The resource was withdrawn already.")
    for version in await _standing(session, resource_id):
        version.status = "withdrawn"
    resource.withdrawn_at, resource.withdrawn_by = clock.now(), caller.id
    resource.withdrawn_as = "author" if is_own(caller, resource) else "moderator"
    resource.withdrawn_for_cause, resource.withdrawal_reason = word.for_cause, word.reason
    await session.flush()
    if word.for_cause:
        await _correct(session, resource, counts=False)
    details: dict[str, audit.JSON] = {"reason": word.reason, "for_cause": word.for_cause}
    await audit.record(session, caller, "resource.withdrawn", f"resource:{resource_id}", details)
    return resource


async def reinstate(session: AsyncSession, caller: Principal, resource_id: UUID, reason: str) -> Resource:
    """Bring back what a moderator withdrew, by another one; what it earned counts again.

    What its author withdrew comes back by a new version. Raises WithdrawalStands, OwnResource, AnotherModeratorNeeded.
    """
    resource = await _held(session, resource_id)
    if resource.withdrawn_at is None or resource.first_published_at is None:
        raise WithdrawalStands("The resource is not withdrawn.")
    if is_own(caller, resource):
        raise OwnResource("Another moderator brings back what is yours.")
    if resource.withdrawn_by == caller.id:
        raise AnotherModeratorNeeded("You withdrew this resource; another moderator brings it back.")
    if resource.withdrawn_as == "author":
        raise WithdrawalStands("Its author withdrew it; a new version, once accepted, brings it back.")
    counted_not = resource.withdrawn_for_cause
    for version in await _standing(session, resource_id):
        version.status = "published"
    resource.bring_back()
    await session.flush()
    if counted_not:
        await _correct(session, resource, counts=True)
    await audit.record(session, caller, "resource.reinstated", f"resource:{resource_id}", {"reason": reason})
    return resource


async def _correct(session: AsyncSession, resource: Resource, *, counts: bool) -> None:
    """Tell that the contribution does not count, or does again, if others were ever told of it."""
    if resource.teacher_id is None or resource.contributed_on is None:
        return
    resource.correction += 1
    await session.flush()
    news = CommunityCorrected(
        contribution_id=resource.id,
        teacher_id=resource.teacher_id,
        revision=resource.correction,
        activity_code=CONTRIBUTION,
        counts=counts,
        contributed_on=resource.contributed_on,
    )
    await publish(session, news)


async def _held(session: AsyncSession, resource_id: UUID, author: Principal | None = None) -> Resource:
    """The resource, held until commit, if it is the author's where one is named; ResourceNotFound."""
    query = select(Resource).where(Resource.id == resource_id).with_for_update()
    if author is not None:
        query = query.where(authored_by(author))
    resource = await session.scalar(query.execution_options(populate_existing=True))
    if resource is None:
        raise ResourceNotFound("No resource has this id.")
    return resource


async def _submitted(session: AsyncSession, caller: Principal, resource: Resource, number: int) -> ResourceVersion:
    version = await version_of(session, resource.id, number)
    if version.status == "draft":
        raise ResourceNotFound("The resource has no version of this number.")
    if version.status not in ("submitted", "in_review"):
        raise VersionNotInReview(f"Version {number} is {version.status}.")
    if is_own(caller, resource) or version.submitted_by == caller.id:
        raise OwnResource("This is yours or your organisation's; another moderator reviews it.")
    return version


async def _standing(session: AsyncSession, resource_id: UUID) -> list[ResourceVersion]:
    """The version that is published, or was when the resource was withdrawn; the caller holds the resource."""
    query = select(ResourceVersion).where(
        ResourceVersion.resource_id == resource_id, ResourceVersion.status.in_(("published", "withdrawn"))
    )
    return list((await session.scalars(query.execution_options(populate_existing=True))).all())
