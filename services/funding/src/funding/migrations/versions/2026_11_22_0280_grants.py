"""Grants to organisations: awards, calculations, parts by funder, instalments, drawing, spending, returns; payables.

Revision: 0280. Follows: 0270.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.db import UtcDateTime

revision = "0280"
down_revision = "0270"
branch_labels = None
depends_on = None

GUARD = """
CREATE OR REPLACE FUNCTION guard_life_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := string_to_array(TG_ARGV[0], ',');
    steps text[] := string_to_array(TG_ARGV[1], ',');
    before jsonb := to_jsonb(OLD);
    after jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% keeps its rows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    after := to_jsonb(NEW);
    IF before - may_change <> after - may_change THEN
        RAISE EXCEPTION '%: only % may change', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'restrict_violation';
    END IF;
    IF before ->> 'status' <> after ->> 'status'
            AND NOT (before ->> 'status') || '>' || (after ->> 'status') = ANY (steps) THEN
        RAISE EXCEPTION '% goes not from % to %', TG_TABLE_NAME, before ->> 'status', after ->> 'status'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
GUARDED = {
    "grant_award": (
        "status,card_version,snapshot,amount_pence,own_pence,drawn_pence,lapsed_pence,spent_pence,due_back_pence,returned_pence,decided_by,decided_at,decision_reason,accepted_by,accepted_name,accepted_position,accepted_at,ended_by,ended_at,end_reason",
        "proposed>withdrawn,proposed>declined,proposed>awarded,awarded>accepted,awarded>terminated,accepted>completed,accepted>terminated",
    ),
    "grant_snapshot": ("status,decided_by,decided_at,decision_reason", "proposed>approved,proposed>declined"),
    "grant_source": ("status,reference,changed_by,changed_at", "to_be_claimed>claimed,claimed>received"),
    "grant_instalment": ("drawn_pence,cancelled_pence", ""),
    "grant_drawdown": ("status,decided_by,decided_at,reason", "requested>approved,requested>declined"),
    "grant_return": ("status,reference,received_on,received_by,received_at", "due>received"),
    "payable": ("status,payment_run_id", "ready>scheduled,scheduled>ready,scheduled>paid,paid>ready"),
}
"""Of each table the columns that may change, and the steps of its status."""
APPEND_ONLY = (
    "grant_history",
    "grant_spend",
)


def upgrade() -> None:
    _grant_award()
    _grant_history()
    _grant_instalment()
    _grant_return()
    _grant_snapshot()
    _grant_spend()
    _payable()
    _grant_drawdown()
    _grant_source()
    op.execute(GUARD)
    for table, (columns, steps) in GUARDED.items():
        op.execute(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION guard_life_cycle('{columns}', '{steps}')"
        )
    for table in APPEND_ONLY:
        chassis_schema.make_append_only(op, table)


def _grant_award() -> None:
    op.create_table(
        "grant_award",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("card", sa.String(length=60), nullable=False),
        sa.Column("card_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("recipient_kind", sa.String(length=20), nullable=False),
        sa.Column("recipient_id", sa.String(length=60), nullable=False),
        sa.Column("recipient_name", sa.String(length=200), nullable=False),
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("snapshot", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("own_pence", sa.BigInteger(), nullable=False),
        sa.Column("drawn_pence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lapsed_pence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("spent_pence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_back_pence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("returned_pence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("agreement_version", sa.String(length=40), nullable=False),
        sa.Column("agreement_reference", sa.String(length=300), nullable=False),
        sa.Column("agreement_sha256", sa.String(length=64), nullable=False),
        sa.Column("findings_accepted_because", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("accepted_name", sa.String(length=200), nullable=True),
        sa.Column("accepted_position", sa.String(length=200), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "recipient_kind IN ('hub', 'school', 'trust', 'local_authority', 'company')",
            name=op.f("ck_grant_award_recipient_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('proposed', 'withdrawn') OR decided_by IS NOT NULL", name=op.f("ck_grant_award_decided")
        ),
        sa.CheckConstraint(
            "status IN ('proposed', 'withdrawn', 'declined', 'awarded', 'accepted', 'completed', 'terminated')",
            name=op.f("ck_grant_award_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('accepted', 'completed') OR (accepted_by IS NOT NULL AND accepted_name IS NOT NULL)",
            name=op.f("ck_grant_award_agreed"),
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_grant_award_second_person")),
        sa.CheckConstraint(
            "drawn_pence >= 0 AND due_back_pence >= 0 AND lapsed_pence >= 0", name=op.f("ck_grant_award_sums")
        ),
        sa.CheckConstraint(
            "due_back_pence <= drawn_pence AND drawn_pence - due_back_pence + lapsed_pence <= own_pence",
            name=op.f("ck_grant_award_never_above_award"),
        ),
        sa.CheckConstraint("own_pence >= 0 AND own_pence <= amount_pence", name=op.f("ck_grant_award_amount")),
        sa.CheckConstraint(
            "returned_pence >= 0 AND returned_pence <= due_back_pence", name=op.f("ck_grant_award_returned")
        ),
        sa.ForeignKeyConstraint(["budget"], ["budget.budget"], name=op.f("fk_grant_award_budget")),
        sa.ForeignKeyConstraint(
            ["card", "card_version"],
            ["grant_card_version.card", "grant_card_version.version"],
            name=op.f("fk_grant_award_card_card_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_award")),
    )
    op.create_index("ix_grant_award_proposed_at", "grant_award", ["proposed_at", "id"], unique=False)
    op.create_index("ix_grant_award_recipient", "grant_award", ["recipient_kind", "recipient_id"], unique=False)
    op.create_index(
        "uq_grant_award_live",
        "grant_award",
        ["card", "recipient_kind", "recipient_id", "reference"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('withdrawn', 'declined')"),
    )


def _grant_history() -> None:
    op.create_table(
        "grant_history",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("amount_pence", sa.BigInteger(), nullable=True),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_grant_history_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_history")),
    )
    op.create_index("ix_grant_history_grant_id", "grant_history", ["grant_id", "id"], unique=False)


def _grant_instalment() -> None:
    op.create_table(
        "grant_instalment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("drawn_pence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cancelled_pence", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_grant_instalment_amount")),
        sa.CheckConstraint(
            "drawn_pence + cancelled_pence <= amount_pence", name=op.f("ck_grant_instalment_never_above_instalment")
        ),
        sa.CheckConstraint("drawn_pence >= 0 AND cancelled_pence >= 0", name=op.f("ck_grant_instalment_sums")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_grant_instalment_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_instalment")),
        sa.UniqueConstraint("grant_id", "number", name=op.f("uq_grant_instalment_grant_id_number")),
    )


def _grant_return() -> None:
    op.create_table(
        "grant_return",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.Uuid(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(status = 'received') = (received_by IS NOT NULL AND reference IS NOT NULL)",
            name=op.f("ck_grant_return_received"),
        ),
        sa.CheckConstraint("kind IN ('underspend', 'reduction')", name=op.f("ck_grant_return_kind")),
        sa.CheckConstraint("status IN ('due', 'received')", name=op.f("ck_grant_return_status")),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_grant_return_amount")),
        sa.CheckConstraint("received_by <> raised_by", name=op.f("ck_grant_return_second_person")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_grant_return_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_return")),
    )
    op.create_index("ix_grant_return_grant_id", "grant_return", ["grant_id", "raised_at"], unique=False)


def _grant_snapshot() -> None:
    op.create_table(
        "grant_snapshot",
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("card", sa.String(length=60), nullable=False),
        sa.Column("card_version", sa.Integer(), nullable=False),
        sa.Column("calculation", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("own_pence", sa.BigInteger(), nullable=False),
        sa.Column("difference_pence", sa.BigInteger(), nullable=False),
        sa.Column("own_difference_pence", sa.BigInteger(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(status = 'proposed') = (decided_by IS NULL)", name=op.f("ck_grant_snapshot_decided")),
        sa.CheckConstraint("status IN ('proposed', 'approved', 'declined')", name=op.f("ck_grant_snapshot_status")),
        sa.CheckConstraint("decided_by <> requested_by", name=op.f("ck_grant_snapshot_second_person")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_grant_snapshot_ordinal")),
        sa.ForeignKeyConstraint(
            ["card", "card_version"],
            ["grant_card_version.card", "grant_card_version.version"],
            name=op.f("fk_grant_snapshot_card_card_version"),
        ),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_grant_snapshot_grant_id")),
        sa.PrimaryKeyConstraint("grant_id", "ordinal", name=op.f("pk_grant_snapshot")),
    )
    op.create_index(
        "uq_grant_snapshot_open",
        "grant_snapshot",
        ["grant_id"],
        unique=True,
        postgresql_where=sa.text("status = 'proposed'"),
    )


def _grant_spend() -> None:
    op.create_table(
        "grant_spend",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_grant_spend_amount")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_grant_spend_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_spend")),
    )
    op.create_index("ix_grant_spend_grant_id", "grant_spend", ["grant_id", "recorded_at"], unique=False)


def _payable() -> None:
    op.create_table(
        "payable",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("budget", sa.String(length=60), nullable=False),
        sa.Column("payee_kind", sa.String(length=20), nullable=False),
        sa.Column("payee_id", sa.String(length=60), nullable=False),
        sa.Column("payee_name", sa.String(length=200), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("narrative", sa.String(length=200), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("ready_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("payment_run_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(status = 'ready') = (payment_run_id IS NULL)", name=op.f("ck_payable_in_run")),
        sa.CheckConstraint("status IN ('ready', 'scheduled', 'paid')", name=op.f("ck_payable_status")),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_payable_amount")),
        sa.CheckConstraint("approved_by <> requested_by", name=op.f("ck_payable_second_person")),
        sa.ForeignKeyConstraint(["budget"], ["budget.budget"], name=op.f("fk_payable_budget")),
        sa.ForeignKeyConstraint(["payment_run_id"], ["payment_run.id"], name=op.f("fk_payable_payment_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payable")),
        sa.UniqueConstraint("source", name=op.f("uq_payable_source")),
    )
    op.create_index(op.f("ix_payable_payment_run_id"), "payable", ["payment_run_id"], unique=False)
    op.create_index("ix_payable_ready_at", "payable", ["ready_at", "id"], unique=False)
    op.create_index("ix_payable_subject", "payable", ["subject"], unique=False)
    op.create_index(
        "ix_payable_to_pay", "payable", ["budget"], unique=False, postgresql_where=sa.text("status = 'ready'")
    )


def _grant_drawdown() -> None:
    op.create_table(
        "grant_drawdown",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("instalment_id", sa.Uuid(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("evidence", sa.ARRAY(sa.String(length=300)), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(status = 'requested') = (decided_by IS NULL)", name=op.f("ck_grant_drawdown_decided")),
        sa.CheckConstraint("status IN ('requested', 'approved', 'declined')", name=op.f("ck_grant_drawdown_status")),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_grant_drawdown_amount")),
        sa.CheckConstraint("cardinality(evidence) > 0", name=op.f("ck_grant_drawdown_evidence")),
        sa.CheckConstraint("decided_by <> requested_by", name=op.f("ck_grant_drawdown_second_person")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_grant_drawdown_grant_id")),
        sa.ForeignKeyConstraint(
            ["instalment_id"], ["grant_instalment.id"], name=op.f("fk_grant_drawdown_instalment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_drawdown")),
    )
    op.create_index("ix_grant_drawdown_grant_id", "grant_drawdown", ["grant_id", "requested_at"], unique=False)


def _grant_source() -> None:
    op.create_table(
        "grant_source",
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("funder", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("is_external", sa.Boolean(), nullable=False),
        sa.Column("claimed_from", sa.String(length=500), nullable=True),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(status = 'ours') <> is_external", name=op.f("ck_grant_source_external")),
        sa.CheckConstraint(
            "status IN ('ours', 'to_be_claimed', 'claimed', 'received')", name=op.f("ck_grant_source_status")
        ),
        sa.CheckConstraint(
            "status NOT IN ('claimed', 'received') OR reference IS NOT NULL", name=op.f("ck_grant_source_referenced")
        ),
        sa.CheckConstraint("amount_pence <> 0", name=op.f("ck_grant_source_amount")),
        sa.ForeignKeyConstraint(
            ["grant_id", "ordinal"],
            ["grant_snapshot.grant_id", "grant_snapshot.ordinal"],
            name=op.f("fk_grant_source_grant_id_ordinal"),
        ),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_grant_source_grant_id")),
        sa.PrimaryKeyConstraint("grant_id", "ordinal", "funder", name=op.f("pk_grant_source")),
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
