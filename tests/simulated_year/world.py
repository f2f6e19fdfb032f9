"""Who takes part in a simulated year: forty hubs, their schools and people, the national team, the finance office."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from builders import a_school_lead, a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.base import AnyEnvelope
from contracts.identity import TeacherRegistered
from harness import ServiceHarness
from hubs.directory.models import Hub
from hubs.networks.documents import national_team_id
from hubs.schools.models import School, SchoolPhase
from hubs_network import a_hub
from hubs_projects import a_school
from simulated_year.platform import Platform
from simulated_year.records import Journal

NETWORK, YEAR = "maths-hubs", "2019-20"
BUDGET = f"{NETWORK}-{YEAR}"
PATH = f"/v1/networks/{NETWORK}/{YEAR}"
FIRST_URN = 910_000
SCHOOLS: dict[SchoolPhase, int] = {"primary": 20, "secondary": 8, "post_16": 3}
TEACHERS = 3
"""At each school."""


@dataclass
class Team:
    """The national team and the finance office."""

    lead: Principal
    second: Principal
    evaluator: Principal
    officer: Principal = field(default_factory=lambda: staff("funding_officer"))
    second_officer: Principal = field(default_factory=lambda: staff("funding_officer"))
    approver: Principal = field(default_factory=lambda: staff("funding_approver"))
    payers: tuple[Principal, ...] = field(default_factory=lambda: tuple(staff("payment_officer") for _ in range(4)))
    auditor: Principal = field(default_factory=lambda: staff("auditor"))

    @classmethod
    def of(cls, organisation: str) -> "Team":
        """Three people of the national team, and the others."""
        at = national_team_id(organisation)
        roles = ("network_lead", "network_lead", "lead_evaluator")
        lead, second, evaluator = (staff(role, organisation_id=at) for role in roles)
        return cls(lead, second, evaluator)


@dataclass
class SimulatedHub:
    """A hub with its staff, schools and teachers, and a stream of chance of its own."""

    id: UUID
    name: str
    region: str
    chance: random.Random
    schools: dict[SchoolPhase, list[str]]
    teachers: dict[str, list[Principal]]
    lead: Principal
    deputy: Principal
    plan_id: str = ""
    planned: dict[str, str | None] = field(default_factory=dict)
    groups: list["SimulatedGroup"] = field(default_factory=list)

    def head(self, urn: str) -> Principal:
        """Who speaks for a school: its first teacher."""
        first = self.teachers[urn][0]
        return a_school_lead(urn, first.id)

    def happens(self, chance: float) -> bool:
        """Whether something happens that does so with this chance."""
        return self.chance.random() < chance


@dataclass
class SimulatedGroup:
    """A group as its hub knows it."""

    id: str
    code: str
    strand: str | None
    status: str = "forming"
    schools: dict[str, str] = field(default_factory=dict)
    """Their number in the group by their URN."""
    people: dict[str, Principal] = field(default_factory=dict)
    """By their number as participants."""
    from_school: dict[str, str] = field(default_factory=dict)
    leads: list[Principal] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    """Applications on the waiting register, each with the URN behind a colon."""
    activities: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/v1/groups/{self.id}"


@dataclass
class World:
    """Everything that the phases of the year share."""

    platform: Platform
    journal: Journal
    team: Team
    hubs: list[SimulatedHub]
    projects: dict[str, Any] = field(default_factory=dict)
    """Each project's description by its code, as the platform tells it."""

    def note(
        self, kind: str, group: SimulatedGroup | None = None, hub: SimulatedHub | None = None, **what: object
    ) -> None:
        """Put something on record."""
        if group is not None:
            what |= {"group": group.id, "code": group.code}
        if hub is not None:
            what["hub"] = hub.name
        self.journal.note(kind, **what)

    def project_id(self, code: str) -> str:
        """The project's identifier."""
        return str(self.projects[code]["id"])


async def populate(platform: Platform, hubs: ServiceHarness, seed: int, how_many: int) -> list[SimulatedHub]:
    """Hubs of the reference data and as many more as are missing, with schools and teachers of their own."""
    rows = await _hubs(hubs, how_many)
    made: list[SimulatedHub] = []
    urns = (str(number) for number in range(FIRST_URN, 999_999))
    async with hubs.session() as session:
        for row in rows:
            schools = {phase: [next(urns) for _ in range(number)] for phase, number in SCHOOLS.items()}
            session.add_all(_schools(schools))
            teachers = {
                one: [a_teacher(one, phase) for _ in range(TEACHERS)] for phase, all_ in schools.items() for one in all_
            }
            lead, deputy = (staff(role, organisation_id=row.id) for role in ("hub_lead", "hub_administrator"))
            chance = random.Random(f"{seed}: {row.slug}")
            made.append(SimulatedHub(row.id, row.name, row.region, chance, schools, teachers, lead, deputy))
    news = [one for hub in made for all_ in hub.teachers.values() for one in all_]
    told = [_registered(one) for one in news]
    # Identity's news come twice, and in any order.
    again = platform.chance.sample(told, len(told) // 20)
    mixed = told + [(subject, str(new_id()), body) for subject, _, body in again]
    platform.chance.shuffle(mixed)
    await platform.tell("identity", mixed)
    return made


async def _hubs(hubs: ServiceHarness, how_many: int) -> list[Hub]:
    async with hubs.session() as session:
        found = list(await session.scalars(select(Hub).order_by(Hub.slug)))[:how_many]
        more = [a_hub(new_id(), f"invented-{number}") for number in range(len(found), how_many)]
        session.add_all(more)
    return [*found, *more]


def _schools(by_phase: dict[SchoolPhase, list[str]]) -> Iterator[School]:
    stages: dict[SchoolPhase, list[str]] = {
        "primary": ["ks1", "ks2"],
        "secondary": ["ks3", "ks4"],
        "post_16": ["post_16"],
    }
    for phase, urns in by_phase.items():
        for urn in urns:
            school = a_school(urn, "post_16", key_stages=stages[phase], as_of_on=date(2019, 6, 1))
            school.phase = phase
            yield school


def _registered(teacher: Principal) -> tuple[str, str, bytes]:
    assert teacher.id is not None
    event = TeacherRegistered.model_validate(
        {
            "teacher_id": teacher.id,
            "school_urn": teacher.attributes["school_urn"],
            "phase": teacher.attributes["phase"],
            "registered_at": clock.now(),
        }
    )
    envelope = AnyEnvelope(
        id=new_id(),
        source="/services/identity",
        type=event.type(),
        subject=event.aggregate_id,
        sequence=1,
        time=clock.now(),
        data=event.model_dump(mode="json"),
    )
    return event.subject, str(envelope.id), envelope.model_dump_json().encode()
