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
    later = {"audit_link", "audit_witness"}
    first = [table for name, table in metadata.tables.items() if name not in later]
    metadata.create_all(op.get_bind(), tables=first, checkfirst=False)
    op.execute(APPEND_ONLY)
    make_append_only(op, "audit_entry")


def upgrade_v2(op: Any) -> None:
    """The chain over the audit trail, and the heads of other services' chains."""
    tables = [metadata.tables["audit_link"], metadata.tables["audit_witness"]]
    metadata.create_all(op.get_bind(), tables=tables, checkfirst=False)
    for table in tables:
        make_append_only(op, table.name)


def make_append_only(op: Any, table: str) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE on a table, whoever asks."""
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
