"""Row seals: each row of a sealed table carries a digest of its columns, which the database writes.

A row that was changed with the triggers off keeps its old digest. The digest says how many columns it covers, so that
a column added later does not break the seals of rows that were there before.
"""

from collections.abc import AsyncIterator

from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from funding.base import Base
from funding.verification.findings import Finding

_LATER = text(
    "SELECT attname FROM pg_attribute WHERE attrelid = CAST(:owner AS regclass) AND attnum > :columns "
    "AND NOT attisdropped"
)


def sealed_tables() -> list[Table]:
    """Every table whose rows carry a seal."""
    return [table for table in Base.metadata.sorted_tables if "seal" in table.c]


async def broken(db: AsyncConnection, table: Table) -> AsyncIterator[Finding]:
    """Rows whose seal is missing or is not theirs. The connection's time zone is UTC, as it is for the sealing."""
    counts = text(f"SELECT DISTINCT split_part(seal, ':', 1) FROM {table.name}")  # noqa: S608 # a table of ours
    for written in (await db.scalars(counts)).all():
        if written is None or not written.isdigit():
            condition, later, covered = "split_part(seal, ':', 1) IS NOT DISTINCT FROM :written", [], 0
        else:
            covered = min(int(written), 2**15)
            later = list(await db.scalars(_LATER, {"owner": table.name, "columns": covered}))
            condition = (
                "split_part(seal, ':', 1) = :written "
                "AND seal IS DISTINCT FROM seal_of(to_jsonb(row) - CAST(:later AS text[]), :covered)"
            )
        query = f"SELECT {_key(table)} AS subject FROM {table.name} AS row WHERE {condition}"  # noqa: S608
        given = {"written": written, "later": later, "covered": covered}
        used = {name: value for name, value in given.items() if f":{name}" in condition}
        for subject in (await db.scalars(text(query), used)).all():
            yield Finding("row-is-sealed", f"{table.name}:{subject}", "The row is not as the database wrote it.")


def _key(table: Table) -> str:
    return " || '/' || ".join(f"row.{column.name}::text" for column in table.primary_key.columns)
