"""Rules of the lives of bursaries: history, steps and entitlements."""

from funding.verification.findings import Check

LIVES = (
    Check(
        "bursary-has-its-history",
        """
        SELECT 'bursary:' || b.id AS subject, 'Its history ends as ' || coalesce(m.to_status, 'nothing') || '.'
               AS detail
        FROM bursary b LEFT JOIN LATERAL
            (SELECT to_status FROM bursary_move WHERE bursary_id = b.id ORDER BY id DESC LIMIT 1) m ON true
        WHERE m.to_status IS DISTINCT FROM b.status
        """,
    ),
    Check(
        "history-has-no-gaps",
        """
        SELECT 'bursary:' || bursary_id AS subject, 'Before it went on from ' || coalesce(from_status, 'nothing')
               || ' it had come to ' || coalesce(before, 'nothing') || '.' AS detail
        FROM (SELECT bursary_id, from_status,
                     lag(to_status) OVER (PARTITION BY bursary_id ORDER BY id) AS before FROM bursary_move) m
        WHERE from_status IS DISTINCT FROM before
        """,
    ),
    Check(
        "steps-are-steps-of-the-table",
        """
        SELECT 'bursary:' || m.bursary_id AS subject, 'It went from ' || m.from_status || ' to ' || m.to_status || '.'
               AS detail
        FROM bursary_move m LEFT JOIN bursary_transition t
            ON t.from_status = m.from_status AND t.to_status = m.to_status
        WHERE m.from_status IS NOT NULL AND t.to_status IS NULL
        """,
    ),
    Check(
        "entitlement-is-what-is-held",
        """
        SELECT 'entitlement:' || e.quota_key AS subject, 'It says ' || e.reserved || ' and ' || e.consumed
               || ', and there are ' || count(b.id) FILTER (WHERE b.status <> 'paid') || ' and '
               || count(b.id) FILTER (WHERE b.status = 'paid') || '.' AS detail
        FROM entitlement e LEFT JOIN bursary b ON b.quota_key = e.quota_key
            AND b.status IN ('eligible', 'needs_review', 'approved', 'claimable', 'claimed', 'paid')
        GROUP BY e.quota_key
        HAVING (e.reserved, e.consumed)
               <> (count(b.id) FILTER (WHERE b.status <> 'paid'), count(b.id) FILTER (WHERE b.status = 'paid'))
        """,
    ),
    Check(
        "entitlement-is-the-sum-of-its-entries",
        """
        SELECT 'entitlement:' || e.quota_key AS subject, 'Its entries come to another number.' AS detail
        FROM entitlement e LEFT JOIN entitlement_entry n ON n.quota_key = e.quota_key
        GROUP BY e.quota_key
        HAVING e.reserved + e.consumed <> count(*) FILTER (WHERE n.kind = 'reserve')
               - count(*) FILTER (WHERE n.kind = 'release')
        """,
    ),
)
