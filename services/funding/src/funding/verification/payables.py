"""Rules between what is owed beside claims of bursaries, what it is owed for, and the ledger."""

from funding.verification.findings import Check

PAYABLES = (
    Check(
        "what-was-approved-is-owed-once",
        """
        WITH approved AS (
            SELECT 'grant_drawdown:' || id AS source, grant_id, amount_pence, requested_by AS asked_by, decided_by
            FROM grant_drawdown WHERE status = 'approved'
            UNION ALL
            SELECT 'grant_claim:' || id, grant_id, amount_pence, claimed_by, decided_by
            FROM grant_claim WHERE status = 'approved'
        )
        SELECT coalesce(f.source, 'payable:' || p.id) AS subject, 'What is owed is not what was approved.' AS detail
        FROM approved f FULL JOIN payable p ON p.source = f.source LEFT JOIN grant_award a ON a.id = f.grant_id
        WHERE f.source IS NULL OR p.id IS NULL
           OR (p.subject, p.budget, p.payee_kind, p.payee_id, p.amount_pence, p.requested_by, p.approved_by)
              IS DISTINCT FROM (('grant:' || f.grant_id)::varchar, a.budget, a.recipient_kind, a.recipient_id,
                                f.amount_pence, f.asked_by, f.decided_by)
        """,
    ),
    Check(
        "payable-is-in-the-ledger",
        """
        SELECT 'payable:' || p.id AS subject, 'The ledger does not owe it, or not this amount.' AS detail
        FROM payable p LEFT JOIN journal_transaction j ON j.kind = 'accrual' AND j.source = p.source
        LEFT JOIN posting o ON o.transaction_id = j.id AND o.amount_pence > 0
        WHERE o.amount_pence IS DISTINCT FROM p.amount_pence
        """,
    ),
    Check(
        "payable-is-paid-as-its-payment-says",
        """
        SELECT 'payable:' || p.id AS subject, 'It is ' || p.status || ', and its payment is '
               || coalesce(y.status, 'missing') || '.' AS detail
        FROM payable p LEFT JOIN payment y ON y.award_kind = 'payable' AND y.award_id = p.id AND y.status <> 'returned'
        WHERE (p.status = 'ready') <> (y.id IS NULL) OR (p.status = 'paid') <> coalesce(y.status = 'sent', false)
           OR (y.id IS NOT NULL AND (y.amount_pence, y.payment_run_id) <> (p.amount_pence, p.payment_run_id))
        """,
    ),
)
