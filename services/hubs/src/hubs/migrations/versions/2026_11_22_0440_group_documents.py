"""Documents of groups as files.

Revision: 0440. Follows: 0430.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0440"
down_revision = "0430"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("left_out", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("scan_status", sa.String(length=12), nullable=False),
        sa.Column("scanned_by", sa.String(length=120), nullable=True),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.Column("purged_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("octet_length(sha256) = 32", name=op.f("ck_group_document_sha256")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_group_document_size_bytes")),
        sa.CheckConstraint("scan_status IN ('not_scanned', 'clean')", name=op.f("ck_group_document_scan_status")),
        sa.CheckConstraint("purged_at IS NULL OR name IS NULL", name=op.f("ck_group_document_purged")),
        sa.ForeignKeyConstraint(["group_id"], ["project_group.id"], name=op.f("fk_group_document_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_document")),
    )
    op.create_index(
        "uq_group_document_group_id_sha256",
        "group_document",
        ["group_id", "sha256"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index("ix_group_document_sha256", "group_document", ["sha256"], unique=False)
    op.create_index("ix_group_document_person_id", "group_document", ["person_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
