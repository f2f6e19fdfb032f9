"""For demonstrations: what the invented people of the demonstration hub's groups write to each other."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principal import Principal
from chassis.service import Progress
from hubs.group_spaces import service
from hubs.group_spaces.models import SpaceTopic
from hubs.group_spaces.schemas import PostReportIn, SpacePostIn, TopicIn
from hubs.groups.models import GroupParticipant, ProjectGroup
from hubs.network_demo.seed import DEMO_HUB

OPENS = TopicIn(
    title="What did you try since we met?",
    text="Welcome to our space. Tell the others in a sentence or two what you tried with a class, and what came of it.",
)
ANSWERS = (
    "Year 4 predicted what a program does before they ran it. Three pairs argued, which was the best part.",
    "The same here. A blank table for the predictions helped: https://hub.example.org/predictions",
)
ASKS = TopicIn(
    title="Who has tablets we could borrow?",
    text="Ours are away for repair until half-term. Could a school near us lend ten for one afternoon?",
)
DOUBTFUL = "Take those of Class 4B, Alex's mother lets everyone use her son's."
DOUBT = PostReportIn(kind="personal_data", note="Names a family (invented, as everything here).")


async def load_demo_spaces(session: AsyncSession, progress: Progress) -> None:
    """Two topics for each running invented group that has none, with one post that waits for a moderator."""
    groups = await _silent_groups(session)
    for group_id in groups:
        await _talk(session, group_id, await _people(session, group_id))
    progress(len(groups), len(groups))


async def _silent_groups(session: AsyncSession) -> Sequence[UUID]:
    query = select(ProjectGroup.id).where(
        ProjectGroup.hub_id == DEMO_HUB,
        ProjectGroup.status == "running",
        ProjectGroup.title.endswith("(synthetic)"),
        ~exists().where(SpaceTopic.group_id == ProjectGroup.id),
    )
    return (await session.scalars(query.order_by(ProjectGroup.id))).all()


async def _people(session: AsyncSession, group_id: UUID) -> list[Principal]:
    """The group's lead and its first participants."""
    inside = select(GroupParticipant.person_id).where(
        GroupParticipant.group_id == group_id, GroupParticipant.left_on.is_(None)
    )
    found = await session.scalars(inside.order_by(GroupParticipant.urn, GroupParticipant.person_id).limit(3))
    return [Principal(kind="person", id=one) for one in (uuid5(group_id, "lead"), *found)]


async def _talk(session: AsyncSession, group_id: UUID, people: Sequence[Principal]) -> None:
    lead, first, second, third = people
    topic_id = await service.begin(session, lead, group_id, OPENS)
    for person, text in zip((first, second), ANSWERS, strict=True):
        await service.reply(session, person, group_id, topic_id, SpacePostIn(text=text, reply_to=1))
    asked_id = await service.begin(session, first, group_id, ASKS)
    post_id = await service.reply(session, third, group_id, asked_id, SpacePostIn(text=DOUBTFUL, reply_to=1))
    await service.report(session, second, group_id, post_id, DOUBT)
