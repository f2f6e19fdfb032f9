"""K: what is handed in about a project, by whom and by when."""

from typing import Literal, TypeAlias

from pydantic import Field, NonNegativeInt, model_validator
from pydantic_core import PydanticCustomError

from chassis.wire import Day
from hubs.projects.parts import Part, Slug, Title, Words

DutyBy: TypeAlias = Literal["lead", "participant", "school", "hub", "co_ordination_team", "lead_evaluator"]
DutyKind: TypeAlias = Literal["report", "survey", "data", "attendance", "case_study"]
OutcomeKind: TypeAlias = Literal["professional_learning", "practice_development", "materials", "policies", "pupils"]


class Due(Part):
    """When a duty of evaluation is due: on a day, or so many days after something happened."""

    on: Day | None = None
    days_after: NonNegativeInt | None = None
    after: Literal["group_completed", "session", "attendance_recorded"] | None = None
    when: Words | None = Field(default=None, description="In words, where the source gives no day.")

    @model_validator(mode="after")
    def _one_way(self) -> "Due":
        if (self.days_after is None) != (self.after is None):
            raise PydanticCustomError("due-after", "Days after something name what they are after.")
        if self.on is not None and self.after is not None:
            raise PydanticCustomError("due-twice", "A duty is due on a day or some days after something, not both.")
        return self


class EvaluationDuty(Part):
    """K: something that somebody hands in."""

    slug: Slug
    title: Title
    by: DutyBy
    kind: DutyKind
    due: Due
    outcome_kinds: tuple[OutcomeKind, ...] = ()
    says: Words | None = None


class Evaluation(Part):
    """K. An established project may have no lead evaluator and still has duties."""

    has_lead_evaluator: bool = True
    duties: tuple[EvaluationDuty, ...] = ()
