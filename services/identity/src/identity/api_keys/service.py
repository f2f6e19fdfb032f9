"""Making, listing, rotating and revoking API keys."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.paging import PageOf
from chassis.principal import Principal
from contracts.identity import ApiKeyChanged
from identity.api_keys import rules
from identity.api_keys.errors import ApiKeyNotFound, OrganisationNotFound, TooManyApiKeys
from identity.api_keys.models import ApiKey, Environment
from identity.api_keys.schemas import ApiKeyOut, CreatedApiKey, NewApiKey
from identity.organisations.models import Organisation


def managed_by(caller: Principal, organisation_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """The rows whose keys the caller manages: all for an administrator, their own for a partner's administrator."""
    if caller.has_role("administrator"):
        return true()
    return organisation_id.in_(caller.organisations("partner_admin"))


async def create_key(session: AsyncSession, caller: Principal, wanted: NewApiKey) -> CreatedApiKey:
    """Make a key and tell it, this once."""
    await lock_organisation(session, caller, wanted.organisation_id)
    return await _create(session, caller, wanted)


async def _create(session: AsyncSession, caller: Principal, wanted: NewApiKey) -> CreatedApiKey:
    if await _count_working(session, wanted.organisation_id, wanted.environment) >= rules.LIVE_KEYS_PER_ORGANISATION:
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
        allowed_networks=list(wanted.allowed_networks),
        requests_per_minute=wanted.requests_per_minute,
        expires_on=wanted.expires_on,
    )
    session.add(key)
    await _announce(session, caller, key, "api_key.created")
    return CreatedApiKey(key=made.text, **ApiKeyOut.model_validate(key).model_dump())


async def lock_organisation(session: AsyncSession, caller: Principal, organisation_id: UUID) -> None:
    """Hold the organisation, so that its credentials are counted and added by one transaction at a time."""
    query = select(Organisation.id).where(
        Organisation.id == organisation_id, managed_by(caller, Organisation.__table__.c.id)
    )
    if await session.scalar(query.with_for_update()) is None:
        raise OrganisationNotFound


async def _count_working(session: AsyncSession, organisation_id: UUID, environment: str) -> int:
    query = select(func.count()).where(
        ApiKey.organisation_id == organisation_id,
        ApiKey.environment == environment,
        ApiKey.revoked_at.is_(None),
        ApiKey.expires_on >= clock.now().date(),
    )
    return (await session.execute(query)).scalar_one()


async def list_keys(session: AsyncSession, caller: Principal, page: PageOf) -> Sequence[Row[tuple[object, ...]]]:
    """One page of the keys the caller manages, oldest first, with one row more when there are more."""
    columns = ApiKey.__table__.c
    query = select(ApiKey.__table__).where(managed_by(caller, columns.organisation_id))
    if (after := page.after_as(UUID)) is not None:
        query = query.where(columns.id > after[0])
    return (await session.execute(query.order_by(columns.id).limit(page.limit + 1))).all()


async def rotate_key(session: AsyncSession, caller: Principal, key_id: UUID, overlap_days: int) -> CreatedApiKey:
    """Make the successor of a key, alike but for its secret; the old one goes on for the overlap, never longer."""
    old = await _hold(session, caller, key_id)
    today = clock.now().date()
    if old.revoked_at is not None or old.expires_on < today:
        raise ApiKeyNotFound
    if overlap_days == 0:
        await revoke(session, caller, old, "rotated")
    elif old.expires_on > (last_day := today + timedelta(days=overlap_days)):
        old.expires_on = last_day
        await _announce(session, caller, old, "api_key.ends_sooner")
    await session.flush()
    return await _create(session, caller, _alike(old, clock.today() + timedelta(days=rules.LIFETIME_DAYS_MAX)))


def _alike(key: ApiKey, expires_on: date) -> NewApiKey:
    return NewApiKey.model_validate(
        {
            "organisation_id": key.organisation_id,
            "name": key.name,
            "scopes": key.scopes,
            "environment": Environment(key.environment),
            "allowed_networks": key.allowed_networks,
            "requests_per_minute": key.requests_per_minute,
            "expires_on": expires_on,
        }
    )


async def revoke_key(session: AsyncSession, caller: Principal, key_id: UUID) -> None:
    """Make a key useless for ever. Revoking it again changes nothing."""
    await revoke(session, caller, await _hold(session, caller, key_id), "by_manager")


async def _hold(session: AsyncSession, caller: Principal, key_id: UUID) -> ApiKey:
    """The key, locked after its organisation, which is the order in which keys are made."""
    columns = ApiKey.__table__.c
    mine = (ApiKey.id == key_id) & managed_by(caller, columns.organisation_id)
    organisation_id = await session.scalar(select(ApiKey.organisation_id).where(mine))
    if organisation_id is None:
        raise ApiKeyNotFound
    await lock_organisation(session, caller, organisation_id)
    key = await session.scalar(select(ApiKey).where(mine).with_for_update())
    if key is None:
        raise ApiKeyNotFound
    return key


async def revoke(session: AsyncSession, caller: Principal, key: ApiKey, because: str) -> None:
    """End a key, once."""
    if key.revoked_at is None:
        key.revoked_at = clock.now()
        key.revoked_because = because
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


async def set_request_limit(
    session: AsyncSession, caller: Principal, organisation_id: UUID, requests_per_minute: int | None
) -> None:
    """What all keys and clients of an organisation may ask together; gateways learn it with their next question."""
    changed = update(Organisation).where(Organisation.id == organisation_id)
    done = await session.execute(changed.values(requests_per_minute=requests_per_minute).returning(Organisation.id))
    if done.scalar_one_or_none() is None:
        raise OrganisationNotFound
    details: dict[str, audit.JSON] = {"requests_per_minute": requests_per_minute}
    await audit.record(session, caller, "organisation.limited", f"organisation:{organisation_id}", details)


async def read_request_limit(session: AsyncSession, caller: Principal, organisation_id: UUID) -> int | None:
    """The limit of an organisation whose keys the caller manages."""
    columns = Organisation.__table__.c
    mine = (columns.id == organisation_id) & managed_by(caller, columns.id)
    found = (await session.execute(select(Organisation.requests_per_minute).where(mine))).one_or_none()
    if found is None:
        raise OrganisationNotFound
    return found[0]
