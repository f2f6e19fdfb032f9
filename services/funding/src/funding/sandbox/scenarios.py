"""A bursary for every way that one can end, so that each can be looked at without a payment run of one's own.

Everything is done by the functions that requests call, as the demo's people: four of them for the payment. The places
are funding's alone: hubs knows no such booking. docs/guide/sandbox.md has a table of them.
"""

from datetime import timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from chassis.service import Progress
from chassis.subscriptions import Delivery
from contracts.hubs import BookingPlaced, CpdCompleted, SchoolChanged
from contracts.sandbox import BURSARIES, SandboxTeacher
from funding import handlers
from funding.bank_returns import service as bank_returns
from funding.bursaries import approving
from funding.bursaries import service as bursaries
from funding.bursaries.models import Bursary
from funding.bursaries.schemas import ApprovalDecision
from funding.claims import service as claims
from funding.payees.models import PayeeCollection, PayeeDetails
from funding.payment_runs import queries as runs_read
from funding.payment_runs import service as runs
from funding.payment_runs.models import Payment
from funding.payment_runs.schemas import RunApproval
from funding.recoveries import service as recoveries
from funding.recoveries.models import Because, Method
from funding.recoveries.schemas import Agreement, Opening, Proposal, Receipt

BUDGET = "cpd-bursaries"
PEOPLE = "https://ncce.example.org/demo-people/"
COURSE = "CP228"
DISTRICT = "E06000032"
DECLINED = "The school has asked us to fund another teacher this year."
CHECKED = ApprovalDecision(outcome="approved", reason="SANDBOX: checked against the register.")
RETURNED = "reference,amount,sort_code,account_number,returned_on,code,description\r\n"


def _person(name: str) -> Principal:
    return Principal(kind="person", id=uuid5(NAMESPACE_URL, f"{PEOPLE}{name}"))


APPROVER, OFFICER = _person("funding.approver"), _person("funding.officer")
PREPARES, CHECKS, APPROVES, RELEASES = map(
    _person, ("payment.officer", "second.payment.officer", "third.payment.officer", "fourth.payment.officer")
)


def booking_of(teacher: SandboxTeacher) -> UUID:
    """The place that a teacher's bursary is for; the same in every sandbox."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/sandbox/bursaries/{teacher.name}")


async def lay_out(session: AsyncSession, progress: Progress) -> None:
    """Bring every bursary to its end, unless they are there already, or there is nobody to pay (no demo data)."""
    bookings = [booking_of(one) for one in BURSARIES.values()]
    is_there = await session.scalar(select(exists().where(Bursary.booking_id.in_(bookings))))
    schools = [f"school:{one.school_urn}" for one in BURSARIES.values()]
    payees = select(func.count()).where(PayeeCollection.payee_key.in_(schools))
    if not is_there and await session.scalar(payees) == len(schools):
        made = {name: await _applied(session, teacher) for name, teacher in BURSARIES.items()}
        await _decide(session, made)
        paid = ("paid", "clawed-back", "returned")
        owed = {name: await _claimed(session, BURSARIES[name], made[name]) for name in paid}
        payments = await _pay(session, owed)
        await _send_back(session, payments["returned"])
        await _claw_back(session, owed["clawed-back"], payments["clawed-back"])
    progress(len(BURSARIES), len(BURSARIES))


def _delivery(aggregate: str) -> Delivery:
    # Number 0: whatever hubs says of a school is newer.
    return Delivery(event_id=new_id(), aggregate=aggregate, sequence=0, occurred_at=clock.now())


async def _applied(session: AsyncSession, teacher: SandboxTeacher) -> UUID:
    urn, now = teacher.school_urn, _delivery(f"school:{teacher.school_urn}")
    await handlers.keep_school_facts(session, [_school(urn)], [now])
    begins = clock.today() + timedelta(days=14)
    placed = BookingPlaced(
        booking_id=booking_of(teacher),
        teacher_id=teacher.id,
        school_urn=urn,
        course_run_id=uuid5(NAMESPACE_URL, f"https://ncce.example.org/sandbox/runs/{teacher.name}"),
        course_code=COURSE,
        hub_id=uuid5(NAMESPACE_URL, "https://ncce.example.org/hubs/greater-manchester"),
        mode="face_to_face",
        phase="primary",
        programme="core",
        days=Decimal(2),
        starts_on=begins,
        ends_on=begins + timedelta(days=1),
    )
    await handlers.keep_booking(session, placed, now)
    return await bursaries.apply(session, _as(teacher), placed.booking_id)


def _as(teacher: SandboxTeacher) -> Principal:
    return Principal(kind="person", id=teacher.id, attributes={"school_urn": teacher.school_urn, "phase": "primary"})


def _school(urn: str) -> SchoolChanged:
    return SchoolChanged(
        urn=urn,
        name=f"School {urn} (synthetic)",
        phase="primary",
        establishment_type=1,
        is_open=True,
        is_in_england=True,
        is_state_funded=True,
        district_code=DISTRICT,
        district_vintage="2025",
        offers_gcse_computer_science=None,
        lowest_age=4,
        highest_age=11,
        source="sandbox",
        as_of_on=clock.today(),
    )


async def _decide(session: AsyncSession, made: dict[str, UUID]) -> None:
    declined = ApprovalDecision(outcome="declined", reason=DECLINED)
    await approving.decide_approvals(session, APPROVER, [made["declined"]], declined)
    others = [made[name] for name in ("approved", "paid", "clawed-back", "returned")]
    await approving.decide_approvals(session, APPROVER, others, CHECKED)


async def _claimed(session: AsyncSession, teacher: SandboxTeacher, bursary_id: UUID) -> UUID:
    """A claim that the officer approved, of a course that was attended."""
    done = CpdCompleted(
        completion_id=uuid5(NAMESPACE_URL, f"https://ncce.example.org/sandbox/completions/{teacher.name}"),
        teacher_id=teacher.id,
        activity_code=COURSE,
        hours=Decimal(12),
        mode="face_to_face",
        completed_on=clock.today(),
        booking_id=booking_of(teacher),
    )
    await handlers.make_bursary_claimable(session, done, _delivery(f"teacher:{teacher.id}"))
    claim_id = await claims.submit(session, _as(teacher), bursary_id)
    await claims.decide(session, OFFICER, claim_id, CHECKED)
    return claim_id


async def _pay(session: AsyncSession, owed: dict[str, UUID]) -> dict[str, Payment]:
    run_id = await runs.prepare(session, PREPARES, BUDGET, None)
    content = await runs_read.digest_of(session, run_id)
    await runs.check(session, CHECKS, run_id, content)
    await runs.decide(session, APPROVES, run_id, RunApproval(content_sha256=content, **CHECKED.model_dump()))
    await runs.release(session, RELEASES, run_id)
    await runs.confirm(session, RELEASES, run_id, "SANDBOX")
    found = (await session.scalars(select(Payment).where(Payment.payment_run_id == run_id))).all()
    by_claim = {one.claim_id: one for one in found}
    return {name: by_claim[claim_id] for name, claim_id in owed.items()}


async def _send_back(session: AsyncSession, payment: Payment) -> None:
    """What the bank's report of returns says: the account is closed."""
    pounds = f"{payment.amount_pence // 100}.{payment.amount_pence % 100:02}"
    details = await session.get_one(PayeeDetails, payment.details_id)
    account = f"****{details.sort_code_ending}", f"****{details.account_ending}"
    said = (payment.reference, pounds, *account, clock.today(), "B", "Account closed")
    content = RETURNED + ",".join(map(str, said)) + "\r\n"
    await bank_returns.take_in(session, PREPARES, content.encode())


async def _claw_back(session: AsyncSession, claim_id: UUID, payment: Payment) -> None:
    opening = Opening(
        payment_id=payment.id,
        amount_pence=payment.amount_pence,
        because=Because.OVERPAYMENT,
        reason="SANDBOX: the course was attended by somebody else.",
    )
    case_id = await recoveries.open_case(session, OFFICER, opening)
    await recoveries.propose(session, OFFICER, case_id, Proposal(method=Method.INVOICE, reason="The school agrees."))
    await recoveries.decide(session, APPROVER, case_id, Agreement(outcome="approved", reason="Agreed."))
    received = Receipt(amount_pence=payment.amount_pence, reference="SANDBOX-1")
    await recoveries.receive(session, OFFICER, case_id, received)
