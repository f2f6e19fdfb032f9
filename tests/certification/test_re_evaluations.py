"""Looking again at everybody: dry runs, moving who is better off, rechecks; resumed after a crash, nothing doubled."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text

from builders import a_fresh_key, a_teacher, staff
from certification.credits.models import CreditEntry
from certification.credits.pending import award_due
from certification.reevaluations.engine import advance
from certification_facts import (
    COMMUNITY_WORTH_25,
    JSON,
    Log,
    a_proposal,
    asked,
    completed,
    proposed,
    published,
)
from chassis import clock
from contracts.certification import CertificateAwarded, ComponentCompleted, ComponentReopened, CreditsRecorded
from harness import ServiceHarness

AUTHOR, SECOND = staff("administrator"), staff("administrator")


class Crash(Exception):
    """The process dies before its transaction commits."""


async def a_batch_that_crashes(certification: ServiceHarness) -> None:
    async with certification.session() as session:
        await advance(session, 1)
        raise Crash


async def work_off(certification: ServiceHarness, batch: int = 2) -> None:
    is_busy = True
    while is_busy:
        async with certification.session() as session:
            is_busy = await advance(session, batch)


async def look(certification: ServiceHarness, **request: object) -> JSON:
    job = await asked(certification, AUTHOR, **request)
    await work_off(certification)
    return await seen(certification, job["id"])


async def seen(certification: ServiceHarness, job_id: str) -> JSON:
    reply = await (await certification.client(staff("moderator"))).get(f"/v1/re-evaluations/{job_id}")
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


async def findings(certification: ServiceHarness, job: JSON, **parameters: str) -> list[JSON]:
    client = await certification.client(staff("moderator"))
    reply = await client.get(f"/v1/re-evaluations/{job['id']}/findings", params=parameters)
    return list(reply.json()["data"])


async def somebody(certification: ServiceHarness, hours: str, *, awarded: bool = False) -> Log:
    """Somebody with all that the core certificate needs besides hours."""
    log = await Log(certification).register()
    await log.take_diagnostic()
    await certification.deliver(completed(log.id, hours))
    await log.contribute(*COMMUNITY_WORTH_25)
    assert bool(await log.certificates()) is awarded
    return log


def easier(**changes: Any) -> JSON:
    """Four credits an hour instead of three, and nothing besides."""
    proposal = a_proposal()
    rules = {**proposal["rules"], "requirements": [], **changes}
    return {**proposal, "rules": rules}


def recorded(log: JSON) -> dict[str, str]:
    return {one["component"]: one["recorded"] for one in log["components"]}


async def ledger_adds_up(certification: ServiceHarness, log: Log) -> bool:
    """Each activity's entries come to what progress shows, and each reversal takes back one whole entry."""
    async with certification.session() as session:
        entries = (await session.scalars(select(CreditEntry).where(CreditEntry.teacher_id == log.id))).all()
    by_id = {entry.id: entry for entry in entries}
    reversals = [entry for entry in entries if entry.reverses_id]
    assert all(one.reverses_id and by_id[one.reverses_id].credits == -one.credits for one in reversals)
    assert len({(one.activity_key, one.revision) for one in entries}) == len(entries)
    shown = {one["component"]: Decimal(one["recorded"]) for one in (await log.scheme())["components"]}
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        sums[entry.component] += entry.credits
    return all(sums[component] == value for component, value in shown.items())


async def test_a_dry_run_tells_who_would_complete_and_changes_nothing(certification: ServiceHarness) -> None:
    near, far = await somebody(certification, "16"), await somebody(certification, "10")
    holder = await somebody(certification, "20", awarded=True)
    draft_id = await proposed(certification, AUTHOR, easier())
    job = await look(certification, scheme="primary", action="dry_run", draft_id=draft_id)
    assert (job["status"], job["total"], job["done"], job["moved"]) == ("finished", 3, 3, 0)
    assert job["counts"] == {"stays_complete": 1, "would_complete": 1, "would_lose": 0, "stays_incomplete": 1}
    outcomes = {one["teacher_id"]: one["outcome"] for one in await findings(certification, job)}
    assert outcomes == {
        str(near.id): "would_complete",
        str(far.id): "stays_incomplete",
        str(holder.id): "stays_complete",
    }
    [one] = await findings(certification, job, outcome="stays_incomplete")
    assert one["missing"] == "Professional knowledge: 40 of 60 credits, 20 more needed."
    assert ((await near.scheme())["scheme_version"], await near.certificates()) == (1, [])


async def test_a_dry_run_of_stricter_rules_tells_who_would_lose_and_takes_nothing(
    certification: ServiceHarness,
) -> None:
    holder = await somebody(certification, "20", awarded=True)
    stricter = [{**one, "credits": "2"} if one["kind"] == "cpd" else one for one in easier()["rules"]["credits"]]
    version = await published(
        certification,
        AUTHOR,
        SECOND,
        {**easier(credits=stricter), "cases": _cases_for_two_an_hour()},
    )
    job = await look(certification, scheme="primary", action="dry_run", version=version)
    assert job["counts"]["would_lose"] == 1
    job = await look(certification, scheme="primary", action="migrate_all", version=version)
    assert (job["counts"]["would_lose"], job["moved"]) == (1, 0)
    assert len(await holder.certificates()) == 1
    assert ((await holder.scheme())["scheme_version"], (await holder.scheme())["status"]) == (1, "awarded")
    async with certification.session() as session:
        reviews = (await session.execute(text("SELECT re_evaluation_id::text FROM certificate_review"))).scalars().all()
    assert reviews == [job["id"]]


def _cases_for_two_an_hour() -> list[JSON]:
    complete, incomplete = a_proposal()["cases"]
    longer = [{**one, "hours": "30"} if one["kind"] == "cpd" else one for one in complete["done"]]
    return [{**complete, "done": longer}, incomplete]


async def test_those_who_would_complete_are_moved_and_awarded(certification: ServiceHarness) -> None:
    near, far = await somebody(certification, "16"), await somebody(certification, "10")
    holder = await somebody(certification, "20", awarded=True)
    version = await published(certification, AUTHOR, SECOND, easier())
    job = await look(certification, scheme="primary", action="migrate_if_better", version=version)
    assert (job["moved"], job["counts"]["would_complete"]) == (1, 1)
    [certificate] = await near.certificates()
    assert certificate["scheme_version"] == version
    assert recorded(await near.scheme())["professional_knowledge"] == "64"
    assert ((await far.scheme())["scheme_version"], await far.certificates()) == (1, [])
    assert (await holder.scheme())["scheme_version"] == 1
    awarded = [one.teacher_id for one in await certification.published(CertificateAwarded)]
    assert awarded == [holder.id, near.id]
    again = await look(certification, scheme="primary", action="migrate_if_better", version=version)
    assert (again["moved"], len(await near.certificates())) == (0, 1)


async def test_moving_reverses_what_earns_less_and_tops_up_what_earns_more(certification: ServiceHarness) -> None:
    log = await somebody(certification, "10")
    other = [
        {**one, "credits": {"registration": "7", "diagnostic": "4"}.get(one["kind"], one.get("credits"))}
        for one in easier()["rules"]["credits"]
    ]
    required = [{**one, "credits_required": "11"} for one in easier()["rules"]["components"][:1]]
    components = [*required, *easier()["rules"]["components"][1:]]
    version = await published(certification, AUTHOR, SECOND, easier(credits=other, components=components))
    await look(certification, scheme="primary", action="migrate_all", version=version)
    scheme = await log.scheme()
    assert scheme["scheme_version"] == version
    assert recorded(scheme) == {"commitment": "11", "professional_knowledge": "40", "community": "25"}
    assert await ledger_adds_up(certification, log)
    announced = [one for one in await certification.published(CreditsRecorded) if one.teacher_id == log.id]
    assert sum(one.credits for one in announced) == 76
    [entry] = [one for one in (await log.component("commitment"))["entries"] if one["credits"] == "-10"]
    assert entry["activity"].startswith("diagnostic") or entry["activity"] == "subject-knowledge-diagnostic-tool"


async def test_a_lower_bar_completes_a_component_without_a_new_entry(certification: ServiceHarness) -> None:
    log = await somebody(certification, "15")
    components = [
        {**one, "credits_required": "45"} if one["component"] == "professional_knowledge" else one
        for one in easier()["rules"]["components"]
    ]
    same = [{**one, "credits": "3"} if one["kind"] == "cpd" else one for one in easier()["rules"]["credits"]]
    proposal = easier(components=components, credits=same)
    cases = [{**one, "expect": {"is_complete": one["expect"]["is_complete"]}} for one in proposal["cases"]]
    version = await published(certification, AUTHOR, SECOND, {**proposal, "cases": cases})
    before = len(await certification.published(CreditsRecorded))
    await look(certification, scheme="primary", action="migrate_if_better", version=version)
    assert len(await certification.published(CreditsRecorded)) == before
    completed_ = [one.component for one in await certification.published(ComponentCompleted)]
    assert completed_.count("professional_knowledge") == 1
    assert await certification.published(ComponentReopened) == []
    assert len(await log.certificates()) == 1


@pytest.mark.parametrize("crash_at", range(4))
async def test_a_crash_in_the_middle_loses_and_doubles_nothing(certification: ServiceHarness, crash_at: int) -> None:
    logs = [await somebody(certification, "16") for _ in range(3)]
    version = await published(certification, AUTHOR, SECOND, easier())
    job = await asked(certification, AUTHOR, scheme="primary", action="migrate_if_better", version=version)
    for _ in range(crash_at):
        async with certification.session() as session:
            await advance(session, 1)
    with pytest.raises(Crash):
        await a_batch_that_crashes(certification)
    halfway = await seen(certification, job["id"])
    assert halfway["done"] == halfway["moved"] == crash_at
    await work_off(certification, 1)
    done = await seen(certification, job["id"])
    assert (done["status"], done["done"], done["moved"]) == ("finished", 3, 3)
    for log in logs:
        assert len(await log.certificates()) == 1
        assert await ledger_adds_up(certification, log)
    assert len(await certification.published(CertificateAwarded)) == 3


async def test_two_workers_do_not_do_one_batch(certification: ServiceHarness) -> None:
    for _ in range(2):
        await somebody(certification, "16")
    version = await published(certification, AUTHOR, SECOND, easier())
    await asked(certification, AUTHOR, scheme="primary", action="migrate_if_better", version=version)
    async with certification.session() as first:
        assert await advance(first, 1)
        async with certification.session() as second:
            assert not await advance(second, 1)
    await work_off(certification)
    assert len(await certification.published(CertificateAwarded)) == 2


async def test_a_recheck_finds_what_stands_without_ground_and_opens_a_review(certification: ServiceHarness) -> None:
    holder = await somebody(certification, "20", awarded=True)
    well = await somebody(certification, "20", awarded=True)
    async with certification.session() as session:
        # As if the news of a correction had been lost: the record is withdrawn, the ledger has not heard of it.
        await session.execute(
            text(
                "INSERT INTO completion_correction (completion_id, revision, teacher_id, hours) "
                "SELECT substring(source from 12)::uuid, 2, teacher_id, 0 FROM activity_record "
                "WHERE teacher_id = :teacher AND kind = 'cpd'"
            ),
            {"teacher": holder.id},
        )
    job = await look(certification, scheme="primary", action="recheck")
    assert job["counts"] == {"stays_complete": 1, "would_complete": 0, "would_lose": 1, "stays_incomplete": 0}
    assert recorded(await holder.scheme())["professional_knowledge"] == "0"
    assert recorded(await well.scheme())["professional_knowledge"] == "60"
    assert len(await holder.certificates()) == 1
    async with certification.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM certificate_review WHERE closed_at IS NULL")) == 1
    again = await look(certification, scheme="primary", action="recheck")
    assert again["counts"]["would_lose"] == 1
    assert await ledger_adds_up(certification, holder)


async def test_one_at_a_time_moves_people_and_it_can_be_called_off(certification: ServiceHarness) -> None:
    await somebody(certification, "16")
    job = await asked(certification, AUTHOR, scheme="primary", action="recheck")
    client = await certification.client(AUTHOR, **a_fresh_key())
    reply = await client.post("/v1/re-evaluations", json={"scheme": "primary", "action": "recheck"})
    assert (reply.status_code, reply.json()["code"]) == (409, "re-evaluation-under-way")
    cancelled = await client.post(f"/v1/re-evaluations/{job['id']}/cancellation", headers=a_fresh_key())
    assert cancelled.json()["status"] == "cancelled"
    await work_off(certification)
    assert (await seen(certification, job["id"]))["done"] == 0
    assert (await look(certification, scheme="primary", action="recheck"))["status"] == "finished"


@pytest.mark.parametrize(
    ("request_", "refusal"),
    [
        ({"scheme": "tertiary", "action": "recheck"}, (404, "scheme-not-found")),
        ({"scheme": "primary", "action": "dry_run", "version": 99}, (404, "scheme-version-not-found")),
        ({"scheme": "primary", "action": "dry_run"}, (422, "re-evaluation-target")),
        ({"scheme": "primary", "action": "recheck", "version": 1}, (422, "re-evaluation-target")),
        ({"scheme": "primary", "action": "everything", "version": 1}, (422, "validation-failed")),
    ],
)
async def test_a_request_that_makes_no_sense_is_refused(
    certification: ServiceHarness, request_: JSON, refusal: tuple[int, str]
) -> None:
    client = await certification.client(AUTHOR, **a_fresh_key())
    reply = await client.post("/v1/re-evaluations", json=request_)
    assert (reply.status_code, reply.json()["code"]) == refusal


async def test_nobody_is_moved_to_a_draft(certification: ServiceHarness) -> None:
    draft_id = await proposed(certification, AUTHOR)
    client = await certification.client(AUTHOR, **a_fresh_key())
    request = {"scheme": "primary", "action": "migrate_all", "draft_id": draft_id}
    reply = await client.post("/v1/re-evaluations", json=request)
    assert (reply.status_code, reply.json()["code"]) == (422, "re-evaluation-target")


async def test_teachers_do_not_see_what_is_found_about_others(certification: ServiceHarness) -> None:
    job = await asked(certification, AUTHOR, scheme="primary", action="recheck")
    client = await certification.client(a_teacher())
    assert (await client.get(f"/v1/re-evaluations/{job['id']}/findings")).status_code == 403


async def test_history_on_record_can_be_compared_with_and_moved_to(certification: ServiceHarness) -> None:
    """The rules of 2023: 50 credits of courses by activity, one activity for practice, one for community."""
    log = await Log(certification).register()
    for code in ("CO040", "CO041"):
        await certification.deliver(completed(log.id, "1", code))
    await log.contribute("raise-aspirations-with-a-stem-ambassador-visit", "become-a-mentor")
    assert (await log.scheme())["status"] == "in_progress"
    dry = await look(certification, scheme="primary", action="dry_run", version=5)
    assert dry["counts"]["would_complete"] == 1
    await look(certification, scheme="primary", action="migrate_if_better", version=5)
    scheme = await log.scheme()
    assert (scheme["scheme_version"], scheme["status"], scheme["why_not_complete"]) == (5, "complete", [])
    async with certification.session() as session:
        assert await award_due(session, clock.now() + timedelta(days=8)) == 1
    scheme = await log.scheme()
    assert scheme["status"] == "awarded"
    assert recorded(scheme) == {"professional_knowledge": "160", "community": "20"}
    assert [(one["title"], one["is_met"]) for one in scheme["requirements"]] == [
        ("Develop your teaching practice", True),
        ("Develop computing in your community", True),
    ]
    assert await ledger_adds_up(certification, log)
