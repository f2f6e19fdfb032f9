"""Bodies and answers of gcse offers. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class AttestationIn(Model):
    """Somebody's word."""

    academic_year: str
    note: str | None = None
    offers: bool
    urn: str


class AttestationOut(Model):
    """An attestation and what became of it."""

    academic_year: str
    attested_as: str
    attested_at: dt.datetime
    decided_at: dt.datetime | None
    hub_id: UUID | None
    id: UUID
    note: str | None
    offers: bool
    reason: str | None
    status: str
    urn: str


class HubsGcseOffersSchemasOfferOut(Model):
    """What counts for a school in a year, and since when."""

    academic_year: str
    attested_as: str
    attested_at: dt.datetime
    is_disputed: bool
    offers: bool


class OffersOut(Model):
    """What counts for a school, newest year first; no year, nobody has said."""

    urn: str
    years: list[HubsGcseOffersSchemasOfferOut]


class PageAttestationOut(Model):
    """PageAttestationOut."""

    data: list[AttestationOut]
    page: PageInfo


class HubsGcseOffersSchemasOfferDecisionIn(Model):
    """A moderator's word on an attestation that contradicts the standing one."""

    outcome: Literal["accepted", "refused"]
    reason: str
