"""Bodies and answers of centres. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class OpeningHours(Model):
    """One weekday, in England's wall-clock time."""

    closes: str
    opens: str
    weekday: str


class EquipmentItem(Model):
    """What stands in a space."""

    count: int
    name: str


class SpaceOut(Model):
    """A space. Its version is the `If-Match` of an edit."""

    capacity: int
    centre_id: UUID
    equipment: list[EquipmentItem]
    id: UUID
    is_bookable: bool
    name: str
    version: int


class CentreDetail(Model):
    """A centre with its spaces. Its version is the `If-Match` of an edit."""

    accessibility: dict[str, bool]
    address: str
    closed_on: dt.date | None
    distance_km: str | None
    host_urn: str | None
    hub_id: UUID
    id: UUID
    latitude: float
    longitude: float
    name: str
    opened_on: dt.date | None
    opening_hours: list[OpeningHours]
    planned_cost_pence: int | None
    postcode: str
    spaces: list[SpaceOut]
    status: str
    town: str
    version: int


class CentreEdit(Model):
    """What to change; what is left out stays. Closing a centre ends the bookings to come."""

    accessibility: dict[str, bool] | None = None
    address: str | None = None
    name: str | None = None
    opening_hours: list[OpeningHours] | None = None
    planned_cost_pence: int | None = None
    postcode: str | None = None
    status: Literal["planned", "open", "closed"] | None = None
    town: str | None = None


class CentreIn(Model):
    """A centre that a hub plans."""

    accessibility: dict[str, bool] | None = None
    address: str
    host_urn: str | None = None
    hub_id: UUID
    name: str
    opening_hours: list[OpeningHours] | None = None
    planned_cost_pence: int | None = None
    postcode: str
    town: str


class CentreOut(Model):
    """A centre, as anybody may see it."""

    accessibility: dict[str, bool]
    address: str
    closed_on: dt.date | None
    distance_km: str | None
    host_urn: str | None
    hub_id: UUID
    id: UUID
    latitude: float
    longitude: float
    name: str
    opened_on: dt.date | None
    opening_hours: list[OpeningHours]
    planned_cost_pence: int | None
    postcode: str
    status: str
    town: str


class PageCentreOut(Model):
    """PageCentreOut."""

    data: list[CentreOut]
    page: PageInfo


class SpaceBookingOut(Model):
    """A booked time."""

    booked_at: dt.datetime
    cancelled_at: dt.datetime | None
    cancelled_because: str | None
    centre_id: UUID
    ends_at: dt.datetime
    id: UUID
    people: int
    purpose: str
    space_id: UUID
    starts_at: dt.datetime
    status: str
    urn: str | None


class PageSpaceBookingOut(Model):
    """PageSpaceBookingOut."""

    data: list[SpaceBookingOut]
    page: PageInfo


class SpaceBookingIn(Model):
    """A time for which a space is wanted, for the caller's school or for the centre's hub."""

    ends_at: dt.datetime
    people: int
    purpose: Literal["pupils", "training", "meeting", "community", "setting_up"]
    space_id: UUID
    starts_at: dt.datetime


class SpaceEdit(Model):
    """What to change; what is left out stays."""

    capacity: int | None = None
    equipment: list[EquipmentItem] | None = None
    is_bookable: bool | None = None
    name: str | None = None


class SpaceIn(Model):
    """A room or area of a centre."""

    capacity: int
    equipment: list[EquipmentItem] | None = None
    is_bookable: bool | None = None
    name: str


class TakenTime(Model):
    """A time for which a space is booked, without who booked it."""

    ends_at: dt.datetime
    starts_at: dt.datetime


class TimesOut(Model):
    """When a space is open and when it is taken, soonest first."""

    opening_hours: list[OpeningHours]
    space_id: UUID
    taken: list[TakenTime]
