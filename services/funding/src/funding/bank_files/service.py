"""Downloads of a run's files: one each, and another only when two people say so. Each is on the audit trail."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.known_as import is_same_person
from chassis.principal import Principal
from funding.bank_files.errors import (
    BankFileChanged,
    BankFileNotMade,
    BankFileNotRequested,
    BankFileOpen,
    BankFileTaken,
)
from funding.bank_files.making import MadeFile, make_file
from funding.bank_files.models import FileFormat, PaymentFile
from funding.bank_files.schemas import FileList, FileOut, ReissueDecision, ReissueRequest
from funding.base import Queryable
from funding.claims.errors import SamePerson
from funding.payment_runs.errors import PaymentRunNotFound
from funding.payment_runs.models import PaymentRun

LONDON = ZoneInfo("Europe/London")


async def open_files(session: AsyncSession, run: PaymentRun) -> dict[FileFormat, str]:
    """With the release: permit one download of each file, by the hash that it will have."""
    assert run.released_at is not None
    made = {format_: (await make_file(session, run, _day(run.released_at), format_)).sha256 for format_ in FileFormat}
    rows = [
        {"payment_run_id": run.id, "format": format_, "ordinal": 1, "sha256": sha256}
        for format_, sha256 in made.items()
    ]
    await session.execute(insert(PaymentFile), rows)
    return made


async def list_files(db: Queryable, run_id: UUID) -> FileList:
    """Each file's totals and hash, and every download; no files before the release. PaymentRunNotFound."""
    run = select(PaymentRun.payments, PaymentRun.amount_pence).where(PaymentRun.id == run_id)
    totals = (await db.execute(run)).one_or_none()
    if totals is None:
        raise PaymentRunNotFound(run_id)
    query = select(PaymentFile.__table__).where(PaymentFile.payment_run_id == run_id)
    rows = (await db.execute(query.order_by(PaymentFile.format, PaymentFile.ordinal))).all()
    payments, pence = totals
    return FileList(payments=payments, amount_pence=pence, data=[FileOut.model_validate(row) for row in rows])


async def download(session: AsyncSession, caller: Principal, run_id: UUID, format_: FileFormat) -> MadeFile:
    """Use up a permission and make the file. BankFileTaken when there is none."""
    run = await session.get(PaymentRun, run_id)
    await _latest(session, run_id, format_)
    # One statement takes the permission: of two downloads at once, one finds it gone.
    open_ = PaymentFile.downloaded_at.is_(None) & ((PaymentFile.ordinal == 1) | PaymentFile.approved_by.is_not(None))
    taken = update(PaymentFile).where(*_of(run_id, format_), open_).returning(PaymentFile.sha256, PaymentFile.ordinal)
    values = {"downloaded_by": caller.id, "downloaded_at": clock.now()}
    used = (await session.execute(taken.values(values).execution_options(synchronize_session=False))).one_or_none()
    if used is None:
        raise BankFileTaken("It was downloaded before. Ask for another download, which a second person approves.")
    assert run is not None
    assert run.released_at is not None
    made = await make_file(session, run, _day(run.released_at), format_)
    if made.sha256 != used.sha256:
        raise BankFileChanged("Made again the file differs from the released one: the paying account was changed.")
    details: dict[str, audit.JSON] = {"format": format_, "ordinal": used.ordinal, "sha256": made.sha256}
    await audit.record(session, caller, "payment_file.downloaded", f"payment_run:{run_id}", details)
    return made


async def request_reissue(
    session: AsyncSession, caller: Principal, run_id: UUID, format_: FileFormat, body: ReissueRequest
) -> None:
    """Ask for another download of a file that was downloaded. A second person decides."""
    latest = await _latest(session, run_id, format_)
    if latest.downloaded_at is None:
        raise BankFileOpen("The file can still be downloaded, or somebody has asked for it.")
    facts = {"requested_by": caller.id, "requested_at": clock.now(), "reason": body.reason}
    row = {"payment_run_id": run_id, "format": format_, "ordinal": latest.ordinal + 1, "sha256": latest.sha256}
    await session.execute(insert(PaymentFile).values(row | facts))
    await _note(session, caller, "requested", run_id, format_, body.reason)


async def decide_reissue(
    session: AsyncSession, caller: Principal, run_id: UUID, format_: FileFormat, body: ReissueDecision
) -> None:
    """Permit another download as somebody else than asked for it, or refuse."""
    latest = await _latest(session, run_id, format_)
    if latest.requested_by is None or latest.approved_by is not None or latest.downloaded_at is not None:
        raise BankFileNotRequested("Nobody asks for another download of this file.")
    if await is_same_person(session, latest.requested_by, caller.id):
        raise SamePerson("Another download is permitted by somebody else than asked for it.")
    if body.outcome == "approved":
        latest.approved_by, latest.approved_at = caller.id, clock.now()
    else:
        await session.delete(latest)
    await session.flush()
    await _note(session, caller, body.outcome, run_id, format_, body.reason)


async def _latest(session: AsyncSession, run_id: UUID, format_: FileFormat) -> PaymentFile:
    query = select(PaymentFile).where(*_of(run_id, format_)).order_by(PaymentFile.ordinal.desc()).limit(1)
    latest = (await session.execute(query.with_for_update())).scalar_one_or_none()
    if latest is not None:
        return latest
    if await session.get(PaymentRun, run_id) is None:
        raise PaymentRunNotFound(run_id)
    raise BankFileNotMade


def _of(run_id: UUID, format_: FileFormat) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PaymentFile.payment_run_id == run_id, PaymentFile.format == format_


async def _note(
    session: AsyncSession, caller: Principal, what: str, run_id: UUID, format_: FileFormat, reason: str
) -> None:
    details: dict[str, audit.JSON] = {"format": format_, "reason": reason}
    await audit.record(session, caller, f"payment_file.reissue_{what}", f"payment_run:{run_id}", details)


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
