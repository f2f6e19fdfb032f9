"""One hub's plan against the documents of its network. Pure; which projects there are, only the documents say."""

from collections.abc import Iterator, Sequence

from hubs.hub_plans.findings import Finding, Ground, Line, Target, severity_of, total
from hubs.hub_plans.sizes import size_findings
from hubs.networks.document import Choice, Split
from hubs.projects.document import ProjectDocument

NO_SPLIT = "A hub plans {wanted} of {codes}; {planned} are planned. {says}"


def findings_of(lines: Sequence[Line], ground: Ground) -> list[Finding]:
    """Everything that the documents say about the plan, faults first and then in the order of the documents."""
    found = [
        *(one for project in ground.projects.values() for one in _of_project(project, lines, ground)),
        *(one for choice in ground.network.choices for one in _of_choice(choice, lines)),
        *(one for split in ground.network.splits for one in _of_split(split, lines)),
        *(one for target in ground.targets for one in _of_target(target, lines)),
    ]
    return sorted(found, key=lambda one: one.severity)


def _of_project(project: ProjectDocument, lines: Sequence[Line], ground: Ground) -> Iterator[Finding]:
    own = [one for one in lines if one.code == project.code]
    if any(one.groups for one in own):
        yield from size_findings(project, own, ground)
    else:
        yield from _missing(project, ground)


def _missing(project: ProjectDocument, ground: Ground) -> Iterator[Finding]:
    rule = project.participation
    if rule.kind not in ("required", "recommended"):
        return
    source = project.cite(rule.section)
    if rule.for_hubs is not None:
        answer = ground.facts.get(rule.for_hubs.fact)
        if answer is None:
            says = f"Whether {project.code} is {rule.kind} is not known until the hub's facts are: {rule.for_hubs.says}"
            yield Finding(code="fact-not-told", severity="remark", project=project.code, says=says, source=source)
        if not answer:
            return
    says = rule.says or f"{project.code}, {project.title}, is {rule.kind} and not planned."
    severity = severity_of(rule.kind == "required")
    yield Finding(
        code=f"{rule.kind}-missing", severity=severity, project=project.code, planned=0, says=says, source=source
    )


def _of_choice(choice: Choice, lines: Sequence[Line]) -> Iterator[Finding]:
    planned = {(one.code, one.strand) for one in lines if one.groups}
    codes = {code for code, _ in planned}
    met = sum(
        (option.project, option.strand) in planned if option.strand else option.project in codes
        for option in choice.options
    )
    if met < choice.at_least:
        options = ", ".join(f"{one.project} ({one.strand})" if one.strand else one.project for one in choice.options)
        yield Finding(
            code="choice-missing",
            severity="fault",
            planned=met,
            wanted=choice.at_least,
            says=f"{choice.title} is missing: plan at least {choice.at_least} of {options}. {choice.says}",
            source=choice.source,
        )


def _of_split(split: Split, lines: Sequence[Line]) -> Iterator[Finding]:
    rule = split.per_hub
    planned = len({one.code for one in lines if one.groups and one.code in split.between})
    if rule is None:
        return
    if rule.admits(planned) and rule.expected in (None, planned):
        return
    bound = rule.maximum if planned else rule.minimum
    wanted = bound if rule.expected is None else rule.expected
    words = NO_SPLIT.format(
        wanted=wanted, codes=", ".join(split.between), planned=planned, says=rule.says or split.says
    )
    is_fault = rule.is_limit and not rule.admits(planned)
    yield Finding(
        code="split-not-kept",
        severity=severity_of(is_fault),
        planned=planned,
        wanted=wanted,
        says=words,
        source=split.source,
    )


def _of_target(target: Target, lines: Sequence[Line]) -> Iterator[Finding]:
    planned = total((one for one in lines if one.code == target.code), target.measure) or 0
    if planned < target.at_least:
        yield Finding(
            code="target-missed",
            severity="fault",
            project=target.code,
            planned=planned,
            wanted=target.at_least,
            says=f"{target.at_least} {target.measure} were agreed for {target.code}; {planned} are planned.",
            source=target.reason,
        )
