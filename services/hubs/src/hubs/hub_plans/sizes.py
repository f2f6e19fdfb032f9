"""Numbers of a plan against what a project's document says of groups, schools, participants and leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hubs.hub_plans.findings import Finding, Ground, Line, severity_of, total
from hubs.projects.document import ProjectDocument, Size
from hubs.projects.parts import Extent, Measure

OF_HUB: tuple[Measure, ...] = ("groups", "schools", "participants")
OF_GROUP: tuple[Measure, ...] = ("schools", "participants")


@dataclass(frozen=True)
class _About:
    """What a finding is about."""

    project: ProjectDocument
    strand: str | None

    @property
    def name(self) -> str:
        return f"{self.project.code} ({self.strand})" if self.strand else self.project.code

    def finding(self, code: str, rule: Extent, planned: int, wanted: int, words: str) -> Finding:
        return Finding(
            code=code,
            severity=severity_of(rule.is_limit),
            project=self.project.code,
            strand=self.strand,
            planned=planned,
            wanted=wanted,
            says=f"{words} {rule.says}" if rule.says else words,
            source=self.project.cite(rule.section),
        )


def size_findings(project: ProjectDocument, lines: Sequence[Line], ground: Ground) -> Iterator[Finding]:
    """What the document says of the numbers planned: for the project, and for each strand of it."""
    yield from _of_size(_About(project, None), project.size, lines, ground)
    for line in lines:
        strand = project.strand(line.strand)
        if strand is not None and line.groups:
            yield from _of_size(_About(project, strand.slug), strand.size, [line], ground)
    yield from _as_counted(project, lines, ground)
    yield from _per_school(project, lines)
    yield from _leads(project, lines)


def _of_size(about: _About, size: Size, lines: Sequence[Line], ground: Ground) -> Iterator[Finding]:
    groups = total(lines, "groups") or 0
    if size.hub_limits_until == "always" or ground.is_first:
        for measure in OF_HUB:
            yield from _bounded(about, getattr(size, f"{measure}_of_hub"), total(lines, measure), 1, measure)
    for measure in OF_GROUP:
        rule: Extent | None = getattr(size, f"{measure}_of_group")
        planned = total(lines, measure)
        if rule is not None and planned is None:
            words = f"{about.name}: how many {measure} are planned is not said."
            yield Finding(
                code=f"{measure}-not-said",
                severity="remark",
                project=about.project.code,
                strand=about.strand,
                says=words,
                source=about.project.cite(rule.section),
            )
        yield from _bounded(about, rule, planned, groups, measure)


def _bounded(
    about: _About, rule: Extent | None, planned: int | None, groups: int, measure: Measure | str
) -> Iterator[Finding]:
    """The number for so many groups; a rule of the whole hub is one for a single group."""
    if rule is None or planned is None or not groups:
        return
    of = f"{groups} groups of {about.name}" if groups > 1 else about.name
    if rule.minimum is not None and planned < rule.minimum * groups:
        words = f"{of}: at least {rule.minimum * groups} {measure}; {planned} are planned."
        yield about.finding(f"{measure}-too-few", rule, planned, rule.minimum * groups, words)
    if rule.maximum is not None and planned > rule.maximum * groups:
        words = f"{of}: at most {rule.maximum * groups} {measure}; {planned} are planned."
        yield about.finding(f"{measure}-too-many", rule, planned, rule.maximum * groups, words)
    if rule.average is not None and planned < rule.average * groups:
        words = f"{of}: {rule.average} {measure} on average for each group; {planned} are planned in all."
        yield about.finding(f"{measure}-below-average", rule, planned, rule.average * groups, words)


def _as_counted(project: ProjectDocument, lines: Sequence[Line], ground: Ground) -> Iterator[Finding]:
    fact = project.size.schools_of_hub_from
    counted = ground.facts.get(fact) if fact else None
    planned = total(lines, "schools")
    if fact and counted is not None and planned is not None and planned != counted:
        asked = ground.network.fact(fact)
        says = f"{project.code}: {planned} schools are planned and {counted} counted. {asked.title if asked else fact}."
        yield Finding(
            code="schools-not-as-counted",
            severity="remark",
            project=project.code,
            planned=planned,
            wanted=counted,
            says=says,
            source=project.source,
        )


def _per_school(project: ProjectDocument, lines: Sequence[Line]) -> Iterator[Finding]:
    rule, schools = project.participants.per_school, total(lines, "schools")
    if rule is not None and schools:
        about = _About(project, None)
        yield from _bounded(about, rule, total(lines, "participants"), schools, "participants of these schools")


def _leads(project: ProjectDocument, lines: Sequence[Line]) -> Iterator[Finding]:
    wanted = project.leads
    told = [one.leads for one in lines if one.leads is not None]
    if wanted.provided_by == "hub" and wanted.how_many is not None and told:
        # One person may lead several groups: only too few for one group, or for the hub, is too few.
        few = wanted.how_many.model_copy(update={"maximum": None, "average": None, "expected": None})
        yield from _bounded(_About(project, None), few, sum(told), 1, "leads")
