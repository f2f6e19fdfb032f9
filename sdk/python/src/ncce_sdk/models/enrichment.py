"""Bodies and answers of enrichment. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import HubsFacetingChoice, PageInfo
from ncce_sdk.transport import Model


class CapacityIn(Model):
    """How many schools a published offer can take. Schools that waited move up when there are more."""

    capacity: int | None


class InterestIn(Model):
    """A school's interest: numbers, and whom to ask for by role. No names."""

    contact_role: Literal["headteacher", "computing_lead", "stem_lead", "careers_lead", "school_office"]
    pupils: int
    staff: int | None = None


class InterestOut(Model):
    """A school's interest and whether the offer can take it."""

    contact_role: str
    offer_id: UUID
    pupils: int
    school_urn: str
    since_at: dt.datetime
    staff: int
    status: str


class OfferFacets(Model):
    """For each filter the values that find anything, the most frequent first. National offers count in every
    region.
    """

    academic_year: list[HubsFacetingChoice]
    cost: list[HubsFacetingChoice]
    key_stage: list[HubsFacetingChoice]
    kind: list[HubsFacetingChoice]
    region: list[HubsFacetingChoice]
    term: list[HubsFacetingChoice]


class OfferCounts(Model):
    """How many offers a search finds, and what each further choice would find, as if its own filter were not
    set.
    """

    facets: OfferFacets
    total: int


class OfferFacts(Model):
    """What an offer says."""

    academic_year: str
    amount_pence: int | None = None
    capacity: int | None = None
    ends_on: dt.date | None = None
    key_stages: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]]
    kind: Literal[
        "ambassador_visit", "club", "competition", "mentoring", "online_event", "site_visit", "workshop", "equipment"
    ]
    link: str
    offered_by: str
    regions: (
        list[
            Literal[
                "North East",
                "North West",
                "Yorkshire and The Humber",
                "East Midlands",
                "West Midlands",
                "East of England",
                "London",
                "South East",
                "South West",
            ]
        ]
        | None
    ) = None
    starts_on: dt.date | None = None
    summary: str
    term: Literal["autumn", "spring", "summer"]
    title: str


class OfferIn(Model):
    """An offer to begin: a draft."""

    academic_year: str
    amount_pence: int | None = None
    capacity: int | None = None
    ends_on: dt.date | None = None
    key_stages: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]]
    kind: Literal[
        "ambassador_visit", "club", "competition", "mentoring", "online_event", "site_visit", "workshop", "equipment"
    ]
    link: str
    offered_by: str
    organisation_id: UUID | None = None
    regions: (
        list[
            Literal[
                "North East",
                "North West",
                "Yorkshire and The Humber",
                "East Midlands",
                "West Midlands",
                "East of England",
                "London",
                "South East",
                "South West",
            ]
        ]
        | None
    ) = None
    starts_on: dt.date | None = None
    summary: str
    term: Literal["autumn", "spring", "summer"]
    title: str


class OwnOfferOut(Model):
    """An offer as its organisation and the moderators see it."""

    academic_year: str
    amount_pence: int
    capacity: int | None
    created_at: dt.datetime
    decided_at: dt.datetime | None
    ends_on: dt.date | None
    expires_on: dt.date
    id: UUID
    is_expired: bool
    is_national: bool
    key_stages: list[str]
    kind: str
    link: str
    offered_by: str
    organisation_id: UUID
    published_at: dt.datetime | None
    reason: str | None
    regions: list[str]
    registered_count: int
    starts_on: dt.date | None
    status: str
    submitted_at: dt.datetime | None
    summary: str
    term: str
    title: str
    version: int
    waiting_count: int


class HubsEnrichmentSchemasOfferOut(Model):
    """An offer. Send `version` back as `If-Match` to change it."""

    academic_year: str
    amount_pence: int
    capacity: int | None
    ends_on: dt.date | None
    expires_on: dt.date
    id: UUID
    is_expired: bool
    is_national: bool
    key_stages: list[str]
    kind: str
    link: str
    offered_by: str
    organisation_id: UUID
    published_at: dt.datetime | None
    regions: list[str]
    registered_count: int
    starts_on: dt.date | None
    status: str
    summary: str
    term: str
    title: str
    version: int
    waiting_count: int


class PageOfferOut(Model):
    """PageOfferOut."""

    data: list[HubsEnrichmentSchemasOfferOut]
    page: PageInfo


class PageOwnOfferOut(Model):
    """PageOwnOfferOut."""

    data: list[OwnOfferOut]
    page: PageInfo


class SchoolInterestOut(Model):
    """The same for the organisation that offers."""

    contact_role: str
    offer_id: UUID
    pupils: int
    region: str | None
    school_name: str
    school_urn: str
    since_at: dt.datetime
    staff: int
    status: str


class PageSchoolInterestOut(Model):
    """PageSchoolInterestOut."""

    data: list[SchoolInterestOut]
    page: PageInfo


class HubsEnrichmentSchemasClosureIn(Model):
    """Why an offer ends early."""

    reason: str


class HubsEnrichmentSchemasOfferDecisionIn(Model):
    """A moderator's word."""

    outcome: Literal["published", "returned"]
    reason: str
