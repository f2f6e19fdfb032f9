"""Earned certificates that are drawn, so that two people look at them before the award.

Revision: 0310. Follows: 0300.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "0310"
down_revision = "0300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "award_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("recommendation", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recommended_by", sa.Uuid(), nullable=True),
        sa.Column("recommended_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("recommendation IN ('award', 'withhold')", name=op.f("ck_award_check_recommendation")),
        sa.CheckConstraint("outcome IN ('awarded', 'withheld')", name=op.f("ck_award_check_outcome")),
        sa.CheckConstraint("decided_by <> recommended_by", name=op.f("ck_award_check_two_persons")),
        sa.CheckConstraint("teacher_id NOT IN (recommended_by, decided_by)", name=op.f("ck_award_check_not_ones_own")),
        sa.CheckConstraint(
            "num_nonnulls(recommendation, reason, recommended_by, recommended_at) IN (0, 4)",
            name=op.f("ck_award_check_whole"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(outcome, decided_by, closed_at) IN (0, 3)", name=op.f("ck_award_check_closed_whole")
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR recommendation IS NOT NULL", name=op.f("ck_award_check_recommended_first")
        ),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.slug"], name=op.f("fk_award_check_scheme")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_award_check_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_check")),
        sa.UniqueConstraint("teacher_id", "scheme", name=op.f("uq_award_check_teacher_id_scheme")),
    )


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
