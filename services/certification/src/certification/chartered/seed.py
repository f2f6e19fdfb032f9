"""Loading pathways to chartered status from the reference file."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.chartered.models import CharteredPathway
from certification.chartered.rules import PathwayRules
from certification.chartered.schemas import CharteredPathwayRecord
from certification.reference import read
from certification.schemes.seed import PublishedVersionChanged
from chassis.service import Progress


async def seed_chartered_pathways(session: AsyncSession, progress: Progress) -> None:
    """Load the versions not loaded yet; PublishedVersionChanged when a loaded one differs."""
    records = read("chartered_pathways.json", CharteredPathwayRecord)
    for done, record in enumerate(records, start=1):
        for version in record.versions:
            values = version.model_dump(exclude={"rules"}) | {
                "slug": record.slug,
                "organisation_id": record.organisation_id,
                "rules": version.rules.model_dump(mode="json"),
            }
            await session.execute(insert(CharteredPathway).values(values).on_conflict_do_nothing())
            loaded = await session.get_one(CharteredPathway, (record.slug, version.version))
            if PathwayRules.model_validate(loaded.rules) != version.rules:
                raise PublishedVersionChanged(f"{record.slug} version {version.version} is loaded with other stages")
        progress(done, len(records))
