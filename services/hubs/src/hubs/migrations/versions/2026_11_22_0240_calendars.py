"""Calendar feeds and what people are told about their bookings.

Revision: calendars. Follows: directory_history.
"""

revision = "calendars"
down_revision = "directory_history"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
