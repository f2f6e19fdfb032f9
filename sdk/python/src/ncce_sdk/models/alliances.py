"""Bodies and answers of alliances. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class AllianceApplicationIn(Model):
    """The alliance asks to be a STEM skills hub."""

    email: str
    findings_accepted_because: str | None = None
    postcode: str
    reason: str
    slug: str


class AllianceFindingOut(Model):
    """What is unusual about an alliance."""

    code: str
    is_decisive: bool
    says: str
    source: str


class AllianceSchoolOut(Model):
    """A school of an alliance, or one that is asked."""

    asked_on: dt.date
    consented_on: dt.date | None
    name: str
    phase: str
    urn: str


class GrantOfferOut(Model):
    """How the hub applies for funds: by a grant application to an open call of this card, with these answers."""

    answers: dict[str, str]
    card: str
    recipient_id: UUID
    recipient_kind: Literal["hub"]


class AllianceDetail(Model):
    """An alliance with its schools, what is unusual about it, and the funds it may apply for once it is a hub."""

    ended_because: str | None
    ended_on: dt.date | None
    findings: list[AllianceFindingOut]
    formed_at: dt.datetime
    grants: list[GrantOfferOut]
    hub_id: UUID | None
    id: UUID
    lead_urn: str
    members: list[AllianceSchoolOut]
    name: str
    purpose: str
    region: str
    schools: int
    status: str


class AllianceEnd(Model):
    """Why an alliance ends."""

    reason: str


class AllianceIn(Model):
    """Schools that mean to work as a hub; the caller's leads them, and the others are asked."""

    name: str
    purpose: str
    region: str
    schools: list[str]


class AllianceInvitation(Model):
    """Another school that is asked."""

    urn: str


class AllianceOut(Model):
    """An alliance."""

    ended_because: str | None
    ended_on: dt.date | None
    formed_at: dt.datetime
    hub_id: UUID | None
    id: UUID
    lead_urn: str
    name: str
    purpose: str
    region: str
    schools: int
    status: str


class AllianceWord(Model):
    """What the caller's school says: it consents, declines, or leaves."""

    is_in: bool


class AssumptionOut(Model):
    """A figure that the plan assumes."""

    figure: int
    name: str
    says: str
    source: str


class HubGuestEnd(Model):
    """The last day of a guest, earlier than it was."""

    until_on: dt.date


class HubGuestIn(Model):
    """A school that may use the hub's centre and borrow its equipment without belonging to it."""

    because: str
    from_on: dt.date
    until_on: dt.date
    urn: str


class HubGuestOut(Model):
    """A guest of a hub."""

    because: str
    from_on: dt.date
    hub_id: UUID
    id: UUID
    until_on: dt.date
    urn: str


class PageAllianceOut(Model):
    """PageAllianceOut."""

    data: list[AllianceOut]
    page: PageInfo


class PageHubGuestOut(Model):
    """PageHubGuestOut."""

    data: list[HubGuestOut]
    page: PageInfo


class PlanFigureOut(Model):
    """A figure that follows."""

    because: str
    measure: str
    region: str | None
    scope: str
    source: str
    value: int
    year: str | None


class PlanFindingOut(Model):
    """Something to know before the plan is used."""

    code: str
    says: str


class StemPlanOut(Model):
    """A plan, worked out. Years add up to the network, and so do regions."""

    as_of_on: dt.date | None
    assumptions: list[AssumptionOut]
    figures: list[PlanFigureOut]
    findings: list[PlanFindingOut]
    first_year: str
    follows: str | None
    source: str
    title: str
    version: str


class StemPlanVersionOut(Model):
    """A version of the plan's assumptions."""

    first_year: str
    follows: str | None
    source: str
    title: str
    version: str


class StemPlanVersionsOut(Model):
    """All versions, the oldest first."""

    data: list[StemPlanVersionOut]
