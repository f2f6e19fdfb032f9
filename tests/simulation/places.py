"""What must be true of places whenever anybody can look: after each commit, and at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from hubs.bookings.models import PASSES, TAKES_PLACE

_LOOK = """
SELECT run.id AS run, run.capacity, run.places_taken, run.places_per_school, booking.id, booking.teacher_id,
       booking.school_urn, booking.status, (booking.band, booking.waiting_since, booking.id)::text AS turn,
       rank() OVER (PARTITION BY run.id ORDER BY booking.band, booking.waiting_since, booking.id) AS place
FROM course_run AS run JOIN booking ON booking.course_run_id = run.id WHERE run.id = ANY($1) ORDER BY booking.id
"""
_MINE = "SELECT booking.id, booking.status FROM booking WHERE course_run_id = ANY($1) ORDER BY id"


@dataclass
class Places:
    """Watches the runs of one simulation from outside of every transaction."""

    watching: asyncpg.Connection
    runs: Sequence[UUID]
    _before: dict[UUID, str]

    @classmethod
    def of(cls, watching: asyncpg.Connection, runs: Sequence[UUID]) -> "Places":
        """Nobody has booked yet."""
        return cls(watching, runs, {})

    async def look(self) -> None:
        """Nothing is overbooked, counted wrong, booked twice, or offered to somebody who is not next."""
        rows = await self.watching.fetch(_LOOK, list(self.runs))
        for run in self.runs:
            self._judge([row for row in rows if row["run"] == run])
        self._before = {row["id"]: row["status"] for row in rows}

    def _judge(self, rows: Sequence[Any]) -> None:
        if not rows:
            return
        taking = [row for row in rows if row["status"] in TAKES_PLACE]
        assert len(taking) == rows[0]["places_taken"], "places are not those booked"
        assert len(taking) <= rows[0]["capacity"], "the run is overbooked"
        live = [row["teacher_id"] for row in rows if row["status"] in (*TAKES_PLACE, "waiting")]
        assert len(live) == len(set(live)), "somebody is booked twice"
        waiting = [row for row in rows if row["status"] == "waiting"]
        for row in rows:
            if row["status"] == "offered" and self._before.get(row["id"]) == "waiting":
                ahead = [one for one in waiting if one["place"] < row["place"] and not _is_full(one, taking)]
                assert not ahead, "somebody further back in the line was offered a place"

    async def at_rest(self) -> None:
        """Nobody waits any more for something whose time is over."""
        left = [row for row in await self.watching.fetch(_MINE, list(self.runs)) if row["status"] in PASSES]
        assert not left, f"still waiting or held: {[row['status'] for row in left]}"

    async def states(self) -> list[str]:
        """Where every booking stands, in the order in which they were made."""
        return [row["status"] for row in await self.watching.fetch(_MINE, list(self.runs))]


def _is_full(row: Any, taking: Sequence[Any]) -> bool:
    """Whether the school of somebody who waits has all its places."""
    limit = row["places_per_school"]
    return limit is not None and sum(one["school_urn"] == row["school_urn"] for one in taking) >= limit
