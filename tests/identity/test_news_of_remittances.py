"""Mail to a payee's people about a payment."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from chassis.ids import new_id
from contracts.funding import RemittanceIssued
from identity_steps import IdentitySteps
from message_requests import text_of

HUB = UUID("01920000-0000-7000-8000-00000000000a")


def issued(**facts: Any) -> RemittanceIssued:
    known: dict[str, Any] = {
        "payment_id": new_id(),
        "payee_kind": "school",
        "payee_reference": "900001",
        "amount_pence": 123_456,
        "reference": "NCCE0000000001",
        "arrives_on": date(2026, 11, 25),
    }
    return RemittanceIssued(**(known | facts))


async def give(identity: IdentitySteps, role: str, organisation_id: UUID | None = None, until: str = "NULL") -> None:
    """A role for the one person there is."""
    await identity.query(
        "INSERT INTO role_grant (id, person_id, role, organisation_id, from_on, to_on) "
        f"SELECT gen_random_uuid(), id, :role, :at, current_date - 10, {until} FROM person",
        role=role,
        at=organisation_id,
    )


async def told(identity: IdentitySteps) -> list[str]:
    return [text_of(one) for one in await identity.mails() if "is paid to you" in str(one["Subject"])]


async def test_a_schools_lead_is_told_of_a_payment_once(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await give(identity, "school_lead")
    payment = issued()
    await identity.harness.deliver(payment)
    await identity.harness.deliver(payment, event_id=new_id())
    [mail] = await told(identity)
    assert "£1,234.56" in mail
    assert "NCCE0000000001" in mail
    assert "Wednesday 25 November 2026" in mail
    assert f"/v1/payments/{payment.payment_id}/remittance.pdf" in mail


@pytest.mark.parametrize(
    ("role", "at", "facts", "mails"),
    [
        ("hub_lead", HUB, {"payee_kind": "hub", "payee_reference": str(HUB)}, 1),
        ("hub_lead", HUB, {"payee_kind": "hub", "payee_reference": str(new_id())}, 0),
        ("hub_lead", HUB, {"payee_kind": "organisation", "payee_reference": str(HUB)}, 0),
        ("partner_admin", HUB, {"payee_kind": "organisation", "payee_reference": str(HUB)}, 1),
        ("school_lead", None, {"payee_reference": "900002"}, 0),
        ("school_lead", None, {"payee_kind": "trust", "payee_reference": "16001"}, 0),
        ("moderator", None, {}, 0),
    ],
)
async def test_only_the_payees_own_people_are_told(
    identity: IdentitySteps, role: str, at: UUID | None, facts: dict[str, Any], mails: int
) -> None:
    await identity.sign_up()
    await give(identity, role, at)
    await identity.harness.deliver(issued(**facts))
    assert len(await told(identity)) == mails


async def test_who_is_no_longer_lead_is_not_told(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await give(identity, "school_lead", until="current_date - 1")
    await identity.harness.deliver(issued())
    assert await told(identity) == []
