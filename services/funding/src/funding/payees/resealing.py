"""`python -m funding reseal-payees`: every payee's bank details under the first of the payee keys.

To retire a key: put a new one before it in `FUNDING_PAYEE_KEYS`, restart, run this, and take the old one out once
nothing is sealed by it. The accounts are shown to nobody and stay what they were: each is opened and held against the
digits that are kept beside it before it is sealed again. It can be stopped and begun again at any time.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from typing import cast

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.db import Database
from chassis.sealing import SealBroken, Sealed, SealingKeys
from chassis.settings import ServiceSettings
from chassis.telemetry import configure_logging
from funding.payees.models import PayeeDetails
from funding.payees.sealing import BankAccount, open_account, seal
from funding.settings import Settings

BATCH = 200
BROKEN = 10
"""Exit code when details could not be opened."""


def main(arguments: Sequence[str]) -> int:
    """Seal everything anew; the exit code."""
    description = "Seal every payee's bank details by the first of the payee keys."
    argparse.ArgumentParser(prog="python -m funding reseal-payees", description=description).parse_args(arguments)
    settings = Settings()
    configure_logging("funding", settings.log_level, settings.log_format)
    return asyncio.run(run(settings))


async def run(settings: ServiceSettings) -> int:
    """Say how many were sealed anew, by which key each is sealed now, and which could not be opened."""
    keys = cast(Settings, settings).loaded_payee_keys
    database = Database(settings, "funding reseal-payees")
    resealed, broken = 0, list[str]()
    try:
        while True:
            async with database.transaction() as session:
                found = await _batch(session, keys, broken)
                resealed += await _reseal(session, keys, found, broken)
            if len(found) < BATCH:
                break
        async with database.transaction() as session:
            held = await _held(session)
    finally:
        await database.close()
    told = {"resealed": resealed, "sealed_by": held, "could_not_be_opened": broken}
    sys.stdout.write(json.dumps(told) + "\n")
    return BROKEN if broken else 0


async def _batch(session: AsyncSession, keys: SealingKeys, broken: Sequence[str]) -> Sequence[PayeeDetails]:
    query = (
        select(PayeeDetails)
        .where(PayeeDetails.key_id != next(iter(keys.keys)), PayeeDetails.id.not_in(broken))
        .order_by(PayeeDetails.id)
        .limit(BATCH)
        .with_for_update()
    )
    return (await session.scalars(query)).all()


async def _reseal(session: AsyncSession, keys: SealingKeys, found: Sequence[PayeeDetails], broken: list[str]) -> int:
    done: list[tuple[str, dict[str, audit.JSON]]] = []
    for details in found:
        account = opened(keys, details)
        if account is None:
            broken.append(str(details.id))
            continue
        sealed = seal(keys, account, details.id)
        values = {"sealed": sealed.content, "key_id": sealed.key_id}
        await session.execute(update(PayeeDetails).where(PayeeDetails.id == details.id).values(values))
        kept: dict[str, audit.JSON] = {"version": details.version, "key_id": sealed.key_id}
        done.append((f"payee:{details.payee_id}", kept))
    await audit.record_all(session, None, "payee_details.resealed", done)
    return len(done)


def opened(keys: SealingKeys, details: PayeeDetails) -> BankAccount | None:
    """The account, if it opens and ends as the digits beside it say."""
    try:
        account = open_account(keys, Sealed(details.key_id, details.sealed), details.id)
    except SealBroken:
        return None
    ends = (account.account_number[-4:], account.sort_code[-2:])
    return account if ends == (details.account_ending, details.sort_code_ending) else None


async def _held(session: AsyncSession) -> dict[str, int]:
    query = select(PayeeDetails.key_id, func.count().label("details")).group_by(PayeeDetails.key_id)
    return {row.key_id: row.details for row in await session.execute(query)}
