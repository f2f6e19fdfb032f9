"""What a service's processes may do in its database: all that they need, and no more than its tables stand for.

The owner of a schema can take every guard down. So the owner migrates, and everything else runs as a role that can read
every table, write those that change, and only add to those that a trigger keeps append-only. Which those are is read
from the triggers: a table is guarded once, by its migration (`chassis_schema.make_append_only`), and both walls follow.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, text

EMPTIED = "%\\_staging"
"""Tables by name whose content is somebody's for one transaction: they are emptied whole, and measured anew."""

RIGHTS = text(
    """
    SELECT quote_ident(t.relname) AS name,
           t.relname LIKE :emptied AS is_emptied,
           coalesce(bool_or(f.proname = 'refuse_change' AND g.tgtype & 16 > 0), false) AS keeps_rows,
           coalesce(bool_or(f.proname = 'refuse_change' AND g.tgtype & 8 > 0), false) AS keeps_all,
           max(encode(g.tgargs, 'escape')) FILTER (WHERE f.proname = 'change_only_whose') AS whose
    FROM pg_class t
    LEFT JOIN (pg_trigger g JOIN pg_proc f ON f.oid = g.tgfoid) ON g.tgrelid = t.oid AND NOT g.tgisinternal
    WHERE t.relkind IN ('r', 'p') AND t.relnamespace = current_schema()::regnamespace
      AND t.relname <> 'alembic_version'
    GROUP BY t.oid, t.relname ORDER BY t.relname
    """
)
MAINTAIN_SINCE = 170_000
"""From this version of the server somebody else than a table's owner may have it measured."""


def grant_running_role(connection: Connection, role: str) -> None:
    """Give the role exactly its rights, whatever it had; in one transaction, so that no process meets half of it."""
    named = connection.dialect.identifier_preparer.quote(role)
    database, schema, version = connection.execute(
        text("SELECT current_database(), current_schema(), current_setting('server_version_num')::integer")
    ).one()
    place = connection.dialect.identifier_preparer.quote(schema)
    whole = connection.dialect.identifier_preparer.quote(database)
    connection.execute(text(f"REVOKE ALL ON ALL TABLES IN SCHEMA {place} FROM {named}"))
    connection.execute(text(f"GRANT CONNECT, TEMPORARY ON DATABASE {whole} TO {named}"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA {place} TO {named}"))
    connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA {place} TO {named}"))
    connection.execute(text(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {place} TO {named}"))
    for table in connection.execute(RIGHTS, {"emptied": EMPTIED}).all():
        rights = ", ".join(_rights(table, version))
        connection.execute(text(f"GRANT {rights} ON {table.name} TO {named}"))
    connection.commit()


def _rights(table: Row[Any], version: int) -> Iterator[str]:
    yield "INSERT"
    if table.whose:
        # A merge of two accounts changes whose the row is, and a trigger sees to it that nothing else does.
        yield f'UPDATE ("{table.whose.partition(chr(92))[0]}")'
    elif not table.keeps_rows:
        yield "UPDATE"
    if not table.keeps_all:
        yield "DELETE"
    if table.is_emptied:
        yield "TRUNCATE"
        if version >= MAINTAIN_SINCE:
            yield "MAINTAIN"
