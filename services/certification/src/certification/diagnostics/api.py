"""Routes of diagnostics."""

from typing import Annotated

from certification.diagnostics import queries, service
from certification.diagnostics.errors import AnswersDoNotFit, DiagnosticNotFound
from certification.diagnostics.schemas import (
    DiagnosticList,
    DiagnosticOut,
    DiagnosticResultOut,
    DiagnosticSubmission,
    DiagnosticSummary,
)
from chassis import clock
from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1/diagnostics", tags=["diagnostics"])


@router.get("")
async def list_diagnostics(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> DiagnosticList:
    """The diagnostics that can be taken."""
    rows = await queries.all_in_force(reader, clock.today())
    return DiagnosticList(data=[DiagnosticSummary.of(dict(row)) for row in rows])


@router.get("/{slug}", responses=errors(DiagnosticNotFound))
async def get_diagnostic(slug: str, reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> DiagnosticOut:
    """The questions of a diagnostic and the answers to choose from."""
    return DiagnosticOut.of(dict(await queries.in_force(reader, slug, clock.today())))


@router.post(
    "/{slug}/responses",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(DiagnosticNotFound, AnswersDoNotFit),
)
async def submit_answers(
    slug: str, body: DiagnosticSubmission, session: Session, caller: Annotated[Principal, allow(SIGNED_IN)]
) -> DiagnosticResultOut:
    """Take a diagnostic. It may be taken again: each attempt recommends a pathway, the first earns credits."""
    assert caller.id is not None
    return await service.submit(session, caller.id, slug, body.answers)
