"""Loading the first policy, and whose moderators see which provider's activities."""

import secrets
from uuid import NAMESPACE_URL, uuid5

from pydantic import BaseModel
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.moderation.models import ModerationPolicy, ProviderOrganisation
from certification.moderation.policies import SEED_BYTES, policies_on_file
from certification.reference import read
from chassis import clock
from chassis.service import Progress

ORGANISATIONS = "https://ncce.example.org/organisations/"


class ProviderRecord(BaseModel):
    """A provider in the reference file."""

    provider: str
    organisation: str


async def seed_moderation(session: AsyncSession, progress: Progress) -> None:
    """Load policies not loaded yet, each with a seed of its own, and the providers."""
    for policy in policies_on_file():
        told = policy.model_dump(mode="json", include={"rules"})
        told |= policy.model_dump(include={"version", "effective_from_on", "source"})
        now = clock.now()
        row = insert(ModerationPolicy).values(
            **told, seed=secrets.token_hex(SEED_BYTES), proposed_at=now, approved_at=now
        )
        await session.execute(row.on_conflict_do_nothing(index_elements=["version"]))
    records = read("providers.json", ProviderRecord)
    for record in records:
        organisation_id = uuid5(NAMESPACE_URL, f"{ORGANISATIONS}{record.organisation}")
        line = insert(ProviderOrganisation).values(provider=record.provider, organisation_id=organisation_id)
        changed = {"organisation_id": line.excluded.organisation_id}
        await session.execute(line.on_conflict_do_update(index_elements=["provider"], set_=changed))
    progress(len(records), len(records))
