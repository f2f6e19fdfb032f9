"""Bodies and answers of schools. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class HubsSchoolOut(Model):
    """A school; null means that the register does not say."""

    as_of_on: dt.date
    closed_on: dt.date | None
    country: str
    district_code: str | None
    district_vintage: str | None
    establishment_number: str | None
    establishment_type: int
    free_school_meals_percent: str | None
    highest_age: int | None
    is_open: bool
    is_section_41_approved: bool | None
    is_state_funded: bool | None
    key_stages: list[str] | None
    la_code: str | None
    lowest_age: int | None
    missing_since_on: dt.date | None
    name: str
    offers_gcse_computer_science: bool | None
    opened_on: dt.date | None
    phase: str
    postcode: str | None
    pupils: int | None
    region: str | None
    sector: str | None
    source: str
    status: str | None
    town: str | None
    trust_code: str | None
    ukprn: str | None
    urn: str


class ImportDecisionIn(Model):
    """The second person's word."""

    outcome: Literal["approved", "refused"]
    reason: str


class RemarkOut(Model):
    """What a run had to say about a line of the file."""

    file_name: str
    line: int
    reasons: list[str]
    severity: str
    urn: str | None


class PageRemarkOut(Model):
    """PageRemarkOut."""

    data: list[RemarkOut]
    page: PageInfo


class SchoolImportOut(Model):
    """One run over one extract of the register."""

    as_of_on: dt.date
    changes: dict[str, int] | None
    decided_at: dt.datetime | None
    events_published: int
    examples: dict[str, list[str]] | None
    file_name: str
    file_sha256: str
    finished_at: dt.datetime | None
    held_because: str | None
    id: UUID
    imported_by: str
    links_read: int
    links_refused: int
    reason: str | None
    rows_noted: int
    rows_read: int
    rows_refused: int
    schools_added: int
    schools_changed: int
    schools_missing: int
    schools_unchanged: int
    started_at: dt.datetime
    status: str


class PageSchoolImportOut(Model):
    """PageSchoolImportOut."""

    data: list[SchoolImportOut]
    page: PageInfo


class PageSchoolOut(Model):
    """PageSchoolOut."""

    data: list[HubsSchoolOut]
    page: PageInfo


class SchoolVersionOut(Model):
    """How a school stood from a day on."""

    as_of_on: dt.date
    cause: str
    differs: list[str] | None
    import_id: UUID | None
    recorded_at: dt.datetime
    school: HubsSchoolOut


class PageSchoolVersionOut(Model):
    """PageSchoolVersionOut."""

    data: list[SchoolVersionOut]
    page: PageInfo


class SuccessionOut(Model):
    """A split or a merger, and who carries on."""

    candidates: list[str]
    chosen: list[str] | None
    decided_at: dt.datetime | None
    established_on: dt.date | None
    found_at: dt.datetime
    id: UUID
    kind: str
    reason: str | None
    status: str
    urn: str


class PageSuccessionOut(Model):
    """PageSuccessionOut."""

    data: list[SuccessionOut]
    page: PageInfo


class VerdictOut(Model):
    """A verdict and what became of it."""

    code: int
    decided_at: dt.datetime | None
    id: UUID
    name: str
    proposed_at: dt.datetime
    reason: str | None
    source: str
    state_funded: str
    status: str
    valid_from: dt.date


class PageVerdictOut(Model):
    """PageVerdictOut."""

    data: list[VerdictOut]
    page: PageInfo


class SchoolLinkOut(Model):
    """An establishment that came before or after this one."""

    established_on: dt.date | None
    kind: str
    link_type: str
    name: str | None
    urn: str


class SuccessionShown(Model):
    """A split of this school, or a merger into it, and who carries on."""

    candidates: list[str]
    chosen: list[str] | None
    established_on: dt.date | None
    kind: str
    status: str


class TrustMembershipOut(Model):
    """A school's time in a trust, by the dates of the extracts that said so."""

    since_on: dt.date
    trust_code: str
    trust_name: str
    until_on: dt.date | None


class SchoolDetail(Model):
    """A school with its trusts and the establishments before and after it."""

    as_of_on: dt.date
    closed_on: dt.date | None
    country: str
    district_code: str | None
    district_vintage: str | None
    establishment_number: str | None
    establishment_type: int
    free_school_meals_percent: str | None
    highest_age: int | None
    is_open: bool
    is_section_41_approved: bool | None
    is_state_funded: bool | None
    key_stages: list[str] | None
    la_code: str | None
    links: list[SchoolLinkOut]
    lowest_age: int | None
    missing_since_on: dt.date | None
    name: str
    offers_gcse_computer_science: bool | None
    opened_on: dt.date | None
    phase: str
    postcode: str | None
    pupils: int | None
    region: str | None
    sector: str | None
    source: str
    status: str | None
    successions: list[SuccessionShown]
    town: str | None
    trust_code: str | None
    trusts: list[TrustMembershipOut]
    ukprn: str | None
    urn: str


class SuccessionDecisionIn(Model):
    """A person's word."""

    chosen: list[str]
    reason: str


class TypeOut(Model):
    """A type and the verdict in force."""

    code: int
    name: str
    source: str
    state_funded: str
    valid_from: dt.date


class TypesOut(Model):
    """The types known on a day, by code."""

    on: dt.date
    types: list[TypeOut]


class VerdictDecisionIn(Model):
    """The second person's word."""

    outcome: Literal["approved", "refused"]
    reason: str


class VerdictIn(Model):
    """A verdict that is to be in force from a day on."""

    code: int
    name: str
    source: str
    state_funded: Literal["yes", "no", "unknown"]
    valid_from: dt.date
