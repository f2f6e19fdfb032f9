"""Coverage, targets and meetings of hubs; history of schools.

Revision: directory_history. Follows: run_search.
"""

revision = "directory_history"
down_revision = "run_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
