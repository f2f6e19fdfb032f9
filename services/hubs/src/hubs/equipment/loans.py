"""A loan from request to return. Each step is taken under the kit's row, by the borrower or by who lends."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.directory.belonging import is_shared_with
from hubs.directory.errors import NotOfTheHub
from hubs.equipment import damage
from hubs.equipment.access import borrows, lends, may_see
from hubs.equipment.errors import (
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
from hubs.equipment.history import note
from hubs.equipment.kits import hold_kit, status_of
from hubs.equipment.models import HOLDS_KIT, DamageReport, Kit, Loan
from hubs.equipment.rules import Move, after, require_days
from hubs.equipment.schemas import DamageIn, LoanDecision, LoanIn, ReturnIn
from hubs.schools.access import school_of_lead

WANTS = ("requested", *HOLDS_KIT)


async def request(session: AsyncSession, caller: Principal, wanted: LoanIn) -> UUID:
    """Ask for a kit for the caller's school. Taken days may be asked for: the request waits for them to become free.

    Raises KitNotFound, OwnKit, NotOfTheHub, KitNotLent, LoanDaysWrong, LoanAskedAlready.
    """
    urn = school_of_lead(caller)
    if await session.scalar(select(Kit.id).where(Kit.id == wanted.kit_id, may_see(caller))) is None:
        raise KitNotFound("No kit that you can see has this id.")
    kit = await hold_kit(session, wanted.kit_id)
    if kit.owner_urn == urn:
        raise OwnKit("Your school owns it.")
    require_days(wanted.from_on, wanted.due_on, kit.longest_loan_days, clock.today())
    await _require_member(session, kit, urn, wanted.from_on, wanted.due_on)
    await _require_lendable(session, kit)
    own = select(Loan.id).where(Loan.kit_id == kit.id, Loan.borrower_urn == urn, Loan.status.in_(WANTS))
    if known := await session.scalar(own.where(Loan.from_on <= wanted.due_on, Loan.due_on >= wanted.from_on)):
        raise LoanAskedAlready("Your school has asked for some of these days already.", loan_id=str(known))
    loan = Loan(
        id=new_id(),
        **wanted.model_dump(),
        borrower_urn=urn,
        status="requested",
        requested_at=clock.now(),
        requested_by=caller.id,
    )
    session.add(loan)
    await session.flush()
    await note(session, caller, loan, "requested")
    return loan.id


async def decide(session: AsyncSession, caller: Principal, loan_id: UUID, word: LoanDecision) -> None:
    """Agree to a request or refuse it. Raises LoanNotFound, LoanStepNotPossible, and what agreeing may."""
    kit, loan = await hold_loan(session, caller, loan_id, by_lender=True)
    if word.outcome == "refused":
        _move(loan, "refuse")
        loan.reason = word.reason
    else:
        await _agree(session, kit, loan)
    await note(session, caller, loan, word.outcome)


async def _agree(session: AsyncSession, kit: Kit, loan: Loan) -> None:
    """Promise the kit. Raises LoanDaysWrong, NotOfTheHub, KitNotLent, KitTaken."""
    agreed = after(loan.status, "agree")
    if loan.due_on < clock.today():
        raise LoanDaysWrong("The days are over.")
    await _require_member(session, kit, loan.borrower_urn, loan.from_on, loan.due_on)
    await _require_lendable(session, kit)
    await _require_free(session, loan, loan.due_on)
    loan.status = agreed


async def cancel(session: AsyncSession, caller: Principal, loan_id: UUID, reason: str) -> None:
    """Call off what was asked for or promised, by either side. A repeat changes nothing. Raises LoanStepNotPossible."""
    _, loan = await hold_loan(session, caller, loan_id)
    if loan.status != "cancelled":
        _move(loan, "cancel")
        loan.extension_to_on, loan.reason = None, reason
        await note(session, caller, loan, "cancelled")


async def collect(session: AsyncSession, caller: Principal, loan_id: UUID) -> None:
    """Hand the kit over. Raises LoanStepNotPossible, LoanDaysWrong, KitNotLent while it is out, lost or in repair."""
    kit, loan = await hold_loan(session, caller, loan_id, by_lender=True)
    after(loan.status, "collect")
    today, status = clock.today(), await status_of(session, kit)
    if not loan.from_on <= today <= loan.due_on:
        raise LoanDaysWrong(f"The kit is collected between {loan.from_on} and {loan.due_on}.")
    if status != "available":
        raise KitNotLent(f"The kit is {status.replace('_', ' ')}.", kit_status=status)
    await _require_member(session, kit, loan.borrower_urn, today, today)
    _move(loan, "collect")
    loan.lent_on, loan.items_lent, loan.condition_lent = today, kit.items_count, kit.condition
    await note(session, caller, loan, "collected")


async def take_back(session: AsyncSession, caller: Principal, loan_id: UUID, found: ReturnIn) -> None:
    """Check the kit in. What is damaged or missing becomes a report. Raises LoanStepNotPossible and ReturnWrong."""
    kit, loan = await hold_loan(session, caller, loan_id, by_lender=True)
    _move(loan, "return")
    missing = (loan.items_lent or 0) - found.items_returned
    if missing < 0 or found.items_damaged > found.items_returned:
        raise ReturnWrong(f"{loan.items_lent} items went out.", items_lent=loan.items_lent)
    is_whole = missing == 0 and found.items_damaged == 0
    if is_whole != (found.description is None) or (is_whole and found.condition == "damaged"):
        raise ReturnWrong("Describe what is damaged or missing, and say how many items; else leave both out.")
    loan.returned_on, loan.extension_to_on = clock.today(), None
    loan.items_returned, loan.condition_returned = found.items_returned, found.condition
    kit.condition = found.condition
    await note(session, caller, loan, "returned")
    if found.description is not None:
        word = DamageIn(items_damaged=found.items_damaged, items_missing=missing, description=found.description)
        await damage.keep_report(session, caller, loan, word)


async def lose(session: AsyncSession, caller: Principal, loan_id: UUID) -> None:
    """Say, from either side, that a kit that is out is lost. Raises LoanStepNotPossible."""
    _, loan = await hold_loan(session, caller, loan_id)
    _move(loan, "lose")
    loan.extension_to_on = None
    await note(session, caller, loan, "lost")


async def report_damage(session: AsyncSession, caller: Principal, loan_id: UUID, word: DamageIn) -> DamageReport:
    """Report damage found on a kit that is out or came back. Raises LoanStepNotPossible and DamageWrong."""
    _, loan = await hold_loan(session, caller, loan_id)
    if loan.status not in ("lent", "returned"):
        raise LoanStepNotPossible(f"The loan is {loan.status}.", loan_status=loan.status)
    return await damage.keep_report(session, caller, loan, word)


async def ask_extension(session: AsyncSession, caller: Principal, loan_id: UUID, due_on: date) -> None:
    """Ask to keep the kit longer. Raises LoanStepNotPossible, LoanDaysWrong, NotOfTheHub."""
    kit, loan = await hold_loan(session, caller, loan_id, by_borrower=True)
    _require_going_on(loan)
    if due_on <= loan.due_on or (due_on - loan.due_on).days > kit.longest_loan_days:
        raise LoanDaysWrong(f"A loan is extended by up to {kit.longest_loan_days} days at a time.")
    await _require_member(session, kit, loan.borrower_urn, loan.from_on, due_on)
    loan.extension_to_on = due_on
    await note(session, caller, loan, "extension_asked")


async def decide_extension(session: AsyncSession, caller: Principal, loan_id: UUID, *, granted: bool) -> None:
    """Let the borrower keep the kit longer, or not. Raises LoanStepNotPossible, NotOfTheHub, KitTaken."""
    kit, loan = await hold_loan(session, caller, loan_id, by_lender=True)
    _require_going_on(loan)
    if loan.extension_to_on is None:
        raise LoanStepNotPossible("Nobody has asked for an extension.", loan_status=loan.status)
    if granted:
        await _require_member(session, kit, loan.borrower_urn, loan.from_on, loan.extension_to_on)
        await _require_free(session, loan, loan.extension_to_on)
        loan.due_on = loan.extension_to_on
    loan.extension_to_on = None
    await note(session, caller, loan, "extension_granted" if granted else "extension_refused")


def _move(loan: Loan, move: Move) -> None:
    loan.status = after(loan.status, move)


def _require_going_on(loan: Loan) -> None:
    if loan.status not in HOLDS_KIT:
        raise LoanStepNotPossible(f"The loan is {loan.status}.", loan_status=loan.status)


async def _require_member(session: AsyncSession, kit: Kit, urn: str, first_on: date, last_on: date) -> None:
    if not await is_shared_with(session, kit.hub_id, urn, first_on, last_on):
        raise NotOfTheHub("Schools borrow on days on which they belong to the kit's hub or are its guests.")


async def _require_lendable(session: AsyncSession, kit: Kit) -> None:
    status = await status_of(session, kit)
    if status in ("withdrawn", "lost"):
        raise KitNotLent(f"The kit is {status}.", kit_status=status)


async def _require_free(session: AsyncSession, loan: Loan, due_on: date) -> None:
    others = select(Loan.from_on, Loan.due_on).where(
        Loan.kit_id == loan.kit_id,
        Loan.id != loan.id,
        Loan.status.in_(HOLDS_KIT),
        Loan.from_on <= due_on,
        Loan.due_on >= loan.from_on,
    )
    if found := (await session.execute(others.order_by(Loan.from_on))).all():
        taken = [{"from_on": str(row.from_on), "due_on": str(row.due_on)} for row in found]
        raise KitTaken("The kit is promised or out on some of these days; the request waits.", taken=taken)


async def hold_loan(
    session: AsyncSession, caller: Principal, loan_id: UUID, *, by_lender: bool = False, by_borrower: bool = False
) -> tuple[Kit, Loan]:
    """The loan under its kit's row, if the caller is of the side that takes the step; LoanNotFound.

    A borrower who asks for what lenders do is told that there is no such loan to lend.
    """
    sides = lends(caller) if by_lender else borrows(caller) if by_borrower else or_(borrows(caller), lends(caller))
    own = select(Loan.kit_id).join(Kit, Kit.id == Loan.kit_id).where(Loan.id == loan_id, sides)
    kit_id: UUID | None = await session.scalar(own)
    if kit_id is None:
        raise LoanNotFound("No loan of yours has this id.")
    kit = await hold_kit(session, kit_id)
    return kit, await session.get_one(Loan, loan_id, populate_existing=True)
