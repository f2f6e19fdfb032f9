"""The document that describes a network for one year: what holds across its projects.

What a hub's plan must contain beyond each project's own rules stands here: the choices a hub makes, projects between
which the hubs divide, what hubs are asked about themselves. A new network is a new document.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, TypeAlias

from pydantic import Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from chassis.wire import Day
from hubs.academic_years import AcademicYear, days_of
from hubs.projects.document import NationalAim, ProjectDocument
from hubs.projects.parts import Code, Extent, Part, Slug, Title, Words
from hubs.projects.problems import Problem


class HubFact(Part):
    """What is asked of each hub, in its plan, or told of it by the national team."""

    slug: Slug
    title: Title
    kind: Literal["yes_no", "count"]
    told_by: Literal["hub", "national_team"] = "hub"


class Option(Part):
    """A project, or one strand of it, that satisfies a choice."""

    project: Code
    strand: Slug | None = None


class Choice(Part):
    """Projects of which every hub plans at least so many."""

    slug: Slug
    title: Title
    at_least: PositiveInt = 1
    options: tuple[Option, ...] = Field(min_length=1)
    says: Words
    source: Words


class Split(Part):
    """Projects between which the hubs of the network divide, each part by its share."""

    slug: Slug
    title: Title
    between: tuple[Code, ...] = Field(min_length=2)
    per_hub: Extent | None = Field(default=None, description="How many of them one hub plans.")
    tolerance: Decimal = Field(
        default=Decimal("0.1"), ge=0, le=1, description="By how much a share may differ from an even one."
    )
    says: Words
    source: Words


class PlanWindow(Part):
    """When hubs hand in their plans."""

    opens_on: Day | None = None
    closes_on: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "PlanWindow":
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise PydanticCustomError("plan-window-order", "Plans are not due before they can be written.")
        return self


class NetworkDocument(Part):
    """A network for one year."""

    slug: Slug
    title: Title
    subject: Slug
    project_year: AcademicYear
    national_team: Slug = Field(description="The organisation that leads the network, by its slug.")
    hubs_expected: PositiveInt | None = None
    hub_facts: tuple[HubFact, ...] = ()
    plans: PlanWindow = PlanWindow()
    choices: tuple[Choice, ...] = ()
    splits: tuple[Split, ...] = ()
    aims: tuple[NationalAim, ...] = Field(default=(), description="What all projects together are to reach.")
    source: Words

    @model_validator(mode="after")
    def _holds_together(self) -> "NetworkDocument":
        days_of(self.project_year)
        for name, slugs in (
            ("hub_facts", [one.slug for one in self.hub_facts]),
            ("choices", [one.slug for one in self.choices]),
            ("splits", [one.slug for one in self.splits]),
        ):
            if twice := sorted({slug for slug in slugs if slugs.count(slug) > 1}):
                raise PydanticCustomError("slug-twice", "{name} has {slug} twice.", {"name": name, "slug": twice[0]})
        return self

    def fact(self, slug: str) -> HubFact | None:
        """The fact of that slug."""
        return next((one for one in self.hub_facts if one.slug == slug), None)


class NetworkFile(Part):
    """A whole network for one year in one file."""

    network: NetworkDocument
    projects: tuple[ProjectDocument, ...] = ()


Path: TypeAlias = tuple[str | int, ...]


def contradictions(file: NetworkFile) -> list[Problem]:
    """Where the documents of a network name what is not among them, by path in the file."""
    projects = {one.code: one for one in file.projects}
    return [
        *_of_network(file.network, projects),
        *_of_codes([one.code for one in file.projects]),
        *(
            problem
            for index, project in enumerate(file.projects)
            for problem in _of_project(("projects", index), project, file.network, projects)
        ),
    ]


def _of_codes(codes: Sequence[str]) -> Iterator[Problem]:
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield Problem(path=("projects", index, "code"), says=f"{code} stands in the file twice.")


def _of_network(network: NetworkDocument, projects: dict[str, ProjectDocument]) -> Iterator[Problem]:
    for number, choice in enumerate(network.choices):
        for index, option in enumerate(choice.options):
            path: Path = ("network", "choices", number, "options", index)
            project = projects.get(option.project)
            if project is None:
                yield Problem(path=(*path, "project"), says=f"{option.project} is no project of the network.")
            elif option.strand and not project.strand(option.strand):
                yield Problem(path=(*path, "strand"), says=f"{option.project} has no strand {option.strand}.")
    for number, split in enumerate(network.splits):
        for index, code in enumerate(split.between):
            if code not in projects:
                where = ("network", "splits", number, "between", index)
                yield Problem(path=where, says=f"{code} is no project of the network.")


def _of_project(
    path: Path, project: ProjectDocument, network: NetworkDocument, projects: dict[str, ProjectDocument]
) -> Iterator[Problem]:
    if project.project_year != network.project_year:
        says = f"{project.code} is for {project.project_year} and the network for {network.project_year}."
        yield Problem(path=(*path, "project_year"), says=says)
    choice = project.participation.choice
    listed = {option.project for one in network.choices if one.slug == choice for option in one.options}
    if choice and project.code not in listed:
        says = f"The network has no choice {choice} with {project.code} among its options."
        yield Problem(path=(*path, "participation", "choice"), says=says)
    yield from _of_facts(path, project, network)
    for index, consequence in enumerate(project.consequences):
        if consequence.kind == "also_enrols" and consequence.project not in projects:
            where = (*path, "consequences", index, "project")
            yield Problem(path=where, says=f"{consequence.project} is no project of the network.")
        if consequence.kind == "accredits" and consequence.duty not in {None, *_reports_of_people(project)}:
            where = (*path, "consequences", index, "duty")
            yield Problem(path=where, says=f"{project.code} asks its participants for no {consequence.duty}.")


def _reports_of_people(project: ProjectDocument) -> set[str]:
    return {one.slug for one in project.evaluation.duties if one.by == "participant" and one.kind != "attendance"}


def _of_facts(path: Path, project: ProjectDocument, network: NetworkDocument) -> Iterator[Problem]:
    condition = project.participation.for_hubs
    if condition and network.fact(condition.fact) is None:
        says = f"The network asks no hub for {condition.fact}."
        yield Problem(path=(*path, "participation", "for_hubs", "fact"), says=says)
    counted = project.size.schools_of_hub_from
    if counted and getattr(network.fact(counted), "kind", None) != "count":
        says = f"The network has no hub fact {counted} that is a count."
        yield Problem(path=(*path, "size", "schools_of_hub_from"), says=says)
