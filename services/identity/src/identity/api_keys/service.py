"""Making, listing, revoking and recognising API keys."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.paging import PageOf
from chassis.principal import Principal
from contracts.identity import ApiKeyChanged
from identity.api_keys import rules
from identity.api_keys.errors import ApiKeyNotFound, ApiKeyNotValid, OrganisationNotFound, TooManyApiKeys
from identity.api_keys.models import ApiKey
from identity.api_keys.schemas import ApiKeyOut, AuthenticatedKey, CreatedApiKey, NewApiKey
from identity.organisations.models import Organisation


def _managed_by(caller: Principal, organisation_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """The rows whose keys the caller manages: all for an administrator, their own for a partner's administrator."""
    if caller.has_role("administrator"):
        return true()
    return organisation_id.in_(caller.organisations("partner_admin"))


async def create_key(session: AsyncSession, caller: Principal, wanted: NewApiKey) -> CreatedApiKey:
    """Make a key and tell it, this once."""
    await _lock_organisation(session, caller, wanted.organisation_id)
    if await _count_working(session, wanted) >= rules.LIVE_KEYS_PER_ORGANISATION:
        raise TooManyApiKeys(rules.LIVE_KEYS_PER_ORGANISATION)
    made = rules.make_key(wanted.environment)
    key = ApiKey(
        id=new_id(),
        public_id=made.public_id,
        key_hash=rules.key_digest(made.text),
        created_at=clock.now(),
        created_by=caller.id,
        organisation_id=wanted.organisation_id,
        environment=wanted.environment.value,
        name=wanted.name,
        scopes=sorted(wanted.scopes),
        expires_on=wanted.expires_on,
    )
    session.add(key)
    await _announce(session, caller, key, "api_key.created")
    return CreatedApiKey(key=made.text, **ApiKeyOut.model_validate(key).model_dump())


async def _lock_organisation(session: AsyncSession, caller: Principal, organisation_id: UUID) -> None:
    """Hold the organisation, so that its keys are counted and added by one transaction at a time."""
    query = select(Organisation.id).where(
        Organisation.id == organisation_id, _managed_by(caller, Organisation.__table__.c.id)
    )
    if await session.scalar(query.with_for_update()) is None:
        raise OrganisationNotFound


async def _count_working(session: AsyncSession, wanted: NewApiKey) -> int:
    query = select(func.count()).where(
        ApiKey.organisation_id == wanted.organisation_id,
        ApiKey.environment == wanted.environment.value,
        ApiKey.revoked_at.is_(None),
        ApiKey.expires_on >= clock.now().date(),
    )
    return (await session.execute(query)).scalar_one()


async def list_keys(reader: AsyncConnection, caller: Principal, page: PageOf) -> Sequence[Row[tuple[object, ...]]]:
    """One page of the keys the caller manages, oldest first, with one row more when there are more."""
    columns = ApiKey.__table__.c
    query = select(ApiKey.__table__).where(_managed_by(caller, columns.organisation_id))
    if (after := page.after_as(UUID)) is not None:
        query = query.where(columns.id > after[0])
    return (await reader.execute(query.order_by(columns.id).limit(page.limit + 1))).all()


async def revoke_key(session: AsyncSession, caller: Principal, key_id: UUID) -> None:
    """Make a key useless for ever. Revoking it again changes nothing."""
    columns = ApiKey.__table__.c
    query = select(ApiKey).where(ApiKey.id == key_id, _managed_by(caller, columns.organisation_id))
    key = await session.scalar(query.with_for_update())
    if key is None:
        raise ApiKeyNotFound
    if key.revoked_at is None:
        key.revoked_at = clock.now()
        await _announce(session, caller, key, "api_key.revoked")


async def _announce(session: AsyncSession, caller: Principal, key: ApiKey, action: str) -> None:
    details: dict[str, audit.JSON] = {"organisation_id": str(key.organisation_id), "scopes": list(key.scopes)}
    await audit.record(session, caller, action, f"api_key:{key.id}", details)
    changed = ApiKeyChanged(
        key_id=key.id,
        organisation_id=key.organisation_id,
        state="live" if key.revoked_at is None else "revoked",
        expires_on=key.expires_on,
    )
    await publish(session, changed)


async def authenticate(session: AsyncSession, text: str) -> AuthenticatedKey:
    """Whose key this is, or ApiKeyNotValid."""
    public_id = rules.public_id_of(text)
    key = await session.scalar(select(ApiKey).where(ApiKey.public_id == public_id)) if public_id else None
    if key is None or not hmac.compare_digest(key.key_hash, rules.key_digest(text)):
        raise ApiKeyNotValid
    now = clock.now()
    expires_at = rules.end_of(key.expires_on)
    if key.revoked_at is not None or now >= expires_at:
        raise ApiKeyNotValid
    await _note_use(session, key, now)
    return AuthenticatedKey.model_validate(
        {"key_id": key.id, "organisation_id": key.organisation_id, "scopes": key.scopes, "expires_at": expires_at}
    )


async def _note_use(session: AsyncSession, key: ApiKey, now: datetime) -> None:
    if key.last_used_at is None or now - key.last_used_at >= rules.LAST_USED_RESOLUTION:
        await session.execute(update(ApiKey).where(ApiKey.id == key.id).values(last_used_at=now))
