"""Rules between what was promised or claimed and what the ledger booked for it."""

from funding.verification.findings import Check

_MOVED = """
    SELECT j.kind, split_part(j.source, ':', 1) || ':' || split_part(j.source, ':', 2) AS source,
           sum(p.amount_pence) FILTER (WHERE p.amount_pence > 0) AS amount_pence
    FROM journal_transaction j LEFT JOIN posting p ON p.transaction_id = j.id
    WHERE j.reverses_id IS NULL
      AND NOT EXISTS (SELECT FROM journal_transaction later WHERE later.reverses_id = j.id)
    GROUP BY j.id
"""
"""What was posted and not reversed, without saying which attempt it was."""


def _posted(name: str, table: str, source: str, kind: str, due: str) -> Check:
    """A fact of `table` is posted under `kind` exactly when `due`, with its amount."""
    return Check(
        name,
        f"""
        WITH moved AS ({_MOVED})
        SELECT '{table}:' || f.{source} AS subject, 'The ledger has ' || coalesce(m.amount_pence::text, 'nothing')
               || ' as its {kind}; it is ' || f.status || ' with ' || f.amount_pence || '.' AS detail
        FROM {table} f LEFT JOIN moved m ON m.kind = '{kind}' AND m.source = '{table}:' || f.{source}
        WHERE ({due}) <> (m.source IS NOT NULL) OR m.amount_pence <> f.amount_pence
        """,  # noqa: S608 # written above
    )


_ENDED_WITH_MONEY = (
    "f.status IN ('cancelled', 'lapsed') AND f.amount_pence > 0 AND f.decided_by IS NOT NULL "
    "AND (f.amount_pence <= coalesce(f.second_approval_above_pence, f.amount_pence) "
    "OR f.second_approved_by IS NOT NULL)"
)
"""A bursary that every approver it needs had approved, and that ended unpaid."""

BOOKED = (
    _posted(
        "bursary-is-reserved-as-approved",
        "bursary",
        "id",
        "reservation",
        f"f.status IN ('approved', 'claimable', 'claimed', 'paid', 'clawed_back') OR ({_ENDED_WITH_MONEY})",
    ),
    _posted(
        "bursary-is-released-as-cancelled",
        "bursary",
        "id",
        "release",
        _ENDED_WITH_MONEY,
    ),
    _posted("claim-is-owed-as-approved", "claim", "id", "accrual", "f.status IN ('approved', 'scheduled', 'paid')"),
    _posted("claim-is-paid-as-released", "claim", "id", "payment", "f.status = 'paid'"),
    Check(
        "posting-has-its-cause",
        """
        SELECT 'journal_transaction:' || j.id AS subject, 'There is no ' || j.source || '.' AS detail
        FROM journal_transaction j
        LEFT JOIN bursary b ON 'bursary:' || b.id = j.source
        LEFT JOIN claim c ON 'claim:' || c.id = split_part(j.source, ':', 1) || ':' || split_part(j.source, ':', 2)
        WHERE (j.source LIKE 'bursary:%' AND b.id IS NULL) OR (j.source LIKE 'claim:%' AND c.id IS NULL)
        """,
    ),
)
