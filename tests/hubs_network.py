"""A small network to book and mark in, and the steps that most tests of it share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from builders import a_fresh_key, a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.identity import TeacherRegistered
from harness import ServiceHarness
from hubs.bookings.models import Booking
from hubs.bookings.service import end_passed, runs_with_passed
from hubs.completions.models import Activity
from hubs.courses.models import Course, CourseRun, CourseSession
from hubs.directory.models import Hub


@dataclass
class Network:
    """Two hubs and their courses."""

    service: ServiceHarness
    hub_id: UUID
    other_hub_id: UUID

    @classmethod
    async def build(cls, service: ServiceHarness) -> "Network":
        """Lay the network out in an empty database."""
        network = cls(service, new_id(), new_id())
        async with service.session() as session:
            session.add_all([a_hub(network.hub_id, "moorland"), a_hub(network.other_hub_id, "coastal")])
            session.add_all([a_course("CP008", hours=Decimal(12), days=Decimal(2)), a_course("CP999", None, None)])
            session.add_all([Activity(code=f"CO{n:03}", title=f"Online course {n}", mode="online") for n in range(20)])
        return network

    async def run(
        self,
        *,
        course: str = "CP008",
        in_days: int = 30,
        capacity: int = 20,
        status: str = "open",
        places_per_school: int | None = None,
        minutes: Sequence[int] = (),
        facilitator_ids: Sequence[UUID] = (),
    ) -> UUID:
        """A run of the first hub; with a session a day of so many minutes each, if any."""
        on = clock.today() + timedelta(days=in_days)
        run = CourseRun(
            id=new_id(),
            course_code=course,
            hub_id=self.hub_id,
            instance_code="A01",
            status=status,
            starts_at=datetime.combine(on, time(9, 30), clock.ENGLAND),
            ends_at=datetime.combine(on + timedelta(days=1), time(15, 30), clock.ENGLAND),
            starts_on=on,
            ends_on=on + timedelta(days=1),
            capacity=capacity,
            places_per_school=places_per_school,
            facilitator_ids=list(facilitator_ids),
        )
        async with self.service.session() as session:
            session.add(run)
            await session.flush()
            session.add_all(
                a_session(run.id, number, run.starts_at + timedelta(days=number - 1), one)
                for number, one in enumerate(minutes, start=1)
            )
        if minutes:
            await self.move(run.id, run.starts_at)
        return run.id

    async def sessions(self, run_id: UUID) -> list[CourseSession]:
        """A run's sessions in their order."""
        query = select(CourseSession).where(CourseSession.course_run_id == run_id).order_by(CourseSession.ordinal)
        async with self.service.session() as session:
            return list(await session.scalars(query))

    async def move(self, run_id: UUID, starts_at: datetime, ordinal: int = 1) -> None:
        """Move a run with sessions, as a whole, so that one of them begins then."""
        query = select(CourseSession).where(CourseSession.course_run_id == run_id).order_by(CourseSession.ordinal)
        async with self.service.session() as session:
            sessions = (await session.scalars(query)).all()
            by = starts_at - sessions[ordinal - 1].starts_at
            for one in sessions:
                one.starts_at, one.ends_at = one.starts_at + by, one.ends_at + by
            run = await session.get_one(CourseRun, run_id)
            run.starts_at, run.ends_at = sessions[0].starts_at, sessions[-1].ends_at
            run.starts_on, run.ends_on = (at.astimezone(clock.ENGLAND).date() for at in (run.starts_at, run.ends_at))

    async def hold(self, run_id: UUID, days_ago: int = 1) -> None:
        """Let a run be over since so many days."""
        sessions = await self.sessions(run_id)
        if sessions:
            await self.move(run_id, clock.now() - timedelta(days=days_ago, hours=8), len(sessions))
            return
        async with self.service.session() as session:
            run = await session.get_one(CourseRun, run_id)
            run.ends_at = clock.now() - timedelta(days=days_ago)
            run.starts_at = run.ends_at - timedelta(days=1)
            run.starts_on, run.ends_on = (at.astimezone(clock.ENGLAND).date() for at in (run.starts_at, run.ends_at))

    async def mark_session(
        self, run_id: UUID, ordinal: int, entries: list[dict[str, object]], by: Principal | None = None, **extra: object
    ) -> httpx.Response:
        """One session marked, by the hub's lead unless said otherwise."""
        meeting = (await self.sessions(run_id))[ordinal - 1]
        client = await self.service.client(by or self.lead())
        path = f"/v1/registers/{run_id}/sessions/{meeting.id}"
        return await client.put(path, json={"entries": entries, **extra})

    async def close(self, run_id: UUID, by: Principal | None = None, **how: bool) -> httpx.Response:
        """A run closed, by the hub's lead unless said otherwise."""
        client = await self.service.client(by or self.lead(), **a_fresh_key())
        return await client.post(f"/v1/course-runs/{run_id}/closure", json=how)

    async def register(self, run_id: UUID, by: Principal | None = None) -> dict[str, Any]:
        """A run's register, as the hub's lead sees it unless said otherwise."""
        client = await self.service.client(by or self.lead())
        found: dict[str, Any] = (await client.get(f"/v1/registers/{run_id}")).json()
        return found

    async def open_code(self, run_id: UUID, ordinal: int = 1, by: Principal | None = None) -> httpx.Response:
        """A code to sign in with, opened by the hub's lead unless said otherwise."""
        meeting = (await self.sessions(run_id))[ordinal - 1]
        client = await self.service.client(by or self.lead())
        return await client.post(f"/v1/registers/{run_id}/sessions/{meeting.id}/sign-in-code", json={})

    def lead(self) -> Principal:
        """The first hub's lead."""
        return staff("hub_lead", organisation_id=self.hub_id)

    async def book(
        self, run_id: UUID, teacher: Principal | None = None, key: str | None = None, **wish: bool
    ) -> httpx.Response:
        """A teacher's booking of a run."""
        client = await self.service.client(teacher or a_teacher())
        headers = {"Idempotency-Key": key or str(new_id())}
        return await client.post("/v1/bookings", json={"course_run_id": str(run_id), **wish}, headers=headers)

    async def post(self, caller: Principal, path: str, **body: object) -> httpx.Response:
        """Something else done with bookings or runs."""
        client = await self.service.client(caller)
        return await client.post(path, json=body or None, headers={"Idempotency-Key": str(new_id())})

    async def status(self, teacher: Principal, booking_id: str) -> str:
        """Where a teacher's booking stands."""
        found: str = (await (await self.service.client(teacher)).get(f"/v1/bookings/{booking_id}")).json()["status"]
        return found

    async def let_pass(self, *booking_ids: str) -> None:
        """Let the time of holds, offers or waits be over."""
        async with self.service.session() as session:
            for booking_id in booking_ids:
                booking = await session.get_one(Booking, UUID(booking_id))
                booking.expires_at = clock.now() - timedelta(seconds=1)

    async def sweep(self) -> int:
        """One round of what runs in the background."""
        async with self.service.session() as session:
            due = await runs_with_passed(session, clock.now(), 100)
            return await end_passed(session, due, clock.now())

    async def mark(
        self, run_id: UUID, entries: list[dict[str, object]], by: Principal | None = None, **extra: object
    ) -> httpx.Response:
        """A register marked, by the hub's lead unless said otherwise."""
        client = await self.service.client(by or self.lead())
        return await client.put(f"/v1/registers/{run_id}", json={"entries": entries, **extra})

    async def begin(self, run_id: UUID) -> None:
        """Let the run begin today."""
        async with self.service.session() as session:
            run = await session.get_one(CourseRun, run_id)
            run.starts_on = run.ends_on = clock.today()

    async def places_taken(self, run_id: UUID) -> int:
        """Places the run counts as taken."""
        async with self.service.session() as session:
            return (await session.get_one(CourseRun, run_id)).places_taken

    async def registered_teacher(self) -> UUID:
        """A teacher of whom identity has told."""
        event = registered(new_id())
        await self.service.deliver(event)
        return event.teacher_id


def registered(teacher_id: UUID, urn: str = "900001") -> TeacherRegistered:
    """Identity's news of a teacher."""
    return TeacherRegistered(teacher_id=teacher_id, school_urn=urn, phase="primary", registered_at=clock.now())


def a_session(run_id: UUID, ordinal: int, starts_at: datetime, minutes: int) -> CourseSession:
    """A session with half an hour of breaks."""
    ends_at = starts_at + timedelta(minutes=minutes + 30)
    return CourseSession(
        id=new_id(), course_run_id=run_id, ordinal=ordinal, starts_at=starts_at, ends_at=ends_at, minutes=minutes
    )


def a_hub(hub_id: UUID, slug: str, is_open: bool = True) -> Hub:
    """A hub somewhere."""
    return Hub(
        id=hub_id,
        slug=slug,
        name=slug.title(),
        kind="computing_hub",
        region="North West",
        postcode="OL6 6NX",
        latitude=53.5,
        longitude=-2.1,
        district_code="E08000008",
        email=f"{slug}@hubs.example.org",
        is_open=is_open,
    )


def a_course(code: str, hours: Decimal | None, days: Decimal | None) -> Course:
    """A face-to-face course for primary teachers."""
    return Course(
        code=code,
        title=f"Course {code}",
        programme="core",
        phases=["primary"],
        key_stages=["ks1", "ks2"],
        subjects=["Leadership"],
        mode="face_to_face",
        hours=hours,
        days=days,
        is_listed=True,
    )
