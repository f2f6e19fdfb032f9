"""What a service says of its audit trail is kept by all others, in databases that it cannot write to."""

import pytest
from sqlalchemy import select, text

from builders import a_teacher, anonymous, staff
from certification.app import SERVICE as CERTIFICATION
from chassis import audit, audit_chain, audit_disputes
from chassis.audit_views import SignedHead
from chassis.head_keys import HeadSignature, is_of, said
from conftest import StartService
from contracts.base import Event
from contracts.funding import FundingAuditWitnessed
from contracts.hubs import HubsAuditWitnessed
from contracts.identity import IdentityAuditWitnessed
from funding.app import SERVICE as FUNDING
from harness import ServiceHarness
from hubs.app import SERVICE as HUBS
from hubs.handlers import witness as of_hubs
from identity.app import SERVICE as IDENTITY
from identity.mail.models import Mail

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


async def test_heads_are_signed_by_a_key_of_their_own_and_published(start_service: StartService) -> None:
    funding = await start_service(FUNDING)
    told = await _chained(funding)
    public = await (await funding.client(anonymous())).get("/v1/audit/funding/head")
    assert public.json()["head"] == told.model_dump(mode="json")
    shown = SignedHead.model_validate(public.json()["head"])
    made = HeadSignature(str(shown.key_id), str(shown.public_key), str(shown.signature))
    assert is_of(made, said("funding", shown.number, shown.head, shown.sealed_at))
    assert not is_of(made, said("funding", shown.number + 1, shown.head, shown.sealed_at))


async def test_a_head_that_contradicts_or_is_not_signed_is_told_loudly(start_service: StartService) -> None:
    funding, identity = await start_service(FUNDING), await start_service(IDENTITY, maildir="unused")
    await identity.seed("organisations", "demo-people")
    told = await _chained(funding)
    await identity.deliver(told)
    another = told.model_copy(update={"head": "f" * 64})
    unsigned = told.model_copy(update={"number": 2, "signature": None})
    forged = told.model_copy(update={"number": 3})
    for event in (another, unsigned, forged):
        await identity.deliver(event, times=2)
    found = (await (await identity.client(staff("auditor"))).get("/v1/audit/identity/disputes")).json()["data"]
    assert [(one["service"], one["number"], one["what"]) for one in reversed(found)] == [
        ("funding", 1, "it told another hash of this link before"),
        ("funding", 2, "its heads were signed, and this one is not"),
        ("funding", 3, "the signature is not of this head"),
    ]
    assert len(await identity.published(IdentityAuditWitnessed)) == 3, "the others hear of each, once"
    async with identity.session() as session:
        mails = (await session.scalars(select(Mail.to_key).where(Mail.template == "audit_disputed"))).all()
        assert "auditor@demo.example.org" in mails
        doubts, explained = await audit_disputes.findings(session)
    assert (len(doubts), explained) == (3, []), "and `audit verify` says so from now on"


async def test_a_service_whose_chain_was_made_anew_meets_the_heads_that_others_hold(
    start_service: StartService,
) -> None:
    funding, hubs = await start_service(FUNDING), await start_service(HUBS)
    await hubs.deliver(await _chained(funding))
    async with hubs.session() as session:
        assert await of_hubs.tell_held(session) == 1
    [echo] = await hubs.published(HubsAuditWitnessed)
    await funding.deliver(echo)
    assert await funding.published(FundingAuditWitnessed) == [], "an honest chain has nothing to say"
    async with funding.session() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text("UPDATE audit_link SET hash = repeat('a', 64)"))
    await funding.deliver(echo)
    [told] = await funding.published(FundingAuditWitnessed)
    [dispute] = told.disputes
    assert (dispute.service, dispute.number, dispute.holder) == ("funding", 1, "hubs")
    await hubs.deliver(told)
    async with hubs.session() as session:
        assert len((await audit_disputes.findings(session))[0]) == 1
