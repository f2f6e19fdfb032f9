"""`/v1/payment-runs/{run_id}/files`."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.bank_files import service
from funding.bank_files.errors import (
    BankFileChanged,
    BankFileNotMade,
    BankFileNotRequested,
    BankFileOpen,
    BankFileTaken,
    BankNotSetUp,
)
from funding.bank_files.models import FileFormat
from funding.bank_files.schemas import FileList, ReissueDecision, ReissueRequest
from funding.claims.errors import SamePerson
from funding.payment_runs.errors import PaymentRunNotFound
from funding.roles import PAYMENT_OFFICER, READERS
from funding.step_up import RECENTLY_PROVEN, RecentProofRequired

router = ServiceRouter(prefix="/v1/payment-runs/{run_id}/files", tags=["payment runs"])

PaymentOfficer = Annotated[Principal, allow(role(PAYMENT_OFFICER))]
MEDIA_TYPES = {FileFormat.BACS: "text/plain; charset=us-ascii", FileFormat.CSV: "text/csv; charset=utf-8"}
NAMES = {FileFormat.BACS: "bacs", FileFormat.CSV: "csv"}


@router.get("", responses=errors(PaymentRunNotFound))
async def list_bank_files(
    run_id: UUID, reader: Reader, caller: Annotated[Principal, allow(role(*READERS))]
) -> FileList:
    """The files of a released run: totals, hashes, and who downloaded what when."""
    return await service.list_files(reader, run_id)


# No Idempotency-Key: its answer would be kept, and with it the account numbers.
@router.post(
    "/{format}/download",
    response_class=Response,
    dependencies=[RECENTLY_PROVEN],
    responses={
        200: {"description": "The file, this once", "content": {"text/plain": {}, "text/csv": {}}},
        **errors(
            RecentProofRequired, PaymentRunNotFound, BankFileNotMade, BankFileTaken, BankFileChanged, BankNotSetUp
        ),
    },
)
async def download_bank_file(run_id: UUID, format: FileFormat, session: Session, caller: PaymentOfficer) -> Response:
    """Download a file of a released run, once. It holds whole account numbers: take it to the bank and delete it."""
    made = await service.download(session, caller, run_id, format)
    headers = {
        "Content-Disposition": f'attachment; filename="payment-run-{run_id}.{NAMES[format]}"',
        "Cache-Control": "no-store",
        "Content-SHA256": made.sha256,
    }
    return Response(made.content, media_type=MEDIA_TYPES[format], headers=headers)


@router.post(
    "/{format}/reissue",
    status_code=201,
    dependencies=[IDEMPOTENT, RECENTLY_PROVEN],
    responses=errors(RecentProofRequired, PaymentRunNotFound, BankFileNotMade, BankFileOpen),
)
async def request_bank_file_again(
    run_id: UUID,
    format: FileFormat,
    body: ReissueRequest,
    session: Session,
    caller: PaymentOfficer,
) -> FileList:
    """Ask to download a file again. Another person decides."""
    await service.request_reissue(session, caller, run_id, format, body)
    return await service.list_files(session, run_id)


@router.post(
    "/{format}/reissue/approval",
    dependencies=[IDEMPOTENT, RECENTLY_PROVEN],
    responses=errors(RecentProofRequired, PaymentRunNotFound, BankFileNotMade, BankFileNotRequested, SamePerson),
)
async def decide_bank_file_again(
    run_id: UUID,
    format: FileFormat,
    body: ReissueDecision,
    session: Session,
    caller: PaymentOfficer,
) -> FileList:
    """Permit one more download, having made sure that the bank has nothing of it yet, or refuse."""
    await service.decide_reissue(session, caller, run_id, format, body)
    return await service.list_files(session, run_id)
