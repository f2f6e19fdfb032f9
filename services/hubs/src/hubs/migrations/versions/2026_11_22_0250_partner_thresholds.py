"""Completion thresholds, and corrected and withdrawn reports of partners.

Revision: partner_thresholds. Follows: calendars.
"""

revision = "partner_thresholds"
down_revision = "calendars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
