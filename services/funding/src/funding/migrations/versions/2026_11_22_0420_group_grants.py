"""Grants of groups: what hubs told of each, and which award came of it.

Revision: 0420. Follows: 0410.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.db import UtcDateTime

revision = "0420"
down_revision = "0410"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_grant",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("national_team_id", sa.Uuid(), nullable=True),
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("project_code", sa.String(length=60), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("card", sa.String(length=60), nullable=True),
        sa.Column("inputs", JSONB(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=True),
        sa.Column("calculation", sa.Text(), nullable=True),
        sa.Column("expected_pence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("question_code", sa.String(length=60), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("followed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("status IN ('running', 'completed', 'cancelled')", name=op.f("ck_group_grant_status")),
        sa.CheckConstraint("(question IS NULL) = (question_code IS NULL)", name=op.f("ck_group_grant_question")),
        sa.CheckConstraint("expected_pence >= 0", name=op.f("ck_group_grant_expected")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_group_grant_grant_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_group_grant")),
    )
    op.create_index("ix_group_grant_hub_id", "group_grant", ["hub_id"])
    op.create_index("ix_group_grant_project", "group_grant", ["project_code", "group_id"])


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
