"""Reminding of reports in time."""

from chassis import clock
from chassis.service import ServiceContext
from hubs.project_reports.reminders import due_report_reminders, remind_of_report
from hubs.settings import Settings

SWEEP_SECONDS = 60.0


async def send_report_reminders(context: ServiceContext) -> None:
    """Look for reminders that are due until cancelled. Any number of replicas may: each reminder is recorded once."""
    settings = context.settings
    assert isinstance(settings, Settings)
    while True:
        async with context.database.transaction() as session:
            due = await due_report_reminders(session, settings, clock.now())
        for one in due:
            async with context.database.transaction() as session:
                await remind_of_report(session, settings, one, clock.now())
        await clock.pause(SWEEP_SECONDS)
