"""Whether everything that tells of the same money agrees: bursaries, claims, ledger, payments, the bank's files."""

from collections import Counter

from sqlalchemy import text

from bacs_reading import Record, read
from funding.verification.service import snapshot, verify
from harness import ServiceHarness

ALLOCATED_PENCE = 10_000_000
_OWED = """
SELECT coalesce(sum(b.amount_pence) FILTER (WHERE b.status IN ('approved', 'claimable')
                    OR (b.status = 'claimed' AND c.status = 'submitted')), 0)::bigint AS reserved,
       coalesce(sum(c.amount_pence) FILTER (WHERE c.status IN ('approved', 'scheduled')), 0)::bigint AS payable,
       coalesce(sum(c.amount_pence) FILTER (WHERE c.status = 'paid'), 0)::bigint AS paid,
       (SELECT coalesce(sum(recovered_pence), 0) FROM recovery_case)::bigint AS back
FROM bursary b LEFT JOIN claim c ON c.bursary_id = b.id AND c.status NOT IN ('declined', 'withdrawn')
"""
_ACCOUNTS = "SELECT kind, balance_pence FROM ledger_account WHERE budget = 'cpd-bursaries'"
_SENT = "SELECT reference, amount_pence, claim_id FROM payment WHERE status = 'sent'"


async def the_books_agree(funding: ServiceHarness, bank_files: list[str]) -> int:
    """Balances are what the bursaries and claims come to, each claim is paid once, and the bank is told exactly that;
    what was paid, in pence."""
    async with snapshot(funding.database) as db:
        findings = [found async for found in verify(db)]
        owed = (await db.execute(text(_OWED))).one()
        held = {row.kind: row.balance_pence for row in await db.execute(text(_ACCOUNTS))}
        sent = (await db.execute(text(_SENT))).all()
    assert findings == []
    assert (held["reserved"], held["payable"], held["paid"]) == (owed.reserved, owed.payable, owed.paid - owed.back)
    assert -held["funding"] == ALLOCATED_PENCE == sum(held[one] for one in ("available", "reserved", "payable", "paid"))
    assert max(Counter(row.claim_id for row in sent).values(), default=1) == 1
    told = [one for file in bank_files for one in credits_of(file)]
    assert Counter((one.reference.strip(), one.pence) for one in told) == Counter(
        (row.reference, row.amount_pence) for row in sent
    )
    return sum(one.pence for one in told)


def credits_of(file: str) -> list[Record]:
    """What a file tells the bank to pay, without the one record by which the sum is debited."""
    found = read(file)
    credits = [one for one in found.records if one.code == "99"]
    assert (sum(one.pence for one in credits), len(credits)) == (found.credit_pence, found.credits)
    assert found.debit_pence == found.credit_pence
    return credits
