"""Schools that belong to a hub, and whom a hub works with.

Revision: hub_schools. Follows: corrections.
"""

import sqlalchemy as sa
from alembic import op

revision = "hub_schools"
down_revision = "corrections"
branch_labels = None
depends_on = None

KINDS = ("partner", "lep", "ambassador_hub", "employer")


def upgrade() -> None:
    op.create_table(
        "hub_school",
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("ck_hub_school_dates")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_school_hub_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_hub_school_urn")),
        sa.PrimaryKeyConstraint("hub_id", "urn", name=op.f("pk_hub_school")),
    )
    op.create_table(
        "hub_link",
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind", sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=30), nullable=False
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_link_hub_id")),
        sa.PrimaryKeyConstraint("hub_id", "kind", "name", name=op.f("pk_hub_link")),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
