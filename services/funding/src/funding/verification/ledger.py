"""Rules of the ledger: balances, accounts, months and reversals."""

from funding.verification.findings import Check

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
