"""Searches for courses and schools, at the size of the country: 5,000 runs to come and 30,000 schools."""

import asyncio
import subprocess
import sys
from dataclasses import asdict

from chassis.principal import Principal
from ncce_cli.bench.load import Request, measure, measure_mix, request
from ncce_cli.bench.rig import Rig
from ncce_cli.parts import Part

RUNS = 5_000
SCHOOLS = 30_000
CONNECTIONS = 2
SEARCHES = {
    "soonest": "/v1/course-runs?limit=20",
    "words": "/v1/course-runs?q=programming&limit=20",
    "words and a town": "/v1/course-runs?q=python+bench+town+7&limit=20",
    "misspelt": "/v1/course-runs?q=algorithsm&limit=20",
    "chosen": "/v1/course-runs?key_stage=ks3&key_stage=ks4&region=London&with_places=true&limit=20",
    "near": "/v1/course-runs?near=OL6+6NX&within_km=40&with_places=true&limit=20",
    "nearest of all": "/v1/course-runs?near=SW1A&limit=50",
    "facets": "/v1/course-runs/facets",
    "facets of words": "/v1/course-runs/facets?q=programming&mode=face_to_face",
    "facets near": "/v1/course-runs/facets?near=OL6+6NX&within_km=40&key_stage=ks3",
    "school by name": "/v1/schools?q=meadow&limit=20",
    "hub of a postcode": "/v1/hubs/lookup?postcode=OL6+6NX",
}
_RUNS = """
WITH chosen AS (SELECT array_agg(code ORDER BY code) AS codes FROM course WHERE is_listed),
     hubs AS (SELECT array_agg(id ORDER BY id) AS ids FROM hub),
     places AS (SELECT array_agg(sector ORDER BY sector) AS sectors FROM postcode_sector),
     numbered AS (SELECT n, now() + make_interval(days => 1 + n % 365) AS starts_at FROM generate_series(1, $1) AS n)
INSERT INTO course_run (id, course_code, hub_id, instance_code, status, starts_at, ends_at, starts_on, ends_on,
                        venue, town, postcode, latitude, longitude, capacity, places_taken)
SELECT gen_random_uuid(), codes[1 + n % cardinality(codes)], ids[1 + n % cardinality(ids)], 'B' || n, 'open',
       starts_at, starts_at + interval '6 hours', starts_at::date, (starts_at + interval '6 hours')::date,
       'Bench venue ' || n, 'Bench town ' || n % 300, sector || 'ZZ', latitude, longitude, 20, n % 21
FROM numbered CROSS JOIN chosen CROSS JOIN hubs CROSS JOIN places
JOIN postcode_sector ON sector = sectors[1 + n * 7919 % cardinality(sectors)]
"""
"""Runs of every listed course at every hub, all over the country, each twenty-first of them full."""


async def bench_search(rig: Rig, seconds: float) -> dict[str, object]:
    """The mix of all searches, and each alone; milliseconds, as a client on the same machine sees them."""
    await asyncio.to_thread(_import_schools, rig)
    connection = await rig.connect("hubs")
    try:
        await connection.execute("DELETE FROM course_session")
        await connection.execute("DELETE FROM course_run")
        await connection.execute(_RUNS, RUNS)
        await connection.execute("ANALYZE")
        schools = await connection.fetchval("SELECT count(*) FROM school")
    finally:
        await connection.close()
    port = rig.start(Part("hubs", "serve"))
    caller = rig.vouched("hubs", Principal(kind="anonymous"))
    searches = [request(name, "GET", path, caller) for name, path in SEARCHES.items()]
    mix = await measure_mix(port, searches, CONNECTIONS, max(5.0, seconds * 5))
    return {"runs": RUNS, "schools": schools, "mix": asdict(mix), "alone": await _alone(port, searches, seconds)}


async def _alone(port: int, searches: list[Request], seconds: float) -> dict[str, object]:
    return {search.name: asdict(await measure(port, search, 1, seconds)) for search in searches}


def _import_schools(rig: Rig) -> None:
    command = [sys.executable, "-m", "hubs.imports", "schools", "--synthetic", str(SCHOOLS)]
    subprocess.run(command, env=rig.environment(Part("hubs", "job")), check=True, stdout=subprocess.DEVNULL)
