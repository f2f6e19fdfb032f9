"""Who saw whose data: written down for every answer that shows somebody a record of somebody else.

Nothing declares it, so nothing can forget to: an answer names people by `teacher_id` or `person_id`, and that is looked
for on its way out. What was seen waits in memory for a moment and is then written in one transaction: to the audit
trail, and in an event by which identity tells the people. A process that is stopped writes what it has; one that is
killed loses a second.
"""

import asyncio
import re
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from uuid import UUID

import structlog
from prometheus_client import Counter
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from chassis import clock
from chassis.audit import VIEWED
from chassis.db import Database
from chassis.outbox import publish
from chassis.principal import Principal
from chassis.tables import audit_entry
from contracts.base import RecordsViewed, RecordView

log = structlog.get_logger(__name__)

NAMED = re.compile(rb'"(?:teacher_id|person_id|claimed_teacher_id)":\s?"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')
"""A quotation mark within a text is escaped, so that no text can name anybody."""
WRITE_SECONDS = 1.0
WAITING_AT_MOST = 20_000
"""With no database for so long that more would wait, the oldest go, and that is told loudly."""
IN_ONE_EVENT = 200
LOST = Counter("ncce_views_lost_total", "Looks at people's records that could not be written down")

Seen = tuple[UUID, UUID, str]


class Views:
    """What was seen and is not written yet."""

    def __init__(self, service: str, event: type[RecordsViewed] | None = None) -> None:
        self._service = service
        self._event = event
        self._waiting: dict[Seen, tuple[datetime, str | None]] = {}

    def note_answer(self, caller: Principal, what: str, body: bytes, request_id: str | None) -> None:
        """Note whom an answer names, but for the caller. One's own need no witness; a partner is no staff."""
        if caller.kind == "person" and b"_id" in body:
            self.note(caller, what, {UUID(found.decode()) for found in NAMED.findall(body)}, request_id)

    def note(self, caller: Principal, what: str, people: Iterable[UUID], request_id: str | None) -> None:
        """Note that the caller saw records of people. The same again before it is written is one look."""
        assert caller.id is not None
        for person_id in people:
            if person_id != caller.id:
                self._waiting.setdefault((caller.id, person_id, what), (clock.now(), request_id))
        if (over := len(self._waiting) - WAITING_AT_MOST) > 0:
            for oldest in list(islice(self._waiting, over)):
                del self._waiting[oldest]
            LOST.inc(over)
            log.error("views.lost", alert=True, count=over)

    async def write(self, database: Database) -> int:
        """Write what waits; how much that was. Whatever stops it, what could not be written waits on."""
        taken = dict(self._waiting)
        if not taken:
            return 0
        views = [
            RecordView(viewer_id=viewer, person_id=person, what=what, viewed_at=at, request_id=request_id)
            for (viewer, person, what), (at, request_id) in taken.items()
        ]
        async with database.transaction() as session:
            await session.execute(insert(audit_entry), [_entry(view) for view in views])
            if self._event is not None:
                told = [views[at : at + IN_ONE_EVENT] for at in range(0, len(views), IN_ONE_EVENT)]
                await publish(session, *(self._event(service=self._service, views=tuple(one)) for one in told))
        for one in taken:
            self._waiting.pop(one, None)
        return len(views)

    async def keep_writing(self, database: Database) -> None:
        """Write now and then until cancelled, and then once more."""
        try:
            while True:
                await asyncio.sleep(WRITE_SECONDS)
                await self._try(database)
        finally:
            await self._try(database)

    async def _try(self, database: Database) -> None:
        try:
            await self.write(database)
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            log.warning("views.wait", count=len(self._waiting), error=type(error).__name__)


def _entry(view: RecordView) -> dict[str, object]:
    return {
        "caller_kind": "person",
        "caller_id": view.viewer_id,
        "organisation_id": None,
        "action": VIEWED,
        "subject": f"person:{view.person_id}",
        "details": {"what": view.what, "viewed_at": view.viewed_at.isoformat()},
        "request_id": view.request_id,
    }
