"""Bodies and answers of area lists. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class AreaIn(Model):
    """One row."""

    area_code: str
    area_name: str
    basis: str | None = None
    categories: list[int] | None = None


class AreaListIn(Model):
    """A version to be proposed. Rows are judged together: one wrong row refuses the whole list, and all are
    named.
    """

    areas: list[AreaIn]
    completeness: Literal["complete", "partial"]
    key_type: Literal["district", "local_authority", "urn", "trust"]
    scheme: str
    source: str
    title: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    vintage: str


class AreaListOut(Model):
    """One version of a list and what became of it."""

    checksum: str
    completeness: str
    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    imported_at: dt.datetime
    imported_by: UUID | None
    key_type: str
    reason: str | None
    scheme: str
    size: int
    source: str
    status: str
    title: str
    valid_from: dt.date
    valid_to: dt.date | None
    version: int
    vintage: str


class PageAreaListOut(Model):
    """PageAreaListOut."""

    data: list[AreaListOut]
    page: PageInfo


class HubsAreaListsSchemasEntryOut(Model):
    """One area of a list."""

    area_code: str
    area_name: str
    basis: str
    categories: list[int]


class PageEntryOut(Model):
    """PageEntryOut."""

    data: list[HubsAreaListsSchemasEntryOut]
    page: PageInfo


class StandingOut(Model):
    """Where a district or a school stands on the list of one scheme that is in force."""

    categories: list[int]
    codes: list[str]
    completeness: str
    is_listed: bool | None
    key_type: str
    scheme: str
    version: int
    vintage: str


class StandingsOut(Model):
    """Where a district stands on every list of districts in force, or a school on every list."""

    district: str | None
    on: dt.date
    standings: list[StandingOut]
    urn: str | None


class HubsAreaListsSchemasDecisionIn(Model):
    """The second person's word."""

    outcome: Literal["approved", "refused"]
    reason: str
