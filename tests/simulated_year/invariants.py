"""What has to be true of the databases when the year is over. Each check names what is wrong."""

from sqlalchemy import text

from funding.verification.service import snapshot, verify
from harness import ServiceHarness

OF_HUBS = {
    "a group counts the schools that are in it": """
        SELECT g.id FROM project_group g WHERE g.schools <>
        (SELECT count(*) FROM group_school s WHERE s.group_id = g.id AND s.left_on IS NULL)""",
    "a group counts the people who are in it": """
        SELECT g.id FROM project_group g WHERE g.participants <>
        (SELECT count(*) FROM group_participant p WHERE p.group_id = g.id AND p.left_on IS NULL)""",
    "no group has more than it may": """
        SELECT id FROM project_group WHERE schools > schools_at_most OR participants > participants_at_most""",
    "no hub and no network has more than it may": """
        SELECT scope FROM project_tally WHERE groups > groups_at_most OR schools > schools_at_most
        OR participants > participants_at_most""",
    "a tally counts what there is": """
        SELECT t.project_id, t.scope, t.groups, count(g.id) FROM project_tally t
        LEFT JOIN project_group g ON g.project_id = t.project_id AND g.status <> 'cancelled'
             AND (split_part(t.scope, ':', 1) IN ('network', g.hub_id::text))
             AND (split_part(t.scope, ':', 2) IN ('', coalesce(g.strand, '-')))
        GROUP BY t.project_id, t.scope, t.groups, t.schools, t.participants
        HAVING t.groups <> count(g.id) OR t.schools <> coalesce(sum(g.schools), 0)
            OR t.participants <> coalesce(sum(g.participants), 0)""",
    "nobody is in two groups of a project": """
        SELECT project_id, person_id FROM group_participant WHERE left_on IS NULL AND group_id IN
        (SELECT id FROM project_group WHERE status <> 'cancelled')
        GROUP BY project_id, person_id HAVING count(*) > 1""",
    "who was selected is or was in the group": """
        SELECT a.id FROM project_application a WHERE a.status = 'selected' AND NOT EXISTS
        (SELECT FROM group_school s WHERE s.group_id = a.group_id AND s.urn = a.urn) AND NOT EXISTS
        (SELECT FROM group_participant p WHERE p.group_id = a.group_id AND p.person_id = a.person_id)""",
    "a mark is of somebody of the group": """
        SELECT m.activity_id FROM group_mark m JOIN group_activity a ON a.id = m.activity_id
        JOIN group_participant p ON p.id = m.participant_id WHERE p.group_id <> a.group_id""",
    "everybody who stayed to the end has an outcome, and nobody else": """
        SELECT p.id FROM group_participant p JOIN project_group g ON g.id = p.group_id
        WHERE (p.outcome IS NOT NULL) <> (g.status = 'completed' AND p.left_on IS NULL)""",
    "a report that was accepted was handed in and decided by another person": """
        SELECT id FROM project_report WHERE status = 'accepted'
        AND (submitted_by IS NULL OR decided_by IS NULL OR submitted_by = decided_by)""",
}
OF_FUNDING = {
    "a grant holds what its group's card comes to, unless there is a question": """
        SELECT g.group_id, g.expected_pence, a.own_pence FROM group_grant g JOIN grant_award a ON a.id = g.grant_id
        WHERE g.question IS NULL AND g.status = 'running' AND a.status IN ('awarded', 'accepted')
        AND a.own_pence <> g.expected_pence AND NOT EXISTS
        (SELECT FROM grant_snapshot s WHERE s.grant_id = a.id AND s.status = 'proposed')""",
    "a group has one live grant at most": """
        SELECT reference FROM grant_award WHERE status IN ('proposed', 'awarded', 'accepted')
        GROUP BY reference HAVING count(*) > 1""",
    "the ledger comes to nothing": "SELECT 1 FROM posting HAVING coalesce(sum(amount_pence), 0) <> 0",
    "no budget is overdrawn": """
        SELECT account FROM ledger_account WHERE kind IN ('available', 'reserved', 'payable', 'paid')
        AND balance_pence < 0""",
    "nothing is drawn above what was awarded": """
        SELECT id FROM grant_award WHERE drawn_pence - due_back_pence > own_pence - lapsed_pence""",
}
OF_CERTIFICATION: dict[str, str] = {}
EVERYWHERE = {
    "nothing waits in the outbox": "SELECT subject FROM outbox WHERE published_at IS NULL",
    "no letter is dead": "SELECT consumer, error FROM dead_letter WHERE resolved_at IS NULL",
    "an event is handled once by each who hears it": """
        SELECT consumer, event_id FROM inbox GROUP BY consumer, event_id HAVING count(*) > 1""",
    "events of one thing are numbered without gaps": """
        SELECT aggregate FROM outbox GROUP BY aggregate HAVING max(sequence) <> count(*)""",
}


async def broken(services: dict[str, ServiceHarness]) -> list[str]:
    """Every invariant that does not hold, with the first of what breaks it."""
    own = {"hubs": OF_HUBS, "funding": OF_FUNDING, "certification": OF_CERTIFICATION}
    found = []
    for name, harness in services.items():
        async with harness.session() as session:
            for says, query in (own[name] | EVERYWHERE).items():
                rows = (await session.execute(text(query))).all()
                found += [f"{name}: {says}: {len(rows)} times not, first {rows[0]}"] if rows else []
    found += await _unheard(services)
    async with snapshot(services["funding"].database) as connection:
        found += [f"funding: {finding}" async for finding in verify(connection)]
    return found


async def _unheard(services: dict[str, ServiceHarness]) -> list[str]:
    """Events that a service of the year listens for and has not handled."""
    told: dict[str, set[str]] = {}
    for harness in services.values():
        async with harness.session() as session:
            for row in await session.execute(text("SELECT event_id, subject FROM outbox")):
                told.setdefault(row.subject, set()).add(str(row.event_id))
    found = []
    for name, harness in services.items():
        async with harness.session() as session:
            for one in harness.service.subscriptions.table:
                query = text("SELECT event_id FROM inbox WHERE consumer = :consumer")
                handled = {str(row[0]) for row in await session.execute(query, {"consumer": one.durable})}
                missing = told.get(one.event.subject, set()) - handled
                found += [f"{name}: {one.durable} has not heard {len(missing)} events"] if missing else []
    return found
