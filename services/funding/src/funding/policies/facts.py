"""What a rule may ask for: named facts, each of one type, and what is known of one."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

Scalar = bool | int | str
"""A day is its ISO text, so that a fact reads the same in every document."""

FACTS: dict[str, type] = {
    "school.is_open": bool,
    "school.is_in_england": bool,
    "school.is_state_funded": bool,
    "school.phase": str,
    "school.teaches_key_stages_1_2": bool,
    "school.teaches_key_stages_3_4": bool,
    "school.teaches_post_16": bool,
    "school.offers_gcse_computer_science": bool,
    "area.category": int,
    "course.phase": str,
    "course.programme": str,
    "course.mode": str,
    "school.free_place_is_left": bool,
    "teacher.completed_gcse_programme": bool,
    "teacher.is_eligible_for_gcse_programme": bool,
    "pilot.gender_balance_is_recruiting": bool,
    "quota.is_free": bool,
}
"""Every fact that is gathered from the platform's own records, and its type; beside those about lists."""

ATTESTED: dict[str, type] = {
    "area.idaci_percent": int,
    "school.considers_dropping_gcse_computer_science": bool,
    "school.started_gcse_computer_science_on": date,
    "school.ofsted_is_below_good": bool,
    "school.progress_is_poor": bool,
    "school.is_named_by_its_authority": bool,
    "school.needs_leadership_support": bool,
    "school.has_high_staff_turnover": bool,
    "school.has_another_stated_reason": bool,
    "school.was_in_a_mastery_work_group": bool,
    "school.head_supports_it": bool,
    "teacher.holds_a_computing_qualification": bool,
    "plan.every_action_is_done": bool,
}
"""Facts that no register tells: somebody attests them with evidence, and until then they are unknown."""

LISTED = "listed."
"""Before the name of a scheme: the fact whether the school is on the list of it that counts."""

OF_TRUST = "trust."
"""Before a fact of a school: that fact of every school of its trusts."""


def type_of(fact: str) -> type | None:
    """The type of a fact's values; None when there is no such fact."""
    if fact.startswith(OF_TRUST):
        of_a_school = fact.removeprefix(OF_TRUST)
        return None if of_a_school.startswith(OF_TRUST) else type_of(of_a_school)
    return bool if fact.startswith(LISTED) else FACTS.get(fact) or ATTESTED.get(fact)


class Document(BaseModel):
    """Part of a rule or a decision: closed, unchangeable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def absent(value: object) -> bool:
    """Whether a field that documents gained later is left out of their text, so that older ones keep their bytes."""
    return value is None or value == () or value is False


class Fact(Document):
    """What is known of one fact: the values it may have. None is known when empty; one when settled."""

    possible: tuple[Scalar, ...] = ()
    source: str
    as_of: date | None = None
    members: tuple["Fact", ...] | None = Field(default=None, exclude_if=lambda value: value is None)
    """Of a fact about a group: that of each member known. None: nothing is known of the group."""
    is_whole: bool = Field(default=False, exclude_if=absent)
    """Whether those are all of its members."""
    until: date | None = Field(default=None, exclude_if=absent)
    """The last day on which it may be relied on; None when it does not end by itself."""

    @property
    def value(self) -> Scalar | list[Scalar] | None:
        """The value for people: settled, several possible, or unknown."""
        if not self.possible:
            return None
        return self.possible[0] if len(self.possible) == 1 else list(self.possible)


NOT_HELD = Fact(source="not held")
