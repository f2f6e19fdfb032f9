"""Calls and applications on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from chassis.wire import Day
from funding.grant_applications.models import ApplicationStatus
from funding.grant_applications.rules import Answer, CallTerms, Checked
from funding.grant_cards.language import Slug
from funding.grants.schemas import Agreement, Reason, Recipient, Words


class CallOpening(BaseModel):
    """A call: its window, what it grants by which card, its form and how it is scored."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "STEM skills hubs, first round",
                    "card": "stem-hub-set-up",
                    "budget": "network-grants",
                    "opens_on": "2026-11-01",
                    "closes_on": "2027-01-31",
                    "terms": {
                        "questions": [
                            {"question": "requested_pence", "title": "What you ask for, in pence", "kind": "number"},
                            {"question": "schools", "title": "Schools of the alliance", "kind": "number"},
                            {"question": "meets", "title": "Do the schools meet regularly?", "kind": "yes_no"},
                            {"question": "plan", "title": "What you plan", "kind": "text"},
                        ],
                        "checks": [
                            {"question": "schools", "at_least": "2", "otherwise": "A hub is a group of schools."},
                            {
                                "question": "meets",
                                "has_to_be_yes": True,
                                "otherwise": "A hub is an alliance that meets regularly.",
                            },
                        ],
                        "criteria": [
                            {"criterion": "reach", "title": "Reach", "weight": 60, "at_most": 5},
                            {"criterion": "plan", "title": "The plan", "weight": 40, "at_most": 5},
                        ],
                        "scorers": 2,
                    },
                    "agreement": {
                        "version": "2026-1",
                        "reference": "Terms of set-up grants, edition 2026-1",
                        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    },
                }
            ]
        },
    )

    title: Words
    card: Slug
    budget: str = Field(max_length=60)
    opens_on: Day
    closes_on: Day
    terms: CallTerms
    agreement: Agreement

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens_on > self.closes_on:
            raise ValueError("the call closes before it opens")
        return self


class CallOut(BaseModel):
    """A call."""

    id: UUID
    title: str
    card: str
    budget: str
    opens_on: date
    closes_on: date
    terms: CallTerms
    agreement_version: str
    agreement_reference: str


class CallList(BaseModel):
    """Calls, the latest first."""

    data: list[CallOut]


class ApplicationSubmission(BaseModel):
    """An organisation applies. Answers that the call's card needs have the names of its inputs."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "call_id": "01920000-0000-7000-8000-000000000000",
                    "recipient": {
                        "kind": "hub",
                        "id": "5d1f3f3e-3f67-5cbb-9d41-0a3f2b7c1e10",
                        "name": "Example Hub",
                    },
                    "answers": {
                        "requested_pence": "4800000",
                        "schools": "10",
                        "meets": True,
                        "plan": "Lend class sets of sensors between ten schools.",
                    },
                }
            ]
        },
    )

    call_id: UUID
    recipient: Recipient
    answers: dict[Slug, Answer] = Field(max_length=50)


class PanelScore(BaseModel):
    """Points for every criterion, or a conflict of interest, which bars from scoring."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"points": {"reach": 4, "plan": 3}, "comment": "Clear and modest."}]},
    )

    points: dict[Slug, Annotated[int, Field(strict=True, ge=0, le=100)]] | None = Field(default=None, max_length=20)
    comment: Reason | None = None
    conflict: Reason | None = Field(default=None, description="Why you cannot judge this application")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.points is None) == (self.conflict is None):
            raise ValueError("either points or a conflict of interest")
        return self


class Moderation(BaseModel):
    """The total as the panel settles it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "Both scores are alike; the mean stands."}]}
    )

    percent: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] | None = Field(
        default=None, description="Without it, the mean of the scores"
    )
    reason: Reason


class ApplicationDecision(BaseModel):
    """Funded or declined, with what the applicant is told."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "funded", "feedback": "A strong plan for ten schools."}]},
    )

    outcome: Literal["funded", "declined"]
    feedback: Reason
    findings_accepted_because: Reason | None = Field(
        default=None, description="Needed when the card's calculation has findings"
    )


class ScoreOut(BaseModel):
    """One person's score or conflict of interest."""

    scorer_id: UUID
    conflict: str | None
    points: dict[str, int] | None
    percent: Decimal | None
    comment: str | None
    scored_at: datetime


class ApplicationOut(BaseModel):
    """An application. The applicant is shown the scores once it is decided, and never by whom."""

    id: UUID
    call_id: UUID
    recipient: Recipient
    answers: dict[str, Answer]
    checks: list[Checked]
    requested_pence: int
    status: ApplicationStatus
    submitted_by: UUID
    submitted_at: datetime
    percent: Decimal | None
    scores: list[ScoreOut] = Field(description="For funding staff and the panel")
    moderation: str | None
    decided_by: UUID | None
    decided_at: datetime | None
    feedback: str | None
    grant_id: UUID | None


class RankedApplication(BaseModel):
    """A place in the ranking."""

    place: int
    application_id: UUID
    recipient: Recipient
    status: ApplicationStatus
    percent: Decimal
    requested_pence: int
    is_within_budget: bool = Field(description="Whether what is available covers it and all before it")


class Ranking(BaseModel):
    """Moderated applications of a call, the best first."""

    available_pence: int
    data: list[RankedApplication]
