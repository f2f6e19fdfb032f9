"""What the API says about drafts."""

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from certification.proposals.schemas import DraftState
from certification.schemes.cases import Case
from certification.schemes.rules import SchemeRules
from certification.schemes.schemas import STANDING, SchemeStanding
from chassis.wire import Day

EXAMPLE_RULES: dict[str, JsonValue] = {
    "components": [
        {"component": "commitment", "title": "Commitment to your professional development", "credits_required": "15"},
        {"component": "professional_knowledge", "title": "Professional knowledge", "credits_required": "60"},
        {"component": "community", "title": "Supporting your professional community", "credits_required": "25"},
    ],
    "credits": [
        {"kind": "registration", "component": "commitment", "basis": "fixed", "credits": "5", "source": "As before"},
        {"kind": "diagnostic", "component": "commitment", "basis": "fixed", "credits": "10", "source": "As before"},
        {
            "kind": "cpd",
            "component": "professional_knowledge",
            "basis": "per_hour",
            "credits": "4",
            "source": "60 credits in 15 hours",
        },
        {"kind": "community", "component": "community", "basis": "catalogue", "source": "As before"},
    ],
    "assessment_required": False,
    "requirements": [
        {
            "needs": "at_least",
            "title": "One face-to-face course",
            "measure": "activities",
            "amount": "1",
            "of": {"kinds": ["cpd"], "modes": ["face_to_face", "live_remote"]},
        }
    ],
}
EXAMPLE_CASES: list[JsonValue] = [
    {
        "name": "Fifteen hours, one course of them face to face, complete it",
        "done": [
            {"kind": "registration"},
            {"kind": "diagnostic"},
            {"kind": "cpd", "activity": "CP228", "hours": "15"},
            {"kind": "community", "activity": "lead-a-cas-community-of-practice"},
            {"kind": "community", "activity": "contribute-to-online-discussion"},
        ],
        "expect": {"is_complete": True, "credits": {"professional_knowledge": "60"}},
    },
    {
        "name": "Courses alone do not",
        "done": [{"kind": "cpd", "activity": "CP228", "hours": "40"}],
        "expect": {"is_complete": False},
    },
]
PROPOSAL: dict[str, JsonValue] = {
    "effective_from": "2027-04-01",
    "source": "Decision of the certification board, November 2026",
    "rules": EXAMPLE_RULES,
    "cases": EXAMPLE_CASES,
}


class DraftContent(BaseModel):
    """Rules, from when on they are to apply, where they come from, and cases that they have to pass."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [PROPOSAL]})

    standing: SchemeStanding = Field("in_force", description=STANDING)
    effective_from: Day
    effective_to: Day | None = Field(None, description="The first day on which they are no longer in force")
    source: str = Field(min_length=10, max_length=2000)
    rules: SchemeRules
    cases: list[Case] = Field([], max_length=100)

    @model_validator(mode="after")
    def _is_in_order(self) -> "DraftContent":
        if self.effective_to is not None and self.effective_to <= self.effective_from:
            raise ValueError("the first day out of force comes after the first day in force")
        if len({case.name for case in self.cases}) != len(self.cases):
            raise ValueError("two cases have the same name")
        return self


class DraftRequest(DraftContent):
    """A proposal for a scheme."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"scheme": "secondary", **PROPOSAL}]})

    scheme: str = Field(min_length=1, max_length=60)


class DraftOut(DraftState):
    """A draft."""

    scheme: str
    standing: SchemeStanding
    rules: SchemeRules
    cases: list[Case]
