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
               || coalesce(d.pence, 0) + coalesce(c.pence, 0) || ' were approved.' AS detail
        FROM grant_award a
        LEFT JOIN (SELECT grant_id, sum(amount_pence) AS pence FROM grant_drawdown WHERE status = 'approved'
                   GROUP BY grant_id) d ON d.grant_id = a.id
        LEFT JOIN (SELECT grant_id, sum(amount_pence) AS pence FROM grant_claim WHERE status = 'approved'
                   GROUP BY grant_id) c ON c.grant_id = a.id
        WHERE a.drawn_pence <> coalesce(d.pence, 0) + coalesce(c.pence, 0)
        UNION ALL
        SELECT 'grant_award:' || a.id, 'Its instalments were drawn with ' || sum(i.drawn_pence) || '.'
        FROM grant_award a JOIN grant_instalment i ON i.grant_id = a.id
        GROUP BY a.id HAVING a.drawn_pence <> sum(i.drawn_pence)
        """,
    ),
    Check(
        "award-sums-its-parts",
        """
        SELECT 'grant_award:' || a.id AS subject, 'The parts of its funders come to another sum.' AS detail
        FROM grant_award a LEFT JOIN grant_source s ON s.grant_id = a.id
        WHERE a.status NOT IN ('proposed', 'withdrawn', 'declined')
        GROUP BY a.id HAVING (a.amount_pence, a.own_pence) <>
            (coalesce(sum(s.amount_pence), 0), coalesce(sum(s.amount_pence) FILTER (WHERE NOT s.is_external), 0))
        """,
    ),
    Check(
        "award-sums-what-came-of-it",
        """
        SELECT 'grant_award:' || a.id AS subject, 'What was spent, is due back or came back is another sum.' AS detail
        FROM grant_award a
        LEFT JOIN (SELECT grant_id, sum(amount_pence) AS pence FROM grant_spend GROUP BY grant_id) s
            ON s.grant_id = a.id
        LEFT JOIN (SELECT grant_id, sum(amount_pence) AS due,
                          sum(amount_pence) FILTER (WHERE status = 'received') AS back
                   FROM grant_return GROUP BY grant_id) r ON r.grant_id = a.id
        WHERE (a.spent_pence, a.due_back_pence, a.returned_pence)
              <> (coalesce(s.pence, 0), coalesce(r.due, 0), coalesce(r.back, 0))
        """,
    ),
    Check(
        "award-is-held-in-the-ledger",
        """
        SELECT 'grant_award:' || a.id AS subject, 'The ledger holds ' || coalesce(l.held, 0) - a.drawn_pence
               || ' for it, and ' || a.own_pence - a.lapsed_pence - a.drawn_pence + a.due_back_pence
               || ' are left of it.' AS detail
        FROM grant_award a LEFT JOIN (
            SELECT split_part(j.source, ':', 2) AS grant_id,
                   sum(CASE j.kind WHEN 'release' THEN -p.amount_pence ELSE p.amount_pence END) AS held
            FROM journal_transaction j JOIN posting p ON p.transaction_id = j.id AND p.amount_pence > 0
            WHERE j.source LIKE 'grant:%' AND j.kind IN ('reservation', 'release') GROUP BY 1
        ) l ON l.grant_id = a.id::text
        WHERE a.status NOT IN ('proposed', 'withdrawn', 'declined')
          AND coalesce(l.held, 0) <> a.own_pence - a.lapsed_pence + a.due_back_pence
        """,
    ),
    Check(
        "claim-on-an-award-sums-its-lines",
        """
        SELECT 'grant_claim:' || c.id AS subject, 'Its lines come to ' || coalesce(sum(l.amount_pence), 0) || '.'
               AS detail
        FROM grant_claim c LEFT JOIN grant_claim_line l ON l.claim_id = c.id
        GROUP BY c.id HAVING c.amount_pence <> coalesce(sum(l.amount_pence), 0)
        UNION ALL
        SELECT 'grant_claim_line:' || l.claim_id || '/' || l.number, 'Days times rate come to another amount.'
        FROM grant_claim_line l WHERE l.amount_pence <> round(l.quantity * l.rate_pence)
        UNION ALL
        SELECT 'grant_claim_line:' || l.claim_id || '/' || l.number, 'It is not the rate of its day.'
        FROM grant_claim_line l LEFT JOIN LATERAL (
            SELECT r.kind, r.day_pence FROM grant_rate r WHERE r.rate = l.rate AND r.effective_from <= l.happened_on
            ORDER BY r.effective_from DESC LIMIT 1) r ON true
        WHERE r.kind IS NULL OR (r.kind = 'day' AND r.day_pence <> l.rate_pence)
        """,
    ),
    Check(
        "application-leads-to-its-award",
        """
        SELECT 'grant_application:' || p.id AS subject, 'The award that it led to is not of it.' AS detail
        FROM grant_application p LEFT JOIN grant_award a ON a.id = p.grant_id
        WHERE p.status = 'funded' AND (a.recipient_kind, a.recipient_id, a.reference)
              IS DISTINCT FROM (p.recipient_kind, p.recipient_id, ('application ' || p.id)::varchar)
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
        UNION ALL SELECT 'grant_claim:' || id, 'One person made it and approved it.'
        FROM grant_claim WHERE decided_by = claimed_by
        UNION ALL SELECT 'grant_return:' || id, 'One person raised it and booked it.'
        FROM grant_return WHERE received_by = raised_by
        UNION ALL SELECT 'grant_application:' || p.id, 'Whoever decided it had applied, scored or moderated.'
        FROM grant_application p WHERE p.decided_by IN (p.submitted_by, p.moderated_by)
          OR p.decided_by IN (SELECT scorer_id FROM grant_score WHERE application_id = p.id)
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
