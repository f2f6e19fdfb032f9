"""Seals of grants, what is owed for them, and allocations; parties of statements with longer names.

Revision: 0320. Follows: 0310.
"""

import sqlalchemy as sa
from alembic import op

revision = "0320"
down_revision = "0310"
branch_labels = None
depends_on = None

TABLES = ("grant_award", "grant_snapshot", "grant_history", "grant_drawdown", "payable", "allocation")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("seal", sa.Text(), nullable=True))
        op.execute(
            f"CREATE TRIGGER zz_{table}_sealed BEFORE INSERT OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION seal_row()"
        )
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER zz_{table}_sealed")
        op.execute(f"UPDATE {table} SET seal = NULL")  # noqa: S608 # names from above
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for table in ("statement", "statement_line"):
        op.alter_column(table, "party", type_=sa.String(length=60), existing_type=sa.String(length=40))


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
