"""Makes a released run's files: the only place where bank details are opened."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.sealing import Sealed, SealingKeys
from funding.bank_files.bacs import Credit, NotInBacs, Originator, written
from funding.bank_files.errors import BankNotSetUp, NotPayableByBacs
from funding.bank_files.models import FileFormat
from funding.payees.models import PayeeDetails
from funding.payees.sealing import open_account
from funding.payment_runs.models import Payment, PaymentRun
from funding.settings import Settings, settings_in
from funding.spreadsheets import csv_of

HEADER = ("sort_code", "account_number", "account_name", "amount", "reference", "processing_on")


@dataclass(frozen=True)
class MadeFile:
    """A file and the hash by which it is known."""

    content: bytes
    sha256: str


def originator(settings: Settings) -> Originator:
    """The account that is debited, or BankNotSetUp."""
    account = settings.bacs_account_number.get_secret_value()
    if not (settings.bacs_service_user_number and settings.bacs_sort_code and account and settings.bacs_account_name):
        raise BankNotSetUp("An operator has to set FUNDING_BACS_… to the account that pays.")
    number, sort_code = settings.bacs_service_user_number, settings.bacs_sort_code
    return Originator(number, sort_code, account, settings.bacs_account_name)


async def make_file(session: AsyncSession, run: PaymentRun, made_on: date, format_: FileFormat) -> MadeFile:
    """The file of a run as of the day of its release. The same run makes the same bytes."""
    settings = settings_in(session)
    payer, credits = originator(settings), await _credits(session, settings.loaded_payee_keys, run.id)
    assert run.processing_on is not None
    try:
        text = written(payer, credits, made_on, run.processing_on, run.id.hex[-6:].upper())
    except NotInBacs as error:
        raise NotPayableByBacs(f"The run cannot be sent by BACS: {error}.") from error
    content = text.encode("ascii") if format_ is FileFormat.BACS else _csv(credits, run.processing_on)
    return MadeFile(content, hashlib.sha256(content).hexdigest())


def _csv(credits: list[Credit], processing_on: date) -> bytes:
    lines = (
        (
            one.sort_code,
            one.account_number,
            one.payee_name,
            _pounds(one.amount_pence),
            one.reference,
            str(processing_on),
        )
        for one in credits
    )
    return csv_of(HEADER, lines)


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"


async def _credits(session: AsyncSession, keys: SealingKeys, run_id: UUID) -> list[Credit]:
    query = (
        select(Payment.amount_pence, Payment.reference, PayeeDetails.id, PayeeDetails.account_name)
        .add_columns(PayeeDetails.key_id, PayeeDetails.sealed)
        .join(PayeeDetails, PayeeDetails.id == Payment.details_id)
        .where(Payment.payment_run_id == run_id)
        .order_by(Payment.reference)
    )
    credits = []
    for row in await session.execute(query):
        account = open_account(keys, Sealed(row.key_id, row.sealed), row.id)
        credits.append(
            Credit(account.sort_code, account.account_number, row.amount_pence, row.reference, row.account_name)
        )
    return credits
