"""Rules between runs, payments and the claims they pay."""

from funding.verification.findings import Check

PAYMENTS = (
    Check(
        "claim-is-paid-once",
        """
        SELECT award_kind || ':' || award_id AS subject, 'It is in ' || count(*) || ' payments.' AS detail
        FROM payment WHERE status <> 'returned' GROUP BY award_kind, award_id HAVING count(*) > 1
        """,
    ),
    Check(
        "payment-is-of-its-claim",
        """
        SELECT 'payment:' || p.award_id AS subject, 'It does not say what its claim and its run say.' AS detail
        FROM payment p LEFT JOIN claim c ON c.id = p.claim_id LEFT JOIN payment_run r ON r.id = p.payment_run_id
        WHERE r.id IS NULL OR (p.released_by, p.released_at) IS DISTINCT FROM (r.released_by, r.released_at)
           OR (p.award_kind = 'claim' AND (c.id IS NULL OR p.award_id <> p.claim_id
           OR (p.bursary_id, p.payee_urn, p.amount_pence, p.claimant_id, p.bursary_approved_by, p.claim_approved_by)
              IS DISTINCT FROM (c.bursary_id, c.payee_urn, c.amount_pence, c.claimant_id, c.bursary_approved_by,
                                c.decided_by)
           OR (p.status <> 'returned' AND p.payment_run_id IS DISTINCT FROM c.payment_run_id)))
        """,
    ),
    Check(
        "payment-is-in-the-ledger",
        """
        SELECT 'payment:' || p.award_id AS subject,
               'It is ' || p.status || ', and the ledger does not say so.' AS detail
        FROM payment p LEFT JOIN journal_transaction j ON j.kind = 'payment' AND j.source = p.journal_source
        LEFT JOIN journal_transaction back ON back.reverses_id = j.id
        WHERE (p.status = 'planned') <> (j.id IS NULL) OR (p.status = 'returned') <> (back.id IS NOT NULL)
        """,
    ),
    Check(
        "run-pays-what-was-approved",
        """
        SELECT 'payment_run:' || id AS subject, 'Its payments are not those that were checked.' AS detail
        FROM payment_run WHERE content_sha256 <> payment_run_digest(payment_run)
        """,
    ),
    Check(
        "scheduled-claim-has-its-payment",
        """
        SELECT 'claim:' || c.id AS subject, 'It is ' || c.status || ' and in no payment.' AS detail
        FROM claim c LEFT JOIN payment p ON p.claim_id = c.id AND p.status <> 'returned'
        WHERE (c.status IN ('scheduled', 'paid')) <> (p.id IS NOT NULL)
        """,
    ),
    Check(
        "claim-is-of-its-bursary",
        """
        SELECT 'claim:' || c.id AS subject, 'It does not say what its bursary says.' AS detail
        FROM claim c LEFT JOIN bursary b ON b.id = c.bursary_id
        WHERE b.id IS NULL OR (c.claimant_id, c.bursary_approved_by, c.budget, c.payee_urn, c.amount_pence)
              IS DISTINCT FROM (b.teacher_id, b.decided_by, b.budget, b.school_urn, b.amount_pence)
        """,
    ),
    Check(
        "run-sums-its-payments",
        """
        SELECT 'payment_run:' || r.id AS subject, 'It says ' || r.payments || ' payments of ' || r.amount_pence
               || ', and there are ' || count(p.id) || ' of ' || coalesce(sum(p.amount_pence), 0) || '.' AS detail
        FROM payment_run r LEFT JOIN payment p ON p.payment_run_id = r.id
        GROUP BY r.id HAVING (r.payments, r.amount_pence) <> (count(p.id), coalesce(sum(p.amount_pence), 0))
        """,
    ),
    Check(
        "no-two-live-bursaries-of-a-booking",
        """
        SELECT 'booking:' || booking_id AS subject, count(*) || ' bursaries were promised for it.' AS detail
        FROM bursary WHERE status IN ('approved', 'claimable', 'claimed', 'paid')
        GROUP BY booking_id, part HAVING count(*) > 1
        """,
    ),
)
