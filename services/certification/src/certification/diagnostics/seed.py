"""Loading pathways and diagnostics from the reference files."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.diagnostics.models import Diagnostic, Pathway
from certification.diagnostics.schemas import DiagnosticRecord, PathwayRecord
from certification.reference import read
from certification.schemes.seed import PublishedVersionChanged
from chassis.service import Progress


async def seed_pathways(session: AsyncSession, progress: Progress) -> None:
    """Load or refresh the pathways; those that left the file stay, because results refer to them."""
    records = read("pathways.json", PathwayRecord)
    row = insert(Pathway)
    changes = {column.name: row.excluded[column.name] for column in Pathway.__table__.columns if not column.primary_key}
    upsert = row.on_conflict_do_update(index_elements=["slug"], set_=changes)
    await session.execute(upsert, [record.model_dump() for record in records])
    progress(len(records), len(records))


async def seed_diagnostics(session: AsyncSession, progress: Progress) -> None:
    """Load the versions of diagnostics not loaded yet; PublishedVersionChanged when a loaded one differs."""
    records = read("diagnostics.json", DiagnosticRecord)
    for done, record in enumerate(records, start=1):
        for version in record.versions:
            definition = version.definition.model_dump(mode="json")
            values = version.model_dump(exclude={"definition"}) | {"slug": record.slug, "definition": definition}
            await session.execute(insert(Diagnostic).values(values).on_conflict_do_nothing())
            loaded = await session.get_one(Diagnostic, (record.slug, version.version))
            if loaded.definition != definition:
                raise PublishedVersionChanged(f"{record.slug} version {version.version} is loaded with other questions")
        progress(done, len(records))
