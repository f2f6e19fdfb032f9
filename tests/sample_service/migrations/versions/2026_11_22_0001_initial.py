"""The chassis's tables and the sample's."""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything."""
    chassis_schema.upgrade_v1(op)
    chassis_schema.upgrade_v2(op)
    chassis_schema.upgrade_v3(op)
    chassis_schema.upgrade_v4(op)
    chassis_schema.upgrade_v5(op, "sample")
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("badge", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("badge", name="uq_membership_badge", deferrable=True, initially="DEFERRED"),
    )
    op.create_table(
        "join_count",
        sa.Column("teacher_id", sa.Uuid(), primary_key=True),
        sa.Column("joins", sa.Integer(), nullable=False),
    )
    op.create_table(
        "known_hub",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
    )
    op.create_table("refusal", sa.Column("teacher_id", sa.Uuid(), primary_key=True))
    op.create_table(
        "trace",
        sa.Column("event_id", sa.Uuid(), primary_key=True),
        sa.Column("traceparent", sa.String(60)),
    )
