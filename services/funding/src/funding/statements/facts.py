"""Facts that belong on a statement and stand on none yet, each kind as a query.

Columns: the party, the line's kind, the source that names the fact, the amount as the party sees it, when it happened,
a narrative without anybody's name, and for a reversal the source of the line it takes back.
"""

_NOT_LISTED = """
    NOT EXISTS (SELECT FROM statement_line l WHERE (l.party_kind, l.party, l.source)
                = (fact.party_kind, fact.party, fact.source))
"""

PAYMENTS = """
    SELECT 'school' AS party_kind, p.payee_urn::text AS party, 'bursary_paid' AS kind,
           'payment:' || p.claim_id || CASE WHEN p.attempt > 1 THEN ':' || p.attempt ELSE '' END AS source,
           p.amount_pence, p.released_at AS occurred_at,
           'Bursary for course ' || b.course_code || ', booking ' || b.booking_id AS narrative, NULL AS reverses
    FROM payment p JOIN bursary b ON b.id = p.bursary_id WHERE p.released_at < :before
"""

# A line that was taken back for a recovery and given back when that was dropped is the one to take back.
RETURNS = """
    SELECT 'school', p.payee_urn::text, 'bursary_reversed', 'payment-return:' || p.id, -p.amount_pence, p.returned_at,
           'Returned by the bank: bursary for course ' || b.course_code || ', booking ' || b.booking_id,
           coalesce((SELECT 'recovery-dropped:' || e.id FROM recovery_case e
                     WHERE e.cause = 'payment:' || p.claim_id AND e.is_whole AND e.status = 'dropped'
                       AND e.changed_at > p.released_at AND e.opened_at < p.returned_at
                     ORDER BY e.opened_at DESC LIMIT 1),
                    'payment:' || p.claim_id || CASE WHEN p.attempt > 1 THEN ':' || p.attempt ELSE '' END)
    FROM payment p JOIN bursary b ON b.id = p.bursary_id
    WHERE p.status = 'returned' AND p.returned_at < :before
"""

FEES = """
    SELECT party_kind, party, kind, 'fee:' || f.booking_id, sign * f.amount_pence, f.placed_at,
           'Place on course ' || f.course_code || ', booking ' || f.booking_id, NULL
    FROM fee f CROSS JOIN LATERAL (
        VALUES ('school', f.school_urn::text, 'fee_owed', -1), ('hub', f.hub_id::text, 'fee_earned', 1)
    ) AS side (party_kind, party, kind, sign)
    WHERE f.status = 'due' AND f.amount_pence > 0 AND f.placed_at < :before
"""

VOIDED_FEES = """
    SELECT l.party_kind, l.party, 'fee_reversed', 'fee-void:' || f.booking_id, -l.amount_pence, f.voided_at,
           'Given up: place on course ' || f.course_code || ', booking ' || f.booking_id, l.source
    FROM fee f JOIN statement_line l ON l.source = 'fee:' || f.booking_id
    WHERE f.status = 'void' AND f.voided_at < :before
"""

# The payment that a case is about: the first attempt that had not come back when it was opened.
_RECOVERED = """
    JOIN LATERAL (SELECT * FROM payment WHERE claim_id = c.payment_id
                    AND (returned_at IS NULL OR returned_at > c.opened_at) ORDER BY attempt LIMIT 1) p
        ON p.released_at IS NOT NULL
"""

# All of a payment is taken back as its exact line. A case that was dropped gave it back, and a later one takes that.
RECOVERIES = f"""
    SELECT c.party_kind, c.party, 'bursary_reversed', 'recovery:' || c.id, -c.amount_pence,
           greatest(c.opened_at, p.released_at), 'To be paid back: ' || replace(c.because, '_', ' '),
           coalesce((SELECT 'recovery-dropped:' || e.id FROM recovery_case e WHERE e.cause = c.cause AND e.is_whole
                     AND e.status = 'dropped' AND e.opened_at < c.opened_at AND e.changed_at > p.released_at
                     ORDER BY e.opened_at DESC LIMIT 1),
                    'payment:' || c.payment_id || CASE WHEN p.attempt > 1 THEN ':' || p.attempt ELSE '' END)
    FROM recovery_case c {_RECOVERED}
    WHERE c.is_whole AND greatest(c.opened_at, p.released_at) < :before
      AND (c.status <> 'dropped' OR c.changed_at > p.released_at)
    UNION ALL
    SELECT c.party_kind, c.party, 'to_be_recovered', 'recovery:' || c.id, -c.amount_pence, c.opened_at,
           'To be paid back: ' || replace(c.because, '_', ' '), NULL
    FROM recovery_case c WHERE NOT c.is_whole AND c.opened_at < :before
    UNION ALL
    SELECT c.party_kind, c.party, 'bursary_paid', 'recovery-dropped:' || c.id, c.amount_pence, c.changed_at,
           'Not to be paid back after all', NULL
    FROM recovery_case c {_RECOVERED}
    WHERE c.status = 'dropped' AND c.is_whole AND c.changed_at > p.released_at AND c.changed_at < :before
    UNION ALL
    SELECT c.party_kind, c.party, CASE r.kind WHEN 'write_off' THEN 'written_off' ELSE 'recovered' END,
           'recovery-receipt:' || r.id, r.amount_pence, r.recorded_at, r.reference, NULL
    FROM recovery_receipt r JOIN recovery_case c ON c.id = r.case_id WHERE r.recorded_at < :before
"""  # noqa: S608 # written above

# By the ledger's entries, since a payment that the bank sends back is reversed there and made again.
GRANTS = """
    SELECT CASE WHEN g.payee_kind IN ('hub', 'school') THEN g.payee_kind ELSE 'organisation' END, g.payee_id,
           'grant_paid', 'journal:' || j.id, g.amount_pence, j.posted_at, left('Grant: ' || g.narrative, 200), NULL
    FROM payable g JOIN journal_transaction j
        ON j.kind = 'payment' AND (j.source = g.source OR j.source LIKE g.source || ':%')
    WHERE j.posted_at < :before
    UNION ALL
    SELECT CASE WHEN g.payee_kind IN ('hub', 'school') THEN g.payee_kind ELSE 'organisation' END, g.payee_id,
           'grant_reversed', 'journal:' || r.id, -g.amount_pence, r.posted_at, left('Returned: ' || g.narrative, 200),
           'journal:' || j.id
    FROM payable g JOIN journal_transaction j
        ON j.kind = 'payment' AND (j.source = g.source OR j.source LIKE g.source || ':%')
    JOIN journal_transaction r ON r.reverses_id = j.id WHERE r.posted_at < :before
"""

KINDS = (PAYMENTS, RETURNS, FEES, VOIDED_FEES, RECOVERIES, GRANTS)

UNLISTED = f"""
    SELECT * FROM ({" UNION ALL ".join(KINDS)}) AS fact
    WHERE {_NOT_LISTED}
      AND (CAST(:party_kind AS text) IS NULL OR fact.party_kind = :party_kind)
      AND (CAST(:party AS text) IS NULL OR fact.party = :party)
      AND NOT EXISTS (SELECT FROM statement s WHERE (s.party_kind, s.party) = (fact.party_kind, fact.party)
                      AND s.month >= CAST(:month AS date))
    ORDER BY fact.party_kind, fact.party, fact.reverses IS NOT NULL, fact.occurred_at, fact.source
"""  # noqa: S608 # written above
"""In the order of the lines: what is reversed comes before what reverses it."""

ORIGINALS = """
    SELECT party_kind, party, source, id FROM statement_line
    WHERE reverses_id IS NULL AND source = ANY(CAST(:sources AS text[]))
"""
