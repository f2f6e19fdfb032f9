"""Bodies and answers of assessment providers. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class CertificationProviderOut(Model):
    """A provider."""

    launch_url: str
    organisation_id: UUID
    slug: str
    title: str


class LaunchOut(Model):
    """The way to an attempt at a provider. Whoever has the link sits the attempt: it is for you alone."""

    expires_at: dt.datetime
    url: str


ResultStatus = str


class ResultOut(Model):
    """A result that a provider sent."""

    attempt_id: UUID | None
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    finished_at: dt.datetime | None
    id: UUID
    percent: str | None
    provider: str
    reason: str | None
    received_at: dt.datetime
    status: ResultStatus
    webhook_id: str


class PageResultOut(Model):
    """PageResultOut."""

    data: list[ResultOut]
    page: PageInfo


class ProviderFacts(Model):
    """A provider to set up. Its secrets go into the setting CERTIFICATION_PROVIDER_SECRETS."""

    launch_url: str
    organisation_id: UUID
    slug: str
    title: str


class ProviderList(Model):
    """All providers."""

    data: list[CertificationProviderOut]


class ReceiptOut(Model):
    """What was done with a message. `parked` waits for a person; sending it again changes nothing."""

    status: ResultStatus


class ResultDecision(Model):
    """A person's word on a result that waits."""

    attempt_id: UUID | None = None
    outcome: Literal["accepted", "dismissed"]
    reason: str
