"""Course runs as hubs tell of them, certificates, fee policies, quotes, and what is due for bookings.

Revision: 0200. Follows: 0100.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.db import UtcDateTime

revision = "0200"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("school", sa.Column("local_authority_code", sa.String(length=20), nullable=True))
    op.add_column("school", sa.Column("trust_codes", sa.ARRAY(sa.String(length=20)), nullable=True))
    _read_models()
    _policies_and_quotes()
    _fees()
    for table in ("fee_policy_version", "quote", "fee_decision"):
        chassis_schema.make_append_only(op, table)


def _read_models() -> None:
    op.create_table(
        "course_run",
        sa.Column("course_run_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("course_code", sa.String(length=40), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("phases", sa.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("charge_pence", sa.Integer(), nullable=True),
        sa.Column("independent_charge_pence", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("course_run_id", name=op.f("pk_course_run")),
    )
    op.create_table(
        "held_certificate",
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("awarded_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("teacher_id", "scheme", name=op.f("pk_held_certificate")),
    )


def _policies_and_quotes() -> None:
    op.create_table(
        "fee_policy_version",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_fee_policy_version_version")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_fee_policy_version")),
        sa.UniqueConstraint("effective_from", name=op.f("uq_fee_policy_version_effective_from")),
    )
    op.create_table(
        "quote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("school_urn", sa.String(length=20), nullable=False),
        sa.Column("course_run_id", sa.Uuid(), nullable=False),
        sa.Column("course_code", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=True),
        sa.Column("at_most_pence", sa.Integer(), nullable=True),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("run_sequence", sa.BigInteger(), nullable=False),
        sa.Column("quoted_at", UtcDateTime(), nullable=False),
        sa.Column("valid_until_at", UtcDateTime(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.CheckConstraint("outcome IN ('priced', 'needs_review')", name=op.f("ck_quote_outcome")),
        sa.CheckConstraint("(outcome = 'priced') = (amount_pence IS NOT NULL)", name=op.f("ck_quote_priced")),
        sa.CheckConstraint("quoted_at < valid_until_at", name=op.f("ck_quote_validity")),
        sa.ForeignKeyConstraint(
            ["policy_version"], ["fee_policy_version.version"], name=op.f("fk_quote_policy_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index("ix_quote_teacher_id_course_run_id", "quote", ["teacher_id", "course_run_id"])
    op.create_index("ix_quote_teacher_id_quoted_at", "quote", ["teacher_id", "quoted_at"])
    op.create_index("ix_quote_quoted_at", "quote", ["quoted_at", "id"])


def _fees() -> None:
    op.create_table(
        "fee",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("school_urn", sa.String(length=20), nullable=False),
        sa.Column("course_run_id", sa.Uuid(), nullable=False),
        sa.Column("course_code", sa.String(length=40), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=True),
        sa.Column("at_most_pence", sa.Integer(), nullable=True),
        sa.Column("takes_free_place", sa.Boolean(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Uuid(), nullable=True),
        sa.Column("is_reopened", sa.Boolean(), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("priced_on", sa.Date(), nullable=False),
        sa.Column("placed_at", UtcDateTime(), nullable=False),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("status IN ('due', 'in_review', 'void')", name=op.f("ck_fee_status")),
        sa.CheckConstraint("status <> 'due' OR amount_pence IS NOT NULL", name=op.f("ck_fee_due")),
        sa.CheckConstraint("amount_pence >= 0 AND amount_pence <= at_most_pence", name=op.f("ck_fee_amount")),
        sa.CheckConstraint("(status = 'void') = (voided_at IS NOT NULL)", name=op.f("ck_fee_void")),
        sa.ForeignKeyConstraint(["policy_version"], ["fee_policy_version.version"], name=op.f("fk_fee_policy_version")),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_fee_quote_id")),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_fee")),
    )
    op.create_index("ix_fee_teacher_id", "fee", ["teacher_id", "placed_at"])
    op.create_index("ix_fee_placed_at", "fee", ["placed_at", "booking_id"])
    op.create_index("ix_fee_school_urn", "fee", ["school_urn"])
    op.create_index("ix_fee_in_review", "fee", ["school_urn"], postgresql_where=sa.text("status = 'in_review'"))
    op.create_index("ix_fee_reopened", "fee", ["school_urn"], postgresql_where=sa.text("is_reopened"))
    op.create_table(
        "fee_decision",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["fee.booking_id"], name=op.f("fk_fee_decision_booking_id")),
        sa.PrimaryKeyConstraint("booking_id", "ordinal", name=op.f("pk_fee_decision")),
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
