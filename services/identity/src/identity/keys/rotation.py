"""Replacing the key that signs access tokens, without a token refused.

A new key is published ten minutes before it signs: by then every verifier has fetched it. The one before stays
published for ten minutes after that, twice as long as its last token lives. `python -m identity.keys.rotation` does it
at once; the `work` process does it when the newest key is older than the setting says. With `--withdraw KID` a key that
may be in others' hands ends at once.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.db import Database
from chassis.ids import new_id
from chassis.sealing import Sealed
from chassis.service import ServiceContext
from identity.keys.models import SigningKey
from identity.settings import Settings

PUBLISHED_AHEAD = timedelta(minutes=10)
KEPT_AFTER = timedelta(minutes=10)
LOOK_SECONDS = 60.0
NOBODY = UUID(int=0)
"""Whom the sealed halves are bound to: they are the platform's own."""
_LOCK = 0x4B455953

log = structlog.get_logger(__name__)


async def rotate(session: AsyncSession, settings: Settings, *, ahead: timedelta = PUBLISHED_AHEAD) -> str:
    """Make the next key, published now and signing `ahead` from now; its name. Keys whose tokens are dead go."""
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    now = clock.now()
    kid = f"{now:%Y-%m-%d}-{str(new_id())[-12:]}"
    private = jwt.algorithms.OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate())
    sealed = settings.loaded_factor_keys.seal(private, NOBODY)
    await _forget_dead(session, now)
    half = {"private_key": sealed.content, "key_id": sealed.key_id}
    session.add(SigningKey(kid=kid, **half, made_at=now, signs_from=now + ahead))
    await session.flush()
    await audit.record(session, None, "signing_key.made", f"signing_key:{kid}", {"signs_from": f"{now + ahead:%FT%TZ}"})
    return kid


async def withdraw(session: AsyncSession, settings: Settings, kid: str) -> str | None:
    """End a key that others may hold, at once, and make the next; its name, or None when there is no such key.

    The key before it signs until then, or the one of the settings: both are known to every verifier.
    """
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    ended = await session.scalar(delete(SigningKey).where(SigningKey.kid == kid).returning(SigningKey.kid))
    if ended is None:
        return None
    await audit.record(session, None, "signing_key.withdrawn", f"signing_key:{kid}")
    return await rotate(session, settings)


async def _forget_dead(session: AsyncSession, now: datetime) -> None:
    newest = select(func.max(SigningKey.signs_from)).where(SigningKey.signs_from <= now - KEPT_AFTER).scalar_subquery()
    await session.execute(delete(SigningKey).where(SigningKey.signs_from < newest))


async def keys_now(executor: AsyncConnection | AsyncSession, settings: Settings) -> tuple[list[str], Sequence[str]]:
    """The private keys in force as JSON Web Keys: those that may sign, the newest first, and those that only verify."""
    seals, now = settings.loaded_factor_keys, clock.now()
    columns = select(SigningKey.kid, SigningKey.private_key, SigningKey.key_id, SigningKey.signs_from)
    rows = (await executor.execute(columns.order_by(SigningKey.signs_from.desc()))).all()
    signing: list[str] = []
    waiting: list[str] = []
    for row in rows:
        key = json.loads(seals.open(Sealed(row.key_id, row.private_key), NOBODY)) | {"kid": row.kid, "alg": "EdDSA"}
        (signing if row.signs_from <= now else waiting).append(json.dumps(key))
    return signing, waiting


async def rotate_when_due(context: ServiceContext) -> None:
    """Make the next key when the newest is old enough, until cancelled."""
    settings = context.settings
    assert isinstance(settings, Settings)
    while True:
        async with context.database.transaction() as session:
            await rotate_if_old(session, settings)
        await clock.pause(LOOK_SECONDS)


async def rotate_if_old(session: AsyncSession, settings: Settings) -> str | None:
    """The name of the next key, if one was made."""
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    newest = await session.scalar(select(func.max(SigningKey.made_at)))
    if newest is not None and clock.now() - newest < timedelta(days=settings.token_key_days):
        return None
    kid = await rotate(session, settings)
    log.info("signing_key.made", kid=kid)
    return kid


async def _main(withdrawn: str | None) -> None:
    settings = Settings()
    database = Database(settings, "identity key rotation")
    try:
        async with database.transaction() as session:
            kid = await (withdraw(session, settings, withdrawn) if withdrawn else rotate(session, settings))
    finally:
        await database.close()
    if kid is None:
        sys.exit(f"No key of the platform's own is called {withdrawn}.")
    print(f"{kid} is published and signs in {int(PUBLISHED_AHEAD.total_seconds() // 60)} minutes.")  # noqa: T201


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the next key that signs access tokens.")
    parser.add_argument("--withdraw", metavar="KID", help="end this one at once: it may be in others' hands")
    asyncio.run(_main(parser.parse_args().withdraw))
