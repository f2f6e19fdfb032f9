"""What two administrators say about a certificate in question, and the day that a correction told.

Revision: 0280. Follows: 0270.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "0280"
down_revision = "0270"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("completion_correction", sa.Column("occurred_on", sa.Date(), nullable=True))
    for column in (
        sa.Column("recommendation", sa.String(10), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recommended_by", sa.Uuid(), nullable=True),
        sa.Column("recommended_at", UtcDateTime(), nullable=True),
        sa.Column("revocation_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
    ):
        op.add_column("certificate_review", column)
    op.create_foreign_key(
        op.f("fk_certificate_review_revocation_id"),
        "certificate_review",
        "certificate_revocation",
        ["revocation_id"],
        ["id"],
    )
    op.create_check_constraint("two_persons", "certificate_review", "decided_by <> recommended_by")
    op.create_check_constraint(
        "recommended_whole",
        "certificate_review",
        "num_nonnulls(recommendation, reason, recommended_by, recommended_at) IN (0, 4)",
    )


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
