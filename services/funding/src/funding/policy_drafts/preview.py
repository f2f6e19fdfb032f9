"""Who gains and who loses: every school that is known, under the version in force and under a draft."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from funding.base import Queryable
from funding.canonical import canonical, checksum
from funding.eligibility.facts import gather_all_facts
from funding.eligibility.rules import Outcome
from funding.overrides.facts import attested, laid_over
from funding.policies import service as policies
from funding.policies.conditions import facts_asked
from funding.policies.facts import Fact
from funding.policies.rules import Course, Decision, Inputs, Policy, decide
from funding.policy_drafts.schemas import Comparison, DraftPreview
from funding.schools.models import School
from funding.schools.service import find_schools

MOST = 1000
"""Schools read at once."""
EXAMPLES = 5
Change = tuple[str, str, int, int]


async def preview(db: Queryable, policy: Policy, on: date) -> DraftPreview:
    """Compare a draft with the version of the same policy that would be in force on a day."""
    held = await policies.version_on(db, policy.policy, on)
    found: defaultdict[Change, list[str]] = defaultdict(list)
    last = ""
    while True:
        page = select(School.urn).where(School.urn > last).order_by(School.urn).limit(MOST)
        urns = list((await db.execute(page)).scalars())
        if not urns:
            return _summed(found, on, None if held is None else held.policy.version)
        for urn, change in (await _compared(db, policy, None if held is None else held.policy, urns, on)).items():
            found[change].append(urn)
        last = urns[-1]


async def _compared(
    db: Queryable, policy: Policy, before: Policy | None, urns: Sequence[str], on: date
) -> dict[str, Change]:
    both = [policy] if before is None else [policy, before]
    asked = frozenset(fact for one in both for fact in facts_asked(one.entry, *(row.when for row in one.rows)))
    known = await find_schools(db, urns)
    facts = await gather_all_facts(db, list(known.values()), on, asked)
    said = await attested(db, urns, [], asked)
    found = {}
    for urn in urns:
        held = laid_over(facts[urn], said, urn, None)
        new = _decided(policy, held, on)
        old = None if before is None else _decided(before, held, on)
        found[urn] = (
            "none" if old is None else str(old.outcome),
            str(new.outcome),
            0 if old is None else old.amount_pence,
            new.amount_pence,
        )
    return found


def _decided(policy: Policy, facts: Mapping[str, Fact], on: date) -> Decision:
    """What the first teacher of a school is told about a course of one day."""
    applies = policy.applies_to
    course = Course(
        course_code="PREVIEW",
        phase=next(iter(applies.phases), "secondary"),
        programme=next(iter(applies.programmes), "core"),
        mode=next(iter(applies.modes), "face_to_face"),
        days=Decimal(1),
        starts_on=on,
    )
    inputs = Inputs(
        policy=policy.policy,
        version=policy.version,
        checksum=checksum(canonical(policy)),
        applied_on=on,
        school_urn="000000",
        course=course,
        facts=dict(facts),
        quotas_taken={},
    )
    return decide(policy, inputs)


def _summed(found: Mapping[Change, Sequence[str]], on: date, version: int | None) -> DraftPreview:
    def schools(which: Sequence[Change]) -> int:
        return sum(len(found[one]) for one in which)

    settled = [one for one in found if one[1] != Outcome.NEEDS_REVIEW]
    return DraftPreview(
        on=on,
        compared_with=version,
        schools=schools(list(found)),
        gain=schools([one for one in settled if one[3] > one[2]]),
        lose=schools([one for one in settled if one[3] < one[2]]),
        stay=schools([one for one in settled if one[3] == one[2]]),
        unsettled=schools([one for one in found if one[1] == Outcome.NEEDS_REVIEW]),
        kinds=[
            Comparison(
                outcome_before=change[0],
                outcome_after=change[1],
                amount_before_pence=change[2],
                amount_after_pence=change[3],
                schools=len(urns),
                examples=list(urns[:EXAMPLES]),
            )
            for change, urns in sorted(found.items())
        ],
    )
