"""Who can be paid now, and which payments a fourth person has to look at."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from funding.payees.queries import Route, routes
from funding.payment_runs.models import Payment, PaymentStatus
from funding.payment_runs.sources import Owed
from funding.settings import Settings, settings_in

Reason = Literal["no-payee", "cooling-off", "returned"]

FIRST_PAYEE, CHANGED_DETAILS, LARGE, OVERRIDE = "first_payee", "changed_details", "large_payment", "override"


@dataclass(frozen=True)
class Payable:
    """Something owed, where its money goes, and why not now if it cannot."""

    owed: Owed
    route: Route | None
    held_because: Reason | None
    flags: tuple[str, ...] = ()


async def judge(session: AsyncSession, owed: Sequence[Owed]) -> list[Payable]:
    """Each of what is owed: payable now or held, and flagged."""
    found = await routes(session, {one.payee_key for one in owed})
    paid = await _details_paid(session, {route.payee_id for route in found.values()})
    now, settings = clock.now(), settings_in(session)
    return [_judged(one, found.get(one.payee_key), paid, now, settings) for one in owed]


async def _details_paid(session: AsyncSession, payees: Collection[UUID]) -> dict[UUID, dict[UUID, bool]]:
    """Of each payee the details by which money was sent, and whether some of it came back."""
    query = (
        select(Payment.payee_id, Payment.details_id, Payment.status)
        .where(Payment.payee_id.in_(payees), Payment.status != PaymentStatus.PLANNED)
        .distinct()
    )
    found: dict[UUID, dict[UUID, bool]] = {}
    for payee_id, details_id, status in await session.execute(query):
        assert payee_id is not None
        assert details_id is not None
        of_payee = found.setdefault(payee_id, {})
        of_payee[details_id] = of_payee.get(details_id, False) or status == PaymentStatus.RETURNED
    return found


def _judged(
    owed: Owed, route: Route | None, paid: dict[UUID, dict[UUID, bool]], now: datetime, settings: Settings
) -> Payable:
    if route is None:
        return Payable(owed, None, "no-payee")
    of_payee = paid.get(route.payee_id, {})
    if of_payee.get(route.details_id):
        return Payable(owed, route, "returned")
    if route.usable_from_at > now:
        return Payable(owed, route, "cooling-off")
    reasons = {
        FIRST_PAYEE: not of_payee,
        CHANGED_DETAILS: bool(of_payee) and route.details_id not in of_payee,
        LARGE: owed.amount_pence >= settings.large_payment_pence,
        OVERRIDE: owed.is_override,
    }
    return Payable(owed, route, None, tuple(name for name, holds in reasons.items() if holds))
