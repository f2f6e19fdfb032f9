"""The chassis's tables as migration steps. A service's revision calls them, so that one history covers its database."""

from typing import Protocol

from sqlalchemy import Connection

from chassis.tables import metadata

APPEND_ONLY = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""

ONLY_WHOSE = """
CREATE FUNCTION change_only_whose() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was uuid := to_jsonb(OLD) ->> TG_ARGV[0];
    is_now uuid := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0] AND EXISTS (
        SELECT FROM merged_person
        WHERE (merged_id, kept_id) = (was, is_now) AND separated_at IS NULL
           OR (kept_id, merged_id) = (was, is_now) AND separated_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""

TOLD = """
INSERT INTO audit_head (number, head, sealed_at, key_id, public_key, signature)
SELECT (data ->> 'number')::bigint, data ->> 'head', (data ->> 'sealed_at')::timestamptz,
       data ->> 'key_id', data ->> 'public_key', data ->> 'signature'
FROM outbox WHERE subject = '{subject}' ORDER BY position
ON CONFLICT DO NOTHING
"""

SECOND = ("audit_link", "audit_witness")
THIRD = ("merged_person", "moved_row")
FOURTH = ("audit_dispute", "erased_person", "export_part", "retention_run")
FIFTH = ("audit_head", "audit_clearance")
SIGNED = (("key_id", 100), ("public_key", 64), ("signature", 128))


class Steps(Protocol):
    """What a revision does its steps with: `alembic.op`."""

    def get_bind(self) -> Connection: ...
    def execute(self, statement: str, /) -> None: ...


def upgrade_v1(op: Steps) -> None:
    """Outbox, inbox, dead letters, idempotency keys, audit trail, and the function that guards append-only tables."""
    first = [table for name, table in metadata.tables.items() if name not in {*SECOND, *THIRD, *FOURTH, *FIFTH}]
    metadata.create_all(op.get_bind(), tables=first, checkfirst=False)
    op.execute(APPEND_ONLY)
    make_append_only(op, "audit_entry")


def upgrade_v2(op: Steps) -> None:
    """The chain over the audit trail, and the heads of other services' chains."""
    _create(op, SECOND)
    for name in SECOND:
        make_append_only(op, name)


def upgrade_v4(op: Steps) -> None:
    """Signatures of heads and what disagrees with them, people who were forgotten, exports, runs of retention."""
    _create(op, FOURTH)
    make_append_only(op, "audit_dispute")
    for name, length in SIGNED:
        op.execute(f"ALTER TABLE audit_witness ADD COLUMN IF NOT EXISTS {name} varchar({length})")


def upgrade_v5(op: Steps, service: str) -> None:
    """A service's own heads in a table of their own, filled from what it told; and what was said of disputes."""
    _create(op, FIFTH)
    op.execute(TOLD.format(subject=f"{service}_audit.chained"))
    for name in FIFTH:
        make_append_only(op, name)


def _create(op: Steps, names: tuple[str, ...]) -> None:
    metadata.create_all(op.get_bind(), tables=[metadata.tables[name] for name in names], checkfirst=False)


def upgrade_v3(op: Steps) -> None:
    """Whose two ids are one person's, what a merge moved, and the guard of append-only tables that it moves rows of."""
    _create(op, THIRD)
    op.execute(ONLY_WHOSE)


def let_merges_move(op: Steps, table: str, column: str = "teacher_id") -> None:
    """Make an append-only table let a merge, or its separation, change whose a row is, and nothing else of it."""
    op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_only_whose BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION change_only_whose('{column}')"
    )


def make_append_only(op: Steps, table: str) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE on a table, whoever asks."""
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
