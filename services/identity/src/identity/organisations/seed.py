"""The funder, the national centre and the consortium's partners, from `reference/organisations.json`."""

import json
from importlib.resources import files
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.service import Progress
from identity.organisations.models import Organisation


def organisation_id(slug: str) -> UUID:
    """The id of a seeded organisation, the same on every installation and in every service."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/organisations/{slug}")


async def seed_organisations(session: AsyncSession, progress: Progress) -> None:
    """Write the organisations; run again, it brings names and responsibilities up to date."""
    text = files("identity").joinpath("reference/organisations.json").read_text(encoding="utf-8")
    entries = json.loads(text)
    for done, entry in enumerate(entries, start=1):
        row = insert(Organisation).values(id=organisation_id(entry["slug"]), **entry)
        changed = {name: row.excluded[name] for name in entry if name != "slug"}
        await session.execute(row.on_conflict_do_update(index_elements=["id"], set_=changed))
        progress(done, len(entries))
