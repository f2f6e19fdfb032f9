"""The ledger's payments, each with what it was for. Every figure of the report is a sum of these rows."""

PAID = """
    WITH moved AS (
        SELECT p.amount_pence, j.kind, j.source, a.budget, j.posted_at,
               CASE WHEN j.source LIKE 'claim:%' THEN split_part(j.source, ':', 2)
                    WHEN j.source LIKE 'recovery-receipt:%' THEN (
                        SELECT c.payment_id::text FROM recovery_receipt r JOIN recovery_case c ON c.id = r.case_id
                        WHERE r.id::text = split_part(j.source, ':', 2)) END AS claim_id
        FROM posting p JOIN journal_transaction j ON j.id = p.transaction_id
        JOIN ledger_account a ON a.account = p.account
        WHERE a.kind = 'paid'
          AND (CAST(:since AS timestamptz) IS NULL OR j.posted_at >= :since)
          AND (CAST(:before AS timestamptz) IS NULL OR j.posted_at < :before)
    )
    SELECT m.amount_pence, m.claim_id IS NOT NULL AS is_bursary, f.lot, m.budget, s.district_code,
           d.inputs::jsonb #>> '{course,phase}' AS phase,
           d.inputs::jsonb #> '{facts,area.category,possible}' AS categories
    FROM moved m JOIN budget b ON b.budget = m.budget JOIN fund f ON f.fund = b.fund
    LEFT JOIN claim c ON c.id::text = m.claim_id
    LEFT JOIN bursary y ON y.id = c.bursary_id
    LEFT JOIN bursary_decision d ON d.bursary_id = y.id AND d.ordinal = y.decisions
    LEFT JOIN school s ON s.urn = c.payee_urn
"""

SPENT = f"""
    WITH paid AS ({PAID})
    SELECT lot, budget, district_code, phase, categories::text AS categories,
           coalesce(sum(amount_pence) FILTER (WHERE amount_pence > 0 AND is_bursary), 0)::bigint AS bursaries_pence,
           coalesce(sum(amount_pence) FILTER (WHERE amount_pence > 0 AND NOT is_bursary), 0)::bigint AS grants_pence,
           -coalesce(sum(amount_pence) FILTER (WHERE amount_pence < 0), 0)::bigint AS came_back_pence
    FROM paid GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608 # written above

MONEY = """
    SELECT b.budget, b.title, f.lot, b.is_sandbox,
           -sum(a.balance_pence) FILTER (WHERE a.kind = 'funding')::bigint AS allocated_pence,
           sum(a.balance_pence) FILTER (WHERE a.kind = 'available')::bigint AS available_pence,
           sum(a.balance_pence) FILTER (WHERE a.kind = 'reserved')::bigint AS reserved_pence,
           sum(a.balance_pence) FILTER (WHERE a.kind = 'payable')::bigint AS payable_pence,
           sum(a.balance_pence) FILTER (WHERE a.kind = 'paid')::bigint AS paid_pence,
           (SELECT forecast_pence FROM budget_forecast w WHERE w.budget = b.budget
            ORDER BY made_at DESC, id DESC LIMIT 1) AS forecast_pence
    FROM budget b JOIN fund f ON f.fund = b.fund JOIN ledger_account a ON a.budget = b.budget
    GROUP BY b.budget, f.lot ORDER BY b.budget
"""

COUNTED = {
    "teachers_certified_gcse": (
        "SELECT count(*) FROM held_certificate WHERE scheme = 'gcse_subject_knowledge' AND revoked_at IS NULL "
        "AND awarded_at IS NOT NULL"
    ),
    "teachers_booked_gcse": (
        "SELECT count(DISTINCT teacher_id) FROM booking WHERE programme = 'gcse_subject_knowledge' "
        "AND cancelled_at IS NULL"
    ),
    "teachers_with_gcse_cover": (
        "SELECT count(DISTINCT teacher_id) FROM bursary WHERE policy = 'gcse-supply-cover' "
        "AND status IN ('approved', 'claimable', 'claimed', 'paid')"
    ),
    "teachers_with_gcse_cover_paid": (
        "SELECT count(DISTINCT teacher_id) FROM bursary WHERE policy = 'gcse-supply-cover' AND status = 'paid'"
    ),
    "hubs_with_course_runs": "SELECT count(DISTINCT hub_id) FROM course_run WHERE status <> 'cancelled'",
}
"""What a target may be held against, by the name that the targets' data gives it."""
