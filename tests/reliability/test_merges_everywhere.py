"""Two accounts are merged in identity and separated again: every service follows, over a real broker."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from builders import a_fresh_key, a_teacher, staff
from certification.app import SERVICE as CERTIFICATION
from conftest import StartService
from contracts.identity import TeacherRegistered
from funding.app import SERVICE as FUNDING
from harness import ServiceHarness
from hubs.app import SERVICE as HUBS
from hubs_network import Network
from identity.app import SERVICE as IDENTITY
from identity_steps import CHEAP_HASHES, IdentitySteps
from ncce_cli.broker import RunningBroker
from real_parts import at_work, until

COUNTED = {
    "hubs": "SELECT count(*) FROM booking WHERE teacher_id = :id",
    "certification": "SELECT count(*) FROM activity_record WHERE teacher_id = :id AND kind = 'hub_membership'",
    "funding": "SELECT count(*) FROM merged_person WHERE merged_id = :id AND separated_at IS NULL",
}


async def _count(services: dict[str, ServiceHarness], person_id: UUID) -> dict[str, int]:
    found = {}
    for name, query in COUNTED.items():
        async with services[name].session() as session:
            found[name] = int(await session.scalar(text(query), {"id": person_id}) or 0)
    return found


async def test_every_service_follows_a_merge_and_its_separation(
    start_service: StartService, own_broker: RunningBroker, tmp_path: Path
) -> None:
    url, mail = own_broker.url, tmp_path / "mail"
    own = await start_service(IDENTITY, nats_url=url, maildir=mail, **CHEAP_HASHES)
    services = {"hubs": await start_service(HUBS, nats_url=url), "funding": await start_service(FUNDING, nats_url=url)}
    services["certification"] = await start_service(CERTIFICATION, nats_url=url, seeded=True)
    identity, network = IdentitySteps(own, mail), await Network.build(services["hubs"])
    for email in ("sam.teacher@example.org", "sam.teahcer@example.org"):
        await identity.sign_up(email)
    kept, second = [one.teacher_id for one in await own.published(TeacherRegistered)]
    run = await network.run()
    teacher = a_teacher(person_id=second)
    asks, decides = [await own.client(staff("administrator"), **a_fresh_key()) for _ in range(2)]
    async with at_work(own), at_work(network.service), at_work(services["certification"]), at_work(services["funding"]):
        assert (await network.book(run, teacher)).status_code == 201
        assert (await network.post(teacher, f"/v1/hubs/{network.hub_id}/members")).status_code == 201
        pair = {"kept_id": str(kept), "merged_id": str(second), "reason": "Registered twice, says the school."}
        merge_id = (await asks.post("/v1/merges", json=pair)).json()["id"]
        path = f"/v1/merges/{merge_id}"
        assert (await decides.post(f"{path}/decision", json={"outcome": "approved"})).status_code == 200

        async def is_merged() -> bool:
            theirs, others = await _count(services, kept), await _count(services, second)
            return theirs == {"hubs": 1, "certification": 1, "funding": 0} and others["funding"] == 1

        await until(is_merged)
        another = await own.client(staff("administrator"), **a_fresh_key())
        reason = {"reason": "They are twins at one school."}
        assert (await another.post(f"{path}/separation", json=reason)).status_code == 200

        async def is_separated() -> bool:
            theirs, others = await _count(services, kept), await _count(services, second)
            return (theirs["hubs"], others) == (0, {"hubs": 1, "certification": 1, "funding": 0})

        await until(is_separated)
