"""The whole way of a teacher through certification."""

import asyncio
import itertools
from collections.abc import Sequence
from decimal import Decimal

from builders import anonymous
from certification_facts import COMMUNITY_WORTH_25, Log, completed, joined, registered, sums
from chassis import clock, subscriptions
from chassis.ids import new_id
from contracts.base import AnyEnvelope, Event
from contracts.certification import CertificateAwarded, ComponentCompleted, CreditsRecorded, DiagnosticCompleted
from harness import ServiceHarness

COURSES = ("CP228", "CP420", "CP430", "CO700")


async def test_a_teacher_gets_from_registration_to_one_verifiable_certificate(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    assert sums(await log.scheme())["commitment"] == ("5", "5")

    await certification.deliver(joined(log.id))
    await log.take_diagnostic()
    for code in COURSES:
        await certification.deliver(completed(log.id, "5", code), times=2)
    await log.contribute(COMMUNITY_WORTH_25[0])
    assert await log.certificates() == []
    await log.contribute(COMMUNITY_WORTH_25[1])

    scheme = await log.scheme()
    assert sums(scheme) == {
        "commitment": ("20", "15"),
        "professional_knowledge": ("60", "60"),
        "community": ("25", "25"),
    }
    assert (scheme["status"], scheme["counted"], scheme["why_not_complete"]) == ("awarded", "100", [])
    [certificate] = await log.certificates()
    verified = await (await certification.client(anonymous())).get(f"/v1/verify/{certificate['code'].lower()}")
    assert verified.status_code == 200
    told = verified.json()
    assert told.pop("evidence")["log"]["head"]["tree_size"] == 1
    assert told == {
        "status": "valid",
        "status_since_on": None,
        "number": "PRIMARY-2026-000001",
        "holder_name": None,
        "school_name": None,
        "endorsed_by": [],
        "expires_on": None,
        "replaced_by": None,
        "scheme": "primary",
        "title": "Primary computing certificate",
        "awarded_on": certificate["awarded_on"],
        "code": certificate["code"],
    }


async def test_each_credit_each_component_and_the_award_are_announced_once(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await certification.deliver(joined(log.id), times=3)
    await log.take_diagnostic()
    await log.take_diagnostic()
    for code in COURSES:
        await certification.deliver(completed(log.id, "5", code))
    await log.contribute(*COMMUNITY_WORTH_25)
    await certification.deliver(completed(log.id, "8", "CP222"))

    credits_ = await certification.published(CreditsRecorded)
    assert sum(event.credits for event in credits_ if event.component == "professional_knowledge") == Decimal(84)
    assert len({event.entry_id for event in credits_}) == len(credits_) == 10
    components = [event.component for event in await certification.published(ComponentCompleted)]
    assert sorted(components) == ["commitment", "community", "professional_knowledge"]
    assert len(await certification.published(DiagnosticCompleted)) == 1
    [awarded] = await certification.published(CertificateAwarded)
    assert (awarded.teacher_id, awarded.scheme, awarded.scheme_version) == (log.id, "primary", 1)
    assert str(awarded.certificate_id) == (await log.certificates())[0]["id"]


async def test_events_in_any_order_and_number_end_in_the_same_state(certification: ServiceHarness) -> None:
    """Every order of four facts, two of which report one course with different hours; then all again, as new events."""
    ends = []
    for order in itertools.permutations(range(4)):
        log = Log(certification)
        facts: Sequence[Event] = (
            registered(log.id),
            joined(log.id),
            completed(log.id, "4.5", "CO206"),
            completed(log.id, "6", "CO206R"),
        )
        for index in order:
            await certification.deliver(facts[index], times=2)
        for index in order:
            await certification.deliver(facts[index])
        ends.append({**await log.scheme(), "components": sums(await log.scheme())})
    assert all(end == ends[0] for end in ends)
    assert ends[0]["components"]["commitment"] == ("10", "10")
    assert ends[0]["components"]["professional_knowledge"] == ("18", "18")


async def test_joining_a_second_hub_earns_nothing_more(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    for _ in range(2):
        await certification.deliver(joined(log.id))
    assert (await log.component("commitment"))["recorded"] == "10"


async def test_the_award_comes_whichever_component_is_met_last(certification: ServiceHarness) -> None:
    for order in itertools.permutations(("commitment", "knowledge", "community")):
        log = await Log(certification).register()
        for part in order:
            assert await log.certificates() == []
            if part == "commitment":
                await log.take_diagnostic()
            elif part == "knowledge":
                await certification.deliver(completed(log.id, "20"))
            else:
                await log.contribute(*COMMUNITY_WORTH_25)
        assert len(await log.certificates()) == 1


async def test_a_certificate_is_awarded_even_when_the_registration_arrives_last(certification: ServiceHarness) -> None:
    log = Log(certification)
    await certification.deliver(completed(log.id, "20"))
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    assert (await log.get("/v1/progress"))["data"] == []
    await log.register()
    assert len(await log.certificates()) == 1


async def test_twenty_deliveries_at_once_award_one_certificate(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    courses = [completed(log.id, "20", f"CP{number}") for number in range(100, 120)]
    await asyncio.gather(*(certification.deliver(course) for course in courses))
    assert len(await log.certificates()) == 1
    assert len(await certification.published(CertificateAwarded)) == 1
    assert (await log.component("professional_knowledge"))["recorded"] == "1200"


async def test_a_registration_and_what_it_should_count_may_arrive_at_the_same_moment(
    certification: ServiceHarness,
) -> None:
    for _ in range(10):
        log = Log(certification)
        facts = [registered(log.id), joined(log.id), completed(log.id, "2"), completed(log.id, "1", "CP420")]
        await asyncio.gather(*(certification.deliver(fact) for fact in facts))
        assert sums(await log.scheme()) == {
            "commitment": ("10", "10"),
            "professional_knowledge": ("9", "9"),
            "community": ("0", "0"),
        }


async def test_a_phase_without_a_core_scheme_has_a_log_and_no_enrolment(
    certification: ServiceHarness,
) -> None:
    log = Log(certification, "post_16")
    await log.register()
    assert (await log.get("/v1/enrolments"))["data"] == []


async def test_one_completion_reported_under_two_event_ids_earns_once(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    completion = new_id()
    for _ in range(2):
        await certification.deliver(completed(log.id, "3", completion_id=completion), event_id=new_id())
    assert (await log.component("professional_knowledge"))["recorded"] == "9"


def enveloped(event: Event) -> AnyEnvelope:
    return AnyEnvelope(
        id=new_id(),
        source="/services/hubs",
        type=event.type(),
        subject=event.aggregate_id,
        sequence=1,
        time=clock.now(),
        data=event,
    )


async def deliver_together(certification: ServiceHarness, events: Sequence[Event]) -> int:
    """Hand events of one kind over as consumers do when many wait: in one transaction each."""
    handled = 0
    for subscription in certification.service.subscriptions.table:
        if subscription.event is type(events[0]):
            async with certification.session() as session:
                handled += await subscriptions.handle(session, subscription, [enveloped(event) for event in events])
    return handled


async def test_a_batch_of_events_in_one_transaction_ends_as_one_by_one(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    courses = [completed(log.id, "3", f"CP{number}") for number in range(100, 110)]
    assert await deliver_together(certification, [*courses, *courses]) == 20
    assert (await log.component("professional_knowledge"))["recorded"] == "90"
    assert len(await log.certificates()) == 1


async def test_batches_about_the_same_teachers_in_any_order_do_not_block_each_other(
    certification: ServiceHarness,
) -> None:
    logs = [Log(certification) for _ in range(10)]
    batches: list[list[Event]] = [[registered(log.id) for log in logs], [joined(log.id) for log in reversed(logs)]]
    batches += [[completed(log.id, "2", f"CP{number}") for log in logs] for number in range(100, 104)]
    batches += [[completed(log.id, "2", f"CP{number}") for log in reversed(logs)] for number in range(104, 108)]
    handled = await asyncio.gather(*(deliver_together(certification, batch) for batch in batches))
    assert handled == [20, *[10] * 9], "two handlers hear of a registration"
    for log in logs:
        assert sums(await log.scheme())["commitment"] == ("10", "10")
        assert sums(await log.scheme())["professional_knowledge"] == ("48", "48")
