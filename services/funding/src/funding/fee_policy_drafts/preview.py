"""Who pays more and who less: recent bookings and quotes, priced by the version in force and by a draft."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from chassis import clock
from funding.base import Queryable
from funding.canonical import canonical, checksum
from funding.certificates.service import facts_of_teachers
from funding.eligibility.facts import gather_all_facts
from funding.fee_policies import service as fee_policies
from funding.fee_policies.errors import NoFeePolicy
from funding.fee_policies.rules import FeePolicy, PricedRun, PriceInputs, price
from funding.fee_policy_drafts.cases import asked_by
from funding.fee_policy_drafts.schemas import FeeComparison, FeeDraftPreview
from funding.fees.models import Fee, FeeDecision, FeeStatus
from funding.fees.pricing import FREE_PLACE, course_facts
from funding.overrides.facts import attested, laid_over
from funding.policies.facts import Fact
from funding.quotes.models import Quote
from funding.schools.service import find_schools

RECENT = timedelta(days=365)
MOST = 500
"""Bookings, and quotes, that are looked at: the latest."""
EXAMPLES = 5
Change = tuple[str | None, str | None, int | None, int | None]


@dataclass(frozen=True)
class Place:
    """A place that was booked or asked about."""

    teacher_id: UUID
    school_urn: str
    run: PricedRun


async def preview(db: Queryable, policy: FeePolicy, on: date) -> FeeDraftPreview:
    """Compare a draft with the version that would be in force on a day."""
    before = await _in_force(db, on)
    bookings, quotes = await _bookings(db), await _quotes(db)
    found: defaultdict[Change, list[str]] = defaultdict(list)
    places = [*bookings, *quotes]
    for place, facts in zip(places, await _facts(db, policy, before, places, on), strict=True):
        old = (None, None) if before is None else _priced(before, place, facts, on)
        new = _priced(policy, place, facts, on)
        found[old[0], new[0], old[1], new[1]].append(place.school_urn)
    return _summed(found, on, before, len(bookings), len(quotes))


async def _in_force(db: Queryable, on: date) -> FeePolicy | None:
    try:
        return (await fee_policies.in_force(db, on)).policy
    except NoFeePolicy:
        return None


async def _bookings(db: Queryable) -> list[Place]:
    query = (
        select(Fee.teacher_id, Fee.school_urn, FeeDecision.inputs)
        .join(FeeDecision, (FeeDecision.booking_id == Fee.booking_id) & (FeeDecision.ordinal == Fee.decisions))
        .where(Fee.status != FeeStatus.VOID, Fee.placed_at >= clock.now() - RECENT)
        .order_by(Fee.placed_at.desc(), Fee.booking_id.desc())
        .limit(MOST)
    )
    return [_place(*row) for row in await db.execute(query)]


async def _quotes(db: Queryable) -> list[Place]:
    is_booked = exists().where(
        Fee.teacher_id == Quote.teacher_id, Fee.course_run_id == Quote.course_run_id, Fee.status != FeeStatus.VOID
    )
    query = (
        select(Quote.teacher_id, Quote.school_urn, Quote.inputs)
        .where(Quote.quoted_at >= clock.now() - RECENT, ~is_booked)
        .order_by(Quote.quoted_at.desc(), Quote.id.desc())
        .limit(MOST)
    )
    latest: dict[tuple[UUID, UUID], Place] = {}
    for row in await db.execute(query):
        place = _place(*row)
        latest.setdefault((place.teacher_id, place.run.course_run_id), place)
    return list(latest.values())


def _place(teacher_id: UUID, school_urn: str, inputs: str) -> Place:
    return Place(teacher_id, school_urn, PriceInputs.model_validate_json(inputs).run)


async def _facts(
    db: Queryable, policy: FeePolicy, before: FeePolicy | None, places: Sequence[Place], on: date
) -> list[dict[str, Fact]]:
    """What is known of each place now, for whatever either version asks."""
    asked = asked_by(policy) | (asked_by(before) if before is not None else frozenset())
    urns, teachers = {one.school_urn for one in places}, {one.teacher_id for one in places}
    schools = await gather_all_facts(db, list((await find_schools(db, urns)).values()), on, asked)
    of_teachers = await facts_of_teachers(db, teachers, on, asked)
    said = await attested(db, urns, teachers, asked)
    taken = await _free_places_taken(db, urns)
    return [
        laid_over(
            {**schools.get(one.school_urn, {}), **of_teachers[one.teacher_id], FREE_PLACE: _free_place(taken, one, on)},
            said,
            one.school_urn,
            one.teacher_id,
        )
        | course_facts(one.run, on)
        for one in places
    ]


async def _free_places_taken(db: Queryable, urns: Collection[str]) -> dict[tuple[str, str], set[UUID]]:
    """Who holds the free places of these schools, by school and course."""
    query = select(Fee.school_urn, Fee.course_code, Fee.teacher_id).where(
        Fee.school_urn.in_(urns), Fee.takes_free_place, Fee.status != FeeStatus.VOID
    )
    found: dict[tuple[str, str], set[UUID]] = {}
    for row in await db.execute(query):
        found.setdefault((row.school_urn, row.course_code), set()).add(row.teacher_id)
    return found


def _free_place(taken: Mapping[tuple[str, str], set[UUID]], place: Place, on: date) -> Fact:
    others = taken.get((place.school_urn, place.run.course_code), set()) - {place.teacher_id}
    return Fact(possible=(not others,), source="funding's own fees", as_of=on)


def _priced(policy: FeePolicy, place: Place, facts: Mapping[str, Fact], on: date) -> tuple[str | None, int | None]:
    inputs = PriceInputs(
        version=policy.version,
        checksum=checksum(canonical(policy)),
        priced_on=on,
        school_urn=place.school_urn,
        run=place.run,
        facts=dict(facts),
    )
    found = price(policy, inputs)
    return found.basis, found.amount_pence


def _summed(
    found: Mapping[Change, Sequence[str]], on: date, before: FeePolicy | None, bookings: int, quotes: int
) -> FeeDraftPreview:
    compared = [(old, new, len(found[change])) for change in found for _, _, old, new in [change]]
    both = [(new - old, places) for old, new, places in compared if old is not None and new is not None]
    return FeeDraftPreview(
        on=on,
        compared_with=None if before is None else before.version,
        bookings=bookings,
        quotes=quotes,
        more=sum(places for change, places in both if change > 0),
        less=sum(places for change, places in both if change < 0),
        same=sum(places for change, places in both if change == 0),
        newly_settled=sum(places for old, new, places in compared if old is None and new is not None),
        unsettled=sum(places for _, new, places in compared if new is None),
        difference_pence=sum(change * places for change, places in both),
        kinds=[
            FeeComparison(
                basis_before=change[0],
                basis_after=change[1],
                amount_before_pence=change[2],
                amount_after_pence=change[3],
                places=len(urns),
                examples=sorted(set(urns))[:EXAMPLES],
            )
            for change, urns in sorted(found.items(), key=lambda one: [str(part) for part in one[0]])
        ],
    )
