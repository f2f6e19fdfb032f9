"""Seals: a digest in each row of the money's records, so that a change past the database's own guards shows.

Revision: 0210. Follows: 0200.
"""

import sqlalchemy as sa
from alembic import op

revision = "0210"
down_revision = "0200"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "journal_transaction",
    "posting",
    "bursary_decision",
    "fee_decision",
    "policy_version",
    "fee_policy_version",
    "quote",
)
CHANGING = ("bursary", "claim", "payment", "payment_run")

SEAL_OF = """
CREATE FUNCTION seal_of(content jsonb, columns integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT columns || ':' || encode(sha256(convert_to((content - 'seal')::text, 'UTF8')), 'hex')
$$
"""
SEAL_ROW = """
CREATE FUNCTION seal_row() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    columns integer;
BEGIN
    SELECT max(attnum) INTO columns FROM pg_attribute WHERE attrelid = TG_RELID AND NOT attisdropped;
    NEW.seal := seal_of(to_jsonb(NEW), columns);
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(SEAL_OF)
    op.execute(SEAL_ROW)
    for table in (*APPEND_ONLY, *CHANGING):
        op.add_column(table, sa.Column("seal", sa.Text(), nullable=True))
        # The name comes last in the alphabet, so that it sees what every other trigger made of the row.
        op.execute(
            f"CREATE TRIGGER zz_{table}_sealed BEFORE INSERT OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION seal_row()"
        )
        _seal_what_is_there(table)


def _seal_what_is_there(table: str) -> None:
    guarded = table in APPEND_ONLY
    if guarded:
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
    op.execute(f"UPDATE {table} SET seal = NULL")  # noqa: S608 # names from above
    if guarded:
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only")


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
