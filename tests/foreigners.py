"""Those to whom nothing in any world belongs, with everything that their kind may be allowed, and what is theirs."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import text

from builders import a_school_lead, a_teacher, anonymous, partner, staff
from chassis.ids import new_id
from harness import ServiceHarness
from identity.api_keys.models import Scope
from operations import Operation
from worlds import World

SCHOOL = "900011"

FOREIGNERS = {
    "a foreign program": partner(*Scope, organisation_id=new_id()),
    "a foreign partner's administrator": staff("partner_admin", organisation_id=new_id()),
    "a foreign hub's staff": staff("hub_lead", "hub_administrator", organisation_id=new_id()),
    "a foreign school's lead": a_school_lead(SCHOOL),
    "a foreign teacher": a_teacher(SCHOOL),
}

THEIRS_TO_ASK = {
    "POST /v1/diagnostics/{slug}/responses": "an answer of one's own",
    "GET /v1/assessments/{assessment}": "a description, the same for all who are signed in",
    "POST /v1/assessments/{assessment}/attempts": "an attempt of one's own",
    "POST /v1/quotes": "a quote of one's own",
    "POST /v1/hubs/{hub_id}/members": "a membership of one's own",
    "POST /v1/bookings": "a place of one's own",
    "PUT /v1/resources/{resource_id}/use": "a use of one's own of something published",
    "PUT /v1/resources/{resource_id}/rating": "an opinion of one's own of something published",
    "PUT /v1/enrichment-offers/{offer_id}/interest": "the own school's interest in something published",
    "DELETE /v1/enrichment-offers/{offer_id}/interest": "the own school's interest in something published",
    "GET /v1/programmes/{programme_slug}/enrolments": "organisers know which schools take part; schools see their own",
    "POST /v1/programmes/{programme_slug}/enrolments": "the own school's part",
    "GET /v1/programmes/{programme_slug}/report": "figures of what the own organisation held",
    "GET /v1/programmes/{programme_slug}/report.csv": "figures of what the own organisation held",
    "POST /v1/pupil-events/{event_id}/bookings": "a place of the own school",
}
"""Routes with an object that is nobody's own, though not everybody may ask; and what foreigners get there."""

TRACES = {"audit_entry"}
"""Tables in which a refusal, or reading a list of nothing, may leave a trace of who asked."""


def foreigners_at(operation: Operation) -> Iterator[str]:
    """Whom of them a route lets in, unless it lets everybody in."""
    if any(policy.admits(anonymous()) for policy in operation.policies):
        return
    for who, caller in FOREIGNERS.items():
        if any(policy.admits(caller) for policy in operation.policies):
            yield who


def names_of_others(world: World) -> dict[str, str]:
    """Ids that only their owners may meet: of objects and of people in a world."""
    people = {str(caller.id): who for who, caller in world.callers.items() if who not in FOREIGNERS}
    return {value: name for name, value in world.ids.items() if _is_an_id(value)} | people


def _is_an_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


async def contents(harness: ServiceHarness) -> dict[str, str | None]:
    """What is in every table of a service, in a few letters each."""
    tables = text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    found = {}
    async with harness.session() as session:
        for table in set((await session.execute(tables)).scalars()) - TRACES:
            rows = text(f"SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM \"{table}\" AS t")
            found[table] = (await session.execute(rows)).scalar_one()
    return found
