"""Made-up payees for the synthetic schools, so that a demonstration can pay. No account of theirs exists."""

from datetime import UTC, date, datetime, timedelta
from typing import cast
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.sealing import SealingKeys
from chassis.service import Progress
from funding.payees.models import ConfirmationMethod, Payee, PayeeCollection, PayeeDetails
from funding.payees.rules import ModulusCheck
from funding.payees.sealing import BankAccount, seal
from funding.settings import settings_in

FIRST_URN, SCHOOLS = 900_001, 302
SORT_CODE = "089999"
"""Kept for tests of account numbers."""
DECIDED_AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
PEOPLE = "https://ncce.example.org/demo-people/"
MAKER, CHECKER = uuid5(NAMESPACE_URL, f"{PEOPLE}payment.officer"), uuid5(NAMESPACE_URL, f"{PEOPLE}funding.officer")


async def load_sandbox_payees(session: AsyncSession, progress: Progress) -> None:
    """A payee with approved details for every synthetic school that has none."""
    keys = settings_in(session).loaded_payee_keys
    urns = [str(FIRST_URN + number) for number in range(SCHOOLS)]
    payees = [_payee(urn) for urn in urns]
    made = insert(Payee).values(payees).on_conflict_do_nothing().returning(Payee.id)
    added = set((await session.execute(made)).scalars())
    details = [_details(keys, payee) for payee in payees if payee["id"] in added]
    if details:
        await session.execute(insert(PayeeDetails), details)
        rows = [_collection(one) for one in details]
        await session.execute(insert(PayeeCollection).on_conflict_do_nothing(), rows)
    progress(len(details), len(details))


def _collection(details: dict[str, object]) -> dict[str, object]:
    [payee_key] = cast(list[str], details["collects_for"])
    return {"payee_key": payee_key, "payee_id": details["payee_id"], "details_id": details["id"]}


def _id(what: str, urn: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/sandbox/{what}/{urn}")


def _payee(urn: str) -> dict[str, object]:
    facts = {"kind": "school", "reference": urn, "name": f"School {urn} (synthetic)"}
    return {"id": _id("payee", urn), **facts, "created_by": MAKER, "created_at": DECIDED_AT}


def _details(keys: SealingKeys, payee: dict[str, object]) -> dict[str, object]:
    urn = str(payee["reference"])
    account = BankAccount(SORT_CODE, f"10{urn}")
    details_id = _id("details", urn)
    sealed = seal(keys, account, details_id)
    reason = "SANDBOX: made up for demonstration"
    proposed = {"reason": reason, "proposed_by": MAKER, "proposed_at": DECIDED_AT}
    decided = {"outcome": "approved", "decided_by": CHECKER, "decided_at": DECIDED_AT, "decision_reason": reason}
    confirmed = {"confirmation_method": ConfirmationMethod.LETTER, "confirmed_on": date(2026, 9, 1)}
    return {
        "id": details_id,
        "payee_id": payee["id"],
        "version": 1,
        "account_name": payee["name"],
        "account_ending": account.account_number[-4:],
        "sort_code_ending": account.sort_code[-2:],
        "sealed": sealed.content,
        "key_id": sealed.key_id,
        "collects_for": [f"school:{urn}"],
        "modulus_check": ModulusCheck.UNKNOWN,
        "confirmation_note": reason,
        "usable_from_at": DECIDED_AT + timedelta(hours=72),
        **proposed,
        **confirmed,
        **decided,
    }
