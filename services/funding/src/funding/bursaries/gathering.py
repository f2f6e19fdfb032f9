"""Gathers what decisions are made from: for one application or for thousands, in the same number of queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import func, select

from chassis.known_as import standing_now
from funding.base import Queryable
from funding.bookings.service import PlacedBooking
from funding.bursaries.models import LIVE, Bursary
from funding.certificates.service import facts_of_teachers
from funding.eligibility.facts import gather_all_facts
from funding.overrides.facts import Whom, attested, laid_over
from funding.policies.conditions import facts_asked
from funding.policies.facts import LISTED, OF_TRUST, Fact
from funding.policies.rules import Course, HeldQuota, Inputs, Mode, Phase, Policy, Programme, quota_key
from funding.policies.service import Published
from funding.schools.service import find_schools

Facts = dict[str, Fact]


@dataclass(frozen=True)
class Application:
    """What is to be decided: for whom, by which version, as of which day."""

    group_id: UUID | None
    """Its own hold on a quota is not against it; None before it is applied for."""
    published: Published
    booking: PlacedBooking
    applied_on: date
    milestone: str | None = None

    @property
    def asked(self) -> frozenset[str]:
        """The facts that its policy asks for."""
        return asked_by(self.published.policy)


@dataclass
class Gathered:
    """What is known of some applications. Quotas change as these are decided one after another."""

    schools: dict[tuple[str, date], Facts]
    teachers: dict[UUID, Facts]
    said: dict[Whom, Facts]
    holders: dict[str, Counter[UUID]]

    def inputs(self, application: Application) -> Inputs:
        """Everything that one of them is decided from."""
        booking, published = application.booking, application.published
        asked = application.asked
        held = self.schools.get((booking.school_urn, application.applied_on), {})
        facts = {name: fact for name, fact in held.items() if name in asked or not _is_extra(name)}
        facts |= {name: fact for name, fact in self.teachers.get(booking.teacher_id, {}).items() if name in asked}
        said = {whom: _only(attested_facts, asked) for whom, attested_facts in self.said.items()}
        return Inputs(
            policy=published.policy.policy,
            version=published.policy.version,
            checksum=published.checksum,
            applied_on=application.applied_on,
            school_urn=booking.school_urn,
            teacher_id=booking.teacher_id,
            milestone=application.milestone,
            course=course_of(booking),
            facts=laid_over(facts, said, booking.school_urn, booking.teacher_id),
            quotas_taken={
                row: self._is_taken(key, application.group_id) for row, key in quotas_of(application).items()
            },
        )

    def _is_taken(self, quota: HeldQuota, but_for: UUID | None) -> bool:
        held = self.holders.get(quota.key, Counter())
        return sum(number for group, number in held.items() if group != but_for) >= quota.at_most

    def hold(self, group_id: UUID, before: str | None, after: str | None) -> None:
        """One of them has been decided: it holds another quota now."""
        if before is not None and before in self.holders:
            self.holders[before].pop(group_id, None)
        if after is not None:
            self.holders.setdefault(after, Counter())[group_id] = 1


def asked_by(policy: Policy) -> frozenset[str]:
    """The facts that a policy asks for."""
    return facts_asked(policy.entry, *(row.when for row in policy.rows))


def course_of(booking: PlacedBooking) -> Course:
    """The booked course as a policy sees it."""
    return Course(
        course_code=booking.course_code,
        phase=cast(Phase, booking.phase),
        programme=cast(Programme, booking.programme),
        mode=cast(Mode, booking.mode),
        days=booking.days,
        starts_on=booking.starts_on,
    )


def quotas_of(application: Application) -> dict[str, HeldQuota]:
    """What each row with a quota would hold for it, by row."""
    booking, policy = application.booking, application.published.policy
    course = course_of(booking)
    found: dict[str, HeldQuota] = {}
    for row in policy.rows:
        key = quota_key(policy.policy, row, booking.school_urn, course, booking.teacher_id)
        if row.quota is not None and key is not None:
            found[row.row] = HeldQuota(key=key, at_most=row.quota.at_most)
    return found


async def gather(db: Queryable, applications: Sequence[Application]) -> Gathered:
    """What is held now about these applications' schools, teachers and quotas."""
    asked = frozenset(name for policy in _policies(applications) for name in asked_by(policy))
    urns = {one.booking.school_urn for one in applications}
    teachers = {one.booking.teacher_id for one in applications}
    known = await find_schools(db, urns)
    schools: dict[tuple[str, date], Facts] = {}
    for on in sorted({one.applied_on for one in applications}):
        of_day = {one.booking.school_urn for one in applications if one.applied_on == on}
        found = await gather_all_facts(db, [known[urn] for urn in sorted(of_day) if urn in known], on, asked)
        schools |= {(urn, on): facts for urn, facts in found.items()}
    last = max((one.applied_on for one in applications), default=date.min)
    keys = await _keys_of(db, applications)
    return Gathered(
        schools,
        await facts_of_teachers(db, teachers, last, asked),
        dict(await attested(db, urns, teachers, asked)),
        await _holders(db, keys),
    )


def _policies(applications: Sequence[Application]) -> list[Policy]:
    return list({one.published.checksum: one.published.policy for one in applications}.values())


async def _keys_of(db: Queryable, applications: Sequence[Application]) -> dict[str, str]:
    """The keys of quotas, and by which key each counts: what any of a person's ids holds counts."""
    standing = await standing_now(db)
    found: dict[str, str] = {}
    for one in applications:
        teacher_id = one.booking.teacher_id
        for quota in quotas_of(one).values():
            others = [quota.key.replace(str(teacher_id), str(other)) for other in standing.others(teacher_id)]
            found |= dict.fromkeys((quota.key, *others), quota.key)
    return found


async def _holders(db: Queryable, keys: Mapping[str, str]) -> dict[str, Counter[UUID]]:
    if not keys:
        return {}
    group = func.coalesce(Bursary.group_id, Bursary.id)
    held = (
        select(Bursary.quota_key, group.label("holder"), func.count().label("number"))
        .where(Bursary.quota_key.in_(keys), Bursary.status.in_(LIVE))
        .group_by(Bursary.quota_key, group)
    )
    found: dict[str, Counter[UUID]] = {}
    for row in await db.execute(held):
        found.setdefault(keys[row.quota_key], Counter())[row.holder] += row.number
    return found


def _is_extra(name: str) -> bool:
    return name.startswith((LISTED, OF_TRUST))


def _only(facts: Facts, asked: frozenset[str]) -> Facts:
    return {name: fact for name, fact in facts.items() if name in asked}
