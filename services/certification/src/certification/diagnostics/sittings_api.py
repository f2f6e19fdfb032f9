"""Routes of sittings, and of the results that came of them."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from certification.diagnostics import queries, service, sittings
from certification.diagnostics.errors import AnswersDoNotFit, DiagnosticNotFound, SittingFinished, SittingNotFound
from certification.diagnostics.schemas import (
    AnswersSaved,
    DiagnosticResultOut,
    SavedSittingOut,
    SittingOut,
    SittingRequest,
)
from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["diagnostics"])

Person = Annotated[Principal, allow(SIGNED_IN)]
SAVE_ERRORS = errors(SittingNotFound, SittingFinished, AnswersDoNotFit, IfMatchMissing, StaleVersion)


@router.post(
    "/diagnostic-sittings",
    status_code=201,
    response_model=SittingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(DiagnosticNotFound),
)
async def sit_diagnostic(
    body: SittingRequest, session: Session, response: Response, caller: Person
) -> dict[str, object]:
    """Begin to sit a diagnostic, or go on where you left off."""
    sitting = await sittings.begin(session, caller, body.diagnostic)
    response.headers["ETag"] = etag(sitting["revision"])
    return sitting


@router.get("/diagnostic-sittings", response_model=Page[SittingOut])
async def list_sittings(
    reader: Reader, page: PageRequest, caller: Person, is_open: bool | None = None
) -> dict[str, object]:
    """Your sittings, oldest first."""
    rows = await queries.sittings(reader, caller, page, is_open)
    told = [await sittings.shown(reader, row) for row in rows]
    return Page.of(told, page, key=lambda one: (str(one["id"]),))


@router.get("/diagnostic-sittings/{sitting_id}", response_model=SittingOut, responses=errors(SittingNotFound))
async def get_sitting(sitting_id: UUID, reader: Reader, response: Response, caller: Person) -> dict[str, object]:
    """A sitting of yours, with the question to ask next."""
    row = await queries.sitting(reader, caller, sitting_id)
    response.headers["ETag"] = etag(row["revision"])
    return await sittings.shown(reader, row)


@router.patch("/diagnostic-sittings/{sitting_id}", response_model=SavedSittingOut, responses=SAVE_ERRORS)
async def save_answers(
    sitting_id: UUID, body: AnswersSaved, seen: IfMatch, session: Session, response: Response, caller: Person
) -> dict[str, object]:
    """Save answers as they are given. Another answer to an earlier question drops what it does not lead to any more."""
    sitting = await sittings.save(session, caller, sitting_id, body.answers, seen)
    response.headers["ETag"] = etag(sitting["revision"])
    return sitting


@router.post(
    "/diagnostic-sittings/{sitting_id}/completion",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(SittingNotFound, AnswersDoNotFit),
)
async def finish_sitting(sitting_id: UUID, session: Session, caller: Person) -> DiagnosticResultOut:
    """Finish a sitting in which nothing more is asked. Its result recommends a pathway; the first earns credits."""
    return await sittings.finish(session, caller, sitting_id)


@router.delete("/diagnostic-sittings/{sitting_id}", status_code=204, responses=errors(SittingNotFound, SittingFinished))
async def give_up_sitting(sitting_id: UUID, session: Session, caller: Person) -> None:
    """Forget the answers of a sitting that is not finished."""
    await sittings.give_up(session, caller, sitting_id)


@router.get("/diagnostic-responses", response_model=Page[DiagnosticResultOut])
async def list_responses(reader: Reader, page: PageRequest, caller: Person) -> dict[str, object]:
    """Your results, oldest first."""
    rows = [service.result_in(row) for row in await queries.responses(reader, caller, page)]
    return Page.of(rows, page, key=lambda row: (str(row.id),))
