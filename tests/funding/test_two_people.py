"""What takes two people takes two at the database: every way round is tried there, with every guard on."""

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from busy_funding import a_busy_platform
from funding.base import Base
from funding_facts import Steps
from funding_money import a_new_payee
from grant_steps import APPROVED, Grants, Panel, a_draft_card
from statement_facts import Months

ANYBODY = "gen_random_uuid()"
NOW = "now()"


def alone(table: str, asked: str, decided: str, status: str, before: str, **more: str) -> list[str]:
    """Whoever asked decides, under their own name or another; who asked or decided is rewritten afterwards."""
    decision = {"status": f"'{status}'", **more}
    said = ", ".join(f"{name} = {value}" for name, value in decision.items() if name != "status" or status)
    said = f"{said}, " if said else ""
    return [
        f"UPDATE {table} SET {said}{decided} = {asked} WHERE {before}",
        f"UPDATE {table} SET {said}{decided} = {asked}, {asked} = {ANYBODY} WHERE {before}",
        f"UPDATE {table} SET {decided} = {ANYBODY} WHERE {decided} IS NOT NULL",
        f"UPDATE {table} SET {decided} = NULL WHERE {decided} IS NOT NULL",
        f"UPDATE {table} SET {asked} = {ANYBODY} WHERE {decided} IS NOT NULL",
    ]


WAYS_ROUND: dict[str, list[str]] = {
    "bursary": [
        "UPDATE bursary SET status = 'approved', decided_by = teacher_id, decided_at = now() WHERE status = 'eligible'",
        "UPDATE bursary SET status = 'approved' WHERE status = 'eligible'",
        f"UPDATE bursary SET decided_by = {ANYBODY} WHERE status = 'approved'",
        "UPDATE bursary SET decision_reason = 'Better.' WHERE status = 'approved'",
        "UPDATE bursary SET amount_pence = amount_pence + 1 WHERE status = 'approved'",
        f"UPDATE bursary SET second_approved_by = {ANYBODY} WHERE status = 'eligible'",
        "UPDATE bursary SET second_approved_by = decided_by WHERE status = 'approved'",
    ],
    "claim": [
        *alone("claim", "claimant_id", "decided_by", "approved", "status = 'submitted'", decided_at=NOW),
        f"UPDATE claim SET status = 'approved', decided_by = bursary_approved_by, decided_at = {NOW} "
        "WHERE status = 'submitted'",
        f"UPDATE claim SET status = 'approved', decided_by = {ANYBODY}, amount_pence = amount_pence + 1 "
        "WHERE status = 'submitted'",
        "UPDATE claim SET amount_pence = amount_pence + 1 WHERE status = 'approved'",
        "UPDATE claim SET payee_urn = '900009' WHERE status = 'approved'",
        "UPDATE claim SET reason = 'Better.' WHERE status = 'approved'",
        "UPDATE claim SET status = 'paid' WHERE status = 'submitted'",
        "DELETE FROM claim",
    ],
    "payee_details": [
        *alone("payee_details", "proposed_by", "decided_by", "", "decided_by IS NULL", outcome="'approved'"),
        "UPDATE payee_details SET account_name = 'Mine' WHERE decided_by IS NOT NULL",
        "UPDATE payee_details SET usable_from_at = now() WHERE decided_by IS NOT NULL",
        "DELETE FROM payee_details",
    ],
    "payee": ["UPDATE payee SET reference = '900009-X'", "DELETE FROM payee"],
    "payee_collection": [
        "UPDATE payee_collection SET payee_key = 'school:900399' WHERE payee_key = 'school:900001'",
        "INSERT INTO payee_collection (payee_key, payee_id, details_id) "
        "SELECT 'school:900399', payee_id, details_id FROM payee_collection LIMIT 1",
    ],
    "payment_run": [
        "UPDATE payment_run SET checked_by = prepared_by, status = 'checked', "
        "content_sha256 = payment_run_digest(payment_run) WHERE status = 'draft'",
        f"UPDATE payment_run SET status = 'approved', approved_by = {ANYBODY} WHERE status = 'draft'",
        f"UPDATE payment_run SET released_by = {ANYBODY} WHERE status = 'released'",
        "UPDATE payment_run SET approved_by = checked_by WHERE status = 'released'",
        "UPDATE payment SET amount_pence = amount_pence + 1 WHERE status = 'sent'",
        "DELETE FROM payment WHERE status = 'sent'",
    ],
    "payment_file": [
        "UPDATE payment_file SET sha256 = repeat('0', 64)",
        "INSERT INTO payment_file (payment_run_id, format, ordinal, sha256, requested_by, requested_at, reason, "
        "approved_by, approved_at) SELECT payment_run_id, format, 2, sha256, id, now(), 'Lost', id, now() "
        "FROM payment_file, (SELECT gen_random_uuid() AS id) AS who",
    ],
    "allocation": [
        *alone("allocation", "proposed_by", "decided_by", "approved", "status = 'proposed'", decided_at=NOW),
        f"UPDATE allocation SET status = 'approved', decided_by = {ANYBODY}, amount_pence = amount_pence + 1 "
        "WHERE status = 'proposed'",
        "UPDATE allocation SET amount_pence = amount_pence + 1 WHERE status = 'proposed'",
        "DELETE FROM allocation",
    ],
    "ledger_period": [
        *alone("ledger_period", "proposed_by", "closed_by", "", "closed_by IS NULL", closed_at=NOW)[:2],
        f"UPDATE ledger_period SET closed_by = {ANYBODY}, closed_at = {NOW}, journal_sha256 = repeat('0', 64)",
    ],
    "statement": [
        f"UPDATE statement SET status = 'paid', settled_by = closed_by, settled_at = {NOW}",
        f"UPDATE statement SET status = 'paid', settled_by = {ANYBODY}, settled_at = {NOW}, total_pence = 1",
    ],
    "recovery_case": [
        "UPDATE recovery_case SET status = 'agreed', agreed_by = proposed_by WHERE status = 'proposed'",
        f"UPDATE recovery_case SET status = 'agreed', agreed_by = proposed_by, proposed_by = {ANYBODY} "
        "WHERE status = 'proposed'",
        f"UPDATE recovery_case SET status = 'agreed', agreed_by = {ANYBODY}, method = 'write_off' "
        "WHERE status = 'proposed'",
        f"UPDATE recovery_case SET agreed_by = {ANYBODY} WHERE status = 'settled'",
        "UPDATE recovery_case SET amount_pence = 1 WHERE status = 'proposed'",
    ],
    "fact_override": [
        *alone("fact_override", "requested_by", "decided_by", "approved", "status = 'proposed'", decided_at=NOW)[:2],
        "UPDATE fact_override SET evidence = 'None' WHERE status = 'proposed'",
        f"UPDATE fact_override SET status = 'approved', decided_by = {ANYBODY}, decided_at = {NOW}, value = '6'",
    ],
    "policy_draft": [
        "UPDATE policy_draft SET status = 'approved', decided_by = author_id, decided_at = now()",
        "UPDATE policy_draft SET status = 'published'",
        f"UPDATE policy_draft SET author_id = {ANYBODY}",
        "UPDATE policy_version SET document = '{}'",
    ],
    "fee_policy_draft": [
        "UPDATE fee_policy_draft SET status = 'approved', decided_by = author_id, decided_at = now()",
        "UPDATE fee_policy_draft SET status = 'published'",
        f"UPDATE fee_policy_draft SET author_id = {ANYBODY}",
        "DELETE FROM fee_policy_draft",
        "UPDATE fee_policy_version SET document = '{}'",
    ],
    "grant_card_version": [
        "UPDATE grant_card_version SET document = '{}'",
        "UPDATE grant_card_version SET status = 'approved', decided_by = proposed_by, decided_at = now() "
        "WHERE status = 'draft'",
        f"UPDATE grant_card_version SET status = 'approved', decided_by = proposed_by, proposed_by = {ANYBODY} "
        "WHERE status = 'draft'",
    ],
    "grant_award": [
        *alone("grant_award", "proposed_by", "decided_by", "awarded", "status = 'proposed'", decided_at=NOW),
        f"UPDATE grant_award SET status = 'awarded', decided_by = {ANYBODY}, decided_at = {NOW} "
        "WHERE status = 'proposed'",
        "UPDATE grant_award SET own_pence = own_pence + 1, amount_pence = amount_pence + 1 WHERE status = 'accepted'",
        "UPDATE grant_award SET accepted_name = 'Somebody else' WHERE status = 'accepted'",
        "UPDATE grant_award SET decision_reason = 'Better.' WHERE status = 'accepted'",
    ],
    "grant_snapshot": [
        *alone("grant_snapshot", "requested_by", "decided_by", "approved", "status = 'proposed'", decided_at=NOW),
        f"UPDATE grant_snapshot SET status = 'approved', decided_by = {ANYBODY}, own_pence = own_pence + 1 "
        "WHERE status = 'proposed'",
        "UPDATE grant_snapshot SET decision_reason = 'Better.' WHERE status = 'approved'",
    ],
    "grant_drawdown": [
        *alone("grant_drawdown", "requested_by", "decided_by", "approved", "status = 'requested'", decided_at=NOW),
        "UPDATE grant_drawdown SET amount_pence = amount_pence + 1",
        "UPDATE grant_drawdown SET reason = 'Better.' WHERE status = 'approved'",
    ],
    "grant_claim": [
        *alone("grant_claim", "claimed_by", "decided_by", "approved", "status = 'submitted'", decided_at=NOW),
        "UPDATE grant_claim SET amount_pence = amount_pence + 1",
        "INSERT INTO grant_claim_line SELECT claim_id, 99, rate, what, happened_on, quantity, rate_pence, "
        "l.amount_pence, evidence FROM grant_claim_line l JOIN grant_claim ON id = claim_id WHERE status = 'approved'",
    ],
    "grant_return": alone(
        "grant_return", "raised_by", "received_by", "received", "status = 'due'", reference="'1'", received_at=NOW
    )[:2],
    "grant_application": [
        f"UPDATE grant_application SET status = 'declined', decided_by = submitted_by, decided_at = {NOW} "
        "WHERE status = 'moderated'",
        f"UPDATE grant_application SET status = 'declined', decided_by = moderated_by, decided_at = {NOW} "
        "WHERE status = 'moderated'",
        "UPDATE grant_application a SET status = 'declined', decided_by = scorer_id, decided_at = now() "
        "FROM grant_score s WHERE s.application_id = a.id AND status = 'moderated'",
        f"UPDATE grant_application SET status = 'declined', decided_by = moderated_by, moderated_by = {ANYBODY} "
        "WHERE status = 'moderated'",
        "UPDATE grant_application SET percent = 100 WHERE status = 'moderated'",
        "UPDATE grant_application SET status = 'moderated', percent = 100, moderated_by = submitted_by "
        "WHERE status = 'submitted'",
        "INSERT INTO grant_score (application_id, scorer_id, points, percent, scored_at) "
        "SELECT id, submitted_by, '{}', 100, now() FROM grant_application WHERE status = 'submitted'",
        "INSERT INTO grant_score (application_id, scorer_id, points, percent, scored_at) "
        "SELECT id, gen_random_uuid(), '{}', 100, now() FROM grant_application WHERE status = 'moderated'",
        "UPDATE grant_score SET percent = 100",
    ],
    "payable": [
        "UPDATE payable SET amount_pence = amount_pence + 1",
        "UPDATE payable SET approved_by = requested_by",
        "INSERT INTO payable (id, source, subject, budget, payee_kind, payee_id, payee_name, amount_pence, narrative, "
        "requested_by, approved_by, ready_at, status) SELECT gen_random_uuid(), source || '0', subject, budget, "
        "payee_kind, payee_id, payee_name, 1, narrative, requested_by, approved_by, ready_at, 'ready' FROM payable",
    ],
    "bank_return_line": [
        "UPDATE bank_return_line SET status = 'resolved', outcome = 'not_ours', proposed_by = id, decided_by = id",
    ],
    "quote": ["UPDATE quote SET amount_pence = 0"],
}
"""By table: statements that have rows to work on, each of which the database refuses."""
ONE_PERSON = {
    "bursary_decision": "the rule decides",
    "budget_forecast": "a forecast moves no money",
}


async def what_waits(steps: Steps) -> None:
    """Of everything that waits for a second person there is one, and one that was decided."""
    grants = Grants(steps)
    await grants.propose(reference="waits")
    await (await Panel.begin(grants)).moderated()
    months = Months(steps)
    await months.a_paid_bursary("900011")
    *_, (_, payment_id) = [one for one in await months.payments() if one[0] == "900011"]
    wanted = {"payment_id": payment_id, "amount_pence": 5, "because": "overpayment", "reason": "Too much."}
    case = (await steps.post(steps.officer, "/v1/recoveries", wanted)).json()
    how = {"method": "invoice", "reason": "As usual."}
    await steps.post(steps.officer, f"/v1/recoveries/{case['id']}/proposal", how)
    _, _, bursary = await steps.an_eligible_bursary("900012")
    await steps.approve(bursary)
    await steps.an_approved_claim("900013")
    await a_new_payee(steps, "900001-B")
    await a_draft_card(steps)
    given = {"to_budget": "cpd-bursaries", "amount_pence": 2, "reason": "The award."}
    allocation = (await steps.post(steps.officer, "/v1/allocations", given)).json()
    approved = await steps.post(steps.approver, f"/v1/allocations/{allocation['id']}/approval", APPROVED)
    assert approved.status_code == 200, approved.text


async def rows_changed(connection: AsyncConnection, statement: str) -> int | None:
    """How many rows a statement changed; None when the database refused it."""
    attempt = await connection.begin_nested()
    try:
        return int((await connection.execute(text(statement))).rowcount)
    except IntegrityError:
        return None
    finally:
        await attempt.rollback()


async def test_no_way_round_two_people_is_open_at_the_database(steps: Steps) -> None:
    await a_busy_platform(steps)
    await what_waits(steps)
    open_ways: list[str] = []
    async with steps.funding.database.engine.connect() as connection:
        await connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        for statements in WAYS_ROUND.values():
            for one in statements:
                if (changed := await rows_changed(connection, one)) is not None:
                    open_ways.append(f"{changed}: {one}")
        await connection.rollback()
    assert open_ways == []


def test_every_table_that_names_two_people_is_tried() -> None:
    second = {"decided_by", "approved_by", "agreed_by", "closed_by", "received_by", "settled_by", "released_by"}
    named = {table.name for table in Base.metadata.sorted_tables if second & {column.name for column in table.columns}}
    tried = {*WAYS_ROUND, *ONE_PERSON, "payment", "policy_version", "fee_policy_version"}
    assert sorted(named - tried) == []
