"""Identity's news of merges."""

from typing import Any
from uuid import UUID

from builders import staff
from chassis import clock
from chassis.ids import new_id
from contracts.identity import TeacherMerged, TeacherSeparated
from harness import ServiceHarness


def merged(kept_id: UUID, merged_id: UUID) -> TeacherMerged:
    """Two ids are one person's."""
    return TeacherMerged(merge_id=new_id(), kept_id=kept_id, merged_id=merged_id, merged_at=clock.now())


def separated(told: TeacherMerged) -> TeacherSeparated:
    """They are not."""
    return TeacherSeparated(**told.model_dump(), separated_at=clock.now())


async def effects_of(harness: ServiceHarness, told: TeacherMerged) -> dict[str, Any]:
    """What administrators see of it in a service."""
    client = await harness.client(staff("administrator"))
    reply = await client.get(f"/v1/merge-effects/{harness.service.name}/{told.merge_id}")
    assert reply.status_code == 200, reply.text
    return dict(reply.json())
