"""What must be true of credits and awards whenever anybody can look, and what they come to in the end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import asyncpg

_TWICE = """
SELECT EXISTS (SELECT FROM certificate WHERE teacher_id = ANY($1) GROUP BY teacher_id, scheme HAVING count(*) > 1)
    OR EXISTS (SELECT FROM credit_entry WHERE teacher_id = ANY($1) GROUP BY teacher_id, scheme, activity_key
               HAVING sum(credits) < 0 OR count(*) FILTER (WHERE reverses_id IS NULL)
                    - count(*) FILTER (WHERE reverses_id IS NOT NULL) NOT IN (0, 1))
"""
_HOURS = """
SELECT teacher_id, activity, sum(hours) AS hours FROM credit_entry
WHERE teacher_id = ANY($1) AND activity_key LIKE 'cpd:%'
GROUP BY teacher_id, activity HAVING sum(hours) <> 0
"""
_AWARDS = "SELECT teacher_id, count(*) AS awards FROM certificate WHERE teacher_id = ANY($1) GROUP BY teacher_id"
NEEDED = Decimal(20)
"""Hours of courses; everything else for the certificate is done in the end."""


@dataclass
class Credits:
    """Watches the logs of one simulation's teachers."""

    watching: asyncpg.Connection
    teachers: Sequence[UUID]

    async def look(self) -> None:
        """Nothing is credited twice, nobody is awarded twice."""
        assert not await self.watching.fetchval(_TWICE, list(self.teachers)), "something was credited or awarded twice"

    async def at_rest(self, stands: Mapping[UUID, Mapping[str, Decimal]], *, all_is_done: bool = True) -> None:
        """Each course counts as it stands in the end; whoever has enough is awarded, and who had it keeps the award.

        `all_is_done`: what a certificate asks for besides courses.
        """
        found: dict[UUID, dict[str, Decimal]] = {one: {} for one in self.teachers}
        for row in await self.watching.fetch(_HOURS, list(self.teachers)):
            found[row["teacher_id"]][row["activity"]] = row["hours"]
        awards = Counter({row["teacher_id"]: row["awards"] for row in await self.watching.fetch(_AWARDS, list(found))})
        for number, one in enumerate(self.teachers):
            counted = {course: hours for course, hours in stands[one].items() if hours}
            assert found[one] == counted, f"teacher {number}: {found[one]} is credited, {counted} stands"
            is_earned = all_is_done and sum(counted.values()) >= NEEDED
            assert awards[one] >= is_earned, f"teacher {number} was not awarded"

    async def states(self) -> list[str]:
        """How many awards each has."""
        awards = {row["teacher_id"]: row["awards"] for row in await self.watching.fetch(_AWARDS, list(self.teachers))}
        return [f"{awards.get(one, 0)} awards" for one in self.teachers]
