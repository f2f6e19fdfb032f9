"""Entries that reverse others, corrections as the hubs tell them, and certificates in question.

Revision: 0100. Follows: 0001.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0100"
down_revision = "0001"
branch_labels = None
depends_on = None

AMOUNTS = (
    "revision >= 1 AND CASE WHEN reverses_id IS NULL THEN credits > 0 AND hours >= 0"
    " ELSE credits < 0 AND hours <= 0 END"
)


def upgrade() -> None:
    op.add_column("credit_entry", sa.Column("reverses_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_credit_entry_reverses_id"), "credit_entry", "credit_entry", ["reverses_id"], ["id"])
    op.create_unique_constraint(op.f("uq_credit_entry_reverses_id"), "credit_entry", ["reverses_id"])
    op.drop_constraint(op.f("ck_credit_entry_amounts"), "credit_entry")
    op.create_check_constraint(op.f("ck_credit_entry_amounts"), "credit_entry", AMOUNTS)
    op.create_table(
        "completion_correction",
        sa.Column("completion_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_completion_correction_hours")),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_completion_correction_teacher_id")
        ),
        sa.PrimaryKeyConstraint("completion_id", "revision", name=op.f("pk_completion_correction")),
    )
    op.create_index(op.f("ix_completion_correction_teacher_id"), "completion_correction", ["teacher_id"])
    op.create_table(
        "certificate_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("completion_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_review_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_review")),
    )
    op.create_index(
        "uq_certificate_review_open",
        "certificate_review",
        ["certificate_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    chassis_schema.make_append_only(op, "completion_correction")


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
