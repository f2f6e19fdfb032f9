"""What the API says about figures of questions."""

from pydantic import BaseModel, Field

from certification.item_statistics.rules import Flag
from certification.question_banks.schemas import Difficulty


class OptionFigures(BaseModel):
    """How often an option was chosen."""

    text: str
    is_right: bool
    chosen: int


class QuestionFigures(BaseModel):
    """What answers to a question came to, in marked attempts. Figures are null while there are too few of them."""

    question: str
    topic: str
    difficulty: Difficulty
    is_retired: bool
    shown: int = Field(description="Marked papers that had it, of whatever version of the bank")
    answered: int | None
    facility: float | None = Field(description="The share of its marks that were awarded: 0 to 1")
    discrimination: float | None = Field(
        description="Point-biserial correlation with the marks of the rest of the paper: -1 to 1"
    )
    median_seconds: float | None = Field(description="As clients told it; null where they did not")
    options: list[OptionFigures]
    flags: list[Flag]


class AssessmentFigures(BaseModel):
    """Figures of an assessment and of the questions of one version of its bank."""

    assessment: str
    version: int
    shown_from: int = Field(description="Figures of fewer answers are not shown")
    attempts: int = Field(description="Marked attempts, of whatever version")
    passed_share: float | None
    mean_percent: float | None
    questions: list[QuestionFigures]
