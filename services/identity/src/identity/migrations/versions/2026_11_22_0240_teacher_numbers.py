"""Teacher reference numbers.

Revision: 0240. Follows: 0230.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "0240"
down_revision = "0230"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "teacher_number",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("trn", sa.String(length=7), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("stated_by", sa.Uuid(), nullable=False),
        sa.Column("stated_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint("trn ~ '^[0-9]{7}$'", name=op.f("ck_teacher_number_trn")),
        sa.CheckConstraint(
            "standing IN ('self_declared', 'matched', 'verified')", name=op.f("ck_teacher_number_standing")
        ),
        sa.CheckConstraint(
            "standing = 'self_declared' OR stated_by <> person_id", name=op.f("ck_teacher_number_not_by_oneself")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_teacher_number_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_teacher_number")),
    )
    op.create_index(
        "uq_teacher_number_verified",
        "teacher_number",
        ["trn"],
        unique=True,
        postgresql_where=sa.text("standing = 'verified'"),
    )
    op.create_index("ix_teacher_number_trn", "teacher_number", ["trn"])


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
