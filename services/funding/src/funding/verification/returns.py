"""Rules of what the bank sent back: files, lines, payments and what is owed again say the same."""

from funding.verification.findings import Check

RETURNS = (
    Check(
        "bank-return-sums-its-lines",
        """
        SELECT 'bank_return:' || r.id AS subject, 'It says ' || r.lines || ' lines of ' || r.amount_pence
               || ', and there are ' || count(l.id) || ' of ' || coalesce(sum(l.amount_pence), 0) || '.' AS detail
        FROM bank_return r LEFT JOIN bank_return_line l ON l.bank_return_id = r.id
        GROUP BY r.id HAVING (r.lines, r.amount_pence) <> (count(l.id), coalesce(sum(l.amount_pence), 0))
        UNION ALL
        SELECT 'bank_return_line:' || l.id, 'There is no such file.'
        FROM bank_return_line l LEFT JOIN bank_return r ON r.id = l.bank_return_id WHERE r.id IS NULL
        """,
    ),
    Check(
        "payment-comes-back-by-one-line",
        """
        SELECT 'payment:' || p.id AS subject, 'It came back by ' || count(l.id) || ' lines that say so.' AS detail
        FROM payment p LEFT JOIN bank_return_line l ON l.payment_id = p.id
            AND (l.amount_pence, l.code) = (p.amount_pence, p.return_code)
        WHERE p.status = 'returned' GROUP BY p.id HAVING count(l.id) <> 1
        UNION ALL
        SELECT 'bank_return_line:' || l.id, 'Its payment did not come back.'
        FROM bank_return_line l LEFT JOIN payment p ON p.id = l.payment_id AND p.status = 'returned'
        WHERE l.payment_id IS NOT NULL AND p.id IS NULL
        """,
    ),
    Check(
        "line-is-settled-as-it-stands",
        """
        SELECT 'bank_return_line:' || id AS subject, 'It is ' || status || ', and what it says does not fit.' AS detail
        FROM bank_return_line
        WHERE (payment_id IS NOT NULL) <> (status = 'matched' OR (status = 'resolved' AND outcome = 'payment'))
           OR (status = 'resolved') <> (decided_by IS NOT NULL) OR decided_by = proposed_by
           OR (status = 'matched') <> (queued_because IS NULL)
        """,
    ),
    Check(
        "what-came-back-is-owed-again",
        """
        SELECT p.award_kind || ':' || p.award_id AS subject, 'Its last payment came back, and it is '
               || coalesce(c.status, g.status, 'nothing') || '.' AS detail
        FROM payment p LEFT JOIN claim c ON p.award_kind = 'claim' AND c.id = p.award_id
        LEFT JOIN payable g ON p.award_kind = 'payable' AND g.id = p.award_id
        LEFT JOIN bursary b ON b.id = c.bursary_id
        WHERE p.status = 'returned'
          AND NOT EXISTS (SELECT FROM payment q WHERE (q.award_kind, q.award_id) = (p.award_kind, p.award_id)
                          AND q.attempt > p.attempt)
          AND c.status IS DISTINCT FROM 'withdrawn'
          AND (coalesce(c.status, g.status, '') NOT IN ('approved', 'ready') OR b.status IS DISTINCT FROM
               CASE p.award_kind WHEN 'claim' THEN 'claimed' END)
        """,
    ),
    Check(
        "run-says-what-came-back",
        """
        SELECT 'payment_run:' || r.id AS subject, 'It is ' || r.status || ', and ' || back || ' of ' || made
               || ' payments came back.' AS detail
        FROM payment_run r JOIN LATERAL (
            SELECT count(*) AS made, count(*) FILTER (WHERE status = 'returned') AS back
            FROM payment WHERE payment_run_id = r.id) AS p ON true
        WHERE r.status IN ('released', 'confirmed', 'partly_returned', 'returned')
          AND CASE back WHEN 0 THEN r.status NOT IN ('released', 'confirmed')
              WHEN made THEN r.status <> 'returned' ELSE r.status <> 'partly_returned' END
        """,
    ),
    Check(
        "attempts-follow-each-other",
        """
        SELECT award_kind || ':' || award_id AS subject, 'Payment ' || attempt || ' of it was made while one before '
               || 'had not come back.' AS detail
        FROM (SELECT *, lag(status) OVER w AS before, row_number() OVER w AS place FROM payment
              WINDOW w AS (PARTITION BY award_kind, award_id ORDER BY attempt)) AS p
        WHERE attempt <> place OR (place > 1 AND before <> 'returned')
        """,
    ),
)
