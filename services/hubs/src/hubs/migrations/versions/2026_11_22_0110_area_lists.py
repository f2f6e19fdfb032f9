"""The registry of lists that decide eligibility.

Revision: area_lists. Follows: 0100.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "area_lists"
down_revision = "0100"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "area_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("key_type", _one_of("key_type", "district", "local_authority", "urn", "trust"), nullable=False),
        sa.Column("vintage", sa.String(length=4), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("completeness", _one_of("completeness", "complete", "partial"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("status", _one_of("status", "proposed", "approved", "refused"), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_area_list_version")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_area_list_validity")),
        sa.CheckConstraint("imported_by <> decided_by", name=op.f("ck_area_list_two_people")),
        sa.CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name=op.f("ck_area_list_decided")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_list")),
        sa.UniqueConstraint("scheme", "version", name=op.f("uq_area_list_scheme_version")),
    )
    op.create_table(
        "area_list_entry",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("area_code", sa.String(length=20), nullable=False),
        sa.Column("area_name", sa.String(length=100), nullable=False),
        sa.Column("categories", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["area_list.id"], name=op.f("fk_area_list_entry_list_id")),
        sa.PrimaryKeyConstraint("list_id", "area_code", name=op.f("pk_area_list_entry")),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
