"""Rules between awards of grants, what was drawn of them, and what is owed for it."""

from funding.verification.findings import Check

GRANTS = (
    Check(
        "calculation-is-as-decided",
        """
        SELECT 'grant_snapshot:' || grant_id || '/' || ordinal AS subject, 'Its text is not what its digest is of.'
               AS detail
        FROM grant_snapshot WHERE encode(sha256(convert_to(calculation, 'UTF8')), 'hex') <> sha256
        """,
    ),
    Check(
        "award-sums-its-calculations",
        """
        SELECT 'grant_award:' || a.id AS subject, 'Its approved calculations come to '
               || coalesce(sum(s.own_difference_pence), 0) || ', not to ' || a.own_pence || '.' AS detail
        FROM grant_award a LEFT JOIN grant_snapshot s ON s.grant_id = a.id AND s.status = 'approved'
        WHERE a.status NOT IN ('proposed', 'withdrawn', 'declined')
        GROUP BY a.id HAVING a.own_pence <> coalesce(sum(s.own_difference_pence), 0)
        """,
    ),
    Check(
        "award-is-drawn-as-approved",
        """
        SELECT 'grant_award:' || a.id AS subject, 'It says ' || a.drawn_pence || ' were drawn, and '
               || coalesce(sum(d.amount_pence), 0) || ' were approved.' AS detail
        FROM grant_award a LEFT JOIN grant_drawdown d ON d.grant_id = a.id AND d.status = 'approved'
        GROUP BY a.id HAVING a.drawn_pence <> coalesce(sum(d.amount_pence), 0)
        """,
    ),
    Check(
        "drawdown-is-owed-once",
        """
        SELECT 'grant_drawdown:' || d.id AS subject, 'What is owed for it is not what was approved.' AS detail
        FROM grant_drawdown d LEFT JOIN payable p ON p.source = 'grant_drawdown:' || d.id
        WHERE (d.status = 'approved') <> (p.id IS NOT NULL) OR p.amount_pence <> d.amount_pence
        UNION ALL
        SELECT 'payable:' || p.id, 'There is nothing it is owed for.'
        FROM payable p LEFT JOIN grant_drawdown d ON p.source = 'grant_drawdown:' || d.id
        WHERE p.source LIKE 'grant_drawdown:%' AND d.id IS NULL
        """,
    ),
    Check(
        "grant-is-decided-by-two",
        """
        SELECT 'grant_award:' || id AS subject, 'One person proposed and approved it.' AS detail
        FROM grant_award WHERE decided_by = proposed_by
        UNION ALL SELECT 'grant_snapshot:' || grant_id || '/' || ordinal, 'One person asked for it and approved it.'
        FROM grant_snapshot WHERE decided_by = requested_by
        UNION ALL SELECT 'grant_drawdown:' || id, 'One person asked for it and approved it.'
        FROM grant_drawdown WHERE decided_by = requested_by
        UNION ALL SELECT 'payable:' || id, 'One person asked for it and approved it.'
        FROM payable WHERE approved_by = requested_by
        UNION ALL SELECT 'allocation:' || id, 'One person proposed and approved it.'
        FROM allocation WHERE decided_by = proposed_by
        """,
    ),
    Check(
        "history-has-its-grant",
        """
        SELECT 'grant_history:' || h.id AS subject, 'There is no such grant.' AS detail
        FROM grant_history h LEFT JOIN grant_award a ON a.id = h.grant_id WHERE a.id IS NULL
        UNION ALL SELECT 'grant_snapshot:' || s.grant_id || '/' || s.ordinal, 'There is no such grant.'
        FROM grant_snapshot s LEFT JOIN grant_award a ON a.id = s.grant_id WHERE a.id IS NULL
        """,
    ),
)
