"""Whatever people do and however often they are moved, the ledger says what the rules give for what they did."""

import asyncio
from collections import defaultdict
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import text

from builders import staff
from certification.activities.queries import facts_by_code
from certification.credits.accounts import rules_of
from certification.credits.records import done_by_teacher
from certification.reevaluations.engine import advance
from certification.schemes.evaluation import evaluate
from certification.schemes.requirements import Besides
from certification_facts import Log, asked, completed
from chassis.ids import new_id
from contracts.hubs import CpdCompleted, CpdCorrected
from harness import ServiceHarness

ADMINISTRATOR = staff("administrator")
COURSES = ("CO040", "CO040R", "CO041", "CP228", "CO206", "CO206R", "NOT-IN-THE-CATALOGUE")
COMMUNITY = ("lead-a-cas-community-of-practice", "contribute-to-online-discussion", "become-a-mentor")


async def move(certification: ServiceHarness, version: int, batch: int = 3) -> None:
    await asked(certification, ADMINISTRATOR, scheme="primary", action="migrate_all", version=version)
    await work_off(certification, batch)


async def work_off(certification: ServiceHarness, batch: int = 3) -> None:
    is_busy = True
    while is_busy:
        async with certification.session() as session:
            is_busy = await advance(session, batch)


async def differences(certification: ServiceHarness, logs: list[Log]) -> list[object]:
    """Where a ledger does not hold what its own rules give for what its teacher did."""
    ids = [log.id for log in logs]
    wrong: list[object] = []
    async with certification.session() as session:
        done = await done_by_teacher(session, ids, await facts_by_code(session))
        rows = await session.execute(
            text(
                "SELECT e.teacher_id, e.scheme_version, c.component, sum(c.credits) AS credits FROM enrolment e "
                "LEFT JOIN credit_entry c USING (teacher_id, scheme) WHERE e.scheme = 'primary' GROUP BY 1, 2, 3"
            )
        )
        held: defaultdict[object, dict[str, Decimal]] = defaultdict(dict)
        versions = {}
        for row in rows:
            held[row.teacher_id][row.component] = row.credits or Decimal(0)
            versions[row.teacher_id] = row.scheme_version
        for teacher_id in ids:
            rules = await rules_of(session, "primary", versions[teacher_id])
            recorded = evaluate(rules, done[teacher_id], Besides()).recorded
            found: dict[str, Decimal] = {str(component): credits_ for component, credits_ in recorded.items()}
            components = {*found, *held[teacher_id]} - {None}
            for component in components:
                pair = (found.get(component, Decimal(0)), held[teacher_id].get(component, Decimal(0)))
                if pair[0] != pair[1]:
                    wrong.append((teacher_id, versions[teacher_id], component, pair))
    return wrong


def something(random: Random, log: Log, done: list[CpdCompleted]) -> CpdCompleted | CpdCorrected:
    """A course completed, or one of those done corrected to other hours or to none."""
    hours = f"{random.randint(1, 40) / 4}"
    if not done or random.random() < 0.7:
        done.append(completed(log.id, hours, random.choice(COURSES)))
        return done[-1]
    course = random.choice(done)
    facts = course.model_dump(include={"completion_id", "teacher_id", "activity_code", "completed_on"})
    changed = {"revision": random.randint(2, 9), "hours_before": course.hours, "hours": random.choice(["0", hours])}
    return CpdCorrected.model_validate({**facts, **changed})


@pytest.mark.parametrize("seed", range(4))
async def test_ledgers_and_rules_agree_after_any_history_of_deeds_and_moves(
    certification: ServiceHarness, seed: int
) -> None:
    random = Random(seed)
    logs = [await Log(certification).register() for _ in range(4)]
    done: dict[object, list[CpdCompleted]] = {log.id: [] for log in logs}
    for log in logs[:2]:
        await log.contribute(*random.sample(COMMUNITY, 2))
    for _ in range(5):
        for _ in range(8):
            log = random.choice(logs)
            await certification.deliver(something(random, log, done[log.id]), event_id=new_id())
        assert await differences(certification, logs) == []
        await move(certification, random.choice([1, 2, 3, 5]), random.randint(1, 4))
        assert await differences(certification, logs) == []


async def test_what_happens_while_people_are_moved_is_counted_once_under_either_version(
    certification: ServiceHarness,
) -> None:
    logs = [await Log(certification).register() for _ in range(6)]
    for log in logs:
        await certification.deliver(completed(log.id, "4", "CO040"))
    await asked(certification, ADMINISTRATOR, scheme="primary", action="migrate_all", version=5)
    meanwhile = [certification.deliver(completed(log.id, "5", code)) for log in logs for code in ("CO041", "CP228")]
    await asyncio.gather(*(work_off(certification, 1) for _ in range(2)), *meanwhile)
    await work_off(certification, 1)
    assert await differences(certification, logs) == []
    assert {(await log.scheme())["scheme_version"] for log in logs} == {5}
