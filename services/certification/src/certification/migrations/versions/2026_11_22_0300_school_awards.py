"""Awards to schools: where teachers are, what schools are called, and certificates that name them.

Revision: 0300. Follows: 0290.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "0300"
down_revision = "0290"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("teacher", sa.Column("school_urn", sa.String(6), nullable=True))
    op.create_index(op.f("ix_teacher_school_urn"), "teacher", ["school_urn"])
    op.add_column("certificate", sa.Column("school_urn", sa.String(6), nullable=True))
    op.add_column("certificate", sa.Column("school_name", sa.String(300), nullable=True))
    op.create_check_constraint(
        op.f("ck_certificate_school"), "certificate", "num_nonnulls(school_urn, school_name) IN (0, 2)"
    )
    op.create_index(
        "uq_certificate_school_urn_scheme",
        "certificate",
        ["school_urn", "scheme"],
        unique=True,
        postgresql_where=sa.text("reissue_of IS NULL"),
    )
    op.create_table(
        "school",
        sa.Column("urn", sa.String(6), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("urn", name=op.f("pk_school")),
    )
    op.create_table(
        "school_due",
        sa.Column("urn", sa.String(6), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("urn", name=op.f("pk_school_due")),
    )
    op.create_index(op.f("ix_school_due_since_at"), "school_due", ["since_at"])


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
