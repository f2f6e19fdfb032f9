"""Registers of sessions, and by which rule a run is completed.

Revision: session_registers. Follows: hub_schools.
"""

revision = "session_registers"
down_revision = "hub_schools"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
