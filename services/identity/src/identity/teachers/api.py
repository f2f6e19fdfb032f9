"""People as staff see them, and who looked."""

from typing import Annotated
from uuid import UUID

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.merges.errors import PersonMerged
from identity.people.errors import PersonNotFound
from identity.teachers import queries, service
from identity.teachers.schemas import DataView, FoundTeachers, TeacherRecord, TeacherSearch

router = ServiceRouter(prefix="/v1", tags=["people"])

Staff = Annotated[Principal, allow(role("administrator", "auditor"))]


@router.post("/teachers/search", response_model=FoundTeachers)
async def search_teachers(body: TeacherSearch, session: Session, caller: Staff) -> dict[str, object]:
    """Look for people. A POST, so that names and addresses are in no URL; everybody found can read that you looked."""
    return {"data": await service.search(session, caller, body)}


@router.get("/teachers/{person_id}", response_model=TeacherRecord, responses=errors(PersonMerged, PersonNotFound))
async def get_teacher(person_id: UUID, session: Session, caller: Staff) -> TeacherRecord:
    """A person with number, employments and roles. The person can read that you looked."""
    return await service.record_of(session, caller, person_id)


@router.get("/teachers/{person_id}/views", response_model=Page[DataView], responses=errors(PersonNotFound))
async def list_views_of_teacher(
    person_id: UUID, reader: Reader, page: PageRequest, _caller: Annotated[Principal, allow(role("auditor"))]
) -> dict[str, object]:
    """Who saw a person's data, in any part of the platform."""
    await queries.require_person(reader, person_id)
    rows = await queries.views_of(reader, person_id, page)
    return Page.of(rows, page, key=lambda row: (row.viewed_at.isoformat(), row.id))


@router.get("/me/data-views", response_model=Page[DataView])
async def list_own_data_views(
    reader: Reader, page: PageRequest, caller: Annotated[Principal, allow(SIGNED_IN)]
) -> dict[str, object]:
    """Who saw your data, in any part of the platform."""
    rows = await queries.views_of(reader, caller.id, page)
    return Page.of(rows, page, key=lambda row: (row.viewed_at.isoformat(), row.id))
