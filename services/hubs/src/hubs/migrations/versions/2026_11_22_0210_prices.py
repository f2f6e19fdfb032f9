"""What runs cost, and which schools have priority.

Revision: prices. Follows: session_registers.
"""

revision = "prices"
down_revision = "session_registers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
