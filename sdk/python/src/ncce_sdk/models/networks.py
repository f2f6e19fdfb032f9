"""Bodies and answers of networks. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from ncce_sdk.models.shared import JsonValue, PageInfo
from ncce_sdk.transport import Model


class Accredits(Model):
    """Completing accredits the participant, where `duty` is named once that report of theirs is accepted."""

    accreditation: str
    duty: str | None = None
    kind: Literal["accredits"]
    says: str
    section: str | None = None
    title: str


class Extent(Model):
    """How many of something: limits when `is_limit`, and otherwise what is hoped for. `average` is what all
    groups of a hub together must reach per group; `expected` is what plans and grants assume.
    """

    average: int | None = None
    expected: int | None = None
    is_limit: bool | None = None
    maximum: int | None = None
    minimum: int | None = None
    minimum_by: str | None = None
    says: str | None = None
    section: str | None = None


class Occasion(Model):
    """One dated event of the network, such as a national workshop. What has no day yet has a `when` in words."""

    days: str | None = None
    ends_on: dt.date | None = None
    for_leads: str | None = None
    place: str | None = None
    purpose: list[str] | None = None
    starts_on: dt.date | None = None
    title: str
    when: str | None = None


class Activity(Model):
    """D and I: something that happens in the project, once or several times."""

    audience: str
    days: str | None = None
    for_leads: str | None = None
    is_required: bool | None = None
    kind: str
    led_by: str | None = None
    occasions: list[Occasion] | None = None
    per: str | None = None
    says: str | None = None
    section: str | None = None
    slug: str
    times: Extent | None = None
    title: str


class FactTest(Model):
    """Which values of one fact pass: those listed, numbers between bounds, or sets that include some or all."""

    at_least: int | None = None
    at_most: int | None = None
    criterion: str
    fact: str
    includes_all: list[str] | None = None
    includes_any: list[str] | None = None
    may_be_declared: bool | None = None
    needs_evidence: bool | None = None
    one_of: list[bool | int | str] | None = None
    title: str


class Question(Model):
    """What only the applicant knows: asked, and answered with reasons or other evidence in words."""

    criterion: str
    expected: bool | None = None
    needs_evidence: bool | None = None
    question: str
    title: str


class Before(Model):
    """Groups of named projects, in named years or any, and what part somebody had in them."""

    by: str | None = None
    completed: bool | None = None
    projects: list[str]
    years: list[str] | None = None


class TookPart(Model):
    """Having taken part before, or with `expected: false` never having done so."""

    criterion: str
    expected: bool | None = None
    may_be_declared: bool | None = None
    needs_evidence: bool | None = None
    title: str
    took_part: Before


class Desirable(Model):
    """Wished for: reported, and never decisive."""

    desirable: "list[AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question]"
    title: str | None = None


class AtLeast(Model):
    """Met when at least so many of them are."""

    at_least: int
    of: "list[AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question]"
    title: str | None = None


class AnyOf(Model):
    """Met when one of them is."""

    any_of: "list[AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question]"
    title: str | None = None


class AllOf(Model):
    """Met when all of them are."""

    all_of: "list[AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question]"
    title: str | None = None


class AlsoEnrols(Model):
    """Taking part also enrols the school in another project, unless the criterion is met."""

    kind: Literal["also_enrols"]
    project: str
    says: str
    section: str | None = None
    unless: AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question | None = None


class Application(Model):
    """How schools or people come in. Without `closes_on` a hub recruits until its group is full."""

    closes_on: dt.date | None = None
    keeps_register_of_interest: bool | None = None
    needs_commitment_statement: bool | None = None
    opens_on: dt.date | None = None
    route: str | None = None
    section: str | None = None
    selected_by: str | None = None
    statement: str | None = None
    window: str | None = None


class Attendance(Model):
    """Occasions that leads, or delegates of a hub, have to be at."""

    activity: str
    at_least: int | None = None
    delegates: int | None = None
    for_leads: str | None = None
    is_required: bool | None = None
    section: str | None = None


class Change(Model):
    """One value that the file changes. `before` or `after` is left out where there was or will be nothing."""

    after: JsonValue | None = None
    before: JsonValue | None = None
    kind: str
    part: str
    path: list[str | int]


class CommunityCredit(Model):
    """One acceptance for each person of a group; what it is worth stands in the catalogue of activities."""

    accepted_by: str
    activity: str
    posts: int | None = None
    says: str
    section: str | None = None
    within_weeks: int | None = None


class DoesNotCount(Model):
    """Participants are left out of a target that the other projects of the network count towards."""

    kind: Literal["does_not_count"]
    says: str
    section: str | None = None
    target: str


class Due(Model):
    """When a duty of evaluation is due: on a day, or so many days after something happened."""

    after: str | None = None
    days_after: int | None = None
    on: dt.date | None = None
    when: str | None = None


class EvaluationDuty(Model):
    """K: something that somebody hands in."""

    by: str
    due: Due
    kind: str
    outcome_kinds: list[str] | None = None
    says: str | None = None
    slug: str
    title: str


class Evaluation(Model):
    """K. An established project may have no lead evaluator and still has duties."""

    duties: list[EvaluationDuty] | None = None
    has_lead_evaluator: bool | None = None


class FileCheck(Model):
    """What a file would do. Nothing was kept."""

    changes: list[Change]
    changes_count: int
    is_new: bool
    network_slug: str
    project_year: str


class Input(Model):
    """Where a value of the grant card comes from: counted from the plan or the group, fixed, or told by the
    hub.
    """

    from_: str = Field(alias="from")
    value: str | None = None


class Finance(Model):
    """J: the grant card of the project and what fills it. Amounts stand on the card, in funding."""

    card: str
    co_funders: list[str] | None = None
    granted_per: str | None = None
    inputs: dict[str, Any] | None = None
    may_charge: bool | None = None
    notes: list[str] | None = None


class GivesPriority(Model):
    """Taking part gives priority in another project of a later year."""

    kind: Literal["gives_priority"]
    project: str
    project_year: str
    says: str
    section: str | None = None


class HubCondition(Model):
    """For which hubs a rule holds: those that answer a fact of the network with yes, or with a number above 0."""

    fact: str
    says: str


class HubFact(Model):
    """What is asked of each hub, in its plan, or told of it by the national team."""

    kind: str
    slug: str
    title: str
    told_by: str | None = None


class HubsRole(Model):
    """One of the people whom each participating school sends."""

    count: int | None = None
    slug: str
    title: str


class LeadDays(Model):
    """Days that a lead is given for one purpose; `days_at_most` when the source gives a range."""

    days: str
    days_at_most: str | None = None
    for_leads: str | None = None
    is_included: bool | None = None
    label: str
    per: str | None = None
    section: str | None = None


class Leads(Model):
    """F: who leads a group, and what that takes."""

    attendance: list[Attendance] | None = None
    commitments: list[str] | None = None
    days: list[LeadDays] | None = None
    desirable: list[str] | None = None
    how_many: Extent | None = None
    per: str | None = None
    provided_by: str | None = None
    requirements: AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question | None = None
    title: str | None = None


class NationalAim(Model):
    """What the whole network is to reach, or, when `is_limit`, what it is funded for and may not exceed."""

    at_least: int | None = None
    at_most: int | None = None
    is_limit: bool | None = None
    measure: str
    says: str
    section: str | None = None
    share_of_hubs: str | None = None


class PlanWindow(Model):
    """When hubs hand in their plans."""

    closes_on: dt.date | None = None
    opens_on: dt.date | None = None


class Split(Model):
    """Projects between which the hubs of the network divide, each part by its share."""

    between: list[str]
    per_hub: Extent | None = None
    says: str
    slug: str
    source: str
    title: str
    tolerance: str | None = None


class Option(Model):
    """A project, or one strand of it, that satisfies a choice."""

    project: str
    strand: str | None = None


class HubsNetworksDocumentChoice(Model):
    """Projects of which every hub plans at least so many."""

    at_least: int | None = None
    options: list[Option]
    says: str
    slug: str
    source: str
    title: str


class NetworkDocument(Model):
    """A network for one year."""

    aims: list[NationalAim] | None = None
    choices: list[HubsNetworksDocumentChoice] | None = None
    hub_facts: list[HubFact] | None = None
    hubs_expected: int | None = None
    national_team: str
    plans: PlanWindow | None = None
    project_year: str
    slug: str
    source: str
    splits: list[Split] | None = None
    subject: str
    title: str


class TargetOut(Model):
    """What was agreed with a hub for a project."""

    at_least: int
    code: str
    measure: str
    reason: str


class NetworkHubDetail(Model):
    """The same with what is known of it and was agreed with it. The ETag is what a change needs."""

    facts: dict[str, int]
    hub_id: UUID
    joined_on: dt.date
    left_on: dt.date | None
    name: str
    region: str
    slug: str
    targets: list[TargetOut]


class TargetIn(Model):
    """What a hub is to reach in one project."""

    at_least: int
    code: str
    measure: Literal["groups", "schools", "participants", "hubs"]
    reason: str


class NetworkHubIn(Model):
    """A hub's part in a network: the whole of it. Facts and targets left out are no longer known."""

    facts: dict[str, Any] | None = None
    joined_on: dt.date
    left_on: dt.date | None = None
    targets: list[TargetIn] | None = None


class NetworkHubOut(Model):
    """A hub that takes part."""

    hub_id: UUID
    joined_on: dt.date
    left_on: dt.date | None
    name: str
    region: str
    slug: str


class NetworkProposalDetail(Model):
    """The same with what it changes."""

    changes: list[Change]
    changes_count: int
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision: str | None
    id: UUID
    network_slug: str
    project_year: str
    proposed_at: dt.datetime
    proposed_by: UUID
    reason: str
    status: str


class NetworkProposalOut(Model):
    """A proposed change of a network's documents."""

    changes_count: int
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision: str | None
    id: UUID
    network_slug: str
    project_year: str
    proposed_at: dt.datetime
    proposed_by: UUID
    reason: str
    status: str


class NetworkYearOut(Model):
    """What holds in a network in one year."""

    document: NetworkDocument
    in_force_at: dt.datetime
    national_team_id: UUID
    number: int
    slug: str


class Outcomes(Model):
    """C: what the project is to bring about, by kind."""

    materials: list[str] | None = None
    policies: list[str] | None = None
    practice_development: list[str] | None = None
    professional_learning: list[str] | None = None
    pupils: list[str] | None = None


class PageNetworkHubOut(Model):
    """PageNetworkHubOut."""

    data: list[NetworkHubOut]
    page: PageInfo


class HubsNetworksSchemasNetworkOut(Model):
    """A network of hubs under one national team."""

    national_team: str
    national_team_id: UUID
    slug: str
    subject: str
    title: str
    years: list[str]


class PageNetworkOut(Model):
    """PageNetworkOut."""

    data: list[HubsNetworksSchemasNetworkOut]
    page: PageInfo


class PageNetworkProposalOut(Model):
    """PageNetworkProposalOut."""

    data: list[NetworkProposalOut]
    page: PageInfo


class ProjectOut(Model):
    """A project in one year."""

    card: str | None
    code: str
    id: UUID
    kind: str
    network_slug: str
    number: int
    participation: str
    phases: list[str]
    project_year: str
    title: str


class PageProjectOut(Model):
    """PageProjectOut."""

    data: list[ProjectOut]
    page: PageInfo


class ProjectVersionOut(Model):
    """One version of a project's document."""

    in_force_at: dt.datetime
    number: int
    project_id: UUID
    proposal_id: UUID | None


class PageProjectVersionOut(Model):
    """PageProjectVersionOut."""

    data: list[ProjectVersionOut]
    page: PageInfo


class Participants(Model):
    """G: who takes part. A group counts schools, or people, or organisations such as providers of teacher
    training.
    """

    application: Application | None = None
    commitments: list[str] | None = None
    criteria: AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question | None = None
    desirable: list[str] | None = None
    per_school: Extent | None = None
    roles: list[HubsRole] | None = None
    title: str
    unit: str


class Participation(Model):
    """Whether hubs must take part. `one_of_set` names a set of the network, of which a hub chooses."""

    choice: str | None = None
    for_hubs: HubCondition | None = None
    kind: str
    says: str | None = None
    section: str | None = None


class Remark(Model):
    """Where the source is silent or contradicts itself, and what was made of it."""

    says: str
    section: str | None = None


class RunningYear(Model):
    """Which year of its life the project is in, such as the third, the second with a partner."""

    note: str | None = None
    number: int | None = None


class Sections(Model):
    """The template's texts, summarised in our own words; what is structured elsewhere is not repeated."""

    co_ordination: str | None = None
    evaluation: str | None = None
    finances: str | None = None
    leads: str | None = None
    models: str | None = None
    national: str | None = None
    participants: str | None = None
    participation: str | None = None
    purpose: list[str] | None = None
    summary: str


class Size(Model):
    """Limits and expectations: of one group, of a hub's whole plan, and of the whole network."""

    composition: AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question | None = None
    groups_of_hub: Extent | None = None
    groups_of_network: Extent | None = None
    hub_limits_until: str | None = None
    participants_of_group: Extent | None = None
    participants_of_hub: Extent | None = None
    participants_of_network: Extent | None = None
    schools_of_group: Extent | None = None
    schools_of_hub: Extent | None = None
    schools_of_hub_from: str | None = None
    schools_of_network: Extent | None = None


class Strand(Model):
    """A variant that a hub plans for itself, such as the early-years part of a programme or a role in an
    exchange.
    """

    phases: list[str]
    size: Size | None = None
    slug: str
    title: str


class ProjectDocument(Model):
    """One project for one year."""

    activities: list[Activity] | None = None
    code: str
    community_credit: CommunityCredit | None = None
    consequences: list[AlsoEnrols | GivesPriority | Accredits | DoesNotCount] | None = None
    evaluation: Evaluation | None = None
    finance: Finance | None = None
    kind: str
    leads: Leads | None = None
    national_aims: list[NationalAim] | None = None
    outcomes: Outcomes | None = None
    participants: Participants
    participation: Participation
    phases: list[str]
    project_year: str
    remarks: list[Remark] | None = None
    running_year: RunningYear | None = None
    sections: Sections
    size: Size | None = None
    source: str
    strands: list[Strand] | None = None
    strategic_priority: str | None = None
    title: str


class ProjectDetail(Model):
    """The same with its document. `number` is the version shown."""

    card: str | None
    code: str
    document: ProjectDocument
    id: UUID
    in_force_at: dt.datetime
    kind: str
    network_slug: str
    number: int
    participation: str
    phases: list[str]
    project_year: str
    title: str


class ProposalDecisionIn(Model):
    """What a second person says."""

    outcome: Literal["approved", "refused"]
    reason: str
