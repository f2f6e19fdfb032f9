"""The secret of an authenticator app is sealed for one person: with its owner the seal changes."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.sealing import SealBroken, Sealed
from identity.second_factors.models import TotpFactor
from identity.settings import Settings


async def seal_for(session: AsyncSession, settings: Settings, giver: UUID, taker: UUID) -> None:
    """Seal for the taker what was the giver's app, if that is what the taker has now."""
    factor = await session.get(TotpFactor, taker, with_for_update=True, populate_existing=True)
    if factor is None:
        return
    keys = settings.loaded_factor_keys
    try:
        secret = keys.open(Sealed(factor.key_id, factor.secret), giver)
    except SealBroken:
        return  # the taker's own
    sealed = keys.seal(secret, taker)
    factor.key_id, factor.secret = sealed.key_id, sealed.content
