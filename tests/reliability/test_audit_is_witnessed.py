"""What a service says of its audit trail is kept by all others, in databases that it cannot write to."""

import pytest

from builders import a_teacher, staff
from certification.app import SERVICE as CERTIFICATION
from chassis import audit, audit_chain
from conftest import StartService
from contracts.base import Event
from funding.app import SERVICE as FUNDING
from harness import ServiceHarness
from hubs.app import SERVICE as HUBS
from identity.app import SERVICE as IDENTITY

SERVICES = {one.name: one for one in (IDENTITY, HUBS, CERTIFICATION, FUNDING)}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_tells_its_head_to_every_other(name: str) -> None:
    head = SERVICES[name].audit_head
    assert head is not None
    hearing = {other for other, one in SERVICES.items() if any(sub.event is head for sub in one.subscriptions.table)}
    assert hearing == SERVICES.keys() - {name}


async def _chained(service: ServiceHarness) -> Event:
    head = service.service.audit_head
    assert head is not None
    async with service.session() as session:
        await audit.record(session, None, "thing.done", "thing:1")
    async with service.session() as session:
        assert await audit_chain.chain_some(session, service.service.name, head) > 0
    return (await service.published(head))[-1]


async def test_a_head_is_kept_once_and_fits_the_chain(start_service: StartService) -> None:
    funding, identity = await start_service(FUNDING), await start_service(IDENTITY, maildir="unused")
    told = await _chained(funding)
    await identity.deliver(told, times=2)
    async with identity.session() as session:
        heads = await audit_chain.witnessed(session, "funding")
    assert len(heads) == 1
    async with funding.session() as session:
        assert await audit_chain.compare(session, heads) == []


async def test_auditors_search_the_trail_and_have_it_checked(start_service: StartService) -> None:
    funding = await start_service(FUNDING)
    await _chained(funding)
    for caller in (a_teacher(), staff("administrator")):
        assert (await (await funding.client(caller)).get("/v1/audit/funding")).status_code == 403
    auditor = await funding.client(staff("auditor"))
    found = await auditor.get("/v1/audit/funding", params={"action": "thing.done", "since": "2020-01-01T00:00:00Z"})
    assert [entry["subject"] for entry in found.json()["data"]] == ["thing:1"]
    assert (await auditor.get("/v1/audit/funding", params={"subject": "thing:2"})).json()["data"] == []
    checked = (await auditor.get("/v1/audit/funding/verification")).json()
    assert (checked["number"], checked["findings"]) == (1, [])
    witnessed = await auditor.get("/v1/audit/funding/witnessed", params={"of": "identity"})
    assert witnessed.json() == {"data": []}
