"""What hub staff and teachers do that ends up in calendars and mail."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import httpx
from icalendar import Calendar, Event

from builders import anonymous
from chassis import clock
from chassis.principal import Principal
from contracts.messages import MessageRequested
from hubs_network import Network

LINK = "https://meet.example.org/room?a=1;b=2,3"


def last_sunday(month: int) -> date:
    """When the clocks change in that month, a good while ahead."""
    first_of_next = date(clock.today().year + 2, month + 1, 1)
    return first_of_next - timedelta(days=first_of_next.isoweekday())


def a_meeting_on(day: date, begins: time = time(9, 30), hours: int = 6) -> dict[str, Any]:
    """A session at England's time."""
    starts_at = datetime.combine(day, begins, clock.ENGLAND)
    ends_at = datetime.combine(day, time(begins.hour + hours, begins.minute), clock.ENGLAND)
    return {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat(), "minutes": 300}


async def a_run(network: Network, *days: date, **changes: Any) -> dict[str, Any]:
    """An open run of the first hub, with a meeting on each day."""
    plan = {
        "hub_id": str(network.hub_id),
        "course_code": "CP008",
        "status": "open",
        "sessions": [a_meeting_on(day) for day in days],
        "capacity": 2,
        "venue": "Town Hall",
        "town": "Ashton",
        "joining_link": LINK,
    }
    made = await network.post(network.lead(), "/v1/course-runs", **(plan | changes))
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def edit(network: Network, run_id: str, **body: Any) -> httpx.Response:
    """An edit of the run as it now stands."""
    client = await network.service.client(network.lead())
    tag = (await client.get(f"/v1/course-runs/{run_id}")).headers["ETag"]
    answer = await client.patch(f"/v1/course-runs/{run_id}", json=body, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.text
    return answer


async def a_link(network: Network, person: Principal) -> tuple[str, str]:
    """A new link to somebody's calendar: its id and its path."""
    made = await network.post(person, "/v1/calendar-feeds")
    assert made.status_code == 201, made.text
    return made.json()["id"], made.json()["url"].removeprefix("http://127.0.0.1:8080")


async def fetch(network: Network, path: str, **headers: str) -> httpx.Response:
    """A calendar as a program fetches it: from nobody in particular."""
    return await (await network.service.client(anonymous())).get(path, headers=headers)


async def events_at(network: Network, path: str) -> list[Event]:
    """The meetings in a calendar."""
    answer = await fetch(network, path)
    assert answer.status_code == 200, answer.text
    calendar = Calendar.from_ical(answer.content)
    assert isinstance(calendar, Calendar)
    return calendar.events


def begins(event: Event) -> datetime:
    """When a meeting begins."""
    assert isinstance(event.start, datetime)
    return event.start


async def told(network: Network, *kinds: str, person_id: UUID | None = None) -> list[MessageRequested]:
    """What was asked to be told, of some kinds, to somebody."""
    asked = await network.service.published(MessageRequested)
    return [one for one in asked if (not kinds or one.kind in kinds) and person_id in (None, one.person_id)]
