"""Whose entries a moderator may see: a condition in SQL, so that what is outside does not exist for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.activities.models import Activity
from certification.log_entries.models import LogEntry
from certification.moderation.models import ProviderOrganisation
from certification.moderation.policies import policy_in_force
from chassis.principal import Principal

NATIONAL_CENTRE = uuid5(NAMESPACE_URL, "https://ncce.example.org/organisations/ncce")


@dataclass(frozen=True)
class Scope:
    """What one moderator may see of others' entries."""

    moderator_id: UUID | None
    organisations: Sequence[UUID] | None
    """Those whose activities they moderate; None for the national centre, which moderates all."""
    school_urn: str | None
    """The school whose entries are somebody else's to moderate."""

    def condition(self) -> ColumnElement[bool]:
        """Never one's own, nor a colleague's, nor another organisation's; neither drafts nor what was withdrawn."""
        put_in = or_(LogEntry.set_aside.is_(None), LogEntry.set_aside == "reversed")
        conditions = [LogEntry.teacher_id != self.moderator_id, put_in]
        if self.school_urn is not None:
            conditions.append(LogEntry.school_urn.is_distinct_from(self.school_urn))
        if self.organisations is not None:
            theirs = (
                select(Activity.code)
                .join(ProviderOrganisation, ProviderOrganisation.provider == Activity.provider)
                .where(ProviderOrganisation.organisation_id.in_(self.organisations))
            )
            conditions.append(LogEntry.activity.in_(theirs))
        return and_(*conditions)


async def scope_of(runner: AsyncConnection | AsyncSession, caller: Principal) -> Scope | None:
    """What the caller may moderate; None for somebody who is no moderator."""
    if not caller.has_role("moderator"):
        return None
    policy = await policy_in_force(runner)
    urn = caller.attributes.get("school_urn") if policy.rules.refuses_same_school else None
    held_at = {grant.organisation_id for grant in caller.roles if grant.role == "moderator"}
    if held_at & {None, NATIONAL_CENTRE}:
        return Scope(caller.id, None, urn)
    return Scope(caller.id, sorted(caller.organisations("moderator")), urn)
