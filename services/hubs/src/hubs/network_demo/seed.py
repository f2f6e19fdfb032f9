"""For demonstrations: hubs that take part in a network's year, with plans in every state."""

from collections.abc import Sequence
from importlib.resources import files
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.service import Progress
from hubs import reference
from hubs.directory.models import Hub
from hubs.hub_plans.findings import Line
from hubs.hub_plans.models import HubPlan, HubPlanLine, HubPlanRevision, PlanStatus
from hubs.hub_plans.queries import ground_of, newest_number
from hubs.hub_plans.rules import findings_of
from hubs.network_demo.groups import form_demo_groups, somebody
from hubs.network_demo.schemas import DemoNetworks, DemoYear
from hubs.networks.documents import national_team_id, project_id
from hubs.networks.models import NetworkHub

DEMO_HUB = uuid5(NAMESPACE_URL, "https://ncce.example.org/hubs/greater-manchester")
STATES: tuple[PlanStatus | None, ...] = ("agreed", "agreed", "agreed", "submitted", "agreed", "draft", None)
"""Of one hub after the other; the first are agreed, since they have groups."""
SOURCE = "Invented for demonstration."


async def load_demo_network_years(session: AsyncSession, progress: Progress) -> None:
    """Fill each year that no hub takes part in yet; what people have entered stays."""
    text = (files(reference) / "network_demo_synthetic.json").read_text(encoding="utf-8")
    years = DemoNetworks.model_validate_json(text).networks
    for done, year in enumerate(years, start=1):
        taken = select(NetworkHub.hub_id).filter_by(network_slug=year.network, project_year=year.project_year)
        if (await session.execute(taken.limit(1))).first() is None:
            hubs = await _hubs(session)
            await _take_part(session, year, hubs)
            await _plan(session, year, hubs)
            await form_demo_groups(session, year, hubs)
        progress(done, len(years))


async def _hubs(session: AsyncSession) -> Sequence[Hub]:
    """Every open hub, the demonstration's own first."""
    found = (await session.scalars(select(Hub).where(Hub.is_open).order_by(Hub.slug))).all()
    return sorted(found, key=lambda hub: hub.id != DEMO_HUB)


async def _take_part(session: AsyncSession, year: DemoYear, hubs: Sequence[Hub]) -> None:
    key = {"network_slug": year.network, "project_year": year.project_year, "joined_on": year.joined_on}
    await session.execute(insert(NetworkHub), [{**key, "hub_id": hub.id, "version": 1} for hub in hubs])


async def _plan(session: AsyncSession, year: DemoYear, hubs: Sequence[Hub]) -> None:
    ids = {line.code: project_id(year.network, year.project_year, line.code) for line in year.lines}
    numbers = await newest_number(session, ids.values())
    ground = await ground_of(session, year.network, year.project_year, None)
    lines = [Line(one.code, one.strand, one.groups, one.schools, one.participants, one.leads) for one in year.lines]
    findings = [one.model_dump(mode="json") for one in findings_of(lines, ground)]
    for index, hub in enumerate(hubs):
        status = STATES[index % len(STATES)]
        if status is None:
            continue
        plan_id = uuid5(
            NAMESPACE_URL, f"https://ncce.example.org/hub-plans/{year.network}/{year.project_year}/{hub.slug}"
        )
        agreed = 1 if status == "agreed" else None
        key = {"network_slug": year.network, "project_year": year.project_year, "hub_id": hub.id}
        session.add(HubPlan(id=plan_id, **key, status=status, revision=1, agreed_revision=agreed, version=1))
        await session.flush()
        session.add(_revision(plan_id, hub, status, findings))
        await session.flush()
        rows = [
            one.model_dump()
            | {"strand": one.strand or "", "hub_plan_id": plan_id, "revision": 1}
            | {"project_id": ids[one.code], "number": numbers[ids[one.code]]}
            for one in year.lines
        ]
        await session.execute(insert(HubPlanLine), rows)


def _revision(plan_id: UUID, hub: Hub, status: PlanStatus, findings: list[dict[str, object]]) -> HubPlanRevision:
    now = clock.now()
    revision = HubPlanRevision(
        hub_plan_id=plan_id, revision=1, status=status, begun_by=somebody(hub, "lead"), begun_at=now
    )
    if status != "draft":
        revision.submitted_by, revision.submitted_at = somebody(hub, "lead"), now
        revision.explanation, revision.findings = SOURCE, findings
    if status == "agreed":
        revision.decided_by, revision.decided_at, revision.reason = national_team_id("invented"), now, SOURCE
    return revision
