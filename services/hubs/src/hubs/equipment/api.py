"""`/v1/kits`, `/v1/loans` and `/v1/damage-reports`: equipment that schools of a hub lend one another."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.directory.errors import HubNotFound, NotOfTheHub
from hubs.equipment import damage, kits, loans, queries
from hubs.equipment.access import CONCERNED
from hubs.equipment.errors import (
    DamageDecided,
    DamageReportNotFound,
    DamageWrong,
    KitInUse,
    KitNotFound,
    KitNotLent,
    KitTaken,
    LoanAskedAlready,
    LoanDaysWrong,
    LoanNotFound,
    LoanStepNotPossible,
    OwnKit,
    ReturnWrong,
)
from hubs.equipment.models import DamageReport
from hubs.equipment.schemas import (
    DamageFilter,
    DamageIn,
    DamageOutcomeIn,
    DamageReportOut,
    ExtensionDecision,
    ExtensionIn,
    HistoryStep,
    KitDetail,
    KitEdit,
    KitFilter,
    KitIn,
    KitOut,
    LoanCancellation,
    LoanDecision,
    LoanDetail,
    LoanFilter,
    LoanIn,
    LoanOut,
    ReturnIn,
)
from hubs.schools.access import SCHOOL_LEAD
from hubs.teachers.errors import TeachersOnly

router = ServiceRouter(prefix="/v1", tags=["equipment"])
Concerned = Annotated[Principal, allow(role(*CONCERNED))]
SchoolLead = Annotated[Principal, allow(role(SCHOOL_LEAD))]
STEP = (LoanNotFound, LoanStepNotPossible)


@router.get("/kits", response_model=Page[KitOut])
async def list_kits(
    reader: Reader, caller: Concerned, wanted: Annotated[KitFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Kits that the caller lends, and those of hubs to which the caller's school belongs."""
    return Page.of(await queries.list_kits(reader, caller, wanted, page), page, key=lambda row: (str(row.id),))


@router.post(
    "/kits",
    status_code=201,
    response_model=KitDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(HubNotFound, NotOfTheHub),
)
async def add_kit(session: Session, caller: Concerned, body: KitIn, response: Response) -> dict[str, object]:
    """Keep a kit of the caller's hub or school."""
    kit = await queries.find_kit(session, caller, await kits.add(session, caller, body))
    response.headers["ETag"] = etag(kit["version"])
    return kit


@router.get("/kits/{kit_id}", response_model=KitDetail, responses=errors(KitNotFound))
async def get_kit(reader: Reader, caller: Concerned, kit_id: UUID, response: Response) -> dict[str, object]:
    """One kit, and the days on which it is somebody's. Its ETag is what an edit needs."""
    kit = await queries.find_kit(reader, caller, kit_id)
    response.headers["ETag"] = etag(kit["version"])
    return kit


@router.patch(
    "/kits/{kit_id}",
    response_model=KitDetail,
    responses=errors(KitNotFound, KitInUse, IfMatchMissing, StaleVersion),
)
async def edit_kit(
    session: Session, caller: Concerned, kit_id: UUID, seen: IfMatch, body: KitEdit, response: Response
) -> dict[str, object]:
    """Change or withdraw a kit that the caller lends, from the version that was read."""
    await kits.edit(session, caller, kit_id, seen, body)
    kit = await queries.find_kit(session, caller, kit_id)
    response.headers["ETag"] = etag(kit["version"])
    return kit


@router.get("/kits/{kit_id}/history", response_model=Page[HistoryStep], responses=errors(KitNotFound))
async def get_kit_history(reader: Reader, caller: Concerned, kit_id: UUID, page: PageRequest) -> dict[str, object]:
    """Everything that happened to a kit that the caller lends, newest first."""
    return Page.of(await queries.history_of(reader, caller, kit_id, page), page, key=lambda row: (str(row.id),))


@router.get("/loans", response_model=Page[LoanOut])
async def list_loans(
    reader: Reader, caller: Concerned, wanted: Annotated[LoanFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Loans of the caller's school, and of kits that the caller lends; `is_overdue=true` lists what should be back."""
    return Page.of(await queries.list_loans(reader, caller, wanted, page), page, key=lambda row: (str(row.id),))


@router.post(
    "/loans",
    status_code=201,
    response_model=LoanDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(KitNotFound, OwnKit, NotOfTheHub, KitNotLent, LoanDaysWrong, LoanAskedAlready, TeachersOnly),
)
async def request_loan(session: Session, caller: SchoolLead, body: LoanIn) -> dict[str, object]:
    """Ask for a kit. Days that are taken may be asked for too; the request then waits."""
    return await queries.find_loan(session, caller, await loans.request(session, caller, body))


@router.get("/loans/{loan_id}", response_model=LoanDetail, responses=errors(LoanNotFound))
async def get_loan(reader: Reader, caller: Concerned, loan_id: UUID) -> dict[str, object]:
    """One loan with what happened to it, for the borrower and who lends."""
    return await queries.find_loan(reader, caller, loan_id)


@router.post(
    "/loans/{loan_id}/decision",
    response_model=LoanDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(*STEP, LoanDaysWrong, NotOfTheHub, KitNotLent, KitTaken),
)
async def decide_loan(session: Session, caller: Concerned, loan_id: UUID, body: LoanDecision) -> dict[str, object]:
    """Agree to a request, or refuse it; by who lends the kit."""
    await loans.decide(session, caller, loan_id, body)
    return await queries.find_loan(session, caller, loan_id)


@router.post(
    "/loans/{loan_id}/cancellation", response_model=LoanDetail, dependencies=[IDEMPOTENT], responses=errors(*STEP)
)
async def cancel_loan(session: Session, caller: Concerned, loan_id: UUID, body: LoanCancellation) -> dict[str, object]:
    """Call a loan off before the kit was collected; by either side."""
    await loans.cancel(session, caller, loan_id, body.reason)
    return await queries.find_loan(session, caller, loan_id)


@router.post(
    "/loans/{loan_id}/collection",
    response_model=LoanDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(*STEP, LoanDaysWrong, NotOfTheHub, KitNotLent),
)
async def collect_loan(session: Session, caller: Concerned, loan_id: UUID) -> dict[str, object]:
    """Say that the kit was handed over; by who lends it."""
    await loans.collect(session, caller, loan_id)
    return await queries.find_loan(session, caller, loan_id)


@router.post(
    "/loans/{loan_id}/return",
    response_model=LoanDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(*STEP, ReturnWrong),
)
async def return_loan(session: Session, caller: Concerned, loan_id: UUID, body: ReturnIn) -> dict[str, object]:
    """Check the kit in, by who lends it. What is damaged or missing becomes a report."""
    await loans.take_back(session, caller, loan_id, body)
    return await queries.find_loan(session, caller, loan_id)


@router.post("/loans/{loan_id}/loss", response_model=LoanDetail, dependencies=[IDEMPOTENT], responses=errors(*STEP))
async def report_loss(session: Session, caller: Concerned, loan_id: UUID) -> dict[str, object]:
    """Say that a kit that is out is lost; by either side. If it is found, it is returned."""
    await loans.lose(session, caller, loan_id)
    return await queries.find_loan(session, caller, loan_id)


@router.post(
    "/loans/{loan_id}/extension",
    response_model=LoanDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(*STEP, LoanDaysWrong, NotOfTheHub, TeachersOnly),
)
async def ask_extension(session: Session, caller: SchoolLead, loan_id: UUID, body: ExtensionIn) -> dict[str, object]:
    """Ask to keep the kit longer; asking again replaces what was asked."""
    await loans.ask_extension(session, caller, loan_id, body.due_on)
    return await queries.find_loan(session, caller, loan_id)


@router.post(
    "/loans/{loan_id}/extension/decision",
    response_model=LoanDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(*STEP, NotOfTheHub, KitTaken),
)
async def decide_extension(
    session: Session, caller: Concerned, loan_id: UUID, body: ExtensionDecision
) -> dict[str, object]:
    """Let the borrower keep the kit longer, or not; by who lends it."""
    await loans.decide_extension(session, caller, loan_id, granted=body.outcome == "granted")
    return await queries.find_loan(session, caller, loan_id)


@router.post(
    "/loans/{loan_id}/damage-reports",
    status_code=201,
    response_model=DamageReportOut,
    dependencies=[IDEMPOTENT],
    responses=errors(*STEP, DamageWrong),
)
async def report_damage(session: Session, caller: Concerned, loan_id: UUID, body: DamageIn) -> DamageReport:
    """Report damage found while the kit is out or after it came back; by either side."""
    return await loans.report_damage(session, caller, loan_id, body)


@router.get("/damage-reports", response_model=Page[DamageReportOut])
async def list_damage_reports(
    reader: Reader, caller: Concerned, wanted: Annotated[DamageFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Reports on loans of the caller's school, and on kits that the caller lends; `is_open=true` lists what waits."""
    return Page.of(await queries.list_reports(reader, caller, wanted, page), page, key=lambda row: (str(row.id),))


@router.post(
    "/damage-reports/{report_id}/outcome",
    response_model=DamageReportOut,
    dependencies=[IDEMPOTENT],
    responses=errors(DamageReportNotFound, DamageDecided),
)
async def decide_damage(session: Session, caller: Concerned, report_id: UUID, body: DamageOutcomeIn) -> DamageReport:
    """Say what became of the damage, by who lends the kit; then it can be handed out again."""
    return await damage.decide(session, caller, report_id, body)
