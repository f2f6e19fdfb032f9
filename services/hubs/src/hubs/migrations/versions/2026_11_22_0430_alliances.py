"""Alliances of schools, those that consent to them, and guests of hubs.

Revision: 0430. Follows: 0420.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "0430"
down_revision = "0420"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "alliance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=1000), nullable=False),
        sa.Column("lead_urn", sa.String(length=6), nullable=False),
        sa.Column("status", _one_of("status", "forming", "applied", "hub", "dissolved"), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=True),
        sa.Column("formed_at", UtcDateTime(), nullable=False),
        sa.Column("formed_by", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.String(length=500), nullable=True),
        sa.CheckConstraint("(status = 'dissolved') = (ended_on IS NOT NULL)", name=op.f("ck_alliance_ended")),
        sa.CheckConstraint("(status IN ('applied', 'hub')) <= (hub_id IS NOT NULL)", name=op.f("ck_alliance_hub")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_alliance_hub_id")),
        sa.ForeignKeyConstraint(["lead_urn"], ["school.urn"], name=op.f("fk_alliance_lead_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliance")),
    )
    op.create_index("ix_alliance_lead_urn", "alliance", ["lead_urn"], unique=False)
    op.create_index("uq_alliance_hub_id", "alliance", ["hub_id"], unique=True)
    op.create_table(
        "hub_guest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("admitted_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_hub_guest_dates")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_guest_hub_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_hub_guest_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_guest")),
    )
    op.create_index("ix_hub_guest_hub_id_urn", "hub_guest", ["hub_id", "urn"], unique=False)
    op.create_table(
        "alliance_school",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alliance_id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("consented_by", sa.Uuid(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(consented_on IS NULL) = (consented_by IS NULL)", name=op.f("ck_alliance_school_consent")),
        sa.CheckConstraint("left_on >= consented_on", name=op.f("ck_alliance_school_dates")),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"], name=op.f("fk_alliance_school_alliance_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_alliance_school_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliance_school")),
    )
    op.create_index(
        "uq_alliance_school_asked",
        "alliance_school",
        ["alliance_id", "urn"],
        unique=True,
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.create_index(
        "uq_alliance_school_member",
        "alliance_school",
        ["urn"],
        unique=True,
        postgresql_where=sa.text("left_on IS NULL AND consented_on IS NOT NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
