"""What projects of networks accredited people as.

Revision: 0350. Follows: 0340.
"""

import sqlalchemy as sa
from alembic import op

revision = "0350"
down_revision = "0340"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accreditation",
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("accreditation", sa.String(length=60), nullable=True),
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("project_code", sa.String(length=20), nullable=False),
        sa.Column("project_year", sa.String(length=7), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_accreditation_revision")),
        sa.PrimaryKeyConstraint("participation_id", name=op.f("pk_accreditation")),
    )
    op.create_index("ix_accreditation_teacher_id", "accreditation", ["teacher_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
