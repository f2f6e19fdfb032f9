"""What hubs hears."""

from sqlalchemy import select

from certification_facts import moved
from chassis.ids import new_id
from harness import ServiceHarness
from hubs.teachers.models import Teacher
from hubs_network import registered


async def kept(hubs: ServiceHarness) -> list[tuple[str, int]]:
    async with hubs.session() as session:
        return [(row.school_urn, row.sequence) for row in await session.scalars(select(Teacher))]


async def test_news_of_a_teacher_delivered_twice_is_kept_once(hubs: ServiceHarness) -> None:
    assert await hubs.deliver(registered(new_id(), "900001"), times=3, event_id=new_id()) == 1
    assert await kept(hubs) == [("900001", 1)]


async def test_older_news_that_comes_later_changes_nothing(hubs: ServiceHarness) -> None:
    teacher = new_id()
    await hubs.deliver(registered(teacher, "900002"), sequence=2)
    await hubs.deliver(registered(teacher, "900001"), sequence=1)
    assert await kept(hubs) == [("900002", 2)]


async def test_a_teacher_who_moved_is_known_at_the_new_school(hubs: ServiceHarness) -> None:
    teacher = new_id()
    await hubs.deliver(registered(teacher, "900001"), sequence=1)
    await hubs.deliver(moved(teacher, "900003"), sequence=3)
    await hubs.deliver(moved(teacher, "900002"), sequence=2)
    assert await kept(hubs) == [("900003", 3)]
