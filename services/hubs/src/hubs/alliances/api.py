"""`/v1/alliances`: schools form an alliance and become a STEM skills hub; `/v1/hub-guests`: whom a hub shares with."""

from typing import Annotated
from uuid import UUID

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.alliances import guests, queries, service
from hubs.alliances.errors import (
    AllianceNotFound,
    AllianceSchoolUnknown,
    AllianceStepWrong,
    AllianceTooSmall,
    AlreadyInAlliance,
    GuestDaysWrong,
    GuestNotFound,
)
from hubs.alliances.models import HubGuest
from hubs.alliances.schemas import (
    AllianceApplicationIn,
    AllianceDetail,
    AllianceEnd,
    AllianceIn,
    AllianceInvitation,
    AllianceOut,
    AllianceWord,
    HubGuestEnd,
    HubGuestIn,
    HubGuestOut,
)
from hubs.areas.errors import OutsideEngland, PostcodeMalformed, PostcodeUnknown
from hubs.directory.errors import HubNotFound, HubSlugTaken, RegionUnknown
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.registers.access import HUB_STAFF
from hubs.schools.access import SCHOOL_LEAD
from hubs.schools.errors import SchoolNotFound
from hubs.teachers.errors import TeachersOnly

router = ServiceRouter(prefix="/v1/alliances", tags=["alliances"])
guests_router = ServiceRouter(prefix="/v1/hub-guests", tags=["alliances"])
Reading = Annotated[Principal, allow(role(SCHOOL_LEAD, *HUB_STAFF, *ADMINISTRATORS, "auditor"))]
Speaker = Annotated[Principal, allow(role(SCHOOL_LEAD))]
Leading = Annotated[Principal, allow(role(SCHOOL_LEAD, *HUB_STAFF))]
Keeper = Annotated[Principal, allow(role(*ADMINISTRATORS, *HUB_STAFF))]
Detail = dict[str, object]


@router.get("", response_model=Page[AllianceOut])
async def list_alliances(reader: Reader, caller: Reading, page: PageRequest) -> dict[str, object]:
    """Alliances that the caller's school is in or asked into, or whose hub the caller staffs, newest first."""
    rows = await queries.list_alliances(reader, caller, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.post(
    "",
    status_code=201,
    response_model=AllianceDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(TeachersOnly, RegionUnknown, AllianceSchoolUnknown, AlreadyInAlliance),
)
async def form_alliance(session: Session, caller: Speaker, body: AllianceIn) -> Detail:
    """Form an alliance that the caller's school leads, and ask other schools into it."""
    return await queries.detail(session, caller, await service.form(session, caller, body))


@router.get("/{alliance_id}", response_model=AllianceDetail, responses=errors(AllianceNotFound))
async def get_alliance(reader: Reader, caller: Reading, alliance_id: UUID) -> Detail:
    """One alliance: its schools, what is unusual about it, and once it is a hub the funds it may apply for."""
    return await queries.detail(reader, caller, alliance_id)


@router.post(
    "/{alliance_id}/schools",
    status_code=201,
    response_model=AllianceDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(AllianceNotFound, AllianceSchoolUnknown, AllianceStepWrong, AlreadyInAlliance),
)
async def ask_alliance_school(session: Session, caller: Leading, alliance_id: UUID, body: AllianceInvitation) -> Detail:
    """Ask another school into the alliance."""
    await service.ask(session, caller, alliance_id, body.urn)
    return await queries.detail(session, caller, alliance_id)


@router.post(
    "/{alliance_id}/consent",
    status_code=204,
    responses=errors(TeachersOnly, AllianceNotFound, AllianceStepWrong, AlreadyInAlliance),
)
async def say_alliance_consent(session: Session, caller: Speaker, alliance_id: UUID, body: AllianceWord) -> None:
    """Let the caller's school consent, decline or leave. A school that left does not see the alliance any more."""
    await service.say(session, caller, alliance_id, is_in=body.is_in)


@router.post(
    "/{alliance_id}/application",
    response_model=AllianceDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(
        AllianceNotFound,
        AllianceStepWrong,
        AllianceTooSmall,
        RegionUnknown,
        HubSlugTaken,
        PostcodeMalformed,
        PostcodeUnknown,
        OutsideEngland,
    ),
)
async def apply_as_hub(session: Session, caller: Leading, alliance_id: UUID, body: AllianceApplicationIn) -> Detail:
    """Ask to be a STEM skills hub; administrators assess and designate it as any hub, and its schools belong to it."""
    await service.apply(session, caller, alliance_id, body)
    return await queries.detail(session, caller, alliance_id)


@router.post("/{alliance_id}/end", response_model=AllianceDetail, responses=errors(AllianceNotFound, AllianceStepWrong))
async def end_alliance(session: Session, caller: Leading, alliance_id: UUID, body: AllianceEnd) -> Detail:
    """End an alliance that has not asked to be a hub."""
    await service.end(session, caller, alliance_id, body.reason)
    return await queries.detail(session, caller, alliance_id)


@guests_router.get("/{hub_id}", response_model=Page[HubGuestOut], responses=errors(HubNotFound))
async def list_hub_guests(reader: Reader, caller: Keeper, hub_id: UUID, page: PageRequest) -> dict[str, object]:
    """Schools that are or were guests of a hub, newest first."""
    rows = await queries.list_guests(reader, caller, hub_id, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@guests_router.post(
    "/{hub_id}",
    status_code=201,
    response_model=HubGuestOut,
    dependencies=[IDEMPOTENT],
    responses=errors(HubNotFound, SchoolNotFound, GuestDaysWrong),
)
async def admit_hub_guest(session: Session, caller: Keeper, hub_id: UUID, body: HubGuestIn) -> HubGuest:
    """Let a school that does not belong to the hub use its centre and borrow its equipment on these days."""
    return await guests.admit(session, caller, hub_id, body)


@guests_router.post(
    "/{hub_id}/{guest_id}/end",
    response_model=HubGuestOut,
    responses=errors(HubNotFound, GuestNotFound, GuestDaysWrong),
)
async def shorten_hub_guest(
    session: Session, caller: Keeper, hub_id: UUID, guest_id: UUID, body: HubGuestEnd
) -> HubGuest:
    """Let a guest's days end earlier; what is booked and lent stays."""
    return await guests.shorten(session, caller, hub_id, guest_id, body.until_on)
