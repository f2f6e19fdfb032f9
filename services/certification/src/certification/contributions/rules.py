"""What a contribution is in the log: which activity of the real world, and worth how much."""

from certification.activities.models import Activity
from certification.credits.records import CONTRIBUTION
from certification.credits.rules import ZERO
from certification.credits.service import Report
from certification.schemes.rules import ActivityKind
from contracts.hubs import CommunityContributed


def reported(event: CommunityContributed, activity: Activity | None) -> Report:
    """The report of a contribution. One that the catalogue does not know is kept and earns nothing."""
    return Report(
        teacher_id=event.teacher_id,
        kind=ActivityKind.COMMUNITY,
        activity_key=_key(event, activity),
        activity=event.activity_code,
        occurred_on=event.contributed_on,
        source=f"{CONTRIBUTION}{event.contribution_id}",
        published_credits=ZERO if activity is None else activity.published_credits,
    )


def _key(event: CommunityContributed, activity: Activity | None) -> str:
    """A resource more is an activity more; a second report of what counts once is not."""
    if activity is None or activity.counts_each_time:
        return f"community:{event.activity_code}:{event.contribution_id}"
    return f"community:{activity.counts_as}"
