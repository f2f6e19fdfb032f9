"""What funding tells of its business at /metrics of `work`."""

from chassis.measures import Measure

MEASURES = (
    Measure(
        "funding_bursaries",
        "Bursaries, by status",
        "SELECT status, count(*) FROM bursary GROUP BY status",
        ("status",),
    ),
    Measure(
        "funding_claims",
        "Claims on bursaries, by status",
        "SELECT status, count(*) FROM claim GROUP BY status",
        ("status",),
    ),
    Measure(
        "funding_payment_runs",
        "Payment runs, by status",
        "SELECT status, count(*) FROM payment_run GROUP BY status",
        ("status",),
    ),
    Measure(
        "funding_budget_pence",
        "What each account of each budget holds",
        "SELECT budget, kind, balance_pence FROM ledger_account",
        ("budget", "account"),
    ),
    Measure(
        "funding_ledger_imbalance_pence",
        "The sum over all accounts: never anything but nothing",
        "SELECT coalesce(sum(balance_pence), 0) FROM ledger_account",
    ),
    Measure(
        "funding_overdrawn_budgets",
        "Budgets that have promised more than they hold: never any",
        "SELECT count(*) FROM ledger_account WHERE kind = 'available' AND balance_pence < 0",
    ),
)
