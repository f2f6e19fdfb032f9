"""Statements, frozen when they are closed.

Revision: 0240. Follows: 0230.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.db import UtcDateTime

revision = "0240"
down_revision = "0230"
branch_labels = None
depends_on = None

FROZEN = """
CREATE FUNCTION statement_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    later text[] := ARRAY['status', 'settled_by', 'settled_at', 'settlement_reference', 'seal'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.status = 'paid' OR to_jsonb(NEW) - later <> to_jsonb(OLD) - later THEN
        RAISE EXCEPTION 'a closed statement is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
EXACT = """
CREATE FUNCTION line_reversal_is_exact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM statement_line AS original WHERE original.id = NEW.reverses_id
        AND (original.party_kind, original.party, original.amount_pence)
            = (NEW.party_kind, NEW.party, -NEW.amount_pence) AND original.reverses_id IS NULL
    ) THEN
        RAISE EXCEPTION 'line % does not reverse exactly what it names', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    _statements()
    _lines()
    op.execute(FROZEN)
    op.execute(
        "CREATE TRIGGER statement_frozen BEFORE UPDATE OR DELETE ON statement "
        "FOR EACH ROW EXECUTE FUNCTION statement_is_frozen()"
    )
    op.execute(EXACT)
    op.execute(
        "CREATE CONSTRAINT TRIGGER statement_line_reversal AFTER INSERT ON statement_line DEFERRABLE INITIALLY "
        "DEFERRED FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION line_reversal_is_exact()"
    )
    chassis_schema.make_append_only(op, "statement_line")
    for table in ("statement", "statement_line"):
        op.execute(
            f"CREATE TRIGGER zz_{table}_sealed BEFORE INSERT OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION seal_row()"
        )


def _statements() -> None:
    op.create_table(
        "statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_kind", sa.String(length=20), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("total_pence", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("settlement_reference", sa.String(length=100), nullable=True),
        sa.Column("seal", sa.Text(), nullable=True),
        sa.CheckConstraint("party_kind IN ('school', 'hub', 'organisation')", name=op.f("ck_statement_party_kind")),
        sa.CheckConstraint("status IN ('closed', 'paid')", name=op.f("ck_statement_status")),
        sa.CheckConstraint("extract(day FROM month) = 1", name=op.f("ck_statement_month")),
        sa.CheckConstraint("lines > 0", name=op.f("ck_statement_lines")),
        sa.CheckConstraint("(status = 'paid') = (settled_by IS NOT NULL)", name=op.f("ck_statement_settled")),
        sa.CheckConstraint("settled_by <> closed_by", name=op.f("ck_statement_second_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("party_kind", "party", "month", name=op.f("uq_statement_party_kind_party_month")),
        sa.UniqueConstraint("id", "party_kind", "party", name=op.f("uq_statement_id_party_kind_party")),
    )
    op.create_index("ix_statement_month", "statement", ["month", "id"])


def _lines() -> None:
    op.create_table(
        "statement_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("party_kind", sa.String(length=20), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("narrative", sa.String(length=200), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_pence <> 0", name=op.f("ck_statement_line_amount")),
        sa.CheckConstraint(
            "kind IN ('bursary_paid', 'bursary_reversed', 'fee_owed', 'fee_earned', 'fee_reversed', 'recovered', "
            "'written_off', 'grant_paid', 'grant_reversed')",
            name=op.f("ck_statement_line_kind"),
        ),
        sa.CheckConstraint(
            "(kind IN ('bursary_reversed', 'fee_reversed', 'grant_reversed')) = (reverses_id IS NOT NULL)",
            name=op.f("ck_statement_line_reversal"),
        ),
        sa.ForeignKeyConstraint(
            ["statement_id", "party_kind", "party"],
            ["statement.id", "statement.party_kind", "statement.party"],
            name=op.f("fk_statement_line_statement_id_party_kind_party"),
        ),
        sa.ForeignKeyConstraint(["reverses_id"], ["statement_line.id"], name=op.f("fk_statement_line_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_line")),
        sa.UniqueConstraint("statement_id", "position", name=op.f("uq_statement_line_statement_id_position")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_statement_line_reverses_id")),
    )
    op.create_index(
        "uq_statement_line_fact",
        "statement_line",
        ["party_kind", "party", "source"],
        unique=True,
        postgresql_where=sa.text("reverses_id IS NULL"),
    )
    op.create_index("ix_statement_line_source", "statement_line", ["source"])


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
