"""Calendar feeds, and what people are told about their bookings.

Revision: calendars. Follows: directory_history.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "calendars"
down_revision = "directory_history"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("course_run", sa.Column("changed_at", UtcDateTime(), server_default=sa.text("now()"), nullable=False))
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("rotated_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feed_secret_hash")),
    )
    op.create_index("ix_calendar_feed_person_id", "calendar_feed", ["person_id"])
    op.create_table(
        "sent_reminder",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_sent_reminder_booking_id")),
        sa.PrimaryKeyConstraint("booking_id", "starts_on", "days", name=op.f("pk_sent_reminder")),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
