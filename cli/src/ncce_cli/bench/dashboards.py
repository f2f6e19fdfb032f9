"""The dashboards of a national team and of a hub, for 40 hubs with 25 projects each and 7 schools in every group."""

import functools
from dataclasses import asdict
from uuid import UUID

from chassis.principal import Principal, RoleGrant
from ncce_cli.bench.load import Request, measure, measure_mix, request
from ncce_cli.bench.rig import Rig
from ncce_cli.parts import Part

HUBS, PROJECTS, SCHOOLS = 40, 25, 7
CONNECTIONS = 2
NETWORK, YEAR = "bench", "2026-27"
PATH = f"/v1/networks/{NETWORK}/{YEAR}"
WORLD = (
    """
    INSERT INTO hub (id, slug, name, kind, region, postcode, latitude, longitude, district_code, email, is_open)
    SELECT md5('bench-hub-' || h)::uuid, 'bench-hub-' || h, 'Bench hub ' || lpad(h::text, 2, '0'), 'computing_hub',
           (ARRAY['North East', 'North West', 'Yorkshire and The Humber', 'East Midlands', 'West Midlands',
                  'East of England', 'London', 'South East', 'South West'])[1 + h % 9],
           'OL6 6NX', 53.5, -2.1, 'E08000008', 'bench' || h || '@hubs.example.org', true
    FROM generate_series(1, :hubs) AS h
    """,
    """
    INSERT INTO school (urn, name, phase, establishment_type, is_open, country, is_state_funded, source, as_of_on)
    SELECT (700000 + n)::text, 'Bench school ' || n || ' (synthetic)', 'primary', 1, true, 'England', true, 'bench',
           date '2026-09-01'
    FROM generate_series(100, 100 * :hubs + 99) AS n
    """,
    """
    WITH made AS (
        INSERT INTO network (slug, title, subject, national_team, national_team_id)
        VALUES ('bench', 'Bench network', 'computing', 'bench', md5('bench-team')::uuid)
    ), version AS (
        INSERT INTO network_version (network_slug, project_year, number, document, checksum, in_force_at)
        VALUES ('bench', '2026-27', 1, '{}', repeat('0', 64), now())
    )
    INSERT INTO network_hub (network_slug, project_year, hub_id, joined_on, version)
    SELECT 'bench', '2026-27', md5('bench-hub-' || h)::uuid, date '2026-09-01', 1 FROM generate_series(1, :hubs) AS h
    """,
    """
    INSERT INTO project (id, network_slug, project_year, code, title, kind, participation, phases, card, number)
    SELECT md5('bench-project-' || p)::uuid, 'bench', '2026-27', 'B-' || lpad(p::text, 2, '0'), 'Bench project ' || p,
           'work_group', 'optional', '{primary}', 'bench', 1
    FROM generate_series(1, :projects) AS p
    """,
    """
    INSERT INTO project_version (project_id, number, document, checksum, in_force_at)
    SELECT md5('bench-project-' || p)::uuid, 1, '{}', repeat('0', 64), now() FROM generate_series(1, :projects) AS p
    """,
    """
    INSERT INTO hub_plan (id, network_slug, project_year, hub_id, status, revision, agreed_revision, version)
    SELECT md5('bench-plan-' || h)::uuid, 'bench', '2026-27', md5('bench-hub-' || h)::uuid,
           CASE h % 4 WHEN 0 THEN 'submitted' ELSE 'agreed' END, 1 + (h % 4 = 0)::int, 1, 3
    FROM generate_series(1, :hubs) AS h
    """,
    """
    INSERT INTO hub_plan_revision (hub_plan_id, revision, status, begun_by, begun_at, submitted_by, submitted_at,
                                   decided_by, decided_at, reason)
    SELECT id, n, CASE n WHEN 1 THEN 'agreed' ELSE status END, md5('lead')::uuid, now(), md5('lead')::uuid, now(),
           CASE n WHEN 1 THEN md5('team')::uuid END, CASE n WHEN 1 THEN now() END, CASE n WHEN 1 THEN 'Agreed.' END
    FROM hub_plan CROSS JOIN LATERAL generate_series(1, revision) AS n WHERE network_slug = 'bench'
    """,
    """
    INSERT INTO hub_plan_line (hub_plan_id, revision, project_id, strand, number, code, groups, schools, participants,
                               leads)
    SELECT hub_plan_id, n, project.id, '', 1, code, n, :schools * n, 2 * :schools * n, 1
    FROM (SELECT hub_plan_id, revision AS n FROM hub_plan_revision) AS revised
    JOIN hub_plan ON hub_plan.id = hub_plan_id JOIN project USING (network_slug, project_year)
    WHERE network_slug = 'bench'
    """,
    """
    WITH numbered AS (SELECT h, p, (h * 31 + p * 17) % 20 AS dice FROM generate_series(1, :hubs) AS h
                      CROSS JOIN generate_series(1, :projects) AS p),
    stood AS (SELECT *, CASE WHEN dice < 3 THEN 'forming' WHEN dice < 15 THEN 'running' WHEN dice < 19 THEN 'completed'
                             ELSE 'cancelled' END AS status FROM numbered)
    INSERT INTO project_group (id, project_id, project_version, network, project_code, project_year, hub_id, title,
                               status, starts_on, ends_on, schools, schools_at_most, participants, inputs, version,
                               formed_at, formed_by, began_on, ended_on)
    SELECT md5(format('bench-group-%s-%s', h, p))::uuid, md5('bench-project-' || p)::uuid, 1, 'bench',
           'B-' || lpad(p::text, 2, '0'), '2026-27', md5('bench-hub-' || h)::uuid, format('Group %s of hub %s', p, h),
           status, current_date - 150, current_date + 60, CASE dice WHEN 19 THEN 0 ELSE :schools END, 8,
           CASE dice WHEN 19 THEN 0 ELSE 2 * :schools END, '{}', 1, now(), md5('lead')::uuid,
           CASE WHEN status IN ('running', 'completed') THEN current_date - 150 END,
           CASE WHEN status IN ('cancelled', 'completed') THEN current_date - 5 END
    FROM stood
    """,
    """
    WITH places AS (
        SELECT h, p, k, md5(format('bench-group-%s-%s', h, p))::uuid AS group_id,
               (700000 + h * 100 + (p * :schools + k) % 60)::text AS urn
        FROM generate_series(1, :hubs) AS h CROSS JOIN generate_series(1, :projects) AS p
        CROSS JOIN generate_series(1, :schools) AS k
    ), schools AS (
        INSERT INTO group_school (id, group_id, project_id, urn, is_sole, joined_on, recorded_by)
        SELECT md5(format('bench-school-%s-%s-%s', h, p, k))::uuid, group_id, md5('bench-project-' || p)::uuid, urn,
               true, current_date - 150, md5('lead')::uuid
        FROM places JOIN project_group ON project_group.id = group_id WHERE status <> 'cancelled'
    )
    INSERT INTO group_participant (id, group_id, project_id, person_id, urn, joined_on, recorded_by)
    SELECT md5(format('bench-part-%s-%s-%s-%s', h, p, k, t))::uuid, group_id, md5('bench-project-' || p)::uuid,
           md5(format('bench-person-%s-%s', urn, t))::uuid, urn, current_date - 150, md5('lead')::uuid
    FROM places JOIN project_group ON project_group.id = group_id CROSS JOIN generate_series(1, 2) AS t
    WHERE status <> 'cancelled'
    """,
    """
    INSERT INTO project_lead (id, project_id, project_version, network, project_code, project_year, hub_id, person_id,
                              experience, status, declarations, overrides, decision, proposed_at, proposed_by,
                              decided_at, decided_by)
    SELECT md5(id::text || 'lead')::uuid, project_id, 1, network, project_code, project_year, hub_id,
           md5(hub_id::text || right(project_code, 1))::uuid, 'new', 'accepted', '[]', '[]', '{}', now(),
           md5('lead')::uuid, now(), md5('lead')::uuid
    FROM project_group WHERE network = 'bench'
    """,
    """
    INSERT INTO group_lead (id, group_id, lead_id, person_id, experience, since_on, recorded_by)
    SELECT md5(id::text || 'led')::uuid, id, md5(id::text || 'lead')::uuid,
           md5(hub_id::text || right(project_code, 1))::uuid,
           'new', current_date - 150, md5('lead')::uuid
    FROM project_group WHERE network = 'bench'
    """,
    """
    INSERT INTO group_activity (id, group_id, kind, slug, title, starts_on, ends_on, minutes, status, version,
                                planned_at, planned_by)
    SELECT md5(id::text || n)::uuid, id, CASE WHEN n % 4 = 0 THEN 'gap_task' ELSE 'session' END, NULL, 'Meeting ' || n,
           current_date - 170 + 20 * n, current_date - 170 + 20 * n, 180,
           CASE WHEN n > 8 OR (n = 8 AND project_code > 'B-15') THEN 'planned' ELSE 'held' END, 1, now(),
           md5('lead')::uuid
    FROM project_group CROSS JOIN generate_series(1, 10) AS n
    WHERE network = 'bench' AND status IN ('running', 'completed')
    """,
    """
    INSERT INTO group_mark (activity_id, participant_id, mark, marked_at, marked_by)
    SELECT activity.id, person.id,
           CASE WHEN kind = 'gap_task' THEN 'done'
                ELSE (ARRAY['present', 'present', 'present', 'absent', 'excused'])
                     [1 + abs(hashtext(activity.id::text || person.id)) % 5] END,
           now(), md5('lead')::uuid
    FROM group_activity AS activity JOIN group_participant AS person USING (group_id)
    JOIN project_group ON project_group.id = group_id
    WHERE activity.status = 'held' AND network = 'bench'
    """,
    """
    INSERT INTO project_application (id, project_id, project_version, network, project_code, project_year, hub_id,
                                     is_of_school, urn, person_id, status, declarations, overrides, decision, priority,
                                     consequences, group_id, made_at, applied_at)
    SELECT md5(format('bench-application-%s-%s-%s', h, p, k))::uuid, project_id, 1, network, project_code,
           project_year, hub_id, true, (700000 + h * 100 + (p * :schools + k) % 60)::text, md5('teacher')::uuid,
           CASE WHEN k <= :schools THEN 'selected'
                ELSE (ARRAY['interested', 'applied', 'waiting', 'declined', 'withdrawn'])[1 + (h + p + k) % 5] END,
           '[]', '[]', '{}', 0, '[]', CASE WHEN k <= :schools THEN id END, now(), now()
    FROM generate_series(1, :hubs) AS h CROSS JOIN generate_series(1, :projects) AS p
    CROSS JOIN generate_series(1, :schools + 3) AS k
    JOIN project_group ON id = md5(format('bench-group-%s-%s', h, p))::uuid
    """,
    """
    WITH owed AS (
        SELECT project_group.*, urn, k FROM project_group CROSS JOIN generate_series(1, 3) AS k
        LEFT JOIN group_school ON group_id = project_group.id AND k = 3
        WHERE network = 'bench' AND status IN ('running', 'completed')
    )
    INSERT INTO project_report (id, project_id, project_version, network, project_code, project_year, hub_id, group_id,
                                urn, duty, subject, title, by, kind, due_on, status, answers, version, opened_at,
                                submissions, submitted_at, submitted_by, decided_at, decided_by)
    SELECT gen_random_uuid(), project_id, 1, network, project_code, project_year, hub_id, id, urn, 'duty-' || k,
           format('%s:%s:%s', id, k, urn), (ARRAY['Mid-year report', 'Final report', 'Report of the school'])[k],
           CASE k WHEN 3 THEN 'school' ELSE 'lead' END, 'report', (ARRAY[current_date - 12, current_date + 70,
           current_date + 9])[k], stood, '{}', 1, now(), (stood <> 'draft')::int,
           CASE WHEN stood <> 'draft' THEN now() END, CASE WHEN stood <> 'draft' THEN md5('lead')::uuid END,
           CASE stood WHEN 'accepted' THEN now() END, CASE stood WHEN 'accepted' THEN md5('team')::uuid END
    FROM owed CROSS JOIN LATERAL (
        SELECT (ARRAY['draft', 'submitted', 'accepted'])[1 + abs(hashtext(id::text || k || coalesce(urn, ''))) % 3]
    ) AS dice (stood)
    """,
    """
    INSERT INTO group_money (group_id, sequence, hub_id, network, project_code, project_year, grant_status,
                             expected_pence, awarded_pence, drawn_pence, owed_pence, to_return_pence, question)
    SELECT id, 1, hub_id, network, project_code, project_year, 'accepted', 1780000, 1780000, 890000 * (dice % 2),
           1780000 - 890000 * (dice % 2), 0, CASE dice % 50 WHEN 0 THEN 'group-changed-late' END
    FROM project_group CROSS JOIN LATERAL (SELECT abs(hashtext(id::text || 'money'))) AS drawn (dice)
    WHERE network = 'bench' AND status IN ('running', 'completed')
    """,
    "ANALYZE",
)
"""A year half over: plans, groups in every state, their people and marks, applications, reports and money."""


def statements(hubs: int = HUBS, projects: int = PROJECTS, schools: int = SCHOOLS) -> list[str]:
    """What fills a database of hubs with such a year."""
    sizes = {":hubs": hubs, ":projects": projects, ":schools": schools}
    return [functools.reduce(lambda text, name: text.replace(name, str(sizes[name])), sizes, one) for one in WORLD]


async def bench_dashboards(rig: Rig, seconds: float) -> dict[str, object]:
    """The national dashboard, one hub's, and both in turn; milliseconds, as a client on the same machine sees them."""
    connection = await rig.connect("hubs")
    try:
        for statement in statements():
            await connection.execute(statement)
        team, hub = await connection.fetchrow("SELECT md5('bench-team')::uuid, md5('bench-hub-1')::uuid")
        marks = await connection.fetchval("SELECT count(*) FROM group_mark")
    finally:
        await connection.close()
    port = rig.start(Part("hubs", "serve"))
    reads = [
        _read(rig, "network", "network_lead", team, f"{PATH}/dashboard"),
        _read(rig, "hub", "hub_lead", hub, f"{PATH}/hubs/{hub}/dashboard"),
    ]
    mix = await measure_mix(port, reads, CONNECTIONS, max(5.0, seconds * 5))
    alone = {read.name: asdict(await measure(port, read, 1, seconds)) for read in reads}
    return {"hubs": HUBS, "projects": PROJECTS, "marks": marks, "mix": asdict(mix), "alone": alone}


def _read(rig: Rig, name: str, role: str, organisation_id: UUID, path: str) -> Request:
    caller = Principal(
        kind="person", id=organisation_id, roles=(RoleGrant(role=role, organisation_id=organisation_id),)
    )
    return request(name, "GET", path, rig.vouched("hubs", caller))
