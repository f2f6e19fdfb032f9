"""Rules of money that has to come back."""

from funding.verification.findings import Check

RECOVERIES = (
    Check(
        "recovery-sums-its-receipts",
        """
        SELECT 'recovery_case:' || c.id AS subject, 'Its receipts do not come to what it says.' AS detail
        FROM recovery_case c LEFT JOIN recovery_receipt r ON r.case_id = c.id
        GROUP BY c.id HAVING (c.recovered_pence, c.written_off_pence) <>
            (coalesce(sum(r.amount_pence) FILTER (WHERE r.kind <> 'write_off'), 0),
             coalesce(sum(r.amount_pence) FILTER (WHERE r.kind = 'write_off'), 0))
        """,
    ),
    Check(
        "recovery-is-as-its-last-step",
        """
        SELECT 'recovery_case:' || c.id AS subject, 'Its last step does not lead to ' || c.status || '.' AS detail
        FROM recovery_case c LEFT JOIN LATERAL (
            SELECT s.to_status, s.ordinal, count(*) OVER () AS steps FROM recovery_step s WHERE s.case_id = c.id
            ORDER BY s.ordinal DESC LIMIT 1) AS last ON true
        WHERE last.to_status IS DISTINCT FROM c.status OR last.ordinal <> last.steps
        """,
    ),
    Check(
        "recovery-is-in-the-ledger",
        """
        SELECT 'recovery_receipt:' || r.id AS subject, 'The ledger does not have it.' AS detail
        FROM recovery_receipt r LEFT JOIN journal_transaction j
            ON j.kind = 'recovery' AND j.source = 'recovery-receipt:' || r.id
        LEFT JOIN posting p ON p.transaction_id = j.id AND p.amount_pence > 0
        WHERE r.kind <> 'write_off' AND p.amount_pence IS DISTINCT FROM r.amount_pence
        """,
    ),
    Check(
        "recovery-is-of-its-payment",
        """
        SELECT 'recovery_case:' || c.id AS subject, 'Its payment says otherwise.' AS detail
        FROM recovery_case c LEFT JOIN claim p ON p.id = c.payment_id
        WHERE c.payment_id IS NOT NULL AND (p.id IS NULL OR (p.payee_urn, p.budget) <> (c.party, c.budget)
              OR c.amount_pence > p.amount_pence OR c.is_whole <> (c.amount_pence = p.amount_pence))
        """,
    ),
    Check(
        "recovery-step-has-its-case",
        """
        SELECT 'recovery_step:' || s.case_id || '/' || s.ordinal AS subject, 'There is no such case.' AS detail
        FROM recovery_step s LEFT JOIN recovery_case c ON c.id = s.case_id WHERE c.id IS NULL
        UNION ALL
        SELECT 'recovery_receipt:' || r.id, 'There is no such case.'
        FROM recovery_receipt r LEFT JOIN recovery_case c ON c.id = r.case_id WHERE c.id IS NULL
        """,
    ),
    Check(
        "recovery-is-agreed-by-two",
        """
        SELECT 'recovery_case:' || id AS subject, 'One person proposed and agreed.' AS detail
        FROM recovery_case WHERE agreed_by = proposed_by
        """,
    ),
)
