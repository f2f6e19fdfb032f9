"""What is known of teachers besides their activities: certificates, and assessments passed."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from certification.assessments.models import AssessmentPass
from certification.certificates.models import Certificate, CertificateRevocation
from certification.schemes.requirements import Besides
from chassis import clock
from chassis.known_as import kept_instead


@dataclass(frozen=True)
class Known:
    """What is known of a teacher besides activities."""

    certificates: frozenset[str] = frozenset()
    """Schemes whose certificate the teacher holds: what was revoked or has expired is not held."""
    awarded: frozenset[str] = frozenset()
    """Schemes whose certificate the teacher was ever awarded: nobody is awarded one twice, revoked or not."""
    passed: frozenset[str] = frozenset()
    """Schemes whose assessment is passed."""

    def besides(self, scheme: str) -> Besides:
        """The same, as the rules of one scheme look at it."""
        return Besides(self.certificates, scheme in self.passed)


NOTHING_KNOWN = Known()

_REPLACEMENT = aliased(Certificate)
_STANDS = ~exists().where(_REPLACEMENT.reissue_of == Certificate.id) & ~exists().where(
    CertificateRevocation.certificate_id == Certificate.id, CertificateRevocation.outcome == "approved"
)
"""Neither replaced, which its replacement speaks for, nor revoked."""


def _holds() -> ColumnElement[bool]:
    """Whether a certificate stands today."""
    return _STANDS & (Certificate.expires_on.is_(None) | (Certificate.expires_on > clock.today()))


async def known_of(runner: AsyncSession | AsyncConnection, teacher_ids: Collection[UUID]) -> dict[UUID, Known]:
    """By teacher what is known; a teacher of whom there is nothing is left out."""
    whose = await _whose(runner, teacher_ids)
    held: dict[UUID, set[str]] = defaultdict(set)
    awarded: dict[UUID, set[str]] = defaultdict(set)
    query = select(Certificate.teacher_id, Certificate.scheme, _holds().label("stands"))
    for row in await runner.execute(query.where(Certificate.teacher_id == func.any(list(whose)))):
        awarded[whose[row.teacher_id]].add(row.scheme)
        if row.stands:
            held[whose[row.teacher_id]].add(row.scheme)
    passed = await _passed(runner, whose)
    return {
        teacher_id: Known(frozenset(held[teacher_id]), frozenset(awarded[teacher_id]), frozenset(passed[teacher_id]))
        for teacher_id in {*awarded, *passed}
    }


async def _whose(runner: AsyncSession | AsyncConnection, teacher_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """By id whose it is: certificates and passes stay under the id they were made for, and count for the person."""
    asked = set(teacher_ids)
    merged = {one: kept for one, kept in (await kept_instead(runner)).items() if kept in asked}
    return {one: one for one in asked} | {one: kept for one, kept in merged.items() if one not in asked}


async def _passed(runner: AsyncSession | AsyncConnection, whose: Mapping[UUID, UUID]) -> dict[UUID, set[str]]:
    """By teacher the schemes whose assessment is passed."""
    passed: dict[UUID, set[str]] = defaultdict(set)
    query = select(AssessmentPass.teacher_id, AssessmentPass.scheme)
    for row in await runner.execute(query.where(AssessmentPass.teacher_id == func.any(list(whose)))):
        passed[whose[row.teacher_id]].add(row.scheme)
    return passed
