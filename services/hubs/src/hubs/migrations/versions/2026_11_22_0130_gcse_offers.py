"""Attestations of schools' GCSE computer science offers.

Revision: gcse_offers. Follows: school_imports.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "gcse_offers"
down_revision = "school_imports"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "gcse_offer_attestation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=False),
        sa.Column("academic_year", sa.String(length=7), nullable=False),
        sa.Column("offers", sa.Boolean(), nullable=False),
        sa.Column("attested_as", _one_of("attested_as", "school_lead", "hub_staff"), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=True),
        sa.Column("attested_by", sa.Uuid(), nullable=False),
        sa.Column("attested_at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "status",
            _one_of("status", "standing", "confirming", "in_review", "refused", "overruled"),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("attested_by <> decided_by", name=op.f("ck_gcse_offer_attestation_two_people")),
        sa.CheckConstraint(
            "(attested_as = 'hub_staff') = (hub_id IS NOT NULL)", name=op.f("ck_gcse_offer_attestation_hub")
        ),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_gcse_offer_attestation_hub_id")),
        sa.ForeignKeyConstraint(["urn"], ["school.urn"], name=op.f("fk_gcse_offer_attestation_urn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gcse_offer_attestation")),
    )
    op.create_index(
        "uq_gcse_offer_attestation_standing",
        "gcse_offer_attestation",
        ["urn", "academic_year"],
        unique=True,
        postgresql_where=sa.text("status = 'standing'"),
    )
    op.create_index(
        "ix_gcse_offer_attestation_in_review",
        "gcse_offer_attestation",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status = 'in_review'"),
    )
    op.create_index("ix_gcse_offer_attestation_urn", "gcse_offer_attestation", ["urn"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
