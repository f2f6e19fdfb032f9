"""Digests of a group's space: mailed once a day, with a link that stops them, and not to who wants none."""

from datetime import timedelta
from uuid import UUID

from chassis import clock
from chassis.ids import new_id
from contracts.networks import SpaceDigestPrepared
from identity_steps import IdentitySteps
from message_requests import text_of

GROUP = new_id()
SUBJECT = "3 new posts: The valley's group"


def digest(person_id: UUID, days_later: int = 0, useless_in: timedelta = timedelta(days=2)) -> SpaceDigestPrepared:
    """What is new to somebody."""
    return SpaceDigestPrepared(
        digest_id=new_id(),
        person_id=person_id,
        group_id=GROUP,
        title="The valley's group",
        posts=3,
        topics=2,
        sent_on=clock.today() + timedelta(days=days_later),
        useless_from_at=clock.now() + useless_in,
    )


async def mailed(identity: IdentitySteps, *events: SpaceDigestPrepared) -> list[str | None]:
    """The links to stop digests of all that were sent after these."""
    for event in events:
        await identity.harness.deliver(event)
    found = [one for one in await identity.mails() if one["Subject"] == SUBJECT]
    assert all(f"/v1/group-spaces/{GROUP}/topics" in text_of(one) for one in found)
    return [one["List-Unsubscribe"] for one in found]


async def test_a_digest_is_mailed_once_a_day_until_it_is_stopped(identity: IdentitySteps) -> None:
    await identity.sign_up()
    [row] = await identity.query("SELECT id FROM person")
    person = UUID(str(row.id))
    assert await mailed(identity, digest(person, useless_in=-timedelta(hours=1)), digest(new_id())) == []
    [link] = await mailed(identity, digest(person), digest(person))
    assert link is not None
    token = link.strip("<>").rpartition("/")[2]
    stopped = (await identity.call("POST", f"/v1/unsubscriptions/{token}")).json()
    assert stopped == {"kind": "space_digest", "is_wanted": False}
    assert len(await mailed(identity, digest(person, 1))) == 1
