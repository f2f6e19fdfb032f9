"""Payees: details proposed by one person, confirmed and approved by another, used after a cooling-off."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_same_person
from chassis.principal import Principal
from funding.claims.errors import SamePerson
from funding.payees.errors import (
    AccountInvalid,
    NotConfirmed,
    PayeeCollectsElsewhere,
    PayeeDetailsDecided,
    PayeeDetailsNotFound,
    PayeeDetailsUndecided,
    PayeeExists,
    PayeeNotFound,
)
from funding.payees.models import Payee, PayeeCollection, PayeeDetails
from funding.payees.rules import ModulusCheck, check_modulus, is_conceivable
from funding.payees.schemas import DetailsDecision, DetailsProposal, NewPayee
from funding.payees.sealing import BankAccount, seal
from funding.payees.weights import weights
from funding.settings import settings_in


async def create(session: AsyncSession, caller: Principal, body: NewPayee) -> UUID:
    """Enter a payee with its first details. PayeeExists, AccountInvalid."""
    payee = {"id": new_id(), **body.model_dump(exclude={"details"}), "created_by": caller.id, "created_at": clock.now()}
    made = insert(Payee).values(payee).on_conflict_do_nothing().returning(Payee.id)
    payee_id = (await session.execute(made)).scalar_one_or_none()
    if payee_id is None:
        raise PayeeExists(f"There is a payee for {body.kind} {body.reference}: propose a change of its details.")
    await audit.record(session, caller, "payee.created", f"payee:{payee_id}", {"kind": body.kind})
    await _propose(session, caller, payee_id, f"{body.kind}:{body.reference}", 1, body.details)
    return payee_id


async def propose_details(session: AsyncSession, caller: Principal, payee_id: UUID, body: DetailsProposal) -> None:
    """Propose other bank details. PayeeNotFound, PayeeDetailsUndecided, AccountInvalid."""
    payee = await _held(session, payee_id)
    if payee is None:
        raise PayeeNotFound(payee_id)
    of_payee = select(func.max(PayeeDetails.version), func.count().filter(PayeeDetails.decided_at.is_(None)))
    latest, undecided = (await session.execute(of_payee.where(PayeeDetails.payee_id == payee_id))).one()
    if undecided:
        raise PayeeDetailsUndecided("Decide the change that was proposed before.")
    await _propose(session, caller, payee_id, f"{payee.kind}:{payee.reference}", latest + 1, body)


async def decide_details(
    session: AsyncSession, caller: Principal, payee_id: UUID, version: int, body: DetailsDecision
) -> None:
    """Approve details that were confirmed by another way, as a second person, or decline them."""
    details = await _undecided(session, payee_id, version)
    if await is_same_person(session, details.proposed_by, caller.id):
        raise SamePerson("Bank details are decided by somebody else than proposed them.")
    if details.decided_at is not None:
        raise PayeeDetailsDecided(f"The details were {details.outcome}.")
    now = clock.now()
    if body.outcome == "approved":
        _confirm(details, body, clock.today())
        details.usable_from_at = now + timedelta(hours=settings_in(session).payee_cooling_off_hours)
    details.outcome, details.decision_reason = body.outcome, body.reason
    details.decided_by, details.decided_at = caller.id, now
    await session.flush()
    if body.outcome == "approved":
        await _collect(session, details)
    subject, what = f"payee:{payee_id}", f"payee_details.{body.outcome}"
    await audit.record(session, caller, what, subject, {"version": version, "reason": body.reason})


def _confirm(details: PayeeDetails, body: DetailsDecision, today: date) -> None:
    if body.confirmation is None:
        raise NotConfirmed("Call the payee on a number known from before, or write to them, and say so here.")
    if body.confirmation.on > today:
        raise NotConfirmed("The confirmation is of a day to come.")
    details.confirmation_method, details.confirmed_on = body.confirmation.method, body.confirmation.on
    details.confirmation_note = body.confirmation.note


async def _propose(
    session: AsyncSession, caller: Principal, payee_id: UUID, own_key: str, version: int, body: DetailsProposal
) -> None:
    account = BankAccount(body.sort_code.get_secret_value(), body.account_number.get_secret_value())
    checked = check_modulus(account, weights(session)) if is_conceivable(account) else ModulusCheck.FAILED
    if checked is ModulusCheck.FAILED:
        raise AccountInvalid("Sort code and account number do not fit together: ask the payee to read them out again.")
    details_id = new_id()
    sealed = seal(settings_in(session).loaded_payee_keys, account, details_id)
    session.add(
        PayeeDetails(
            id=details_id,
            payee_id=payee_id,
            version=version,
            account_name=body.account_name,
            account_ending=account.account_number[-4:],
            sort_code_ending=account.sort_code[-2:],
            sealed=sealed.content,
            key_id=sealed.key_id,
            collects_for=sorted({own_key, *body.collects_for}),
            modulus_check=checked,
            reason=body.reason,
            proposed_by=caller.id,
            proposed_at=clock.now(),
        )
    )
    await session.flush()
    subject = f"payee:{payee_id}"
    await audit.record(session, caller, "payee_details.proposed", subject, {"version": version})


async def _held(session: AsyncSession, payee_id: UUID) -> Payee | None:
    """The payee, whose details nobody else proposes or decides meanwhile.

    Its row is only ever added, so processes have no right to change it, and without that none to lock it.
    """
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(payee_id), 0))))
    return await session.get(Payee, payee_id)


async def _undecided(session: AsyncSession, payee_id: UUID, version: int) -> PayeeDetails:
    if await _held(session, payee_id) is None:
        raise PayeeNotFound(payee_id)
    chosen = select(PayeeDetails).where(PayeeDetails.payee_id == payee_id, PayeeDetails.version == version)
    details = (await session.execute(chosen.with_for_update())).scalar_one_or_none()
    if details is None:
        raise PayeeDetailsNotFound(f"The payee has no version {version} of its details.")
    return details


async def _collect(session: AsyncSession, details: PayeeDetails) -> None:
    """From now on the payee takes the money of these and of nobody else."""
    held = PayeeCollection.payee_id == details.payee_id
    await session.execute(delete(PayeeCollection).where(held))
    rows = [{"payee_key": key, "payee_id": details.payee_id, "details_id": details.id} for key in details.collects_for]
    made = insert(PayeeCollection).values(rows).on_conflict_do_nothing().returning(PayeeCollection.payee_key)
    added = set((await session.execute(made)).scalars())
    if taken := sorted(set(details.collects_for) - added):
        raise PayeeCollectsElsewhere(
            f"Another payee takes the money of {', '.join(taken[:5])}: that has to end first.", payee_keys=taken[:50]
        )
