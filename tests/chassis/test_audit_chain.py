"""The chain over the audit trail: whatever is altered, removed, put in or cut off is found."""

import random

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from builders import a_teacher
from chassis import audit, audit_chain
from chassis.tables import audit_entry, audit_link
from harness import ServiceHarness

ENTRIES = 24
AT = random.Random(2026)
SOME = "(SELECT position FROM audit_entry ORDER BY position OFFSET {at} LIMIT 1)"
EDITS = [
    "UPDATE audit_entry SET action = 'something.else' WHERE position = {some}",
    "UPDATE audit_entry SET caller_id = gen_random_uuid() WHERE position = {some}",
    "UPDATE audit_entry SET organisation_id = gen_random_uuid() WHERE position = {some}",
    "UPDATE audit_entry SET subject = subject || '0' WHERE position = {some}",
    "UPDATE audit_entry SET details = details || '{{\"was\": 1}}' WHERE position = {some}",
    "UPDATE audit_entry SET recorded_at = recorded_at + interval '1 microsecond' WHERE position = {some}",
    "UPDATE audit_entry SET request_id = 'another' WHERE position = {some}",
    "DELETE FROM audit_entry WHERE position = {some}",
    "UPDATE audit_link SET hash = repeat('a', 64) WHERE position = {some}",
    "WITH gone AS (DELETE FROM audit_link WHERE position = {some} RETURNING position) "
    "DELETE FROM audit_entry WHERE position IN (SELECT position FROM gone)",
]


async def a_trail(sample: ServiceHarness, entries: int = ENTRIES) -> None:
    """A trail that is chained."""
    async with sample.session() as session:
        for number in range(entries):
            await audit.record(session, a_teacher(), "thing.done", f"thing:{number}", {"number": number})
    async with sample.session() as session:
        assert await audit_chain.chain_some(session, "sample") == entries


async def behind_the_guards(sample: ServiceHarness, *statements: str) -> None:
    """Do what only the owner of the server can."""
    async with sample.session() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            await session.execute(text(statement))


async def findings(sample: ServiceHarness) -> list[audit_chain.Finding]:
    async with sample.session() as session:
        return await audit_chain.verify(session)


async def test_an_honest_trail_verifies_and_grows(sample: ServiceHarness) -> None:
    await a_trail(sample)
    assert await findings(sample) == []
    await a_trail(sample, 3)
    assert await findings(sample) == []
    async with sample.session() as session:
        assert (await audit_chain.head_of(session))[0] == ENTRIES + 3
        assert await audit_chain.chain_some(session, "sample") == 0


async def test_every_seeded_corruption_is_found_where_it_is(sample: ServiceHarness) -> None:
    await a_trail(sample)
    for edit in EDITS:
        at = AT.randrange(ENTRIES - 1)
        async with sample.session() as session:
            await session.execute(text("SET LOCAL session_replication_role = replica"))
            changed = edit.format(some=SOME.format(at=at))
            await session.execute(text(changed))
            found = await audit_chain.verify(session)
            assert found, f"not found: {changed}"
            assert min(one.number or 0 for one in found) in (at + 1, at + 2), changed
            await session.rollback()


async def test_an_end_that_was_cut_off_needs_a_witness(sample: ServiceHarness) -> None:
    await a_trail(sample)
    async with sample.session() as session:
        head = await audit_chain.head_of(session)
    cut = "number > 20"
    last = f"DELETE FROM audit_entry WHERE position IN (SELECT position FROM audit_link WHERE {cut})"
    await behind_the_guards(sample, last, f"DELETE FROM audit_link WHERE {cut}")
    assert await findings(sample) == [], "what is left is a perfect chain"
    async with sample.session() as session:
        [found] = await audit_chain.compare(session, [head])
    assert (found.number, found.what) == (ENTRIES, "another service has seen this link; it is gone")


async def test_a_chain_that_was_made_anew_is_not_the_one_that_was_seen(sample: ServiceHarness) -> None:
    await a_trail(sample)
    async with sample.session() as session:
        head = await audit_chain.head_of(session)
    edit = "UPDATE audit_entry SET action = 'nothing.done' WHERE details ->> 'number' = '3'"
    await behind_the_guards(sample, edit, "DELETE FROM audit_link")
    async with sample.session() as session:
        await audit_chain.chain_some(session, "sample")
        assert await audit_chain.verify(session) == []
        [found] = await audit_chain.compare(session, [head])
    assert found.what == "another service has seen another hash of this link"


async def test_an_entry_that_commits_after_a_later_one_is_chained_too(sample: ServiceHarness) -> None:
    async with sample.session() as slow:
        await audit.record(slow, None, "thing.begun", "thing:1")
        await a_trail(sample, 2)
    async with sample.session() as session:
        assert await audit_chain.chain_some(session, "sample") == 1
        positions = (await session.scalars(select(audit_link.c.position).order_by(audit_link.c.number))).all()
        entries = (await session.scalars(select(audit_entry.c.position).order_by(audit_entry.c.position))).all()
    assert (positions[-1], sorted(positions)) == (entries[0], list(entries))
    assert await findings(sample) == []


@pytest.mark.parametrize("change", ["UPDATE audit_link SET hash = ''", "DELETE FROM audit_link", "TRUNCATE audit_link"])
async def test_the_chain_cannot_be_changed(sample: ServiceHarness, change: str) -> None:
    await a_trail(sample, 1)
    with pytest.raises(IntegrityError, match="append-only"):
        async with sample.session() as session:
            await session.execute(text(change))
