"""What follows from applying, and which step may follow which; no database here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hubs.project_applications.models import ApplicationStatus
from hubs.projects.consequences import AlsoEnrols, GivesPriority
from hubs.projects.criteria import leaves_of
from hubs.projects.decisions import Declaration, decide
from hubs.projects.document import ProjectDocument
from hubs.projects.facts import Known

OPEN: tuple[ApplicationStatus, ...] = ("applied", "waiting")
"""States in which a hub decides."""


@dataclass(frozen=True)
class Enrolment:
    """Another project that applying to one brings with it, or why it does not."""

    project: str
    is_exempt: bool
    says: str


def enrolments(document: ProjectDocument, known: Known, declared: Sequence[Declaration]) -> list[Enrolment]:
    """The other projects of a project's consequences. Who is not known to be exempt is enrolled."""
    found = []
    for one in document.consequences:
        if not isinstance(one, AlsoEnrols):
            continue
        is_exempt = one.unless is not None and decide(one.unless, known, _about(one, declared)).outcome == "eligible"
        found.append(Enrolment(one.project, is_exempt, one.says))
    return found


def _about(consequence: AlsoEnrols, declared: Sequence[Declaration]) -> list[Declaration]:
    asked = set() if consequence.unless is None else {test.criterion for test in leaves_of(consequence.unless)}
    return [one for one in declared if one.criterion in asked]


def asked_of_applicant(document: ProjectDocument) -> frozenset[str]:
    """Every test that an applicant's declaration may be about: the criteria, and what exempts from consequences."""
    rules = [
        document.participants.criteria,
        *(one.unless for one in document.consequences if isinstance(one, AlsoEnrols)),
    ]
    return frozenset(
        test.criterion for rule in rules if rule is not None for test in leaves_of(rule) if test.may_be_declared
    )


def gives_priority_in(document: ProjectDocument, code: str, year: str) -> bool:
    """Whether having taken part in a project gives priority in another of that year."""
    return any(
        isinstance(one, GivesPriority) and one.project == code and one.project_year == year
        for one in document.consequences
    )


def merged(before: Iterable[Declaration], now: Iterable[Declaration]) -> list[Declaration]:
    """What was declared, and what is declared now in place of it."""
    return list({one.criterion: one for one in (*before, *now)}.values())
