"""Reading second factors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from identity.second_factors.models import Passkey, RecoveryCode, TotpFactor

Executor = AsyncConnection | AsyncSession
PasskeyRow = Row[UUID, bytes, str, datetime, datetime | None]


@dataclass(frozen=True)
class Held:
    """The factors somebody has."""

    app_added_at: datetime | None
    passkeys: Sequence[PasskeyRow]
    recovery_codes_left: int

    @property
    def count(self) -> int:
        """How many factors; codes on paper are for when these are lost, and are none."""
        return len(self.passkeys) + (self.app_added_at is not None)

    @property
    def methods(self) -> list[str]:
        """The ways in which somebody may prove who they are beside the password."""
        there = {
            "totp": self.app_added_at is not None,
            "passkey": bool(self.passkeys),
            "recovery_code": self.count > 0 and self.recovery_codes_left > 0,
        }
        return [method for method, is_there in there.items() if is_there]


async def held_by(executor: Executor, person_id: UUID) -> Held:
    """What somebody has."""
    app = select(TotpFactor.confirmed_at).where(TotpFactor.person_id == person_id)
    passkeys = select(Passkey.id, Passkey.credential_id, Passkey.name, Passkey.created_at, Passkey.last_used_at)
    codes = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.person_id == person_id)
    return Held(
        (await executor.execute(app)).scalar_one_or_none(),
        (await executor.execute(passkeys.where(Passkey.person_id == person_id).order_by(Passkey.id))).all(),
        (await executor.execute(codes)).scalar_one(),
    )
