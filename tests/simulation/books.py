"""What must be true of money whenever anybody can look: after each commit, and at the end."""

import json
from dataclasses import dataclass

import asyncpg

BUDGET = "cpd-bursaries"
_LOOK = """
SELECT (SELECT json_object_agg(kind, balance_pence) FROM ledger_account WHERE budget = $1) AS held,
       (SELECT coalesce(sum(balance_pence), 0) FROM ledger_account) AS sum,
       EXISTS (SELECT FROM payment WHERE status = 'sent' GROUP BY claim_id HAVING count(*) > 1) AS paid_twice,
       EXISTS (SELECT FROM bursary WHERE status IN ('eligible', 'approved', 'claimable', 'claimed', 'paid')
               GROUP BY booking_id HAVING count(*) > 1) AS promised_twice,
       coalesce(sum(b.amount_pence) FILTER (WHERE b.status IN ('approved', 'claimable')
                OR (b.status = 'claimed' AND c.status = 'submitted')), 0)::bigint AS reserved,
       coalesce(sum(c.amount_pence) FILTER (WHERE c.status IN ('approved', 'scheduled')), 0)::bigint AS payable,
       coalesce(sum(c.amount_pence) FILTER (WHERE c.status = 'paid'), 0)::bigint AS paid
FROM bursary b LEFT JOIN claim c ON c.bursary_id = b.id AND c.status NOT IN ('declined', 'withdrawn')
"""
_STATES = """
SELECT bursary.status || coalesce(' ' || claim.status, '') AS state FROM bursary
LEFT JOIN LATERAL (SELECT status FROM claim WHERE bursary_id = bursary.id ORDER BY id DESC LIMIT 1) AS claim ON true
WHERE bursary.booking_id = ANY($1) ORDER BY bursary.id
"""


@dataclass
class Books:
    """Watches one budget from outside of every transaction."""

    watching: asyncpg.Connection

    async def look(self) -> None:
        """Balances are what bursaries and claims come to, nothing is promised twice, nobody is paid twice."""
        row = await self.watching.fetchrow(_LOOK, BUDGET)
        held = json.loads(row["held"])
        assert row["sum"] == 0, "the ledger does not sum to nought"
        assert held["available"] >= 0, "more was promised than there was"
        for kind in ("reserved", "payable", "paid"):
            assert held[kind] == row[kind], f"{kind}: {held[kind]} on the account, {row[kind]} by bursaries and claims"
        assert not row["paid_twice"], "a claim was paid twice"
        assert not row["promised_twice"], "a booking has two bursaries"

    async def states(self, bookings: list[str]) -> list[str]:
        """Where each bursary stands, and its claim."""
        return [row["state"] for row in await self.watching.fetch(_STATES, bookings)]
