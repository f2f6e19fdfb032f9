"""Events that hubs publishes about the projects of networks: groups, who took part, and their reports."""

from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from contracts.base import Event


class GroupFacts(Event):
    """A group of a project as it now stands, with everything that money is worked out from; no event by itself."""

    aggregate: ClassVar[str] = "project_group"
    key: ClassVar[str] = "group_id"

    group_id: UUID
    hub_id: UUID
    network: str
    """The network by its slug."""
    project_code: str
    project_year: str
    """Academic year, such as `2019-20`."""
    strand: str | None
    status: Literal["running", "completed", "cancelled"]
    starts_on: date
    """As planned, as is `ends_on`."""
    ends_on: date | None
    began_on: date
    ended_on: date | None
    schools: tuple[str, ...]
    """URNs of the schools that are in it."""
    participants: int
    leads: int
    card: str | None
    """The grant card that the project names; `None` when it has none."""
    inputs: dict[str, str]
    """What the card is filled with, each value as text."""
    national_team_id: UUID | None = None
    """The organisation that looks after the network; `None` in news from before it was told."""
    hub_name: str | None = None
    """As the hub is called; `None` in news from before it was told."""


class GroupFormed(GroupFacts):
    """A group has all that its project asks for, and starts. Nobody is told of one that is only forming."""

    subject: ClassVar[str] = "group.formed"


class GroupChanged(GroupFacts):
    """A running group has other schools, people, leads or facts than before."""

    subject: ClassVar[str] = "group.changed"


class GroupCancelled(GroupFacts):
    """A running group was called off."""

    subject: ClassVar[str] = "group.cancelled"


class ProjectCompleted(GroupFacts):
    """A group has completed its project."""

    subject: ClassVar[str] = "project.completed"


class ParticipationRecorded(Event):
    """How somebody's part in a completed group turned out. A correction is told with the next revision."""

    subject: ClassVar[str] = "participation.recorded"
    aggregate: ClassVar[str] = "participation"
    key: ClassVar[str] = "participation_id"

    participation_id: UUID
    group_id: UUID
    person_id: UUID
    school_urn: str | None
    network: str
    project_code: str
    project_year: str
    role: str | None
    outcome: Literal["completed", "incomplete"]
    sessions_held: int
    sessions_attended: int
    recorded_on: date
    accreditation: str | None = None
    """What completing the project gives the person, by the document's slug."""
    revision: int = 1


class ReportReminded(Event):
    """Somebody was reminded of a report that they owe: whoever knows where they can be reached tells them."""

    subject: ClassVar[str] = "report.reminded"
    aggregate: ClassVar[str] = "project_report"
    key: ClassVar[str] = "report_id"

    report_id: UUID
    person_id: UUID
    title: str
    project_code: str
    due_on: date
    days_before: int
    """Negative when the day has passed."""
    useless_from_on: date
    """From then on it is better not sent at all."""


class ReportDecided(Event):
    """A report that somebody handed in was accepted or returned. What was said about it is read with the report."""

    subject: ClassVar[str] = "report.decided"
    aggregate: ClassVar[str] = "project_report"
    key: ClassVar[str] = "report_id"

    report_id: UUID
    person_id: UUID
    """Who handed it in."""
    title: str
    project_code: str
    outcome: Literal["accepted", "returned"]
    submission: int
    """1, 2, 3, … of the report."""
    decided_at: datetime


class SpaceDigestPrepared(Event):
    """There is something new for somebody in the space of a group of theirs: whoever knows their address tells them."""

    subject: ClassVar[str] = "space_digest.prepared"
    aggregate: ClassVar[str] = "space_digest"
    key: ClassVar[str] = "digest_id"

    digest_id: UUID
    person_id: UUID
    group_id: UUID
    title: str
    """Of the group; what people wrote is read in the space only."""
    posts: int
    topics: int
    sent_on: date
    """The day of the digest: one for each group and day."""
    useless_from_at: datetime
