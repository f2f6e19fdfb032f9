"""Rules between records, each as a query for what breaks it: `subject` and `detail`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """A rule by name, and the query that finds what breaks it."""

    name: str
    query: str


LEDGER = (
    Check(
        "journal-sums-to-nought",
        """
        SELECT 'journal_transaction:' || j.id AS subject, 'Its postings sum to ' || coalesce(sum(p.amount_pence)::text,
               'nothing') || '.' AS detail
        FROM journal_transaction j LEFT JOIN posting p ON p.transaction_id = j.id
        GROUP BY j.id HAVING coalesce(sum(p.amount_pence), 1) <> 0
        """,
    ),
    Check(
        "posting-has-its-transaction-and-account",
        """
        SELECT 'posting:' || p.id AS subject, 'Its transaction or its account does not exist.' AS detail
        FROM posting p LEFT JOIN journal_transaction j ON j.id = p.transaction_id
        LEFT JOIN ledger_account a ON a.account = p.account
        WHERE j.id IS NULL OR a.account IS NULL
        """,
    ),
    Check(
        "balance-is-the-sum-of-postings",
        """
        SELECT 'ledger_account:' || a.account AS subject, 'The balance is ' || a.balance_pence
               || ', the postings sum to ' || coalesce(sum(p.amount_pence), 0) || '.' AS detail
        FROM ledger_account a LEFT JOIN posting p ON p.account = a.account
        GROUP BY a.account HAVING a.balance_pence <> coalesce(sum(p.amount_pence), 0)
        """,
    ),
    Check(
        "account-is-of-its-budget",
        """
        SELECT 'ledger_account:' || a.account AS subject, 'Its name is not its budget and kind.' AS detail
        FROM ledger_account a LEFT JOIN budget b ON b.budget = a.budget
        WHERE a.account <> a.budget || '/' || a.kind OR b.budget IS NULL
        """,
    ),
    Check(
        "budget-has-its-accounts",
        """
        SELECT 'budget:' || b.budget AS subject, 'It has no account ' || wanted.kind || '.' AS detail
        FROM budget b CROSS JOIN unnest(ARRAY['funding', 'available', 'reserved', 'payable', 'paid']) AS wanted (kind)
        LEFT JOIN ledger_account a ON a.budget = b.budget AND a.kind = wanted.kind WHERE a.account IS NULL
        """,
    ),
    Check(
        "no-budget-is-overspent",
        """
        SELECT 'ledger_account:' || account AS subject, 'The balance is ' || balance_pence || '.' AS detail
        FROM ledger_account WHERE CASE kind WHEN 'funding' THEN balance_pence > 0 ELSE balance_pence < 0 END
        """,
    ),
    Check(
        "ledger-sums-to-nought",
        """
        SELECT 'ledger' AS subject, 'All balances sum to ' || sum(balance_pence) || '.' AS detail
        FROM ledger_account HAVING sum(balance_pence) <> 0
        """,
    ),
)

_MOVED = """
    SELECT j.kind, split_part(j.source, ':', 1) || ':' || split_part(j.source, ':', 2) AS source,
           sum(p.amount_pence) FILTER (WHERE p.amount_pence > 0) AS amount_pence
    FROM journal_transaction j LEFT JOIN posting p ON p.transaction_id = j.id
    WHERE j.reverses_id IS NULL
      AND NOT EXISTS (SELECT FROM journal_transaction later WHERE later.reverses_id = j.id)
    GROUP BY j.id
"""
"""What was posted and not reversed, without saying which attempt it was."""


def _posted(name: str, table: str, source: str, kind: str, due: str) -> Check:
    """A fact of `table` is posted under `kind` exactly when `due`, with its amount."""
    return Check(
        name,
        f"""
        WITH moved AS ({_MOVED})
        SELECT '{table}:' || f.{source} AS subject, 'The ledger has ' || coalesce(m.amount_pence::text, 'nothing')
               || ' as its {kind}; it is ' || f.status || ' with ' || f.amount_pence || '.' AS detail
        FROM {table} f LEFT JOIN moved m ON m.kind = '{kind}' AND m.source = '{table}:' || f.{source}
        WHERE ({due}) <> (m.source IS NOT NULL) OR m.amount_pence <> f.amount_pence
        """,  # noqa: S608 # written above
    )


_ENDED_WITH_MONEY = (
    "f.status IN ('cancelled', 'lapsed') AND f.amount_pence > 0 AND f.decided_by IS NOT NULL "
    "AND (f.amount_pence <= coalesce(f.second_approval_above_pence, f.amount_pence) "
    "OR f.second_approved_by IS NOT NULL)"
)
"""A bursary that every approver it needs had approved, and that ended unpaid."""

BOOKED = (
    _posted(
        "bursary-is-reserved-as-approved",
        "bursary",
        "id",
        "reservation",
        f"f.status IN ('approved', 'claimable', 'claimed', 'paid', 'clawed_back') OR ({_ENDED_WITH_MONEY})",
    ),
    _posted(
        "bursary-is-released-as-cancelled",
        "bursary",
        "id",
        "release",
        _ENDED_WITH_MONEY,
    ),
    _posted("claim-is-owed-as-approved", "claim", "id", "accrual", "f.status IN ('approved', 'scheduled', 'paid')"),
    _posted("claim-is-paid-as-released", "claim", "id", "payment", "f.status = 'paid'"),
    Check(
        "posting-has-its-cause",
        """
        SELECT 'journal_transaction:' || j.id AS subject, 'There is no ' || j.source || '.' AS detail
        FROM journal_transaction j
        LEFT JOIN bursary b ON 'bursary:' || b.id = j.source
        LEFT JOIN claim c ON 'claim:' || c.id = split_part(j.source, ':', 1) || ':' || split_part(j.source, ':', 2)
        WHERE (j.source LIKE 'bursary:%' AND b.id IS NULL) OR (j.source LIKE 'claim:%' AND c.id IS NULL)
        """,
    ),
)

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

PAYEES = (
    Check(
        "payee-has-its-details",
        """
        SELECT 'payee:' || p.id AS subject, 'It has ' || count(d.id) || ' versions of its bank details, the last of '
               || 'which is ' || coalesce(max(d.version)::text, 'none') || '.' AS detail
        FROM payee p LEFT JOIN payee_details d ON d.payee_id = p.id
        GROUP BY p.id HAVING count(d.id) = 0 OR count(d.id) <> max(d.version)
        """,
    ),
    Check(
        "payee-takes-what-was-approved",
        """
        SELECT 'payee:' || c.payee_id AS subject,
               'It takes the money of ' || c.payee_key || ' without approval.' AS detail
        FROM payee_collection c LEFT JOIN payee_details d ON d.id = c.details_id
        WHERE d.id IS NULL OR d.payee_id <> c.payee_id OR d.outcome IS DISTINCT FROM 'approved'
           OR NOT c.payee_key = ANY (d.collects_for)
        """,
    ),
)

PEOPLE = (
    Check(
        "different-people-decide",
        """
        SELECT 'bursary:' || id AS subject, 'Its teacher approved it.' AS detail
        FROM bursary WHERE teacher_id IN (decided_by, second_approved_by)
        UNION ALL
        SELECT 'bursary:' || id, 'One person approved it twice.'
        FROM bursary WHERE decided_by = second_approved_by
        UNION ALL
        SELECT 'claim:' || id, 'Whoever decided it had made it or approved its bursary.'
        FROM claim WHERE decided_by IN (claimant_id, bursary_approved_by)
        UNION ALL
        SELECT 'payment:' || award_id, 'Whoever released it had a part in what it pays.'
        FROM payment WHERE released_by IN (claimant_id, bursary_approved_by, claim_approved_by)
           OR released_by = ANY (people)
        UNION ALL
        SELECT 'payment_run:' || id, 'Its steps were not taken by different people.'
        FROM payment_run WHERE prepared_by IN (checked_by, approved_by)
           OR (needs_fourth_person AND checked_by = approved_by)
           OR (controls > 1 AND released_by IN (prepared_by, checked_by, approved_by))
        UNION ALL
        SELECT 'payee_details:' || id, 'Whoever decided it had proposed it.'
        FROM payee_details WHERE decided_by = proposed_by
        UNION ALL
        SELECT 'allocation:' || id, 'Whoever decided it had proposed it.'
        FROM allocation WHERE decided_by = proposed_by
        """,
    ),
)

DECISIONS = (
    Check(
        "decisions-are-complete",
        """
        SELECT 'bursary:' || b.id AS subject, 'It counts ' || b.decisions || ' decisions, and there are '
               || count(d.ordinal) || '.' AS detail
        FROM bursary b LEFT JOIN bursary_decision d ON d.bursary_id = b.id
        GROUP BY b.id HAVING b.decisions <> count(d.ordinal) OR b.decisions <> coalesce(max(d.ordinal), 0)
        UNION ALL
        SELECT 'booking:' || f.booking_id, 'Its fee counts ' || f.decisions || ' decisions, and there are '
               || count(d.ordinal) || '.'
        FROM fee f LEFT JOIN fee_decision d ON d.booking_id = f.booking_id
        GROUP BY f.booking_id HAVING f.decisions <> count(d.ordinal) OR f.decisions <> coalesce(max(d.ordinal), 0)
        """,
    ),
    Check(
        "decision-has-its-bursary",
        """
        SELECT 'bursary_decision:' || d.bursary_id || '/' || d.ordinal AS subject, 'There is no such bursary.' AS detail
        FROM bursary_decision d LEFT JOIN bursary b ON b.id = d.bursary_id WHERE b.id IS NULL
        UNION ALL
        SELECT 'fee_decision:' || d.booking_id || '/' || d.ordinal, 'There is no such fee.'
        FROM fee_decision d LEFT JOIN fee f ON f.booking_id = d.booking_id WHERE f.booking_id IS NULL
        """,
    ),
    Check(
        "bursary-is-as-decided",
        """
        SELECT 'bursary:' || b.id AS subject, 'It does not say what its last decision says.' AS detail
        FROM bursary b JOIN bursary_decision d ON d.bursary_id = b.id AND d.ordinal = b.decisions
        WHERE b.amount_pence <> (d.result::jsonb ->> 'amount_pence')::bigint
           OR (b.status IN ('eligible', 'approved', 'claimable', 'claimed', 'paid') AND d.outcome <> 'eligible')
           OR (b.policy, b.policy_version::text) <> (d.result::jsonb ->> 'policy', d.result::jsonb ->> 'version')
           OR b.school_urn <> d.inputs::jsonb ->> 'school_urn'
        """,
    ),
    Check(
        "fee-is-as-decided",
        """
        SELECT 'booking:' || f.booking_id AS subject, 'Its fee is not what its last decision says.' AS detail
        FROM fee f JOIN fee_decision d ON d.booking_id = f.booking_id AND d.ordinal = f.decisions
        WHERE f.amount_pence IS DISTINCT FROM (d.result::jsonb ->> 'amount_pence')::integer
           OR f.at_most_pence IS DISTINCT FROM (d.result::jsonb ->> 'at_most_pence')::integer
        """,
    ),
)

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

MONTHS = (
    Check(
        "closed-month-has-its-journal",
        """
        SELECT 'ledger_period:' || p.month AS subject, 'Its journal is not the one that was closed.' AS detail
        FROM ledger_period p CROSS JOIN LATERAL ledger_month_digest(p.month) AS now
        WHERE p.closed_at IS NOT NULL
          AND (now.transactions, now.journal_sha256) IS DISTINCT FROM (p.transactions, p.journal_sha256)
        """,
    ),
    Check(
        "reversal-is-the-exact-opposite",
        """
        SELECT 'journal_transaction:' || j.id AS subject, 'It does not undo exactly what it names.' AS detail
        FROM journal_transaction j JOIN posting p ON p.transaction_id IN (j.id, j.reverses_id)
        WHERE j.reverses_id IS NOT NULL GROUP BY j.id, p.account HAVING sum(p.amount_pence) <> 0
        """,
    ),
)

GUARDS = (
    Check(
        "guards-are-on",
        """
        SELECT tgrelid::regclass || ':' || tgname AS subject, 'This guard of the database is switched off.' AS detail
        FROM pg_trigger WHERE tgenabled = 'D' AND tgrelid IN
            (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        """,
    ),
)

CHECKS = (*LEDGER, *BOOKED, *PAYMENTS, *PAYEES, *PEOPLE, *DECISIONS, *STATEMENTS, *RECOVERIES, *MONTHS, *GUARDS)
