"""How many schools and hubs there are in each region."""

from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import clock
from hubs.areas.models import District
from hubs.directory.models import Hub, HubSchool
from hubs.reference import rows
from hubs.schools.models import School
from hubs.stem_plans.rules import Known

ENGLAND = "England"
FIRST_AGE, LAST_AGE = 5, 19
"""Of pupils and students whom hubs are for."""


async def by_region(reader: AsyncConnection) -> dict[str, Known]:
    """What is there of each of the nine regions, in the order of their codes."""
    schools = await _schools(reader)
    today = clock.today()
    of_hub = (HubSchool.hub_id == Hub.id) & (HubSchool.joined_on <= today)
    still = or_(HubSchool.left_on.is_(None), HubSchool.left_on >= today)
    query = (
        select(Hub.region, func.count(Hub.id.distinct()), func.count(HubSchool.urn.distinct()))
        .outerjoin(HubSchool, of_hub & still)
        .where(Hub.kind == "stem_skills_hub", Hub.is_open)
        .group_by(Hub.region)
    )
    so_far = {region: (hubs, members) for region, hubs, members in await reader.execute(query)}
    names = [row["name"] for row in rows("regions.csv")]
    return {name: Known(schools.get(name, 0), *so_far.get(name, (0, 0))) for name in names}


async def _schools(reader: AsyncConnection) -> dict[str, int]:
    region = func.coalesce(District.region, School.region)
    for_ages = or_(School.highest_age.is_(None), School.highest_age > FIRST_AGE)
    query = (
        select(region.label("region"), func.count().label("schools"))
        .select_from(School)
        .outerjoin(District, District.code == School.district_code)
        .where(
            School.is_open,
            School.country == ENGLAND,
            for_ages,
            or_(School.lowest_age.is_(None), School.lowest_age < LAST_AGE),
            School.phase.not_in(("nursery", "not_applicable")),
            region.is_not(None),
        )
        .group_by(region)
    )
    return {row.region: row.schools for row in await reader.execute(query)}


async def counted_as_of(reader: AsyncConnection) -> date | None:
    """The newest extract of the register that changed a school."""
    return (await reader.execute(select(func.max(School.as_of_on)))).scalar_one()
