"""What identity keeps sealed: apps of second factors, private halves of signing keys, both secrets of webhooks."""

from typing import cast

from sqlalchemy import ColumnElement, bindparam, func, literal_column
from sqlalchemy.orm import InstrumentedAttribute

from chassis import clock
from chassis.db import UtcDateTime
from chassis.resealing import SealedColumn, Stores, Told
from chassis.sealing import Sealed, SealingKeys
from chassis.settings import ServiceSettings
from identity.keys.models import SigningKey
from identity.keys.rotation import NOBODY
from identity.second_factors.models import TotpFactor
from identity.settings import Settings
from identity.webhooks.models import Webhook, WebhookState
from identity.webhooks.sealing import open_secret, seal


def _factor_keys(settings: ServiceSettings) -> SealingKeys:
    return cast(Settings, settings).loaded_factor_keys


def _webhook_keys(settings: ServiceSettings) -> SealingKeys:
    return cast(Settings, settings).loaded_webhook_keys


def _seal_app(keys: SealingKeys, factor: TotpFactor) -> None:
    sealed = keys.seal_anew(Sealed(factor.key_id, factor.secret), factor.person_id)
    factor.key_id, factor.secret = sealed.key_id, sealed.content


def _seal_signing_key(keys: SealingKeys, key: SigningKey) -> None:
    sealed = keys.seal_anew(Sealed(key.key_id, key.private_key), NOBODY)
    key.key_id, key.private_key = sealed.key_id, sealed.content


def _seal_secret(keys: SealingKeys, webhook: Webhook) -> None:
    webhook.sealed_secret = seal(keys, open_secret(keys, webhook.sealed_secret, webhook.id), webhook.id)


def _seal_former_secret(keys: SealingKeys, webhook: Webhook) -> None:
    if webhook.former_sealed_secret is not None:
        former = open_secret(keys, webhook.former_sealed_secret, webhook.id)
        webhook.former_sealed_secret = seal(keys, former, webhook.id)


def _key_in(kept: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]) -> ColumnElement[str]:
    """The name of the key before the last colon. Written out, so that it can be grouped by."""
    return func.regexp_replace(kept, literal_column("':[^:]*$'"), literal_column("''"))


def _told_app(factor: TotpFactor) -> Told:
    return f"person:{factor.person_id}", {}


def _told_signing_key(key: SigningKey) -> Told:
    return f"signing_key:{key.kid}", {}


def _told_webhook(webhook: Webhook) -> Told:
    return f"webhook:{webhook.id}", {"organisation_id": str(webhook.organisation_id)}


_LIVE = Webhook.status != WebhookState.DELETED.value
_OVERLAPS = Webhook.former_secret_until > bindparam("now", callable_=clock.now, type_=UtcDateTime())

RESEALING: Stores = {
    "authenticator_apps": SealedColumn(
        model=TotpFactor,
        row_id=TotpFactor.person_id,
        key_id=TotpFactor.key_id,
        keys=_factor_keys,
        seal_anew=_seal_app,
        action="second_factor.app_resealed",
        told=_told_app,
    ),
    "signing_keys": SealedColumn(
        model=SigningKey,
        row_id=SigningKey.kid,
        key_id=SigningKey.key_id,
        keys=_factor_keys,
        seal_anew=_seal_signing_key,
        action="signing_key.resealed",
        told=_told_signing_key,
    ),
    "webhook_secrets": SealedColumn(
        model=Webhook,
        row_id=Webhook.id,
        key_id=_key_in(Webhook.sealed_secret),
        keys=_webhook_keys,
        seal_anew=_seal_secret,
        action="webhook.secret_resealed",
        told=_told_webhook,
        in_use=_LIVE,
    ),
    "former_webhook_secrets": SealedColumn(
        model=Webhook,
        row_id=Webhook.id,
        key_id=_key_in(Webhook.former_sealed_secret),
        keys=_webhook_keys,
        seal_anew=_seal_former_secret,
        action="webhook.former_secret_resealed",
        told=_told_webhook,
        in_use=_LIVE & _OVERLAPS,
    ),
}
