"""From a booking in hubs to mail from identity, over a real broker: in the calendar once, moved, taken out."""

from datetime import timedelta
from email.message import Message
from pathlib import Path

from sqlalchemy import text

from builders import a_teacher
from calendar_steps import a_meeting_on, a_run, edit
from chassis import clock, outbox
from conftest import StartService
from hubs.app import SERVICE as HUBS
from hubs_network import Network
from identity.app import SERVICE as IDENTITY
from identity_steps import CHEAP_HASHES, IdentitySteps
from message_requests import calendars_in, event_in
from ncce_cli.broker import RunningBroker
from real_parts import at_work, until

SOON = clock.today() + timedelta(days=30)


async def mails_of(identity: IdentitySteps, count: int) -> list[Message]:
    """The mail about courses, once there are so many."""

    async def are_there() -> bool:
        return len(await identity.mails()) > count

    await until(are_there)
    found = (await identity.mails())[1:]  # the first confirmed the address
    assert len(found) == count
    return found


async def test_a_teachers_calendar_follows_what_happens_to_the_place(
    start_service: StartService, own_broker: RunningBroker, tmp_path: Path
) -> None:
    mail = tmp_path / "mail"
    hubs = await start_service(HUBS, nats_url=own_broker.url)
    identity = IdentitySteps(await start_service(IDENTITY, nats_url=own_broker.url, maildir=mail, **CHEAP_HASHES), mail)
    network = await Network.build(hubs)
    run = await a_run(network, SOON)
    await identity.sign_up()
    [person] = await identity.query("SELECT id FROM person")
    teacher = a_teacher(person_id=person.id)
    async with at_work(hubs), at_work(identity.harness):
        place = (await network.book(run["id"], teacher)).json()["id"]
        await mails_of(identity, 1)
        await edit(network, run["id"], sessions=[a_meeting_on(SOON + timedelta(days=1))])
        await mails_of(identity, 2)
        await network.post(teacher, f"/v1/bookings/{place}/cancellation")
        found = await mails_of(identity, 3)
        calendars = [calendar for one in found for calendar in calendars_in(one)]
        told = [(calendar["METHOD"], event_in(calendar).sequence) for calendar in calendars]
        assert told == [("REQUEST", 1), ("REQUEST", 2), ("CANCEL", 3)]
        assert len({event_in(calendar).uid for calendar in calendars}) == 1
        assert event_in(calendars[1]).start != event_in(calendars[0]).start
        await tell_everything_again(network)
        await network.book(run["id"], teacher)
        assert (await mails_of(identity, 4))[-1]["Subject"] == "Your place is confirmed: Course CP008"
    assert await identity.query("SELECT * FROM dead_letter") == []


async def tell_everything_again(network: Network) -> None:
    """As after the loss of a broker; wait until the broker has it all."""
    async with network.service.session() as session:
        assert await outbox.republish(session) > 0

    async def are_sent() -> bool:
        async with network.service.session() as session:
            waiting = text("SELECT count(*) FROM outbox WHERE published_at IS NULL")
            left: int = (await session.execute(waiting)).scalar_one()
        return left == 0

    await until(are_sent)
