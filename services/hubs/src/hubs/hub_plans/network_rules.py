"""All hubs' plans together against what the network is to reach, by the aims and limits of its documents. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from hubs.hub_plans.findings import Finding, Ground, Line, severity_of, total
from hubs.networks.document import Split
from hubs.projects.document import NationalAim, ProjectDocument, Size
from hubs.projects.parts import Extent, Measure

Plans = Mapping[UUID, Sequence[Line]]
OF_NETWORK: tuple[Measure, ...] = ("groups", "schools", "participants")


def network_findings(plans: Plans, hubs: int, ground: Ground) -> list[Finding]:
    """Aims missed and limits passed by the plans of `hubs` hubs, faults first."""
    found = [
        *_of_hubs(hubs, ground),
        *(one for project in ground.projects.values() for one in _of_project(project, plans, hubs)),
        *(one for split in ground.network.splits for one in _of_split(split, plans)),
        *(
            one
            for aim in ground.network.aims
            for one in _of_aim(aim, None, _counted(aim, plans, ground), plans, hubs, ground.network.source)
        ),
    ]
    return sorted(found, key=lambda one: one.severity)


@dataclass(frozen=True)
class Delivered:
    """What runs or has run of a project."""

    groups: int
    schools: int
    participants: int
    hubs: frozenset[UUID]


class AimStanding(BaseModel):
    """An aim of the network or of a project, what is planned towards it, and what is there."""

    project: str | None = Field(description="Null for what all projects are to reach together")
    measure: Measure
    at_least: int | None
    at_most: int | None
    is_limit: bool
    planned: int
    delivered: int = Field(description="By groups that run or have completed")
    says: str
    source: str


def aims_standing(plans: Plans, hubs: int, ground: Ground, delivered: Mapping[str, Delivered]) -> Iterator[AimStanding]:
    """Every aim of the documents with what is planned and delivered towards it, those of all projects first."""
    for aim in ground.network.aims:
        counted = _counted(aim, plans, ground)
        codes = [one.code for one in ground.projects.values() if not one.leaves_out(aim.measure)]
        planned = _planned(aim, None, counted, plans)
        yield _standing(aim, None, hubs, planned, _there(aim, codes, delivered), ground.network.source)
    for project in ground.projects.values():
        lines = [line for own in plans.values() for line in own if line.code == project.code]
        for aim in project.national_aims:
            planned = _planned(aim, project, lines, plans)
            there = _there(aim, [project.code], delivered)
            yield _standing(aim, project, hubs, planned, there, project.cite(aim.section))


def _standing(
    aim: NationalAim, project: ProjectDocument | None, hubs: int, planned: int, there: int, source: str
) -> AimStanding:
    return AimStanding(
        project=project.code if project else None,
        measure=aim.measure,
        at_least=_least_of(aim, hubs),
        at_most=aim.at_most,
        is_limit=aim.is_limit,
        planned=planned,
        delivered=there,
        says=aim.says or "",
        source=source,
    )


def _there(aim: NationalAim, codes: Sequence[str], delivered: Mapping[str, Delivered]) -> int:
    found = [delivered[code] for code in codes if code in delivered]
    if aim.measure == "hubs":
        return len(frozenset[UUID]().union(*(one.hubs for one in found)))
    return sum(int(getattr(one, aim.measure)) for one in found)


def _of_hubs(hubs: int, ground: Ground) -> Iterator[Finding]:
    wanted = ground.network.hubs_expected
    if wanted is not None and hubs < wanted:
        says = f"{wanted} hubs are expected; {hubs} take part."
        yield Finding(
            code="hubs-missing", severity="remark", planned=hubs, wanted=wanted, says=says, source=ground.network.source
        )


def _counted(aim: NationalAim, plans: Plans, ground: Ground) -> list[Line]:
    """Lines that count towards an aim of the whole network."""
    out = {code for code, project in ground.projects.items() if project.leaves_out(aim.measure)}
    return [line for lines in plans.values() for line in lines if line.code not in out]


def _of_project(project: ProjectDocument, plans: Plans, hubs: int) -> Iterator[Finding]:
    lines = [line for own in plans.values() for line in own if line.code == project.code]
    for aim in project.national_aims:
        yield from _of_aim(aim, project, lines, plans, hubs, project.cite(aim.section))
    yield from _of_size(project, None, project.size, lines)
    for strand in project.strands:
        yield from _of_size(project, strand.slug, strand.size, [one for one in lines if one.strand == strand.slug])


def _of_aim(
    aim: NationalAim, project: ProjectDocument | None, lines: Sequence[Line], plans: Plans, hubs: int, source: str
) -> Iterator[Finding]:
    planned, least = _planned(aim, project, lines, plans), _least_of(aim, hubs)
    known = {"project": project.code if project else None, "planned": planned, "source": source}
    if least is not None and planned < least:
        says = f"{least} {aim.measure} are aimed for; {planned} are planned. {aim.says}"
        yield Finding(code="aim-missed", severity=severity_of(aim.is_limit), wanted=least, says=says, **known)
    if aim.at_most is not None and planned > aim.at_most:
        says = f"{aim.at_most} {aim.measure} at most; {planned} are planned. {aim.says}"
        yield Finding(code="aim-exceeded", severity=severity_of(aim.is_limit), wanted=aim.at_most, says=says, **known)


def _planned(aim: NationalAim, project: ProjectDocument | None, lines: Sequence[Line], plans: Plans) -> int:
    return _hubs_with(plans, project) if aim.measure == "hubs" else total(lines, aim.measure) or 0


def _least_of(aim: NationalAim, hubs: int) -> int | None:
    if aim.share_of_hubs is None:
        return aim.at_least
    return int((aim.share_of_hubs * hubs).to_integral_value(rounding="ROUND_CEILING"))


def _hubs_with(plans: Plans, project: ProjectDocument | None) -> int:
    return sum(
        any(line.groups and (project is None or line.code == project.code) for line in lines)
        for lines in plans.values()
    )


def _of_size(project: ProjectDocument, strand: str | None, size: Size, lines: Sequence[Line]) -> Iterator[Finding]:
    for measure in OF_NETWORK:
        rule: Extent | None = getattr(size, f"{measure}_of_network")
        planned = total(lines, measure)
        if rule is None or planned is None:
            continue
        words = f"{project.code}, whole network: {planned} {measure} are planned."
        known = {"project": project.code, "strand": strand, "planned": planned, "source": project.cite(rule.section)}
        says, severity = f"{words} {rule.says or ''}".strip(), severity_of(rule.is_limit)
        if rule.maximum is not None and planned > rule.maximum:
            yield Finding(code="network-limit", severity=severity, wanted=rule.maximum, says=says, **known)
        least = rule.minimum if rule.minimum is not None else rule.expected
        if least is not None and planned < least:
            yield Finding(code="network-not-reached", severity="remark", wanted=least, says=says, **known)


def _of_split(split: Split, plans: Plans) -> Iterator[Finding]:
    having = {
        code: sum(any(one.groups and one.code == code for one in lines) for lines in plans.values())
        for code in split.between
    }
    all_of_them = sum(having.values())
    even = Decimal(1) / len(split.between)
    for code, hubs in having.items():
        if all_of_them and abs(Decimal(hubs) / all_of_them - even) > split.tolerance:
            says = f"{hubs} of {all_of_them} hubs that run one of {', '.join(split.between)} run {code}. {split.says}"
            yield Finding(
                code="split-uneven",
                severity="remark",
                project=code,
                planned=hubs,
                wanted=int(all_of_them * even),
                says=says,
                source=split.source,
            )
