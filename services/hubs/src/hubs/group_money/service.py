"""Keeps what funding tells of groups' money."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.subscriptions import Delivery
from contracts.funding import GroupGrantChanged
from hubs.group_money.models import GroupMoney


async def hear(session: AsyncSession, event: GroupGrantChanged, delivery: Delivery) -> None:
    """Keep the figures unless newer ones are held."""
    values = event.model_dump(include=set(GroupMoney.__table__.c.keys()))
    statement = insert(GroupMoney).values(values | {"question": event.question_code, "sequence": delivery.sequence})
    newer = {one.name: statement.excluded[one.name] for one in GroupMoney.__table__.c if one.name != "group_id"}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[GroupMoney.group_id],
            set_=newer,
            where=GroupMoney.sequence < statement.excluded.sequence,
        )
    )
