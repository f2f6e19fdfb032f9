"""Finding accounts that may be one person's, by what is known of both."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.paging import PageOf
from chassis.principal import Principal
from identity.merges.rules import Alike, reasons_of, score
from identity.merges.schemas import CandidatePerson, MergeCandidate
from identity.teacher_numbers.models import Standing

_FIND = text(
    """
    WITH present AS (
        SELECT p.id, p.given_name, p.family_name, p.registered_at, a.email_key, t.trn, t.standing, e.school_urn,
               regexp_replace(lower(normalize(p.given_name || p.family_name, NFKD)),
                              '[[:punct:][:space:]\u0300-\u036f]', '', 'g') AS name
        FROM person p JOIN account a ON a.person_id = p.id
        LEFT JOIN teacher_number t ON t.person_id = p.id
        LEFT JOIN employment e ON e.person_id = p.id AND e.to_on IS NULL
        WHERE NOT EXISTS (SELECT FROM merged_person m WHERE m.merged_id = p.id AND m.separated_at IS NULL)
          AND NOT EXISTS (SELECT FROM erasure r WHERE r.person_id = p.id AND r.status <> 'cancelled')
    ), at_school AS (
        SELECT a.id AS one, b.id AS other,
               bool_or(daterange(x.from_on, x.to_on, '[]') && daterange(y.from_on, y.to_on, '[]')) AS at_one_time
        FROM present a JOIN present b ON a.name = b.name AND a.id < b.id
        JOIN employment x ON x.person_id = a.id
        JOIN employment y ON y.person_id = b.id AND y.school_urn = x.school_urn
        GROUP BY a.id, b.id
    ), pairs AS (
        SELECT one, other FROM at_school
        UNION
        SELECT a.person_id, b.person_id FROM teacher_number a JOIN teacher_number b ON a.trn = b.trn
        WHERE a.person_id < b.person_id
        UNION
        SELECT a.person_id, b.person_id FROM federated_identity a
        JOIN federated_identity b ON (a.provider, a.subject) = (b.provider, b.subject) WHERE a.person_id < b.person_id
    )
    SELECT a.id AS one, b.id AS other, a.given_name AS given, a.family_name AS family, a.registered_at AS registered,
           b.given_name AS other_given, b.family_name AS other_family, b.registered_at AS other_registered,
           a.school_urn AS urn, b.school_urn AS other_urn, a.standing, b.standing AS other_standing,
           a.trn, b.trn AS other_trn, a.email_key AS email, b.email_key AS other_email, a.name = b.name AS alike,
           s.one IS NOT NULL AS school, coalesce(s.at_one_time, false) AS at_one_time,
           EXISTS (SELECT FROM federated_identity f JOIN federated_identity g USING (provider, subject)
                   WHERE f.person_id = a.id AND g.person_id = b.id) AS subject
    FROM pairs p JOIN present a ON a.id = p.one JOIN present b ON b.id = p.other
    LEFT JOIN at_school s ON (s.one, s.other) = (p.one, p.other)
    WHERE (a.id, b.id) > (:one, :other)
      AND NOT EXISTS (SELECT FROM person_merge m WHERE m.outcome IS NULL
                      AND m.kept_id IN (a.id, b.id) AND m.merged_id IN (a.id, b.id))
    ORDER BY a.id, b.id LIMIT :limit
    """
)
NOBODY = "00000000-0000-0000-0000-000000000000"


async def find(session: AsyncSession, caller: Principal, page: PageOf) -> Sequence[MergeCandidate]:
    """One page of pairs, with one more when there are more. That the caller saw them is on record."""
    one, other = page.after or (NOBODY, NOBODY)
    found = await session.execute(_FIND, {"one": one, "other": other, "limit": page.limit + 1})
    pairs = [_candidate(row) for row in found]
    people = dict.fromkeys(f"person:{person.id}" for pair in pairs[: page.limit] for person in pair.people)
    await audit.record_views(session, caller, "merge_candidates", list(people))
    return pairs


def _candidate(row: Row[Any]) -> MergeCandidate:
    alike = Alike(
        teacher_number=row.trn is not None and row.trn == row.other_trn,
        federated_subject=row.subject,
        name=row.alike,
        school=row.school,
        time_at_school=row.at_one_time,
        addresses=(row.email, row.other_email),
    )
    reasons = reasons_of(alike)
    return MergeCandidate(
        people=[
            _person(row.one, row.given, row.family, row.urn, row.standing, row.registered),
            _person(
                row.other, row.other_given, row.other_family, row.other_urn, row.other_standing, row.other_registered
            ),
        ],
        score=score(reasons),
        reasons=reasons,
        has_different_numbers=None not in (row.trn, row.other_trn) and row.trn != row.other_trn,
    )


def _person(person_id: Any, given: str, family: str, urn: str | None, standing: str | None, at: Any) -> CandidatePerson:
    return CandidatePerson(
        id=person_id,
        initials=f"{given[:1]}. {family[:1]}.",
        school_urn=urn,
        number_standing=None if standing is None else Standing(standing),
        registered_at=at,
    )
