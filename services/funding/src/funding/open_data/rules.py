"""From an award to a grant of the 360Giving standard, version 1.4, as JSON and as a line of its spreadsheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import ENGLAND

VERSION = "1.4"
URN, COMPANY = re.compile(r"[0-9]{5,7}"), re.compile(r"(?:[0-9]{8}|[A-Z]{2}[0-9]{6})")
JSON = str | float | int | list["JSON"] | dict[str, "JSON"]
Grant = dict[str, JSON]


@dataclass(frozen=True)
class Award:
    """What is published of one award."""

    id: str
    title: str
    card: str
    card_version: int
    reference: str
    recipient_kind: str
    recipient_id: str
    recipient_name: str
    own_pence: int
    paid_pence: int
    """Drawn, less what came back."""
    awarded_at: datetime
    changed_at: datetime
    is_sandbox: bool


def organisation_id(prefix: str, kind: str, known_as: str) -> str:
    """A school's or a company's own number where there is one; else our own, in the standard's form."""
    if kind == "school" and URN.fullmatch(known_as):
        return f"GB-EDU-{known_as}"
    if kind == "company" and COMPANY.fullmatch(known_as):
        return f"GB-COH-{known_as}"
    return f"360G-{prefix}-org:{re.sub(r'[^A-Za-z0-9._-]+', '-', known_as)}"


def pounds(pence: int) -> float | int:
    """The standard's amounts are numbers of pounds."""
    return pence // 100 if pence % 100 == 0 else round(pence / 100, 2)


def grant_of(prefix: str, funder: Mapping[str, str], award: Award) -> Grant:
    """One award as the standard writes it."""
    made_up = "Made up, for demonstration. " if award.is_sandbox else ""
    return {
        "id": f"360G-{prefix}-{award.id}",
        "title": award.title,
        "description": f"{made_up}Awarded by card {award.card}, version {award.card_version}, for {award.reference}.",
        "currency": "GBP",
        "amountAwarded": pounds(award.own_pence),
        "amountDisbursed": pounds(award.paid_pence),
        "awardDate": award.awarded_at.astimezone(ENGLAND).date().isoformat(),
        "recipientOrganization": [
            {
                "id": organisation_id(prefix, award.recipient_kind, award.recipient_id),
                "name": award.recipient_name,
            }
        ],
        "fundingOrganization": [{"id": funder["id"], "name": funder["name"]}],
        "grantProgramme": [{"code": award.card, "title": f"Card {award.card}"}],
        "dateModified": award.changed_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
    }


COLUMNS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("Identifier", ("id",)),
    ("Title", ("title",)),
    ("Description", ("description",)),
    ("Currency", ("currency",)),
    ("Amount Awarded", ("amountAwarded",)),
    ("Amount Disbursed", ("amountDisbursed",)),
    ("Award Date", ("awardDate",)),
    ("Recipient Org:Identifier", ("recipientOrganization", "id")),
    ("Recipient Org:Name", ("recipientOrganization", "name")),
    ("Funding Org:Identifier", ("fundingOrganization", "id")),
    ("Funding Org:Name", ("fundingOrganization", "name")),
    ("Grant Programme:Code", ("grantProgramme", "code")),
    ("Grant Programme:Title", ("grantProgramme", "title")),
    ("Last modified", ("dateModified",)),
)
"""The titles of the standard's spreadsheet, and where each value is in the JSON."""


def cells_of(grant: Grant) -> list[str]:
    """A grant as a line of the spreadsheet."""
    return [_cell(grant, path) for _, path in COLUMNS]


def _cell(grant: Grant, path: tuple[str, ...]) -> str:
    value = grant[path[0]]
    if isinstance(value, list) and isinstance(value[0], dict):
        value = value[0][path[1]]
    return str(value)
