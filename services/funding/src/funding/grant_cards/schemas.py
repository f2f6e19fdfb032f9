"""Cards and calculations on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.grant_cards.language import Card, Given, Slug
from funding.grant_cards.models import CardStatus

CardVersion = Annotated[int, Field(ge=1, le=10_000)]


class CalculationRequest(BaseModel):
    """Which card to calculate, and with what."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"card": "19-09", "inputs": {"schools": "7"}}]}
    )

    card: Slug = Field(examples=["19-09"])
    version: CardVersion | None = Field(default=None, description="Without it, the version in force today")
    inputs: dict[Slug, Given] = Field(
        max_length=20, description="Numbers, also as text, and choices; the card names what it has to be told"
    )


class CardProposal(BaseModel):
    """A new version of a card, or a new card. It calculates nothing before another person has approved it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": {
                        "card": "26-01",
                        "version": 1,
                        "project_year": "2026-27",
                        "effective_from": "2026-09-01",
                        "title": "Physical computing work groups",
                        "programme": "computing-network-projects",
                        "granted_per": "work group",
                        "source": "Letter of the programme board, 1 November 2026",
                        "funders": [{"funder": "core-grant", "title": "Core grant"}],
                        "inputs": [{"input": "schools", "title": "Schools in the work group", "kind": "count"}],
                        "lines": [
                            {
                                "line": "release",
                                "label": "Towards the release of each school's lead teacher",
                                "quantity": [{"times": "1", "of": ["schools"]}],
                                "unit": "school",
                                "rate": 90000,
                                "payee": "participating_school",
                                "funder": "core-grant",
                                "source": "Letter of the programme board, 1 November 2026",
                            }
                        ],
                        "examples": [
                            {"inputs": {"schools": "6"}, "total_pence": 540000, "source": "The letter's own example"}
                        ],
                    }
                }
            ]
        },
    )

    document: Card


class CardOut(BaseModel):
    """A version of a card: its whole text, its checksum, and who decided it."""

    card: str
    version: int
    status: CardStatus
    checksum: str = Field(description="SHA-256 of the canonical text")
    document: Card
    proposed_by: UUID | None = Field(description="Null for reference data")
    recorded_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None


class CardList(BaseModel):
    """Versions of cards."""

    data: list[CardOut]
