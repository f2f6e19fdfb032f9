"""What funding hears, and the steps of a bursary's life as its tests take them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx

from builders import a_teacher, staff
from chassis import clock, subscriptions
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.base import AnyEnvelope, Event
from contracts.hubs import (
    AreaListApproved,
    BookingCancelled,
    BookingPlaced,
    CourseRunChanged,
    CpdCompleted,
    SchoolChanged,
)
from funding.fees import service as fees
from harness import ServiceHarness

JSON = dict[str, Any]

PRIMARY_TWO_DAYS_PENCE = 37_000
"""2 days × £220 less 2 days × £35: the published rule of 12 December 2019."""


def school_changed(urn: str = "900001", **facts: Any) -> SchoolChanged:
    """A state-funded primary school in Luton (category 5), but for what is said otherwise."""
    known: JSON = {
        "name": f"School {urn} (synthetic)",
        "phase": "primary",
        "establishment_type": 1,
        "is_open": True,
        "is_in_england": True,
        "is_state_funded": True,
        "district_code": "E06000032",
        "district_vintage": "2025",
        "offers_gcse_computer_science": None,
        "lowest_age": 4,
        "highest_age": 11,
        "source": "synthetic register",
        "as_of_on": date(2026, 9, 1),
    }
    return SchoolChanged(urn=urn, **(known | facts))


def booking_placed(teacher: Principal, **facts: Any) -> BookingPlaced:
    """A teacher's place on a two-day primary course, face to face, but for what is said otherwise."""
    known: JSON = {
        "booking_id": new_id(),
        "teacher_id": teacher.id,
        "school_urn": teacher.attributes["school_urn"],
        "course_run_id": new_id(),
        "course_code": "CP228",
        "hub_id": new_id(),
        "mode": "face_to_face",
        "phase": "primary",
        "programme": "core",
        "days": Decimal(2),
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2026, 12, 2),
    }
    return BookingPlaced(**(known | facts))


LUTON, LEEDS = "E06000032", "E08000035"
"""In category 5; not on the partial list of categories."""


def categories(*listed: tuple[str, int], edition: int = 2) -> AreaListApproved:
    """A whole list of categories as hubs tells of it."""
    areas = [{"area_code": code, "area_name": code, "categories": (one,), "basis": ""} for code, one in listed]
    return AreaListApproved.model_validate(
        {
            "list_id": new_id(),
            "scheme": "achieving-excellence-areas",
            "list_version": edition,
            "title": "Achieving excellence areas",
            "key_type": "district",
            "vintage": "2018",
            "valid_from_on": date(2016, 3, 17),
            "valid_to_on": None,
            "completeness": "complete",
            "source": "the department's own file",
            "checksum": f"{edition}" * 64,
            "size": len(areas),
            "part": 1,
            "parts": 1,
            "areas": areas,
        }
    )


def run_changed(**facts: Any) -> CourseRunChanged:
    """A two-day primary course, face to face, but for what is said otherwise; its hub asks what the policy allows."""
    known: JSON = {
        "course_run_id": new_id(),
        "course_code": "CP228",
        "hub_id": new_id(),
        "status": "open",
        "mode": "face_to_face",
        "phases": ("primary",),
        "programme": "core",
        "days": Decimal(2),
        "hours": Decimal(12),
        "starts_on": clock.today() + timedelta(days=90),
        "ends_on": clock.today() + timedelta(days=91),
    }
    return CourseRunChanged(**(known | facts))


def booked(teacher: Principal, run: CourseRunChanged, **facts: Any) -> BookingPlaced:
    """The teacher's place on this run, as hubs tells of it."""
    said = run.model_dump(exclude={"status", "phases", "hours"})
    return booking_placed(teacher, **(said | {"phase": run.phases[0]} | facts))


async def placed_at(funding: ServiceHarness, booking: BookingPlaced, at: datetime) -> None:
    """The news that a place was booked at a moment, however late it comes."""
    await placed_together(funding, (booking, at))


async def placed_together(funding: ServiceHarness, *placed: tuple[BookingPlaced, datetime]) -> None:
    """The news of several places, each booked at its moment, as a consumer has them that had to wait."""
    told = [enveloped(booking, 1, at) for booking, at in placed]
    for subscription in funding.service.subscriptions.table:
        if subscription.event is BookingPlaced:
            async with funding.session() as session:
                await subscriptions.handle(session, subscription, told)


def enveloped(event: Event, sequence: int, at: datetime) -> AnyEnvelope:
    """News as a consumer reads it."""
    return AnyEnvelope(
        id=new_id(),
        source="/services/hubs",
        type=event.type(),
        subject=event.aggregate_id,
        sequence=sequence,
        time=at,
        data=event,
    )


def booking_cancelled(booking: BookingPlaced) -> BookingCancelled:
    """The booking is given up."""
    at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    facts = booking.model_dump(include={"booking_id", "teacher_id", "course_run_id"})
    return BookingCancelled(**facts, cancelled_at=at)


def cpd_completed(booking: BookingPlaced, completion_id: UUID | None = None) -> CpdCompleted:
    """The register says that the course was attended."""
    return CpdCompleted(
        completion_id=completion_id or new_id(),
        teacher_id=booking.teacher_id,
        activity_code=booking.course_code,
        hours=Decimal(10),
        mode=booking.mode,
        completed_on=booking.ends_on,
        booking_id=booking.booking_id,
        course_run_id=booking.course_run_id,
    )


@dataclass
class Steps:
    """The funding service, and the four people besides the teacher."""

    funding: ServiceHarness
    approver: Principal
    officer: Principal
    payment_officer: Principal
    auditor: Principal
    checker: Principal = field(default_factory=lambda: staff("payment_officer"))
    run_approver: Principal = field(default_factory=lambda: staff("payment_officer"))
    releaser: Principal = field(default_factory=lambda: staff("payment_officer"))

    @classmethod
    def of(cls, funding: ServiceHarness) -> "Steps":
        """Four different people."""
        people = [staff(role) for role in ("funding_approver", "funding_officer", "payment_officer", "auditor")]
        return cls(funding, *people)

    async def get(self, caller: Principal, path: str, **query: Any) -> httpx.Response:
        """Read as somebody."""
        return await (await self.funding.client(caller)).get(path, params=query)

    async def post(
        self, caller: Principal, path: str, body: JSON | None = None, key: str | None = None
    ) -> httpx.Response:
        """Write as somebody, with a fresh idempotency key unless one is given."""
        client = await self.funding.client(caller)
        return await client.post(path, json=body, headers={"Idempotency-Key": key or str(new_id())})

    async def a_booking(
        self, urn: str = "900001", teacher: Principal | None = None, **facts: Any
    ) -> tuple[Principal, BookingPlaced]:
        """A teacher with a booking that funding has heard of."""
        teacher = teacher or a_teacher(school_urn=urn)
        booking = booking_placed(teacher, **facts)
        await self.funding.deliver(booking)
        return teacher, booking

    async def quote(self, teacher: Principal, run: CourseRunChanged, key: str | None = None) -> JSON:
        """Ask what a run costs, and expect to be told."""
        reply = await self.post(teacher, "/v1/quotes", {"course_run_id": str(run.course_run_id)}, key)
        assert reply.status_code == 201, reply.text
        found: JSON = reply.json()
        return found

    async def fee(self, teacher: Principal, booking: BookingPlaced) -> JSON:
        """What is due for a booking, as its teacher sees it."""
        reply = await self.get(teacher, "/v1/fees", booking_id=booking.booking_id)
        [found] = reply.json()["data"]
        fee: JSON = found
        return fee

    async def settle(self) -> int:
        """One round of what runs in the background: schools whose fees a new list may settle."""
        async with self.funding.session() as session:
            due = await fees.schools_reopened(session, 100)
        for urn in due:
            async with self.funding.session() as session:
                await fees.settle(session, urn)
        return len(due)

    async def apply(self, teacher: Principal, booking: BookingPlaced) -> JSON:
        """Apply, and expect to be heard."""
        reply = await self.post(teacher, "/v1/bursaries", {"booking_id": str(booking.booking_id)})
        assert reply.status_code == 201, reply.text
        found: JSON = reply.json()
        return found

    async def approve(
        self, bursary: JSON, approver: Principal | None = None, outcome: str = "approved"
    ) -> httpx.Response:
        """Approve or decline a bursary as the second person."""
        body = {"outcome": outcome, "reason": "Checked."}
        return await self.post(approver or self.approver, f"/v1/bursaries/{bursary['id']}/approval", body)

    async def claim(self, teacher: Principal, bursary: JSON) -> httpx.Response:
        """Claim a bursary as its teacher."""
        return await self.post(teacher, "/v1/claims", {"bursary_id": bursary["id"]})

    async def approve_claim(
        self, claim: JSON, officer: Principal | None = None, outcome: str = "approved"
    ) -> httpx.Response:
        """Decide a claim."""
        body = {"outcome": outcome, "reason": "Register seen."}
        return await self.post(officer or self.officer, f"/v1/claims/{claim['id']}/approval", body)

    async def prepare_run(self, budget: str = "cpd-bursaries") -> httpx.Response:
        """Collect what is to be paid."""
        return await self.post(self.payment_officer, "/v1/payment-runs", {"budget": budget})

    async def check_run(self, run: JSON, checker: Principal | None = None) -> httpx.Response:
        """Vouch for the content of a run."""
        body = {"content_sha256": run["content_sha256"]}
        return await self.post(checker or self.checker, f"/v1/payment-runs/{run['id']}/check", body)

    async def decide_run(self, run: JSON, approver: Principal | None = None, **said: str) -> httpx.Response:
        """Approve a run that was checked."""
        body = {"content_sha256": run["content_sha256"], "outcome": "approved", "reason": "Agrees."} | said
        return await self.post(approver or self.run_approver, f"/v1/payment-runs/{run['id']}/approval", body)

    async def approved_run(self, run: JSON) -> JSON:
        """The run, checked and approved by two more people."""
        assert (await self.check_run(run)).status_code == 200
        approved = await self.decide_run(run)
        assert approved.status_code == 200, approved.text
        found: JSON = approved.json()
        return found

    async def release(self, run: JSON, releaser: Principal | None = None, key: str | None = None) -> httpx.Response:
        """Pay a run, checked and approved before if it is a draft."""
        if run.get("status") == "draft":
            await self.approved_run(run)
        return await self.post(releaser or self.releaser, f"/v1/payment-runs/{run['id']}/release", key=key)

    async def an_eligible_bursary(self, urn: str = "900001") -> tuple[Principal, BookingPlaced, JSON]:
        """A school that funding knows, a booking, and an application that the rule granted."""
        await self.funding.deliver(school_changed(urn))
        teacher, booking = await self.a_booking(urn)
        return teacher, booking, await self.apply(teacher, booking)

    async def an_approved_claim(self, urn: str = "900001") -> tuple[Principal, JSON, JSON]:
        """A bursary approved, earned, claimed, and the claim approved."""
        teacher, booking, bursary = await self.an_eligible_bursary(urn)
        await self.approve(bursary)
        await self.funding.deliver(cpd_completed(booking))
        claim = (await self.claim(teacher, bursary)).json()
        reply = await self.approve_claim(claim)
        assert reply.status_code == 200, reply.text
        return teacher, bursary, reply.json()

    async def bursary(self, bursary: JSON) -> JSON:
        """The bursary as the auditor sees it now."""
        found: JSON = (await self.get(self.auditor, f"/v1/bursaries/{bursary['id']}")).json()
        return found

    async def balances(self, budget: str = "cpd-bursaries") -> dict[str, int]:
        """Balances of a budget's accounts in pence; fails unless the ledger is sound."""
        trial = (await self.get(self.auditor, "/v1/ledger/trial-balance")).json()
        assert trial["is_balanced"]
        assert trial["total_pence"] == 0
        accounts = [one for one in trial["accounts"] if one["budget"] == budget]
        return {account["kind"]: account["balance_pence"] for account in accounts}
