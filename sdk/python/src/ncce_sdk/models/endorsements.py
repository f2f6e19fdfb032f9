"""Bodies and answers of endorsements. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.models.shared import EndorsementOut, PageInfo
from ncce_sdk.transport import Model


class EndorsementIn(Model):
    """What the organisation says."""

    statement: str


class EndorsementRequestIn(Model):
    """Whom to ask, and for what: an application, a certificate or an activity of one's own."""

    activity: str | None = None
    application_id: UUID | None = None
    certificate_id: UUID | None = None
    note: str
    organisation_id: UUID


class EndorsementRequestOut(Model):
    """A request, as the teacher and the organisation see it."""

    endorsement_id: UUID | None
    id: UUID
    note: str
    organisation: str | None
    organisation_id: UUID
    requested_at: dt.datetime
    subject: str
    title: str


class EndorsementWithdrawal(Model):
    """Why an endorsement is withdrawn."""

    reason: str


class PageEndorsementOut(Model):
    """PageEndorsementOut."""

    data: list[EndorsementOut]
    page: PageInfo


class PageEndorsementRequestOut(Model):
    """PageEndorsementRequestOut."""

    data: list[EndorsementRequestOut]
    page: PageInfo


class SchemeEndorsementIn(Model):
    """What the organisation says of a scheme."""

    scheme: str
    statement: str
