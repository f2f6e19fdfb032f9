"""What funding holds about people goes in time where no money rests on it, and `funding verify` misses nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from builders import a_teacher
from chassis import clock
from chassis.retention import run_due
from funding.privacy.retention import RETENTION
from funding.verification import service as verification
from funding_facts import Steps, booking_cancelled, booking_placed, cpd_completed, run_changed


async def _counts(steps: Steps) -> dict[str, int]:
    async with steps.funding.session() as session:
        return {
            table: (await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
            for table in ("quote", "booking", "completion", "bursary")
        }


async def test_places_completions_and_prices_without_money_go_and_all_else_stays(
    steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher, booking, _ = await steps.an_eligible_bursary()
    await steps.funding.deliver(cpd_completed(booking))
    _, with_fee = await steps.a_booking("900001")
    await steps.funding.deliver(cpd_completed(with_fee))
    # The places of these were never heard of, so that no price was due.
    await steps.funding.deliver(booking_cancelled(booking_placed(teacher)))
    await steps.funding.deliver(cpd_completed(booking_placed(teacher)))
    run = run_changed()
    await steps.funding.deliver(run)
    await steps.quote(a_teacher(school_urn="900001"), run)
    before = await _counts(steps)
    assert before == {"quote": 1, "booking": 3, "completion": 3, "bursary": 1}
    assert not any((await run_due(steps.funding.running, RETENTION)).values())
    later = clock.now() + timedelta(days=366 + 1095)
    monkeypatch.setattr(clock, "now", lambda: later)
    found = {name: rows for name, rows in (await run_due(steps.funding.running, RETENTION)).items() if rows}
    assert found.pop("idempotency_key", None)
    assert found == {"quote-not-taken-up": 1, "booking-given-up": 1, "completion-without-money": 1}
    assert await _counts(steps) == {"quote": 0, "booking": 2, "completion": 2, "bursary": 1}
    async with steps.funding.database.engine.connect() as connection:
        assert [finding async for finding in verification.verify(connection)] == []
