"""Prices that nobody took up may go. Those that a fee rests on are held by it, and what goes is in the log of seals.

Revision: 0470. Follows: 0460.
"""

from alembic import op

revision = "0470"
down_revision = "0460"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP TRIGGER quote_append_only ON quote")
    op.execute(
        "CREATE TRIGGER quote_append_only BEFORE UPDATE OR TRUNCATE ON quote "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
