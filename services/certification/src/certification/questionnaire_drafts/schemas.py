"""What the API says about drafts of questionnaires."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from certification.diagnostics.cases import AnswersCase
from certification.diagnostics.checking import SoundQuestionnaire
from certification.diagnostics.rules import Questionnaire
from certification.proposals.schemas import DraftState
from chassis.wire import Day

_HOW_WELL: list[JsonValue] = [
    {"answer": 1, "text": "Not yet", "scores": {"programming": 0}},
    {"answer": 2, "text": "With help", "scores": {"programming": 1}},
    {"answer": 3, "text": "With confidence", "scores": {"programming": 2}},
]
EXAMPLE: dict[str, JsonValue] = {
    "title": "Programming in key stage 3",
    "activity": "subject-knowledge-diagnostic-tool",
    "counts_as": "subject-knowledge",
    "effective_from": "2027-01-04",
    "source": "Written by the certification team, November 2026",
    "definition": {
        "schemes": ["secondary"],
        "questions": [
            {
                "number": 1,
                "topic": "Teaching now",
                "text": "Do you teach programming this year?",
                "answers": [{"answer": 1, "text": "No", "leads_to": "end"}, {"answer": 2, "text": "Yes"}],
            },
            {
                "number": 2,
                "section": "programming",
                "topic": "Lists",
                "text": "How well could you teach lists and loops over them?",
                "answers": _HOW_WELL,
            },
        ],
        "dimensions": [
            {
                "dimension": "programming",
                "title": "Programming",
                "bands": [
                    {"band": "beginning", "title": "beginning", "score_from": 0, "score_to": 1},
                    {"band": "secure", "title": "secure", "score_from": 2, "score_to": 2},
                ],
            }
        ],
        "recommendations": [
            {
                "when": [{"asks": "band", "dimension": "programming", "bands": ["secure"]}],
                "pathway": "developing-teachers",
            }
        ],
        "otherwise": {"pathway": "new-to-algorithms-and-programming", "reason": "Programming comes first."},
    },
    "cases": [
        {
            "name": "Whoever does not teach it begins with programming",
            "answers": {"1": 1},
            "expect": {"pathway": "new-to-algorithms-and-programming", "bands": {"programming": None}, "asked": [1]},
        },
        {
            "name": "Whoever is secure goes on",
            "answers": {"1": 2, "2": 3},
            "expect": {"pathway": "developing-teachers", "bands": {"programming": "secure"}},
        },
    ],
}


class QuestionnaireContent(BaseModel):
    """A questionnaire, from when on it can be taken, where it comes from, and cases that it has to pass."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    title: str = Field(min_length=3, max_length=120)
    activity: str = Field(min_length=1, max_length=120, description="The catalogue's code for completing it")
    counts_as: str | None = Field(
        None, max_length=60, description="The diagnostic that it is the same as for credits; null for itself"
    )
    effective_from: Day
    effective_to: Day | None = Field(None, description="The first day on which it cannot be taken any more")
    source: str = Field(min_length=10, max_length=2000)
    definition: SoundQuestionnaire
    cases: list[AnswersCase] = Field([], max_length=100)

    @model_validator(mode="after")
    def _is_in_order(self) -> "QuestionnaireContent":
        if self.effective_to is not None and self.effective_to <= self.effective_from:
            raise ValueError("the first day out of force comes after the first day in force")
        if len({case.name for case in self.cases}) != len(self.cases):
            raise ValueError("two cases have the same name")
        return self


class QuestionnaireRequest(QuestionnaireContent):
    """A proposal for a diagnostic, new or not."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"slug": "key-stage-3-programming", **EXAMPLE}]}
    )

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,59}$")]


class QuestionnaireDraftOut(DraftState):
    """A draft of a questionnaire."""

    slug: str
    title: str
    activity: str
    counts_as: str | None
    definition: Questionnaire
    cases: list[AnswersCase]
