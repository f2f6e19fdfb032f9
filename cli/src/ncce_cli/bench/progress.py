"""Reading progress when 10,000 people have 100,000 entries in their ledgers."""

from dataclasses import asdict
from uuid import UUID

from chassis.principal import Principal
from ncce_cli.bench.load import Request, measure_mix, request
from ncce_cli.bench.rig import Rig, a_teacher
from ncce_cli.parts import Part

PEOPLE = 10_000
COURSES = 5
READERS = 200
CONNECTIONS = 2
LEDGERS = (
    """
    INSERT INTO teacher (teacher_id, phase, registered_at)
    SELECT md5('bench-teacher-' || n)::uuid, 'primary', '2026-01-01 09:00Z' FROM generate_series(1, $1) AS n
    """,
    """
    INSERT INTO enrolment (id, teacher_id, scheme, scheme_version, enrolled_at)
    SELECT gen_random_uuid(), md5('bench-teacher-' || n)::uuid, 'primary', 1, '2026-01-01 09:00Z'
    FROM generate_series(1, $1) AS n
    """,
    """
    WITH courses AS (
        SELECT counts_as, row_number() OVER (ORDER BY code) AS place FROM activity
        WHERE category = 'course' AND code = counts_as
    ), community AS (
        SELECT counts_as, published_credits, row_number() OVER (ORDER BY code) AS place FROM activity
        WHERE self_certifiable AND code = counts_as
    ), step AS (
        SELECT * FROM (VALUES ('registration', 'registration'), ('hub_membership', 'hub-membership'),
                              ('diagnostic', 'diagnostic:subject-knowledge')) AS s (kind, activity)
    ), people AS (SELECT n, md5('bench-teacher-' || n)::uuid AS teacher_id FROM generate_series(1, $1) AS n),
    done AS (
        SELECT n, teacher_id, kind, activity AS activity_key, activity, 0::numeric AS hours, 0::numeric AS published
        FROM people CROSS JOIN step
        UNION ALL
        SELECT n, teacher_id, 'cpd', 'cpd:' || counts_as, counts_as, 1 + (n + place) % 5, 0
        FROM people CROSS JOIN generate_series(1, $2) AS nth
        JOIN courses ON place = 1 + (n + nth) % (SELECT count(*) FROM courses)
        UNION ALL
        SELECT n, teacher_id, 'community', 'community:' || counts_as, counts_as, 0, published_credits
        FROM people CROSS JOIN generate_series(1, 2) AS nth
        JOIN community ON place = 1 + (n + nth) % (SELECT count(*) FROM community)
    )
    INSERT INTO activity_record
        (id, teacher_id, kind, activity_key, activity, hours, published_credits, occurred_on, source)
    SELECT gen_random_uuid(), teacher_id, kind, activity_key, activity, hours, published, date '2026-01-01' + n % 300,
           CASE kind WHEN 'cpd' THEN 'completion:' || gen_random_uuid() ELSE 'bench:' || activity_key END
    FROM done
    """,
    """
    INSERT INTO credit_entry (id, teacher_id, scheme, scheme_version, component, activity_record_id, activity_key,
                              activity, revision, hours, credits, occurred_on)
    SELECT gen_random_uuid(), teacher_id, 'primary', 1,
           CASE kind WHEN 'cpd' THEN 'professional_knowledge' WHEN 'community' THEN 'community' ELSE 'commitment' END,
           id, activity_key, activity, 1, hours,
           CASE kind WHEN 'cpd' THEN 3 * hours WHEN 'community' THEN published_credits
                     WHEN 'diagnostic' THEN 10 ELSE 5 END,
           occurred_on
    FROM activity_record WHERE teacher_id IN (SELECT md5('bench-teacher-' || n)::uuid FROM generate_series(1, $1) AS n)
    """,
    "ANALYZE",
)
"""Registration, hub, diagnostic, five courses and two community activities for each, and what they earned."""


def statements(people: int = PEOPLE) -> list[tuple[str, tuple[int, ...]]]:
    """What fills an empty database of certification with people and their ledgers."""
    given = (people, COURSES)
    return [(one, tuple(value for place, value in enumerate(given, 1) if f"${place}" in one)) for one in LEDGERS]


async def bench_progress(rig: Rig, seconds: float) -> dict[str, object]:
    """Reads by many people in turn; milliseconds, as a client on the same machine sees them."""
    connection = await rig.connect("certification")
    try:
        for statement, parameters in statements():
            await connection.execute(statement, *parameters)
        entries = await connection.fetchval("SELECT count(*) FROM credit_entry")
        known = await connection.fetch("SELECT teacher_id FROM enrolment ORDER BY teacher_id LIMIT $1", READERS)
    finally:
        await connection.close()
    port = rig.start(Part("certification", "serve"))
    reads = [_read(rig, row["teacher_id"]) for row in known]
    mix = await measure_mix(port, reads, CONNECTIONS, max(5.0, seconds * 5))
    return {"people": PEOPLE, "entries": entries, "mix": asdict(mix)}


def _read(rig: Rig, teacher_id: UUID) -> Request:
    caller: Principal = a_teacher(teacher_id)
    return request("progress", "GET", "/v1/progress", rig.vouched("certification", caller))
