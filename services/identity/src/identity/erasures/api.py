"""Asking to be forgotten, changing one's mind, and the proof."""

from typing import Annotated
from uuid import UUID

from fastapi import Path
from sqlalchemy import select

from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.erasures import service
from identity.erasures.errors import ErasureLinkNotValid, ErasureNotFound, ErasureUnderWay, RolesStillHeld
from identity.erasures.models import Erasure
from identity.erasures.schemas import ErasureCertificate, ErasureConfirmation, ErasureOut
from identity.people.errors import PersonNotFound
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1/privacy", tags=["privacy"])

Person = Annotated[Principal, allow(SIGNED_IN)]
Code = Annotated[str, Path(max_length=40, description="From the last mail")]


@router.post("/erasures", status_code=202, response_model=ErasureOut, responses=errors(PersonNotFound, RolesStillHeld))
async def ask_for_erasure(session: Session, settings: IdentitySettings, caller: Person) -> ErasureOut:
    """Ask to be forgotten, everywhere. A mail asks to confirm; after that there is a fortnight to change your mind."""
    return await service.described(session, await service.ask(session, settings, caller))


@router.post("/erasures/confirmation", response_model=ErasureOut, responses=errors(ErasureLinkNotValid))
async def confirm_erasure(
    body: ErasureConfirmation, session: Session, settings: IdentitySettings, caller: Person
) -> ErasureOut:
    """Confirm it with the token from the mail, signed in as the same person."""
    return await service.described(session, await service.confirm(session, settings, caller, body.token))


@router.post(
    "/erasures/{erasure_id}/cancellation",
    response_model=ErasureOut,
    responses=errors(ErasureNotFound, ErasureUnderWay),
)
async def cancel_erasure(erasure_id: UUID, session: Session, caller: Person) -> ErasureOut:
    """Change your mind, as long as nothing was erased."""
    return await service.described(session, await service.cancel(session, caller, erasure_id))


@router.get("/erasures", response_model=Page[ErasureOut])
async def list_erasures(session: Session, page: PageRequest, caller: Person) -> dict[str, object]:
    """Your own erasures; for administrators and auditors everybody's, and which service's part is out."""
    query = select(Erasure).order_by(Erasure.id)
    if not caller.has_role("administrator", "auditor"):
        query = query.where(Erasure.person_id == caller.id)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(Erasure.id > after[0])
    found = (await session.scalars(query.limit(page.limit + 1))).all()
    shown = [await service.described(session, erasure) for erasure in found]
    return Page.of(shown, page, key=lambda one: (str(one.id),))


@router.get(
    "/erasure-certificates/{certificate_code}",
    response_model=ErasureCertificate,
    responses=errors(ErasureNotFound),
)
async def get_erasure_certificate(
    certificate_code: Code, session: Session, _caller: Annotated[Principal, allow(PUBLIC)]
) -> ErasureCertificate:
    """What was erased and what stays, by the code from the last mail. It names nobody."""
    return await service.certificate(session, certificate_code)
