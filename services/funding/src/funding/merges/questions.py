"""What of a merge a person has to settle here: together the two may hold more than one person may."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.known_as import Merge
from chassis.merge_effects_api import Question
from funding.bursaries.models import Entitlement


async def ask(reader: AsyncConnection, merge: Merge) -> Sequence[Question]:
    """Entitlements of which the two ids hold more together than one teacher may. Nothing is asked back by rule."""
    table = Entitlement.__table__
    kept, merged = table.alias("kept"), table.alias("merged")
    theirs = func.replace(merged.c.quota_key, str(merge.merged_id), str(merge.kept_id))
    both = kept.c.reserved + kept.c.consumed + merged.c.reserved + merged.c.consumed
    query = (
        select(kept.c.quota_key, both.label("held"), kept.c.at_most)
        .join(merged, kept.c.quota_key == theirs)
        .where(merged.c.quota_key.contains(str(merge.merged_id)), both > kept.c.at_most)
        .order_by(kept.c.quota_key)
    )
    return [
        Question(
            "entitlement-exceeded",
            f"entitlement:{row.quota_key}",
            f"The two ids hold {row.held} together, of at most {row.at_most}. Nothing is taken back by itself.",
        )
        for row in await reader.execute(query)
    ]
