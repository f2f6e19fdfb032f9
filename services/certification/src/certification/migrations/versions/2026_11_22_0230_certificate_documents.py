"""Documents, badges, status lists and the issuance log of certificates.

Revision: 0230. Follows: 0220.
"""

revision = "0230"
down_revision = "0220"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
