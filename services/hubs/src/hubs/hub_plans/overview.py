"""All hubs' plans of a network side by side: by project and region, against the network's aims, and as CSV."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from hubs.base import AnyRow
from hubs.hub_plans.delivery import by_project, delivered, delivery_of, targets_among
from hubs.hub_plans.findings import Line
from hubs.hub_plans.network_rules import aims_standing, network_findings
from hubs.hub_plans.queries import ground_of, lines_of_network, plans_of_network
from hubs.hub_plans.schemas import CountOut, NetworkPlanOut, ProjectPlanOut
from hubs.networks.documents import project_id
from hubs.networks.queries import targets_of
from hubs.spreadsheets import csv_of

NUMBERS = ("groups", "schools", "participants", "leads")
HEADER = ("project_year", "region", "hub", "plan_status", "code", "title", "strand", "revision", *NUMBERS, "note")


@dataclass(frozen=True)
class _Found:
    """Rows about a network's year: planned, agreed with hubs, and delivered."""

    lines: Sequence[AnyRow]
    targets: Sequence[AnyRow]
    delivered: Sequence[AnyRow]
    regions: Mapping[UUID, str]

    def count(self, code: str, region: str | None = None) -> CountOut:
        """What there is of a project, in one region or in all."""
        lines = [one for one in self.lines if one.code == code and region in (None, one.region)]
        targets = [one for one in self.targets if one.code == code and region in (None, self.regions.get(one.hub_id))]
        return CountOut(
            hubs=len({one.hub_id for one in lines if one.groups}),
            groups=sum(one.groups for one in lines),
            schools=sum(one.schools or 0 for one in lines),
            participants=sum(one.participants or 0 for one in lines),
            targets=targets_among(targets),
            delivery=delivery_of(one for one in self.delivered if one.code == code and region in (None, one.region)),
        )


async def network_plan(
    reader: AsyncConnection, network: str, year: str, basis: Literal["agreed", "newest"]
) -> NetworkPlanOut:
    """Every project with its numbers in all plans, what is there of it, and what the documents say."""
    ground = await ground_of(reader, network, year, None)
    hubs = await plans_of_network(reader, network, year)
    rows = await lines_of_network(reader, network, year, agreed=basis == "agreed")
    found = _Found(
        rows,
        await targets_of(reader, network, year),
        await delivered(reader, network, year),
        {one.hub_id: one.region for one in hubs},
    )
    of_hub: dict[UUID, list[Line]] = defaultdict(list)
    for row in rows:
        of_hub[row.hub_id].append(_line(row))
    regions = sorted({*found.regions.values(), *(one.region for one in found.delivered)})
    return NetworkPlanOut(
        network_slug=network,
        project_year=year,
        basis=basis,
        hubs=len(hubs),
        plans=Counter(one.status or "none" for one in hubs),
        projects=[
            ProjectPlanOut(
                project_id=project_id(network, year, code),
                code=code,
                title=project.title,
                regions={region: found.count(code, region) for region in regions},
                **found.count(code).model_dump(),
            )
            for code, project in ground.projects.items()
        ],
        aims=list(aims_standing(of_hub, len(hubs), ground, by_project(found.delivered))),
        findings=network_findings(of_hub, len(hubs), ground),
    )


def _line(row: AnyRow) -> Line:
    return Line(row.code, row.strand or None, row.groups, row.schools, row.participants, row.leads)


async def network_csv(reader: AsyncConnection, network: str, year: str, basis: Literal["agreed", "newest"]) -> bytes:
    """A line for each line of each hub's plan."""
    ground = await ground_of(reader, network, year, None)
    statuses = {one.hub_id: one.status for one in await plans_of_network(reader, network, year)}
    rows: Sequence[AnyRow] = await lines_of_network(reader, network, year, agreed=basis == "agreed")
    titles = {code: project.title for code, project in ground.projects.items()}
    return csv_of(
        HEADER,
        (
            [
                *(year, row.region, row.hub_name, statuses.get(row.hub_id), row.code, titles.get(row.code)),
                *(row.strand, row.revision, *(getattr(row, name) for name in NUMBERS), row.note),
            ]
            for row in rows
        ),
    )
