"""Recognising a key that somebody presents: for the gateway, and for whoever found one in the wrong place."""

import hmac
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.principal import Principal
from identity.api_keys import rules
from identity.api_keys.errors import ApiKeyNotValid
from identity.api_keys.models import ApiKey, Environment
from identity.api_keys.notices import tell_of_leak
from identity.api_keys.schemas import AuthenticatedKey, LeakReport, LeakReportOut
from identity.api_keys.service import revoke
from identity.organisations.models import Organisation


async def authenticate(session: AsyncSession, text: str) -> AuthenticatedKey:
    """Whose key this is and within which limits it works, or ApiKeyNotValid."""
    key = await _find_working(session, text)
    if key is None:
        raise ApiKeyNotValid
    await _note_use(session, key, clock.now())
    limit = select(Organisation.requests_per_minute).where(Organisation.id == key.organisation_id)
    return AuthenticatedKey(
        key_id=key.id,
        organisation_id=key.organisation_id,
        scopes=key.scopes,
        environment=Environment(key.environment),
        allowed_networks=key.allowed_networks,
        requests_per_minute=key.requests_per_minute,
        organisation_requests_per_minute=await session.scalar(limit),
        expires_at=rules.end_of(key.expires_on),
    )


async def _find_working(session: AsyncSession, text: str, *, hold: bool = False) -> ApiKey | None:
    public_id = rules.public_id_of(text)
    if public_id is None:
        return None
    query = select(ApiKey).where(ApiKey.public_id == public_id)
    key = await session.scalar(query.with_for_update() if hold else query)
    if key is None or not hmac.compare_digest(key.key_hash, rules.key_digest(text)):
        return None
    ended = key.revoked_at is not None or clock.now() >= rules.end_of(key.expires_on)
    return None if ended else key


async def _note_use(session: AsyncSession, key: ApiKey, now: datetime) -> None:
    if key.last_used_at is None or now - key.last_used_at >= rules.LAST_USED_RESOLUTION:
        await session.execute(update(ApiKey).where(ApiKey.id == key.id).values(last_used_at=now))


async def report_leak(session: AsyncSession, caller: Principal, report: LeakReport) -> LeakReportOut:
    """Revoke a key that is somewhere in the open, and tell those who manage it. Whoever shows it proves the leak."""
    key = await _find_working(session, report.key, hold=True)
    if key is None:
        return LeakReportOut(outcome="not_in_use")
    await revoke(session, caller, key, "leaked")
    await tell_of_leak(session, key, report.found_where)
    return LeakReportOut(outcome="revoked")
