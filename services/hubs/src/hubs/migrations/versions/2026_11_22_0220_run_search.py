"""What the search of runs reads.

Revision: run_search. Follows: prices.
"""

revision = "run_search"
down_revision = "prices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
