"""The language of criteria: what a project asks of a school, of a person who applies or leads, or of a group.

A criterion is a test of one fact, of having taken part before, or a question that the applicant answers; or `all_of`,
`any_of`, `at_least` so many `of`, or `desirable` further ones. Whether it is met has three values (Kleene's strong
logic): what is not known stays unknown until the applicant declares it or a person decides it.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, StringConstraints, Tag, model_validator

from hubs.academic_years import AcademicYear
from hubs.projects.facts import NOT_HELD, Document, Fact, Known, Scalar, type_of

DEEPEST = 8
"""Criteria within criteria."""
MOST = 100
"""Tests in one rule."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Title = Annotated[str, StringConstraints(min_length=3, max_length=300)]


class Met(StrEnum):
    """Whether a criterion holds."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class FactTest(Document):
    """Which values of one fact pass: those listed, numbers between bounds, or sets that include some or all."""

    criterion: Slug
    title: Title
    fact: str
    one_of: tuple[Scalar, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    includes_any: tuple[str, ...] = ()
    includes_all: tuple[str, ...] = ()
    may_be_declared: bool = False
    """Whether the applicant's word counts while the fact is not known."""
    needs_evidence: bool = True
    """Whether that word needs evidence in words."""

    @property
    def meeting_answer(self) -> bool:
        """The declaration that meets it: that the title is true."""
        return True

    @model_validator(mode="after")
    def _is_typed(self) -> "FactTest":
        kind = type_of(self.fact)
        if kind is None:
            raise ValueError(f"{self.fact} is not a fact")
        bounds = self.at_least is not None or self.at_most is not None
        if [bool(self.one_of), bounds, bool(self.includes_any), bool(self.includes_all)].count(True) != 1:
            raise ValueError("say one of one_of, at_least and at_most, includes_any, includes_all")
        if bounds and kind != "number":
            raise ValueError(f"at_least and at_most are for numbers, and {self.fact} is none")
        if (kind == "words") != bool(self.includes_any or self.includes_all):
            raise ValueError(f"includes_any and includes_all are for sets, as one_of is not; see {self.fact}")
        if any(not _fits(value, kind) for value in self.one_of):
            raise ValueError(f"a value of one_of is not of the type of {self.fact}")
        return self

    def judge(self, known: Known) -> Met:
        """Met or not when it is so for every value that the fact may have."""
        fact = known.facts.get(self.fact, NOT_HELD)
        if self.includes_any or self.includes_all:
            return self._judge_set(fact)
        found = {self._passes(value) for value in fact.known}
        return Met.UNKNOWN if len(found) != 1 else Met.MET if found.pop() else Met.NOT_MET

    def _judge_set(self, fact: Fact) -> Met:
        if not fact.is_held:
            return Met.UNKNOWN
        passes = set(self.includes_all) <= set(fact.known) and (
            not self.includes_any or bool(set(self.includes_any) & set(fact.known))
        )
        return Met.MET if passes else Met.NOT_MET if fact.is_whole else Met.UNKNOWN

    def _passes(self, value: Scalar) -> bool:
        if self.one_of:
            return any(type(value) is type(one) and value == one for one in self.one_of)
        return isinstance(value, int) and _within(value, self.at_least, self.at_most)


class Before(Document):
    """Groups of named projects, in named years or any, and what part somebody had in them."""

    projects: tuple[str, ...] = Field(min_length=1)
    years: tuple[AcademicYear, ...] = ()
    by: Literal["school", "participant", "lead"] = "school"
    completed: bool = False
    """Whether only groups count that have been completed."""


class TookPart(Document):
    """Having taken part before, or with `expected: false` never having done so."""

    criterion: Slug
    title: Title
    took_part: Before
    expected: bool = True
    may_be_declared: bool = True
    needs_evidence: bool = False

    @property
    def meeting_answer(self) -> bool:
        """The declaration that meets it: that the title is true."""
        return True

    def judge(self, known: Known) -> Met:
        """Known when a part is found, or when every year asked for is one of which all parts are known."""
        asked = self.took_part
        found = any(
            part.project in asked.projects
            and part.by == asked.by
            and (not asked.years or part.year in asked.years)
            and (part.is_completed or not asked.completed)
            for part in known.parts
        )
        if found:
            return Met.MET if self.expected else Met.NOT_MET
        first = known.parts_from
        if first is None or not asked.years or min(asked.years) < first:
            return Met.UNKNOWN
        return Met.NOT_MET if self.expected else Met.MET


class Question(Document):
    """What only the applicant knows: asked, and answered with reasons or other evidence in words."""

    criterion: Slug
    title: Title
    question: Annotated[str, StringConstraints(min_length=5, max_length=500)]
    expected: bool = True
    """The answer that meets the criterion."""
    needs_evidence: bool = True

    @property
    def may_be_declared(self) -> bool:
        """Always: nobody else knows."""
        return True

    @property
    def meeting_answer(self) -> bool:
        """The declaration that meets it: the answer to the question."""
        return self.expected

    def judge(self, known: Known) -> Met:
        """Unknown until it is answered."""
        return Met.UNKNOWN


Test = FactTest | TookPart | Question


class AllOf(Document):
    """Met when all of them are."""

    all_of: tuple["Node", ...] = Field(min_length=1)
    title: Title | None = None


class AnyOf(Document):
    """Met when one of them is."""

    any_of: tuple["Node", ...] = Field(min_length=1)
    title: Title | None = None


class AtLeast(Document):
    """Met when at least so many of them are."""

    at_least: int = Field(ge=1)
    of: tuple["Node", ...] = Field(min_length=1)
    title: Title | None = None

    @model_validator(mode="after")
    def _can_be_met(self) -> "AtLeast":
        if self.at_least > len(self.of):
            raise ValueError(f"at least {self.at_least} of {len(self.of)} can never be met")
        return self


class Desirable(Document):
    """Wished for: reported, and never decisive."""

    desirable: tuple["Node", ...] = Field(min_length=1)
    title: Title | None = None


Several = AllOf | AnyOf | AtLeast | Desirable
FORMS: Mapping[str, str] = {
    "all_of": "all_of",
    "any_of": "any_of",
    "of": "at_least",
    "desirable": "desirable",
    "fact": "fact",
    "took_part": "took_part",
    "question": "question",
}


def _form(value: object) -> str | None:
    """Which form a written criterion has, so that only that form's faults are told."""
    names = value if isinstance(value, Mapping) else vars(value) if isinstance(value, Document) else {}
    return next((form for name, form in FORMS.items() if name in names), None)


Node = Annotated[
    Annotated[AllOf, Tag("all_of")]
    | Annotated[AnyOf, Tag("any_of")]
    | Annotated[AtLeast, Tag("at_least")]
    | Annotated[Desirable, Tag("desirable")]
    | Annotated[FactTest, Tag("fact")]
    | Annotated[TookPart, Tag("took_part")]
    | Annotated[Question, Tag("question")],
    Discriminator(
        _form,
        custom_error_type="not_a_criterion",
        custom_error_message=f"A criterion has one of: {', '.join(FORMS)} (with at_least)",
    ),
]
AllOf.model_rebuild()
AnyOf.model_rebuild()
AtLeast.model_rebuild()
Desirable.model_rebuild()


def parts_of(node: Several) -> Sequence[Node]:
    """The criteria within one."""
    match node:
        case AllOf():
            return node.all_of
        case AnyOf():
            return node.any_of
        case AtLeast():
            return node.of
    return node.desirable


def leaves_of(node: Node) -> Iterator[Test]:
    """Every test, in reading order."""
    if isinstance(node, Test):
        yield node
        return
    for part in parts_of(node):
        yield from leaves_of(part)


def depth(node: Node) -> int:
    """How many criteria stand within one another."""
    return 1 if isinstance(node, Test) else 1 + max(depth(part) for part in parts_of(node))


def _sound(node: Node) -> Node:
    if depth(node) > DEEPEST:
        raise ValueError(f"criteria stand {DEEPEST} deep within one another at most")
    names = [test.criterion for test in leaves_of(node)]
    if len(names) > MOST:
        raise ValueError(f"a rule has {MOST} tests at most")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"two tests have the same name: {', '.join(twice)}")
    return node


Criterion = Annotated[Node, AfterValidator(_sound)]
"""A whole rule, as a document holds it: each test's name stands in it once."""


def settle(node: Node, outcomes: Mapping[str, Met]) -> Met:
    """What becomes of a criterion when that of each test is known by the test's name."""
    if isinstance(node, Test):
        return outcomes.get(node.criterion, Met.UNKNOWN)
    if isinstance(node, Desirable):
        return Met.MET
    parts = [settle(part, outcomes) for part in parts_of(node)]
    needed = len(parts) if isinstance(node, AllOf) else 1 if isinstance(node, AnyOf) else node.at_least
    met, unknown = parts.count(Met.MET), parts.count(Met.UNKNOWN)
    if met >= needed:
        return Met.MET
    return Met.UNKNOWN if met + unknown >= needed else Met.NOT_MET


def _within(number: int, at_least: int | None, at_most: int | None) -> bool:
    return (at_least is None or number >= at_least) and (at_most is None or number <= at_most)


def _fits(value: Scalar, kind: str) -> bool:
    return type(value) is {"yes_no": bool, "number": int}.get(kind, str)
