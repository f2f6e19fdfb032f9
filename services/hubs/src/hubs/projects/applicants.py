"""What hubs knows of those who apply or are to lead, as facts of criteria."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from hubs.area_lists.queries import keys_of_school, standings
from hubs.coverage.models import HubCoverage
from hubs.groups.models import GroupLead, GroupParticipant, GroupSchool, ProjectGroup
from hubs.projects.facts import CATEGORY, LISTED, Fact, Known, Part, Scalar
from hubs.projects.models import Project
from hubs.schools.models import School
from hubs.teachers.models import Teacher

REGISTER = "the register of schools"
COUNTS_AS_PART = ("running", "completed")
OF_REGISTER = (
    "phase",
    "is_open",
    "is_state_funded",
    "establishment_type",
    "sector",
    "region",
    "pupils",
    "lowest_age",
    "highest_age",
    "offers_gcse_computer_science",
)


async def known_of_school(session: AsyncSession, network: str, hub_id: UUID, school: School) -> Known:
    """Facts of a school, and the groups of the network that it has been in."""
    facts = {f"school.{name}": _of_register(school, getattr(school, name)) for name in OF_REGISTER}
    percent = school.free_school_meals_percent
    facts["school.free_school_meals_percent"] = _of_register(school, None if percent is None else int(percent))
    if school.key_stages is not None:
        facts["school.key_stages"] = Fact(known=tuple(school.key_stages), source=REGISTER, as_of=school.as_of_on)
    facts["school.is_in_hub_area"] = await _is_in_area(session, hub_id, school)
    for one in await standings(session, await keys_of_school(session, school.urn), clock.today()):
        source = f"list {one.scheme}, version {one.version}"
        listed: tuple[Scalar, ...] = () if one.is_listed is None else (one.is_listed,)
        facts[LISTED + one.scheme] = Fact(known=listed, source=source)
        # On a list with categories absence says that it is in none; 0 is no category.
        none: tuple[Scalar, ...] = (0,) if one.is_listed is False else ()
        facts[CATEGORY + one.scheme] = Fact(known=tuple(one.categories) or none, source=source)
    parts = await _parts(session, network, school.urn, None)
    return Known(facts, tuple(parts), await _first_year(session, network))


async def known_of_person(session: AsyncSession, network: str, person_id: UUID, roles: Iterable[str] = ()) -> Known:
    """Facts of a person, and the groups of the network that they have been in or led. Roles are told by the caller."""
    parts = await _parts(session, network, None, person_id)
    given = select(GroupParticipant.accreditation).where(
        GroupParticipant.person_id == person_id, GroupParticipant.accreditation.is_not(None)
    )
    accreditations = tuple(sorted({one for one in await session.scalars(given) if one is not None}))
    completed = "completed projects"
    facts = {
        "person.accreditations": Fact(known=accreditations, source=completed, is_whole=False),
        "person.groups_led": _groups_led(parts),
    }
    if roles := tuple(sorted(roles)):
        facts["person.roles"] = Fact(known=roles, source="the caller's roles")
    if (teacher := await session.get(Teacher, person_id)) is not None:
        facts["person.phase"] = Fact(known=(teacher.phase,), source="the person's registration")
    return Known(facts, tuple(parts), await _first_year(session, network))


def _groups_led(parts: Sequence[Part]) -> Fact:
    """Who led none here may have led some before there was a platform, and can say so."""
    led = sum(part.by == "lead" for part in parts)
    return Fact(known=(led,) if led else (), source="groups on the platform", is_whole=False)


def together(one: Known, other: Known) -> Known:
    """What is known of a person and of the school they come from."""
    return Known({**one.facts, **other.facts}, (*one.parts, *other.parts), one.parts_from)


def _of_register(school: School, value: Scalar | None) -> Fact:
    return Fact(known=() if value is None else (value,), source=REGISTER, as_of=school.as_of_on)


async def _is_in_area(session: AsyncSession, hub_id: UUID, school: School) -> Fact:
    source = "who covers which district"
    if school.district_code is None:
        return Fact(source=source)
    today = clock.today()
    covers = select(func.count()).where(
        HubCoverage.hub_id == hub_id,
        HubCoverage.district_code == school.district_code,
        HubCoverage.valid_from <= today,
        HubCoverage.valid_to.is_(None) | (HubCoverage.valid_to >= today),
    )
    return Fact(known=(bool(await session.scalar(covers)),), source=source, as_of=today)


async def _parts(session: AsyncSession, network: str, urn: str | None, person_id: UUID | None) -> list[Part]:
    """Groups of a network that ran or run, by who had what part in them."""
    columns = ProjectGroup.project_code, ProjectGroup.project_year, ProjectGroup.status
    ran = ProjectGroup.network == network, ProjectGroup.status.in_(COUNTS_AS_PART)
    found: list[Part] = []
    if urn is not None:
        query = select(*columns).join(GroupSchool, GroupSchool.group_id == ProjectGroup.id)
        rows = (await session.execute(query.where(*ran, GroupSchool.urn == urn))).all()
        found += [Part(row.project_code, row.project_year, "school", row.status == "completed") for row in rows]
    if person_id is not None:
        query = select(*columns).join(GroupParticipant, GroupParticipant.group_id == ProjectGroup.id)
        rows = (await session.execute(query.where(*ran, GroupParticipant.person_id == person_id))).all()
        found += [Part(row.project_code, row.project_year, "participant", row.status == "completed") for row in rows]
        query = select(*columns).join(GroupLead, GroupLead.group_id == ProjectGroup.id)
        rows = (await session.execute(query.where(*ran, GroupLead.person_id == person_id))).all()
        found += [Part(row.project_code, row.project_year, "lead", row.status == "completed") for row in rows]
    return found


async def _first_year(session: AsyncSession, network: str) -> str | None:
    """The first year of the network that the platform has: from then on it knows who took part."""
    year: str | None = await session.scalar(
        select(func.min(Project.project_year)).where(Project.network_slug == network)
    )
    return year
