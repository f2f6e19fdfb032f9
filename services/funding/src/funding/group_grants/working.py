"""What a group's card comes to, and how that compares with calculations on record."""

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from funding.grant_cards import service as cards
from funding.grant_cards.language import Given, Slug
from funding.grant_cards.rules import Calculation, calculate
from funding.grants.models import GrantAward, GrantSnapshot
from funding.grants.records import Worked
from funding.group_grants.models import GroupGrant

INPUTS: TypeAdapter[dict[Slug, Given]] = TypeAdapter(dict[Slug, Given])


class NotToBeWorkedOut(Exception):  # a reason in words that somebody has to look into
    """Why there is no proposal, by a code and in words."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


async def work_out(session: AsyncSession, group: GroupGrant, card: str) -> Worked:
    """The card in force when the group starts, calculated for the group as it stands."""
    held = await cards.approved(session, card, None, group.starts_on)
    try:
        inputs = INPUTS.validate_python(group.inputs)
    except ValidationError as error:
        named = ", ".join(sorted({str(one["loc"][0]) for one in error.errors()}))
        raise NotToBeWorkedOut("group-inputs-unreadable", f"This is no number and no choice: {named}.") from None
    return Worked(held.card, calculate(held.card, inputs))


async def snapshots_of(session: AsyncSession, grant: GrantAward) -> tuple[GrantSnapshot, GrantSnapshot]:
    """The calculation of an award that holds, and the latest; often they are the same."""
    query = select(GrantSnapshot).where(GrantSnapshot.grant_id == grant.id).order_by(GrantSnapshot.ordinal.desc())
    latest = (await session.execute(query.limit(1))).scalar_one()
    return await session.get_one(GrantSnapshot, (grant.id, grant.snapshot)), latest


def comes_to(snapshot: GrantSnapshot, worked: Worked) -> bool:
    """Whether a calculation on record is of the same card and has every funder pay the same."""
    held = Calculation.model_validate_json(snapshot.calculation)
    return snapshot.card == worked.card.card and held.by_funder == worked.calculation.by_funder
