"""The document that describes a project for one year: the template's sections A to K as structured data.

Texts are our own words; figures and days are the source's. Nothing in the code names a project or a network: whatever a
plan, an application or a group is held against stands in these documents.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from chassis.wire import Day
from hubs.academic_years import AcademicYear, days_of
from hubs.projects.consequences import Consequence, DoesNotCount
from hubs.projects.contributions import CommunityCredit
from hubs.projects.criteria import Criterion
from hubs.projects.evaluation import Evaluation
from hubs.projects.parts import (
    Code,
    Days,
    Extent,
    LeadExperience,
    Measure,
    Occasion,
    Part,
    Phase,
    Section,
    Slug,
    Title,
    Words,
)

ProjectKind: TypeAlias = Literal["programme", "work_group", "community"]
ParticipationKind: TypeAlias = Literal["required", "recommended", "one_of_set", "optional"]
InputName = Annotated[str, Field(pattern="^[a-z][a-z_]*$", max_length=60)]
Unit: TypeAlias = Literal["school", "person", "organisation"]


class HubCondition(Part):
    """For which hubs a rule holds: those that answer a fact of the network with yes, or with a number above 0."""

    fact: Slug = Field(description="One of the network's `hub_facts`.")
    says: Words


class Participation(Part):
    """Whether hubs must take part. `one_of_set` names a set of the network, of which a hub chooses."""

    kind: ParticipationKind
    choice: Slug | None = Field(default=None, description="One of the network's `choices`, with kind one_of_set.")
    for_hubs: HubCondition | None = Field(default=None, description="The hubs it holds for; all when left out.")
    says: Words | None = None
    section: Section | None = None

    @model_validator(mode="after")
    def _names_its_choice(self) -> "Participation":
        if (self.kind == "one_of_set") != (self.choice is not None):
            raise PydanticCustomError("participation-choice", "A choice is named with one_of_set, and only with it.")
        return self


class Sections(Part):
    """The template's texts, summarised in our own words; what is structured elsewhere is not repeated."""

    summary: Words = Field(description="A")
    purpose: tuple[Words, ...] = Field(default=(), description="B")
    models: Words | None = Field(default=None, description="D")
    co_ordination: Words | None = Field(default=None, description="E")
    leads: Words | None = Field(default=None, description="F")
    participants: Words | None = Field(default=None, description="G")
    participation: Words | None = Field(default=None, description="H")
    national: Words | None = Field(default=None, description="I")
    finances: Words | None = Field(default=None, description="J")
    evaluation: Words | None = Field(default=None, description="K")


class Outcomes(Part):
    """C: what the project is to bring about, by kind."""

    professional_learning: tuple[Words, ...] = ()
    practice_development: tuple[Words, ...] = ()
    materials: tuple[Words, ...] = ()
    policies: tuple[Words, ...] = ()
    pupils: tuple[Words, ...] = ()


class LeadDays(Part):
    """Days that a lead is given for one purpose; `days_at_most` when the source gives a range."""

    label: Title
    days: Days
    days_at_most: Days | None = None
    per: Literal["group", "school", "participant", "lead"] = "group"
    for_leads: LeadExperience = "all"
    is_included: bool = Field(default=False, description="Days within another line, told but not added.")
    section: Section | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "LeadDays":
        if self.days_at_most is not None and self.days_at_most <= self.days:
            raise PydanticCustomError("lead-days-order", "At most is more than the days themselves.")
        return self


class Attendance(Part):
    """Occasions that leads, or delegates of a hub, have to be at."""

    activity: Slug = Field(description="One of the project's activities.")
    at_least: PositiveInt | None = Field(default=None, description="Of its occasions; all when left out.")
    for_leads: LeadExperience = "all"
    delegates: PositiveInt | None = Field(default=None, description="People a hub sends; the leads when left out.")
    is_required: bool = True
    section: Section | None = None


class Leads(Part):
    """F: who leads a group, and what that takes."""

    title: Title = "Work group lead"
    provided_by: Literal["hub", "national_team"] = "hub"
    how_many: Extent | None = Field(default=None, description="Leads of one group, or of one hub.")
    per: Literal["group", "hub"] = "group"
    requirements: Criterion | None = Field(default=None, description="What a lead must meet.")
    desirable: tuple[Words, ...] = ()
    days: tuple[LeadDays, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    commitments: tuple[Words, ...] = ()


class Application(Part):
    """How schools or people come in. Without `closes_on` a hub recruits until its group is full."""

    route: Literal["national", "hub", "expression_of_interest", "nomination"] = "hub"
    selected_by: Literal["hub", "national_team"] = "hub"
    opens_on: Day | None = None
    closes_on: Day | None = None
    window: Words | None = Field(default=None, description="When, where the source gives no days.")
    needs_commitment_statement: bool = Field(default=False, description="By the school's headteacher.")
    statement: Words | None = Field(default=None, description="What the headteacher commits the school to.")
    keeps_register_of_interest: bool = False
    section: Section | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Application":
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise PydanticCustomError("application-order", "Applications do not close before they open.")
        return self


class Role(Part):
    """One of the people whom each participating school sends."""

    slug: Slug
    title: Title
    count: PositiveInt = 1


class Participants(Part):
    """G: who takes part. A group counts schools, or people, or organisations such as providers of teacher training."""

    unit: Unit
    title: Title = Field(description="What one is called, such as `school` or `mastery advocate`.")
    per_school: Extent | None = Field(default=None, description="People of each school.")
    roles: tuple[Role, ...] = ()
    criteria: Criterion | None = None
    desirable: tuple[Words, ...] = ()
    commitments: tuple[Words, ...] = ()
    application: Application = Application()


class Size(Part):
    """Limits and expectations: of one group, of a hub's whole plan, and of the whole network."""

    groups_of_hub: Extent | None = None
    schools_of_group: Extent | None = None
    participants_of_group: Extent | None = None
    schools_of_hub: Extent | None = None
    participants_of_hub: Extent | None = None
    groups_of_network: Extent | None = None
    schools_of_network: Extent | None = None
    participants_of_network: Extent | None = None
    hub_limits_until: Literal["first_agreement", "always"] = Field(
        default="always", description="With first_agreement the limits of a hub bind its first plan of the year only."
    )
    composition: Criterion | None = Field(
        default=None, description="What a whole group must be when it starts, asked of the facts of a group."
    )
    schools_of_hub_from: Slug | None = Field(
        default=None, description="One of the network's `hub_facts` that counts how many schools a hub should plan."
    )


class Strand(Part):
    """A variant that a hub plans for itself, such as the early-years part of a programme or a role in an exchange."""

    slug: Slug
    title: Title
    phases: tuple[Phase, ...] = Field(min_length=1)
    size: Size = Size()


class Activity(Part):
    """D and I: something that happens in the project, once or several times."""

    slug: Slug
    kind: Literal[
        "session", "residential", "visit", "gap_task", "webinar", "workshop", "meeting", "online", "conference"
    ]
    title: Title
    audience: Literal["leads", "participants", "headteachers", "schools", "community", "delegates"]
    per: Literal["group", "school", "participant", "hub", "network"] = "group"
    times: Extent | None = Field(default=None, description="How often, for each of `per`.")
    days: Days | None = Field(default=None, description="Length of each in days; half a day is 0.5.")
    led_by: Literal["lead", "participants", "national_team", "hub"] = "lead"
    for_leads: LeadExperience = "all"
    is_required: bool = True
    occasions: tuple[Occasion, ...] = ()
    says: Words | None = None
    section: Section | None = None


class Input(Part):
    """Where a value of the grant card comes from: counted from the plan or the group, fixed, or told by the hub."""

    taken_from: Literal[
        "groups",
        "schools",
        "participants",
        "average_participants",
        "leads",
        "lead_experience",
        "strand",
        "constant",
        "hub",
    ] = Field(alias="from")
    value: str | None = Field(
        default=None, max_length=40, description="The constant, or what counts until a hub tells."
    )

    @model_validator(mode="after")
    def _has_its_value(self) -> "Input":
        if self.taken_from == "constant" and self.value is None:
            raise PydanticCustomError("input-constant", "A constant has a value.")
        if self.taken_from not in ("constant", "hub") and self.value is not None:
            raise PydanticCustomError("input-value", "Only a constant, or what a hub tells, has a value here.")
        return self


class Finance(Part):
    """J: the grant card of the project and what fills it. Amounts stand on the card, in funding."""

    card: Slug
    granted_per: Literal["group", "hub", "participant", "strand"] = "group"
    inputs: dict[InputName, Input] = Field(default_factory=dict)
    co_funders: tuple[Title, ...] = ()
    may_charge: bool = True
    notes: tuple[Words, ...] = ()


class NationalAim(Part):
    """What the whole network is to reach, or, when `is_limit`, what it is funded for and may not exceed."""

    measure: Measure
    at_least: PositiveInt | None = None
    at_most: PositiveInt | None = None
    share_of_hubs: Decimal | None = Field(default=None, gt=0, le=1, description="Part of the hubs, with measure hubs.")
    is_limit: bool = False
    says: Words
    section: Section | None = None

    @model_validator(mode="after")
    def _has_a_number(self) -> "NationalAim":
        if self.at_least is None and self.at_most is None and self.share_of_hubs is None:
            raise PydanticCustomError(
                "aim-empty", "An aim says at least how many, at most how many or which share of hubs."
            )
        if self.share_of_hubs is not None and self.measure != "hubs":
            raise PydanticCustomError("aim-share", "A share is of hubs.")
        return self


class RunningYear(Part):
    """Which year of its life the project is in, such as the third, the second with a partner."""

    number: PositiveInt | None = None
    note: Words | None = None


class Remark(Part):
    """Where the source is silent or contradicts itself, and what was made of it."""

    says: Words
    section: Section | None = None


class ProjectDocument(Part):
    """One project for one year."""

    code: Code
    title: Title
    project_year: AcademicYear
    phases: tuple[Phase, ...] = Field(min_length=1)
    kind: ProjectKind
    participation: Participation
    running_year: RunningYear = RunningYear()
    strategic_priority: Words | None = None
    strands: tuple[Strand, ...] = ()
    sections: Sections
    outcomes: Outcomes = Outcomes()
    leads: Leads = Leads()
    participants: Participants
    size: Size = Size()
    activities: tuple[Activity, ...] = ()
    finance: Finance | None = None
    evaluation: Evaluation = Evaluation()
    consequences: tuple[Consequence, ...] = ()
    community_credit: CommunityCredit | None = None
    national_aims: tuple[NationalAim, ...] = ()
    remarks: tuple[Remark, ...] = ()
    source: Words = Field(description="As cited: the document and the project's code in it.")

    @model_validator(mode="after")
    def _holds_together(self) -> "ProjectDocument":
        days_of(self.project_year)
        for name, slugs in (
            ("strands", [one.slug for one in self.strands]),
            ("activities", [one.slug for one in self.activities]),
            ("evaluation.duties", [one.slug for one in self.evaluation.duties]),
        ):
            twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
            if twice:
                raise PydanticCustomError("slug-twice", "{name} has {slug} twice.", {"name": name, "slug": twice[0]})
        missing = {one.activity for one in self.leads.attendance} - {one.slug for one in self.activities}
        if missing:
            raise PydanticCustomError(
                "activity-unknown", "leads.attendance names {slug}, which is no activity.", {"slug": min(missing)}
            )
        return self

    def strand(self, slug: str | None) -> Strand | None:
        """The strand of that slug."""
        return next((one for one in self.strands if one.slug == slug), None)

    def cite(self, section: Section | None = None) -> str:
        """The source with its section."""
        return f"{self.source}, {section}" if section else self.source

    def leaves_out(self, target: Measure) -> bool:
        """Whether what takes part does not count towards a target of the network."""
        return any(isinstance(one, DoesNotCount) and one.target == target for one in self.consequences)

    def recruits_on(self, day: date) -> bool:
        """Whether applications are taken on the day."""
        window = self.participants.application
        return (window.opens_on is None or day >= window.opens_on) and (
            window.closes_on is None or day <= window.closes_on
        )
