"""Drafts on the wire."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from funding.policies.rules import Policy
from funding.policy_drafts.cases import Case
from funding.policy_drafts.models import DraftStatus

_FUNDED: dict[str, JsonValue] = {
    "criterion": "state-funded",
    "title": "The school is state-funded",
    "fact": "school.is_state_funded",
    "one_of": [True],
    "not_met": "The school is not state-funded.",
    "unknown": "We do not know whether the school counts as state-funded.",
}
EXAMPLE: dict[str, JsonValue] = {
    "budget": "cpd-bursaries",
    "policy": {
        "policy": "primary-cpd",
        "version": 5,
        "effective_from": "2027-09-01",
        "title": "Primary courses, face to face or remote",
        "source": "Decision of the programme board, November 2026",
        "applies_to": {"phases": ["primary"], "programmes": ["core"], "modes": ["face_to_face", "live_remote"]},
        "second_approval_above_pence": 100_000,
        "entry": {"all": []},
        "rows": [
            {
                "row": "state-funded",
                "when": _FUNDED,
                "fee_per_day_pence": 3500,
                "bursary_per_day_pence": 24000,
                "quota": {"per": ["school", "academic_year"], "taken": "The school's bursary of this year is held."},
                "reason": "One teacher of a state-funded school has a bursary in the academic year.",
            },
            {
                "row": "others",
                "when": {"all": []},
                "fee_per_day_pence": 3500,
                "bursary_per_day_pence": 0,
                "reason": "Others pay the capped charge.",
            },
        ],
    },
    "cases": [
        {
            "name": "A state-funded school has £205 for a day",
            "facts": {"school.is_state_funded": True},
            "expect": {"outcome": "eligible", "row": "state-funded", "amount_pence": 20500, "fee_pence": 3500},
        },
        {
            "name": "Its second teacher has none",
            "facts": {"school.is_state_funded": True},
            "quotas_taken": ["state-funded"],
            "expect": {"outcome": "ineligible", "row": "others", "fee_pence": 3500},
        },
    ],
}


class DraftContent(BaseModel):
    """A version of a policy, the budget it is paid from, and cases that it has to pass: at least one for each row."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    budget: str = Field(max_length=60)
    policy: Policy
    cases: tuple[Case, ...] = Field(min_length=1, max_length=100)


class DraftDecision(BaseModel):
    """A second person's word."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "approved", "reason": "As the board decided."}]}
    )

    outcome: Literal["approved", "declined"]
    reason: str = Field(min_length=3, max_length=1000)


class DraftState(BaseModel):
    """Whose a draft is and how far it is."""

    id: UUID
    revision: int = Field(description="Counts every change; the entity tag")
    status: DraftStatus
    checksum: str = Field(description="Of policy and cases together: what is approved")
    author_id: UUID
    created_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None
    published_at: datetime | None
    published_version: int | None


class DraftOut(DraftState):
    """A draft."""

    budget: str
    policy: Policy
    cases: tuple[Case, ...]


class CaseResult(BaseModel):
    """How a case came out."""

    name: str
    is_passed: bool
    differences: list[str]


class TrialReport(BaseModel):
    """What a test found. The draft is tested when every case passed and there is nothing to complain of."""

    status: DraftStatus
    complaints: list[str]
    cases: list[CaseResult]

    @classmethod
    def of(cls, complaints: list[str], cases: Iterable[tuple[str, list[str]]]) -> "TrialReport":
        """A report on cases by name, with how each comes out otherwise than it has to."""
        results = [CaseResult(name=name, is_passed=not told, differences=told) for name, told in cases]
        return cls(status=DraftStatus.DRAFT, complaints=complaints, cases=results)


class Comparison(BaseModel):
    """One kind of school under the version in force and under the draft."""

    outcome_before: str
    outcome_after: str
    amount_before_pence: int
    amount_after_pence: int
    schools: int = Field(description="How many schools come out like this")
    examples: list[str] = Field(description="Some of their numbers")


class DraftPreview(BaseModel):
    """Who gains and who loses: every open school, a teacher of its first course of a day, before and after."""

    on: date
    compared_with: int | None = Field(description="The version in force on that day; null when there is none")
    schools: int
    gain: int
    lose: int
    stay: int
    unsettled: int = Field(description="Schools for which the draft leaves a fact to be found out")
    kinds: list[Comparison]
