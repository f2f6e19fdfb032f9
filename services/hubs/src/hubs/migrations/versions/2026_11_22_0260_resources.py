"""The resource bank and enrichment offers.

Revision: resources. Follows: partner_thresholds.
"""

revision = "resources"
down_revision = "partner_thresholds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
