"""Drafts of fee policies on the wire."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from funding.fee_policies.rules import FeePolicy
from funding.fee_policy_drafts.cases import FeeCase
from funding.policy_drafts.schemas import DraftState

_FUNDED: dict[str, JsonValue] = {
    "criterion": "state-funded",
    "title": "The school is state-funded",
    "fact": "school.is_state_funded",
    "one_of": [True],
    "not_met": "The school is not state-funded.",
    "unknown": "We do not know whether the school counts as state-funded.",
}
_ONLINE: dict[str, JsonValue] = {
    "criterion": "online-course",
    "title": "The course is online",
    "fact": "course.mode",
    "one_of": ["online"],
    "not_met": "The course is not online.",
    "unknown": "We do not know how the course is held.",
}
EXAMPLE: dict[str, JsonValue] = {
    "policy": {
        "version": 8,
        "effective_from": "2027-09-01",
        "title": "What courses may be charged for",
        "source": "Decision of the programme board, November 2026",
        "quote_valid_days": 28,
        "rows": [
            {"row": "online", "when": _ONLINE, "fee_per_day_pence": 0, "reason": "Online courses are free."},
            {
                "row": "state-funded",
                "when": _FUNDED,
                "fee_per_day_pence": 4000,
                "reason": "Teachers of state-funded schools pay the capped charge.",
            },
            {
                "row": "others",
                "when": {"all": []},
                "fee_per_day_pence": 22000,
                "hub_charge": "independent_charge_pence",
                "reason": "Others pay the full charge.",
            },
        ],
    },
    "cases": [
        {
            "name": "Online is free for everybody",
            "mode": "online",
            "expect": {"outcome": "priced", "row": "online", "amount_pence": 0},
        },
        {
            "name": "Two days cost a state-funded school £80",
            "days": "2",
            "facts": {"school.is_state_funded": True},
            "expect": {"outcome": "priced", "row": "state-funded", "amount_pence": 8000},
        },
        {
            "name": "A day costs others £220",
            "facts": {"school.is_state_funded": False},
            "expect": {"outcome": "priced", "row": "others", "amount_pence": 22000},
        },
        {"name": "Of a school that nobody knows a person decides", "expect": {"outcome": "needs_review"}},
    ],
}


class FeeDraftContent(BaseModel):
    """A version of the fee policy, and cases that it has to pass: at least one for each row."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    policy: FeePolicy
    cases: tuple[FeeCase, ...] = Field(min_length=1, max_length=100)


class FeeDraftOut(DraftState):
    """A draft of the fee policy."""

    policy: FeePolicy
    cases: tuple[FeeCase, ...]


class FeeComparison(BaseModel):
    """One kind of place under the version in force and under the draft. Null: no row, or no amount, is settled."""

    basis_before: str | None = Field(description="Row of the version in force", examples=["state-funded"])
    basis_after: str | None
    amount_before_pence: int | None
    amount_after_pence: int | None
    places: int = Field(description="How many come out like this")
    examples: list[str] = Field(description="Numbers of some of their schools")


class FeeDraftPreview(BaseModel):
    """Who would pay more and who less: places booked in the last year, and quotes that no booking followed.

    Each is priced twice, by what is known today, as if it were booked on the draft's first day.
    """

    on: date
    compared_with: int | None = Field(description="The version in force on that day; null when there is none")
    bookings: int = Field(description="The latest of the year, 500 at most")
    quotes: int = Field(description="The latest of the year, 500 at most, one for each teacher and run")
    more: int
    less: int
    same: int
    newly_settled: int = Field(description="Places that the version in force gives no amount, and the draft does")
    unsettled: int = Field(description="Places for which the draft leaves a fact to be found out")
    difference_pence: int = Field(description="What all together would pay more, over those that both give an amount")
    kinds: list[FeeComparison]
