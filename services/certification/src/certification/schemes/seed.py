"""Loading schemes from the reference file."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.reference import read
from certification.schemes.models import Scheme, SchemeVersion
from certification.schemes.schemas import SchemeRecord, SchemeVersionRecord
from chassis.service import Progress


class PublishedVersionChanged(Exception):
    """The reference file gives a loaded version other rules. Teachers are pinned to it: new rules need a new number."""


async def seed_schemes(session: AsyncSession, progress: Progress) -> None:
    """Load schemes and the versions not loaded yet; PublishedVersionChanged when a loaded one differs."""
    records = read("schemes.json", SchemeRecord)
    for done, record in enumerate(records, start=1):
        row = insert(Scheme).values(record.model_dump(exclude={"versions"}))
        changes = {"title": row.excluded.title, "summary": row.excluded.summary, "phases": row.excluded.phases}
        await session.execute(row.on_conflict_do_update(index_elements=["slug"], set_=changes))
        for version in record.versions:
            await _load(session, record.slug, version)
        progress(done, len(records))


async def _load(session: AsyncSession, scheme: str, version: SchemeVersionRecord) -> None:
    values = version.model_dump(exclude={"rules"}) | {"scheme": scheme, "rules": version.rules.model_dump(mode="json")}
    await session.execute(insert(SchemeVersion).values(values).on_conflict_do_nothing())
    loaded = await session.get_one(SchemeVersion, (scheme, version.version))
    if any(getattr(loaded, name) != value for name, value in values.items() if name != "source"):
        raise PublishedVersionChanged(f"{scheme} version {version.version} is loaded with other rules or dates")
