"""The money of groups, as funding tells it, and how many people came to what groups did.

Revision: 0410. Follows: 0400.
"""

import sqlalchemy as sa
from alembic import op

revision = "0410"
down_revision = "0400"
branch_labels = None
depends_on = None


COUNT = """
CREATE FUNCTION count_people_marked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE group_activity SET people_marked = counted.marked, people_present = counted.present
    FROM (
        SELECT touched.activity_id, count(mark) FILTER (WHERE mark IN ('present', 'absent')) AS marked,
               count(mark) FILTER (WHERE mark = 'present') AS present
        FROM (SELECT DISTINCT activity_id FROM changed) AS touched LEFT JOIN group_mark USING (activity_id)
        GROUP BY touched.activity_id
    ) AS counted
    WHERE id = counted.activity_id
      AND (people_marked, people_present) IS DISTINCT FROM (counted.marked, counted.present);
    RETURN NULL;
END $$
"""
"""Counted anew from the marks themselves, so that the release before, which does not know of it, leaves them right."""
TABLES = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


def upgrade() -> None:
    for name in ("people_marked", "people_present"):
        op.add_column("group_activity", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.execute(COUNT)
    for what, table in TABLES.items():
        op.execute(
            f"CREATE TRIGGER count_people_marked_on_{what.lower()} AFTER {what} ON group_mark "
            f"REFERENCING {table} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_people_marked()"
        )
    op.execute("UPDATE group_mark SET mark = mark")
    op.create_table(
        "group_money",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hub_id", sa.Uuid(), nullable=False),
        sa.Column("network", sa.String(60), nullable=False),
        sa.Column("project_code", sa.String(60), nullable=False),
        sa.Column("project_year", sa.String(7), nullable=False),
        sa.Column("grant_status", sa.String(20), nullable=True),
        sa.Column("expected_pence", sa.BigInteger(), nullable=False),
        sa.Column("awarded_pence", sa.BigInteger(), nullable=False),
        sa.Column("drawn_pence", sa.BigInteger(), nullable=False),
        sa.Column("owed_pence", sa.BigInteger(), nullable=False),
        sa.Column("to_return_pence", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("group_id", name="pk_group_money"),
    )
    op.create_index("ix_group_money_network_project_year", "group_money", ["network", "project_year"])


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
