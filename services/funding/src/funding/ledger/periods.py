"""Months of the ledger: closed by one person, checked by another, and closed for good."""

from datetime import date
from uuid import UUID

from sqlalchemy import Date, bindparam, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.known_as import is_same_person
from chassis.principal import Principal
from funding.claims.errors import SamePerson
from funding.ledger.errors import PeriodAlreadyProposed, PeriodChanged, PeriodNotFound, PeriodNotOver, PeriodNotProposed
from funding.ledger.models import JournalTransaction, LedgerPeriod
from funding.ledger.schemas import ClosureDecision, Period, PeriodList, PeriodStatus

_DIGEST = text("SELECT transactions, journal_sha256 FROM ledger_month_digest(:month)").bindparams(
    bindparam("month", type_=Date)
)
_MONTHS = text(
    """
    SELECT month, coalesce(period.transactions, count) AS transactions, journal_sha256, proposed_by, proposed_at,
           closed_by, closed_at
    FROM (SELECT ledger_month(posted_at) AS month, count(*)::integer AS count FROM journal_transaction GROUP BY 1)
         AS posted
    FULL JOIN ledger_period AS period USING (month)
    ORDER BY month DESC
    """
)


async def list_periods(reader: AsyncConnection) -> PeriodList:
    """Every month with a posting or a closing, the latest first."""
    return PeriodList(data=[_shown(dict(row._mapping)) for row in await reader.execute(_MONTHS)])


async def propose_closing(session: AsyncSession, caller: Principal, month: date) -> Period:
    """Propose to close a month that is over, as its journal stands now."""
    await _require(session, month)
    if month >= clock.today().replace(day=1):
        raise PeriodNotOver("A month can be closed once it is over.")
    if await _find(session, month) is not None:
        raise PeriodAlreadyProposed("The month is closed, or another person is to check that it can be.")
    digest = (await session.execute(_DIGEST, {"month": month})).one()
    proposed = {"proposed_by": caller.id, "proposed_at": clock.now()}
    found = {"month": month, "transactions": digest.transactions, "journal_sha256": digest.journal_sha256} | proposed
    await session.execute(insert(LedgerPeriod).values(found))
    await audit.record(session, caller, "period.closing_proposed", f"period:{month:%Y-%m}")
    return _shown(found | {"closed_by": None, "closed_at": None})


async def decide_closing(session: AsyncSession, caller: Principal, month: date, body: ClosureDecision) -> Period:
    """Close the month as somebody else than proposed it, or send the proposal back. What is closed stays closed."""
    await _require(session, month)
    period = await _find(session, month)
    if period is None or period.closed_by is not None:
        raise PeriodNotProposed("No closing of this month waits to be checked.")
    if await is_same_person(session, period.proposed_by, caller.id):
        raise SamePerson("A month is closed by somebody else than proposed it.")
    details: dict[str, audit.JSON] = {"reason": body.reason}
    await audit.record(session, caller, f"period.closing_{body.outcome}", f"period:{month:%Y-%m}", details)
    found = {name: getattr(period, name) for name in ("month", "transactions", "journal_sha256")}
    if body.outcome == "declined":
        await session.delete(period)
        await session.flush()
        return _shown(found)
    await _close(session, period, caller.id)
    people = ("proposed_by", "proposed_at", "closed_by", "closed_at")
    return _shown(found | {name: getattr(period, name) for name in people})


async def _close(session: AsyncSession, period: LedgerPeriod, closed_by: UUID | None) -> None:
    # The lock first: once it is held nobody is posting into this month any more, and the digest is the last.
    await session.execute(select(func.hold_ledger_month(period.month)))
    digest = (await session.execute(_DIGEST, {"month": period.month})).one()
    if (digest.transactions, digest.journal_sha256) != (period.transactions, period.journal_sha256):
        raise PeriodChanged("The journal of the month has changed since: send the proposal back and make a new one.")
    closed = {"closed_by": closed_by, "closed_at": clock.now()}
    await session.execute(update(LedgerPeriod).where(LedgerPeriod.month == period.month).values(closed))
    await session.refresh(period)


async def _require(session: AsyncSession, month: date) -> None:
    began = await session.scalar(select(func.ledger_month(func.min(JournalTransaction.posted_at))))
    if began is None or month < began:
        raise PeriodNotFound("Nothing was posted in this month or before it.")


async def _find(session: AsyncSession, month: date) -> LedgerPeriod | None:
    return await session.get(LedgerPeriod, month, with_for_update=True, populate_existing=True)


def _shown(found: dict[str, object]) -> Period:
    status = PeriodStatus.OPEN
    if found.get("proposed_by") is not None:
        status = PeriodStatus.CLOSED if found.get("closed_by") is not None else PeriodStatus.CLOSING
    month = found["month"]
    assert isinstance(month, date)
    return Period.model_validate(found | {"month": f"{month:%Y-%m}", "status": status})
