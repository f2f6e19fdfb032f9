"""The audit trail says who did what, and neither changes nor shrinks."""

from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from builders import a_teacher
from chassis import audit
from chassis.tables import audit_entry
from harness import ServiceHarness


async def test_an_act_is_recorded_with_its_actor_and_request(sample: ServiceHarness) -> None:
    teacher = a_teacher()
    client = await sample.client(teacher)
    body = {"hub_id": str(UUID(int=9)), "badge": "b"}
    reply = await client.post(
        "/v1/memberships", json=body, headers={"Idempotency-Key": "k", "X-Request-ID": "request-1"}
    )
    async with sample.session() as session:
        entry = (await session.execute(select(audit_entry))).one()
    assert (entry.caller_kind, entry.caller_id, entry.action) == ("person", teacher.id, "membership.created")
    assert (entry.subject, entry.request_id) == (f"membership:{reply.json()['id']}", "request-1")


async def test_an_act_that_is_rolled_back_is_not_recorded(sample: ServiceHarness) -> None:
    async with sample.session() as session:
        await audit.record(session, None, "tried", "thing:1", {"why": "test"})
        await session.rollback()
    async with sample.session() as session:
        assert (await session.execute(select(audit_entry))).all() == []


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
async def test_the_trail_cannot_be_changed(sample: ServiceHarness, change: str) -> None:
    async with sample.session() as session:
        await audit.record(session, None, "seeded", "thing:1")
    with pytest.raises(IntegrityError, match="append-only"):
        async with sample.session() as session:
            await session.execute(text(change))
