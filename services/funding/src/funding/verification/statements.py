"""Rules of statements: document, lines and the facts behind them."""

from funding.verification.findings import Check

STATEMENTS = (
    Check(
        "statement-is-as-closed",
        """
        SELECT 'statement:' || s.id AS subject, 'Its document is not the one its digest was made from.' AS detail
        FROM statement s WHERE encode(sha256(convert_to(s.document, 'UTF8')), 'hex') <> s.document_sha256
        UNION ALL
        SELECT 'statement:' || s.id, 'It does not say what its document says.' FROM statement s
        WHERE (s.id::text, s.party_kind, s.party, to_char(s.month, 'YYYY-MM'), s.total_pence::text, s.lines)
              IS DISTINCT FROM
              (s.document::jsonb ->> 'statement_id', s.document::jsonb ->> 'party_kind', s.document::jsonb ->> 'party',
               s.document::jsonb ->> 'month', s.document::jsonb ->> 'total_pence',
               jsonb_array_length(s.document::jsonb -> 'lines'))
        """,
    ),
    Check(
        "statement-sums-its-lines",
        """
        SELECT 'statement:' || s.id AS subject, 'Its lines are ' || count(l.id) || ' and sum to '
               || coalesce(sum(l.amount_pence), 0) || '.' AS detail
        FROM statement s LEFT JOIN statement_line l ON l.statement_id = s.id
        GROUP BY s.id HAVING (s.lines, s.total_pence) <> (count(l.id), coalesce(sum(l.amount_pence), 0))
        """,
    ),
    Check(
        "line-is-as-in-its-document",
        """
        SELECT 'statement_line:' || l.id AS subject, 'Its statement has no such line.' AS detail
        FROM statement_line l LEFT JOIN statement s
            ON (s.id, s.party_kind, s.party) = (l.statement_id, l.party_kind, l.party)
        LEFT JOIN LATERAL (SELECT s.document::jsonb -> 'lines' -> (l.position - 1) AS line) AS written ON true
        WHERE s.id IS NULL OR (l.id::text, l.kind, l.source, l.amount_pence::text, l.reverses_id::text, l.narrative)
              IS DISTINCT FROM (line ->> 'line_id', line ->> 'kind', line ->> 'source', line ->> 'amount_pence',
                                line ->> 'reverses_id', line ->> 'narrative')
        """,
    ),
    Check(
        "fact-is-on-one-statement",
        """
        SELECT 'statement_line:' || min(id::text) AS subject,
               source || ' stands on ' || count(*) || ' lines of a party.' AS detail
        FROM statement_line GROUP BY party_kind, party, source HAVING count(*) > 1
        """,
    ),
    Check(
        "reversal-is-exact",
        """
        SELECT 'statement_line:' || l.id AS subject, 'It does not take back exactly what it names.' AS detail
        FROM statement_line l LEFT JOIN statement_line o ON o.id = l.reverses_id
        WHERE l.reverses_id IS NOT NULL AND (o.id IS NULL OR (o.party_kind, o.party, o.amount_pence)
              <> (l.party_kind, l.party, -l.amount_pence))
        """,
    ),
    Check(
        "line-is-of-its-fact",
        """
        SELECT 'statement_line:' || l.id AS subject, 'The payment behind it says otherwise.' AS detail
        FROM statement_line l LEFT JOIN payment p
             ON 'payment:' || p.claim_id || CASE WHEN p.attempt > 1 THEN ':' || p.attempt ELSE '' END = l.source
        WHERE l.source LIKE 'payment:%' AND (p.claim_id IS NULL OR (p.amount_pence, p.payee_urn)
              <> (l.amount_pence, l.party))
        UNION ALL
        SELECT 'statement_line:' || l.id, 'The fee behind it says otherwise.'
        FROM statement_line l LEFT JOIN fee f ON 'fee:' || f.booking_id = l.source
        WHERE l.kind IN ('fee_owed', 'fee_earned') AND (f.booking_id IS NULL OR f.amount_pence <> abs(l.amount_pence))
        """,
    ),
)
