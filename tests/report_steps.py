"""A report of a group for tests, as if the group had opened it."""

from uuid import UUID

from chassis import clock
from chassis.ids import new_id
from harness import ServiceHarness
from hubs.groups.models import ProjectGroup
from hubs.project_reports.models import ProjectReport
from hubs.project_reports.rules import ReportStatus


async def a_report(harness: ServiceHarness, group_id: str, status: ReportStatus = "draft") -> str:
    """The report of a group's lead; handed in by somebody else than whoever decides."""
    handed_in = status == "submitted"
    async with harness.session() as session:
        group = await session.get_one(ProjectGroup, UUID(group_id))
        report = ProjectReport(
            id=new_id(),
            project_id=group.project_id,
            project_version=group.project_version,
            network=group.network,
            project_code=group.project_code,
            project_year=group.project_year,
            hub_id=group.hub_id,
            group_id=group.id,
            duty="lead-report",
            subject=f"group:{group.id}:{new_id()}",
            title="Report of the lead",
            by="lead",
            kind="report",
            status=status,
            answers={},
            version=1,
            opened_at=clock.now(),
            submissions=int(handed_in),
            submitted_at=clock.now() if handed_in else None,
            submitted_by=new_id() if handed_in else None,
        )
        session.add(report)
    return str(report.id)
