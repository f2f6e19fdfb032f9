"""Recovery cases with their steps and receipts.

Revision: 0260. Follows: 0250.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.db import UtcDateTime

revision = "0260"
down_revision = "0250"
branch_labels = None
depends_on = None

STEPS = """
CREATE FUNCTION recovery_takes_a_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := CASE TG_OP WHEN 'UPDATE' THEN OLD.status END;
    fixed text[] := ARRAY['recovered_pence', 'written_off_pence', 'status', 'method', 'proposed_by', 'agreed_by',
                          'changed_at', 'changed_by', 'reason', 'seal'];
BEGIN
    IF NOT (coalesce(before, '') || '>' || NEW.status = ANY (ARRAY[
        '>open', 'open>proposed', 'proposed>open', 'proposed>agreed', 'proposed>settled', 'agreed>agreed',
        'agreed>proposed', 'agreed>settled', 'open>dropped', 'proposed>dropped', 'agreed>dropped']))
    THEN
        RAISE EXCEPTION 'a recovery case does not go from % to %', before, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - fixed <> to_jsonb(OLD) - fixed THEN
        RAISE EXCEPTION 'what a recovery case is about is never changed' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO recovery_step (case_id, ordinal, from_status, to_status, method, taken_by, taken_at, reason)
    SELECT NEW.id, count(*) + 1, before, NEW.status, NEW.method, NEW.changed_by, NEW.changed_at, NEW.reason
    FROM recovery_step WHERE case_id = NEW.id;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    _cases()
    _steps_and_receipts()
    op.execute(STEPS)
    op.execute(
        "CREATE TRIGGER recovery_case_steps AFTER INSERT OR UPDATE ON recovery_case "
        "FOR EACH ROW EXECUTE FUNCTION recovery_takes_a_step()"
    )
    op.execute(
        "CREATE TRIGGER recovery_case_kept BEFORE DELETE OR TRUNCATE ON recovery_case "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    for table in ("recovery_step", "recovery_receipt"):
        chassis_schema.make_append_only(op, table)
    for table in ("recovery_case", "recovery_step", "recovery_receipt"):
        op.execute(
            f"CREATE TRIGGER zz_{table}_sealed BEFORE INSERT OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION seal_row()"
        )
    op.drop_constraint(op.f("ck_statement_line_kind"), "statement_line", type_="check")
    op.create_check_constraint(
        op.f("ck_statement_line_kind"),
        "statement_line",
        "kind IN ('bursary_paid', 'bursary_reversed', 'fee_owed', 'fee_earned', 'fee_reversed', 'to_be_recovered', "
        "'recovered', 'written_off', 'grant_paid', 'grant_reversed')",
    )


def _cases() -> None:
    op.create_table(
        "recovery_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("because", sa.String(length=30), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("party_kind", sa.String(length=20), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("recovered_pence", sa.BigInteger(), nullable=False),
        sa.Column("written_off_pence", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=True),
        *_rules(),
        sa.ForeignKeyConstraint(["budget"], ["budget.budget"], name=op.f("fk_recovery_case_budget")),
        sa.ForeignKeyConstraint(["payment_id"], ["claim.id"], name=op.f("fk_recovery_case_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_case")),
    )
    op.create_index(
        "uq_recovery_case_cause",
        "recovery_case",
        ["cause"],
        unique=True,
        postgresql_where=sa.text("status <> 'dropped'"),
    )
    op.create_index("ix_recovery_case_opened_at", "recovery_case", ["opened_at", "id"])
    op.create_index("ix_recovery_case_party", "recovery_case", ["party_kind", "party"])
    op.create_index(op.f("ix_recovery_case_payment_id"), "recovery_case", ["payment_id"])


def _rules() -> list[sa.CheckConstraint]:
    rules = {
        "party_kind": "party_kind IN ('school', 'hub', 'organisation')",
        "because": "because IN ('completion_withdrawn', 'booking_cancelled', 'overpayment', 'underspend')",
        "status": "status IN ('open', 'proposed', 'agreed', 'settled', 'dropped')",
        "method": "method IN ('offset', 'invoice', 'write_off')",
        "amount": "amount_pence > 0",
        "never_too_much": (
            "recovered_pence >= 0 AND written_off_pence >= 0 AND recovered_pence + written_off_pence <= amount_pence"
        ),
        "settled": "(status = 'settled') = (recovered_pence + written_off_pence = amount_pence)",
        "agreed": "status NOT IN ('agreed', 'settled') OR agreed_by IS NOT NULL",
        "second_person": "agreed_by <> proposed_by",
        "has_method": "(status = 'open') OR (method IS NOT NULL) OR (status = 'dropped')",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_recovery_case_{name}")) for name, rule in rules.items()]


def _steps_and_receipts() -> None:
    op.create_table(
        "recovery_step",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_status", sa.String(length=20), nullable=True),
        sa.Column("to_status", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["recovery_case.id"], name=op.f("fk_recovery_step_case_id")),
        sa.PrimaryKeyConstraint("case_id", "ordinal", name=op.f("pk_recovery_step")),
    )
    op.create_table(
        "recovery_receipt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('offset', 'invoice', 'write_off')", name=op.f("ck_recovery_receipt_kind")),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_recovery_receipt_amount")),
        sa.ForeignKeyConstraint(["case_id"], ["recovery_case.id"], name=op.f("fk_recovery_receipt_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_receipt")),
        sa.UniqueConstraint("case_id", "reference", name=op.f("uq_recovery_receipt_case_id_reference")),
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
