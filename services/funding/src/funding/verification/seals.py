"""Row seals: each row of a sealed table carries a digest of its columns, which the database writes.

A row that was changed with the triggers off keeps its old digest. The digest says how many columns it covers, so that
a column added later does not break the seals of rows that were there before. Every seal that is written is logged too:
a row that is gone and was not logged as taken away is missed, and one that nobody logged was put in past the triggers.
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


UNSEALED = {
    "area_category": "a list of another service, held by its checksum; decisions keep what they used of it",
    "area_list": "a list of another service, held by its checksum; decisions keep what they used of it",
    "booking": "a copy of what hubs tells; decisions keep what they used of it",
    "bursary_transition": "part of the schema: steps that were taken are held against it",
    "completion": "a copy of what hubs tells; bursaries keep what followed from it",
    "course_run": "a copy of what hubs tells; quotes keep what they used of it",
    "district_succession": "reference data; decisions keep what they used of it",
    "entitlement": "a count: held against its entries and against the bursaries",
    "establishment_type": "reference data; decisions keep what they used of it",
    "group_grant": "a copy of what hubs tells; the award that came of it is decided, and sealed there",
    "held_certificate": "a copy of what certification tells; decisions keep what they used of it",
    "impact": "work to be done: what it leads to is decided, and sealed there",
    "impact_item": "work to be done: what it leads to is decided, and sealed there",
    "ledger_account": "balances: held against the postings",
    "review_task": "work to be done: what it leads to is decided, and sealed there",
    "review_wait": "work to be done: what it leads to is decided, and sealed there",
    "school": "a copy of what hubs tells; decisions keep what they used of it",
    "seal_entry": "the log itself: held by its heads",
    "seal_head": "heads: held by each other, by the audit trail, and by whoever noted one",
}
"""Tables whose rows carry no seal, and why they need none. A table that is in neither list fails the tests."""


def sealed_tables() -> list[Table]:
    """Every table whose rows carry a seal."""
    return [table for table in Base.metadata.sorted_tables if table.name not in UNSEALED]


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


async def unlogged(db: AsyncConnection) -> AsyncIterator[Finding]:
    """Rows that are gone, that nobody put in, or that carry another seal than was last written for them."""
    held = " UNION ALL ".join(
        f"SELECT '{table.name}' AS owner, {_key(table)} AS key, row.seal FROM {table.name} AS row"  # noqa: S608
        for table in sealed_tables()
    )
    query = f"""
        WITH held AS ({held}), latest AS (
            SELECT DISTINCT ON (owner, key) owner, key, written FROM seal_entry ORDER BY owner, key, id DESC)
        SELECT owner, key, held.owner IS NULL AS is_gone, latest.written IS NULL AS is_added
        FROM latest FULL JOIN held USING (owner, key) WHERE latest.written IS DISTINCT FROM held.seal
    """  # noqa: S608 # tables of ours
    for row in (await db.execute(text(query))).all():
        said = (
            "The row is gone." if row.is_gone else "Nobody put the row in." if row.is_added else "The seal is another."
        )
        yield Finding("row-is-as-logged", f"{row.owner}:{row.key}", said)
