"""Reads what may be published: awards that were made, to organisations."""

import importlib.resources
import json
from functools import cache

from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from funding.budgets.models import Budget
from funding.grants.models import GrantAward, GrantStatus
from funding.open_data.rules import COLUMNS, VERSION, Award, Grant, cells_of, grant_of
from funding.spreadsheets import csv_of

MADE = (GrantStatus.AWARDED, GrantStatus.ACCEPTED, GrantStatus.COMPLETED, GrantStatus.TERMINATED)


class Publication(BaseModel):
    """Who publishes, by `open_data.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prefix: str
    funder: dict[str, str]
    publisher: dict[str, str]
    title: str
    description: str
    license: str


@cache
def publication() -> Publication:
    """Who publishes what."""
    text = (importlib.resources.files("funding") / "reference" / "open_data.json").read_text(encoding="utf-8")
    return Publication.model_validate_json(text)


async def as_json(reader: AsyncConnection, *, with_sandbox: bool) -> bytes:
    """The package, the same bytes for the same grants."""
    ours = publication()
    package = {
        "version": VERSION,
        "title": ours.title,
        "description": ours.description,
        "license": ours.license,
        "publisher": ours.publisher,
        "grants": await _grants(reader, with_sandbox=with_sandbox),
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode()


async def as_csv(reader: AsyncConnection, *, with_sandbox: bool) -> bytes:
    """The same as the standard's spreadsheet."""
    grants = await _grants(reader, with_sandbox=with_sandbox)
    return csv_of([title for title, _ in COLUMNS], [cells_of(grant) for grant in grants])


async def _grants(reader: AsyncConnection, *, with_sandbox: bool) -> list[Grant]:
    changed = func.greatest(GrantAward.decided_at, GrantAward.accepted_at, GrantAward.ended_at)
    query = (
        select(GrantAward.__table__, Budget.is_sandbox, changed.label("changed_at"))
        .join(Budget, Budget.budget == GrantAward.budget)
        .where(GrantAward.status.in_(MADE))
        .order_by(GrantAward.decided_at, GrantAward.id)
    )
    if not with_sandbox:
        query = query.where(Budget.is_sandbox.is_(False))
    ours = publication()
    return [
        grant_of(
            ours.prefix,
            ours.funder,
            Award(
                id=str(row.id),
                title=row.title,
                card=row.card,
                card_version=row.card_version,
                reference=row.reference,
                recipient_kind=row.recipient_kind,
                recipient_id=row.recipient_id,
                recipient_name=row.recipient_name,
                own_pence=row.own_pence,
                paid_pence=row.drawn_pence - row.returned_pence,
                awarded_at=row.decided_at,
                changed_at=row.changed_at,
                is_sandbox=row.is_sandbox,
            ),
        )
        for row in await reader.execute(query)
    ]
