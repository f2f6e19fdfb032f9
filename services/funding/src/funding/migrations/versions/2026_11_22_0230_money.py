"""Reversals and months of the ledger, dimensions and forecasts of budgets, allocations by two people.

Revision: 0230. Follows: 0220.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.db import UtcDateTime

revision = "0230"
down_revision = "0220"
branch_labels = None
depends_on = None

KINDS = "kind IN ('allocation', 'reservation', 'release', 'accrual', 'payment', 'virement', 'recovery', 'reversal')"

LEDGER_MONTH = """
CREATE FUNCTION ledger_month(at timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT date_trunc('month', at AT TIME ZONE 'Europe/London')::date
$$
"""
# Whoever posts holds the month shared until commit; whoever closes it holds it alone.
HOLD_MONTH = """
CREATE FUNCTION hold_ledger_month(month date) RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(7103, extract(year FROM month)::integer * 100 + extract(month FROM month)::integer)
$$
"""
REFUSE_CLOSED = """
CREATE FUNCTION refuse_closed_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    posted date := ledger_month(NEW.posted_at);
BEGIN
    PERFORM pg_advisory_xact_lock_shared(
        7103, extract(year FROM posted)::integer * 100 + extract(month FROM posted)::integer);
    IF EXISTS (SELECT FROM ledger_period WHERE month = posted AND closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the period % is closed', to_char(posted, 'YYYY-MM') USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
KEEP_CLOSED = """
CREATE FUNCTION keep_period_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'the period % is closed for good', to_char(OLD.month, 'YYYY-MM')
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.month >= ledger_month(now()) THEN
        RAISE EXCEPTION 'the period % is not over', to_char(NEW.month, 'YYYY-MM') USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.closed_at IS NOT NULL THEN
        PERFORM hold_ledger_month(NEW.month);
    END IF;
    RETURN NEW;
END $$
"""
MONTH_DIGEST = """
CREATE FUNCTION ledger_month_digest(wanted date, OUT transactions integer, OUT journal_sha256 text)
LANGUAGE sql STABLE AS $$
    SELECT count(DISTINCT journal.id)::integer, encode(sha256(convert_to(coalesce(string_agg(
               concat_ws('|', posting.id, journal.kind, journal.source, posting.account, posting.amount_pence),
               E'\\n' ORDER BY posting.id), ''), 'UTF8')), 'hex')
    FROM journal_transaction AS journal JOIN posting ON posting.transaction_id = journal.id
    WHERE journal.posted_at >= wanted::timestamp AT TIME ZONE 'Europe/London'
      AND journal.posted_at < (wanted + interval '1 month')::timestamp AT TIME ZONE 'Europe/London'
$$
"""
EXACT_OPPOSITE = """
CREATE FUNCTION reversal_is_exact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.source <> (SELECT source FROM journal_transaction WHERE id = NEW.reverses_id) OR EXISTS (
        SELECT account FROM posting WHERE transaction_id IN (NEW.id, NEW.reverses_id)
        GROUP BY account HAVING sum(amount_pence) <> 0
    ) OR (SELECT count(*) FROM posting WHERE transaction_id = NEW.id)
      <> (SELECT count(*) FROM posting WHERE transaction_id = NEW.reverses_id) THEN
        RAISE EXCEPTION 'journal transaction % is not the opposite of %', NEW.id, NEW.reverses_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""
# What every fund and the funds that it is part of were distributed, from what the ledger holds.
DISTRIBUTED = """
WITH RECURSIVE chain AS (
    SELECT budget.fund, -ledger_account.balance_pence AS pence
    FROM budget JOIN ledger_account USING (budget) WHERE ledger_account.kind = 'funding'
    UNION ALL SELECT fund.part_of, chain.pence FROM chain JOIN fund USING (fund) WHERE fund.part_of IS NOT NULL
)
UPDATE fund SET distributed_pence = total
FROM (SELECT fund, sum(pence)::bigint AS total FROM chain GROUP BY fund) AS sums WHERE sums.fund = fund.fund
"""


def upgrade() -> None:
    _reversals()
    _periods()
    _budgets()
    _allocations()


def _reversals() -> None:
    op.add_column("journal_transaction", sa.Column("reverses_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_journal_transaction_reverses_id"),
        "journal_transaction",
        "journal_transaction",
        ["reverses_id"],
        ["id"],
    )
    op.create_unique_constraint(op.f("uq_journal_transaction_reverses_id"), "journal_transaction", ["reverses_id"])
    op.drop_constraint(op.f("uq_journal_transaction_kind_source"), "journal_transaction", type_="unique")
    op.create_index(
        "uq_journal_transaction_kind_source",
        "journal_transaction",
        ["kind", "source"],
        unique=True,
        postgresql_where=sa.text("reverses_id IS NULL"),
    )
    op.create_index(
        "ix_journal_transaction_source",
        "journal_transaction",
        ["source"],
        postgresql_ops={"source": "varchar_pattern_ops"},
    )
    op.create_index("ix_journal_transaction_posted_at", "journal_transaction", ["posted_at"])
    op.drop_constraint(op.f("ck_journal_transaction_kind"), "journal_transaction", type_="check")
    op.create_check_constraint(op.f("ck_journal_transaction_kind"), "journal_transaction", KINDS)
    op.create_check_constraint(
        op.f("ck_journal_transaction_reversal"),
        "journal_transaction",
        "(kind = 'reversal') = (reverses_id IS NOT NULL)",
    )
    op.execute(EXACT_OPPOSITE)
    op.execute(
        "CREATE CONSTRAINT TRIGGER journal_transaction_reversal_is_exact AFTER INSERT ON journal_transaction "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) "
        "EXECUTE FUNCTION reversal_is_exact()"
    )


def _periods() -> None:
    op.create_table(
        "ledger_period",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("transactions", sa.Integer(), nullable=False),
        sa.Column("journal_sha256", sa.String(length=64), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("extract(day FROM month) = 1", name=op.f("ck_ledger_period_month")),
        sa.CheckConstraint("closed_by <> proposed_by", name=op.f("ck_ledger_period_second_person")),
        sa.CheckConstraint("(closed_by IS NULL) = (closed_at IS NULL)", name=op.f("ck_ledger_period_closed")),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_ledger_period")),
    )
    for function in (LEDGER_MONTH, HOLD_MONTH, MONTH_DIGEST, REFUSE_CLOSED, KEEP_CLOSED):
        op.execute(function)
    op.execute(
        "CREATE TRIGGER journal_transaction_in_open_period BEFORE INSERT ON journal_transaction "
        "FOR EACH ROW EXECUTE FUNCTION refuse_closed_period()"
    )
    op.execute(
        "CREATE TRIGGER ledger_period_stays_closed BEFORE INSERT OR UPDATE OR DELETE ON ledger_period "
        "FOR EACH ROW EXECUTE FUNCTION keep_period_closed()"
    )
    op.execute(
        "CREATE TRIGGER ledger_period_not_emptied BEFORE TRUNCATE ON ledger_period "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _budgets() -> None:
    op.add_column("fund", sa.Column("distributed_pence", sa.BigInteger(), server_default="0", nullable=False))
    op.execute(DISTRIBUTED)
    op.create_check_constraint(
        op.f("ck_fund_held"), "fund", "distributed_pence BETWEEN 0 AND coalesce(allocated_pence, distributed_pence)"
    )
    op.add_column("budget", sa.Column("scheme", sa.String(length=60), nullable=True))
    op.add_column("budget", sa.Column("hub_id", sa.Uuid(), nullable=True))
    op.add_column("budget", sa.Column("financial_year", sa.String(length=7), nullable=True))
    op.create_index(op.f("ix_budget_hub_id"), "budget", ["hub_id"])
    op.create_table(
        "budget_forecast",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("forecast_pence", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("forecast_pence >= 0", name=op.f("ck_budget_forecast_forecast")),
        sa.ForeignKeyConstraint(["budget"], ["budget.budget"], name=op.f("fk_budget_forecast_budget")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_forecast")),
    )
    op.create_index("ix_budget_forecast_latest", "budget_forecast", ["budget", "made_at"])
    chassis_schema.make_append_only(op, "budget_forecast")


def _allocations() -> None:
    op.create_table(
        "allocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("to_budget", sa.String(length=60), nullable=False),
        sa.Column("from_budget", sa.String(length=60), nullable=True),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("status IN ('proposed', 'approved', 'declined')", name=op.f("ck_allocation_status")),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_allocation_amount")),
        sa.CheckConstraint("from_budget <> to_budget", name=op.f("ck_allocation_another_budget")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_allocation_second_person")),
        sa.CheckConstraint("(status = 'proposed') = (decided_by IS NULL)", name=op.f("ck_allocation_decided")),
        sa.ForeignKeyConstraint(["to_budget"], ["budget.budget"], name=op.f("fk_allocation_to_budget")),
        sa.ForeignKeyConstraint(["from_budget"], ["budget.budget"], name=op.f("fk_allocation_from_budget")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
    )
    op.create_index("ix_allocation_proposed_at", "allocation", ["proposed_at", "id"])


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
