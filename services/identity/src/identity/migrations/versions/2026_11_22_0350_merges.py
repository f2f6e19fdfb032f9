"""Merges of two people: proposals, whose two ids are one person's, and which rows moved.

Revision: 0350. Follows: 0340.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0350"
down_revision = "0340"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v3(op)
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("present_school", sa.String(length=10), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("ended_employment_id", sa.Uuid(), nullable=True),
        sa.Column("told_again_at", UtcDateTime(), nullable=True),
        sa.Column("separated_by", sa.Uuid(), nullable=True),
        sa.Column("separated_at", UtcDateTime(), nullable=True),
        sa.Column("separation_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_person_merge_two_ids")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_person_merge_two_people")),
        sa.CheckConstraint(
            "proposed_by NOT IN (kept_id, merged_id)", name=op.f("ck_person_merge_not_proposed_by_oneself")
        ),
        sa.CheckConstraint(
            "decided_by NOT IN (kept_id, merged_id)", name=op.f("ck_person_merge_not_decided_by_oneself")
        ),
        sa.CheckConstraint(
            "separated_by NOT IN (kept_id, merged_id)", name=op.f("ck_person_merge_not_separated_by_oneself")
        ),
        sa.CheckConstraint("outcome IN ('approved', 'declined')", name=op.f("ck_person_merge_outcome")),
        sa.CheckConstraint("present_school IN ('kept', 'merged')", name=op.f("ck_person_merge_present_school")),
        sa.CheckConstraint("separated_at IS NULL OR outcome = 'approved'", name=op.f("ck_person_merge_separated")),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["person.id"], name=op.f("fk_person_merge_merged_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index("ix_person_merge_kept_id", "person_merge", ["kept_id"])
    op.create_index(
        "uq_person_merge_standing",
        "person_merge",
        ["merged_id"],
        unique=True,
        postgresql_where=sa.text("outcome IS NULL OR (outcome = 'approved' AND separated_at IS NULL)"),
    )


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
