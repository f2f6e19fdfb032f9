"""The chassis's tables as migration steps. A service's revision calls them, so that one history covers its database."""

from typing import Any

from chassis.tables import metadata

APPEND_ONLY = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def upgrade_v1(op: Any) -> None:
    """Outbox, inbox, dead letters, idempotency keys, audit trail, and the function that guards append-only tables."""
    metadata.create_all(op.get_bind(), checkfirst=False)
    op.execute(APPEND_ONLY)
    make_append_only(op, "audit_entry")


def make_append_only(op: Any, table: str) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE on a table, whoever asks."""
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
