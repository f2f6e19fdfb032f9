"""The programmes that the platform starts with. What administrators changed since stays theirs."""

from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.service import Progress
from hubs.programmes.models import PupilProgramme
from hubs.reference import rows
from hubs.upsert import upsert


async def load_programmes(session: AsyncSession, progress: Progress) -> None:
    """The A level programme and the gender-balance pilot."""
    edited = set(await session.scalars(select(PupilProgramme.slug).where(PupilProgramme.version > 1)))
    found = [_programme(row) for row in rows("programmes.csv") if row["slug"] not in edited]
    if found:
        await upsert(session, cast(Table, PupilProgramme.__table__), found)
    progress(len(found), len(found))


def _programme(row: dict[str, str]) -> dict[str, Any]:
    named = {name: row[name] for name in ("slug", "title", "phase", "first_year", "source")}
    lists = {name: [part for part in row[name].split(";") if part] for name in ("key_stages", "approaches")}
    answers = {name: row[name] == "yes" for name in ("is_state_funded_only", "counts_groups")}
    return {**named, **lists, **answers, "aims": row["aims"].split("|"), "last_year": row["last_year"] or None}
