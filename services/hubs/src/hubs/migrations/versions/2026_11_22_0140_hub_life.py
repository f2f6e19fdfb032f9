"""The life of a hub, its kinds, its manager, and the version of its facts.

Revision: hub_life. Follows: gcse_offers.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "hub_life"
down_revision = "gcse_offers"
branch_labels = None
depends_on = None

KINDS = ("computing_hub", "maths_hub", "stem_skills_hub", "satellite")
STAGES = ("applied", "assessed", "designated", "reviewed", "closed")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    # The first revision's checks of words bear the type's name alone, outside the convention.
    for name in ("kind", "ck_hub_kind"):
        op.execute(f"ALTER TABLE hub DROP CONSTRAINT IF EXISTS {name}")
    op.create_check_constraint(op.f("ck_hub_kind"), "hub", sa.column("kind").in_(KINDS))
    op.add_column("hub", sa.Column("stage", _one_of("stage", *STAGES), server_default="designated", nullable=False))
    op.add_column("hub", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("hub", sa.Column("managed_by_hub_id", sa.Uuid(), nullable=True))
    op.add_column("hub", sa.Column("lead_school_urn", sa.String(length=6), nullable=True))
    op.add_column("hub", sa.Column("phone", sa.String(length=20), nullable=True))
    op.add_column("hub", sa.Column("website", sa.String(length=200), nullable=True))
    op.add_column("hub", sa.Column("opening_hours", sa.String(length=200), nullable=True))
    op.create_foreign_key(op.f("fk_hub_managed_by_hub_id"), "hub", "hub", ["managed_by_hub_id"], ["id"])
    op.create_check_constraint(op.f("ck_hub_manager"), "hub", "kind = 'satellite' OR managed_by_hub_id IS NULL")
    op.create_check_constraint(op.f("ck_hub_open_stage"), "hub", "NOT is_open OR stage IN ('designated', 'reviewed')")
    op.create_table(
        "hub_transition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("from_stage", _one_of("from_stage", *STAGES), nullable=True),
        sa.Column("to_stage", _one_of("to_stage", *STAGES), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_transition_hub_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_transition")),
    )
    op.create_index("ix_hub_transition_hub_id", "hub_transition", ["hub_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
