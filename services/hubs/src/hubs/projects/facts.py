"""What a criterion may ask for: named facts, each of one type, and what is known of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt, StrictStr

Scalar = StrictBool | StrictInt | StrictStr
FactType = Literal["yes_no", "number", "word", "words"]
"""`words` are a set: everything that applies; each other fact has one value."""

FACTS: Mapping[str, FactType] = {
    "school.is_open": "yes_no",
    "school.is_state_funded": "yes_no",
    "school.is_in_hub_area": "yes_no",
    "school.phase": "word",
    "school.key_stages": "words",
    "school.establishment_type": "number",
    "school.sector": "word",
    "school.region": "word",
    "school.pupils": "number",
    "school.free_school_meals_percent": "number",
    "school.lowest_age": "number",
    "school.highest_age": "number",
    "school.offers_gcse_computer_science": "yes_no",
    "school.ofsted_rating": "word",
    "school.ofsted_ratings_below_good": "number",
    "person.roles": "words",
    "person.accreditations": "words",
    "person.phase": "word",
    "person.groups_led": "number",
    "group.phases": "words",
    "group.schools": "number",
    "group.participants": "number",
    "group.leads": "number",
}
"""Facts of a school, of a person and of a group, beside those about lists of areas and about taking part before."""

LISTED = "listed."
"""Before the name of a list's scheme: whether the school is on the version in force."""
CATEGORY = "category."
"""Before the name of a list's scheme: the category in which the school is on it."""


class Document(BaseModel):
    """Part of a rule or a decision: closed, unchangeable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(Document):
    """What is known of one fact. `known` are the values it may have, or of a set everything that applies."""

    known: tuple[Scalar, ...] = ()
    source: str
    as_of: date | None = None
    is_held: bool = True
    """Whether anything is known of it; without it an empty set would be the same as an unknown one."""
    is_whole: bool = True
    """Whether the words of a set are all of them; of a set that is not, what is missing may still be so."""


NOT_HELD = Fact(source="not held", is_held=False)


@dataclass(frozen=True)
class Part:
    """A school or a person had a part in a group of a project in an academic year."""

    project: str
    year: str
    by: Literal["school", "participant", "lead"]
    is_completed: bool = False


@dataclass(frozen=True)
class Known:
    """Everything that is known of one applicant. Parts are all known from the year `parts_from` on; None: never all."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    parts_from: str | None = None


def type_of(fact: str) -> FactType | None:
    """The type of a fact's values; None when there is no such fact."""
    if fact.startswith(LISTED) and fact != LISTED:
        return "yes_no"
    if fact.startswith(CATEGORY) and fact != CATEGORY:
        return "number"
    return FACTS.get(fact)
