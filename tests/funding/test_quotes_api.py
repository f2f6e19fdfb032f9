"""Asking what a run costs: by the rule, the hub's own charge and the facts of the day, kept as it was told."""

import asyncio
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from builders import a_teacher, anonymous, partner, staff
from chassis import clock
from chassis.clock import ENGLAND
from chassis.ids import new_id
from contracts.certification import CertificateAwarded, CertificateRevoked
from funding.canonical import canonical
from funding.fee_policies.rules import PriceInputs
from funding.fees.pricing import replay
from funding.quotes.models import Quote
from funding_facts import JSON, LEEDS, LUTON, Steps, categories, run_changed, school_changed


async def a_quote(steps: Steps, urn: str = "900001", **run: Any) -> JSON:
    """What a new run costs a primary teacher of a school."""
    event = run_changed(**run)
    await steps.funding.deliver(event)
    return await steps.quote(a_teacher(urn), event)


async def test_a_priority_school_pays_nothing_and_is_told_why_criterion_by_criterion(steps: Steps) -> None:
    await steps.funding.deliver(school_changed())
    quote = await a_quote(steps)
    assert (quote["outcome"], quote["amount_pence"], quote["basis"]) == ("priced", 0, "priority")
    assert (quote["policy_version"], quote["rate_per_day_pence"], quote["days"]) == (7, 0, "2.00")
    assert quote["reason"] == "Teachers of priority schools pay nothing."
    reasons = {one["criterion"]: (one["outcome"], one["reason"]) for one in quote["criteria"]}
    assert reasons["priority-area"] == ("met", "The school's district is in category 5 or 6.")
    assert reasons["online-course"] == ("not_met", "The course is not online.")
    assert reasons["named-priority-school"] == ("not_met", "The school is not on the list of priority schools.")
    sources = {one["criterion"]: one["source"] for one in quote["criteria"]}
    assert "partial list); district E06000032" in sources["priority-area"]


async def test_schools_pay_the_charge_of_their_kind_and_online_is_free(steps: Steps) -> None:
    await steps.funding.deliver(categories((LUTON, 5), (LEEDS, 3)))
    await steps.funding.deliver(school_changed("900004", district_code=LEEDS))
    independent = school_changed("900006", is_state_funded=False, establishment_type=11)
    await steps.funding.deliver(independent)
    assert (await a_quote(steps, "900004"))["amount_pence"] == 7_000
    assert (await a_quote(steps, "900004"))["basis"] == "state-funded"
    assert (await a_quote(steps, "900006"))["amount_pence"] == 44_000
    assert (await a_quote(steps, "900006", mode="online", days=0))["amount_pence"] == 0
    gcse = {"programme": "gcse_subject_knowledge", "phases": ("secondary",)}
    assert (await a_quote(steps, "900004", **gcse))["amount_pence"] == 0
    less = await a_quote(steps, "900004", charge_pence=2_000)
    assert (less["amount_pence"], less["cap_pence"], less["is_capped"]) == (2_000, 7_000, False)
    more = await a_quote(steps, "900004", charge_pence=9_000)
    assert (more["amount_pence"], more["hub_charge_pence"], more["is_capped"]) == (7_000, 9_000, True)
    assert "capped at £70" in more["reason"]


async def test_a_missing_fact_is_named_and_bounds_the_price(steps: Steps) -> None:
    await steps.funding.deliver(school_changed(district_code=LEEDS))
    quote = await a_quote(steps)
    assert (quote["outcome"], quote["amount_pence"]) == ("needs_review", None)
    assert (quote["at_least_pence"], quote["at_most_pence"]) == (0, 7_000)
    assert "category of the school's district is not settled" in quote["reason"]
    unheard = await a_quote(steps, "900099")
    assert (unheard["outcome"], unheard["at_most_pence"]) == ("needs_review", None)
    assert "We do not know whether the school is open." in unheard["reason"]


async def test_a_changed_fact_changes_later_quotes_and_no_earlier_one(steps: Steps) -> None:
    teacher, run = a_teacher(), run_changed()
    await steps.funding.deliver(run)
    await steps.funding.deliver(school_changed())
    free = await steps.quote(teacher, run)
    await steps.funding.deliver(categories((LUTON, 2), (LEEDS, 6)))
    capped = await steps.quote(teacher, run)
    await steps.funding.deliver(school_changed(district_code=LEEDS), sequence=2)
    moved = await steps.quote(teacher, run)
    await steps.funding.deliver(run.model_copy(update={"days": Decimal(4)}), sequence=2)
    assert [one["amount_pence"] for one in (free, capped, moved)] == [0, 7_000, 0]
    for quote in (free, capped, moved):
        assert (await steps.get(teacher, f"/v1/quotes/{quote['id']}")).json() == quote
    async with steps.funding.session() as session:
        for held in (await session.scalars(select(Quote))).all():
            assert await replay(session, held.inputs) == held.result
            read = PriceInputs.model_validate_json(held.inputs)
            assert canonical(read) == held.inputs


async def test_an_older_word_on_a_run_does_not_undo_a_newer(steps: Steps) -> None:
    await steps.funding.deliver(school_changed("900004", district_code=LUTON))
    run, teacher = run_changed(charge_pence=500), a_teacher("900004")
    await steps.funding.deliver(categories((LUTON, 1)))
    await steps.funding.deliver(run.model_copy(update={"charge_pence": 900}), sequence=3)
    await steps.funding.deliver(run, sequence=2, times=2)
    assert (await steps.quote(teacher, run))["amount_pence"] == 900


async def test_teachers_of_the_gcse_programme_who_completed_it_pay_nothing_for_key_stages_3_and_4(steps: Steps) -> None:
    await steps.funding.deliver(categories((LUTON, 1)))
    await steps.funding.deliver(school_changed(phase="secondary", lowest_age=11, highest_age=16))
    run, teacher = run_changed(phases=("secondary",)), a_teacher(phase="secondary")
    await steps.funding.deliver(run)
    assert (await steps.quote(teacher, run))["amount_pence"] == 7_000
    facts = {"certificate_id": new_id(), "scheme_version": 1, "awarded_at": clock.now()}
    for scheme in ("secondary", "gcse_subject_knowledge"):
        award = CertificateAwarded.model_validate({"teacher_id": teacher.id, "scheme": scheme, **facts})
        await steps.funding.deliver(award, times=2)
    quote = await steps.quote(teacher, run)
    assert (quote["amount_pence"], quote["basis"]) == (0, "gcse-programme-completed")


@pytest.mark.parametrize("award_comes_first", [True, False])
async def test_a_certificate_that_was_taken_back_makes_nothing_free(steps: Steps, award_comes_first: bool) -> None:
    await steps.funding.deliver(categories((LUTON, 1)))
    await steps.funding.deliver(school_changed(phase="secondary", lowest_age=11, highest_age=16))
    run, teacher = run_changed(phases=("secondary",)), a_teacher(phase="secondary")
    await steps.funding.deliver(run)
    whose = {"certificate_id": new_id(), "teacher_id": teacher.id, "scheme": "gcse_subject_knowledge"}
    facts = {**whose, "awarded_at": clock.now(), "scheme_version": 1, "revoked_at": clock.now()}
    award, revocation = CertificateAwarded.model_validate(facts), CertificateRevoked.model_validate(facts)
    for told in (award, revocation) if award_comes_first else (revocation, award):
        await steps.funding.deliver(told, times=2)
    assert (await steps.quote(teacher, run))["amount_pence"] == 7_000


async def test_a_place_is_priced_for_the_phase_it_would_be_booked_for(steps: Steps) -> None:
    run = run_changed(phases=("primary", "secondary"))
    await steps.funding.deliver(run)
    for phase, priced in (("secondary", "secondary"), ("primary", "primary"), ("post_16", "primary")):
        assert (await steps.quote(a_teacher(phase=phase), run))["phase"] == priced


async def test_a_quote_holds_for_four_weeks_and_never_into_the_run(steps: Steps) -> None:
    await steps.funding.deliver(school_changed())
    far = await a_quote(steps)
    until, told = (datetime.fromisoformat(far[name]) for name in ("valid_until_at", "quoted_at"))
    assert until - told == timedelta(days=28)
    starts_on = clock.today() + timedelta(days=3)
    near = await a_quote(steps, starts_on=starts_on)
    begins = datetime.fromisoformat(near["valid_until_at"]).astimezone(ENGLAND)
    assert (begins.date(), begins.hour) == (starts_on, 0)


@pytest.mark.parametrize(
    ("run", "status", "code"),
    [
        ({"status": "draft"}, 404, "course-run-not-found"),
        ({"status": "cancelled"}, 409, "run-not-open"),
        ({"status": "postponed"}, 409, "run-not-open"),
        ({"status": "closed"}, 409, "run-not-open"),
        ({"phases": ()}, 409, "run-not-open"),
        ({"starts_on": clock.today()}, 409, "run-not-open"),
        ({"status": "moved_online"}, 201, None),
    ],
)
async def test_only_what_can_be_booked_is_priced(steps: Steps, run: dict[str, Any], status: int, code: str) -> None:
    event = run_changed(**run)
    await steps.funding.deliver(event)
    reply = await steps.post(a_teacher(), "/v1/quotes", {"course_run_id": str(event.course_run_id)})
    assert (reply.status_code, reply.json().get("code")) == (status, code)


async def test_only_teachers_are_quoted_and_bad_bodies_are_named(steps: Steps) -> None:
    run = run_changed()
    await steps.funding.deliver(run)
    body = {"course_run_id": str(run.course_run_id)}
    for caller, status, code in (
        (anonymous(), 401, "unauthenticated"),
        (partner("completions:write"), 403, "forbidden"),
        (staff("funding_officer"), 403, "teachers-only"),
    ):
        reply = await steps.post(caller, "/v1/quotes", body)
        assert (reply.status_code, reply.json()["code"]) == (status, code)
    for wrong in ({}, {"course_run_id": "x"}, body | {"amount_pence": 0}):
        assert (await steps.post(a_teacher(), "/v1/quotes", wrong)).status_code == 422
    unknown = await steps.post(a_teacher(), "/v1/quotes", {"course_run_id": str(new_id())})
    assert unknown.json()["code"] == "course-run-not-found"
    assert "seconds" in unknown.json()["hint"]
    client = await steps.funding.client(a_teacher())
    assert (await client.post("/v1/quotes", json=body)).status_code == 400


async def test_the_same_request_sent_again_is_the_same_quote(steps: Steps) -> None:
    teacher, run, key = a_teacher(), run_changed(), str(new_id())
    await steps.funding.deliver(run)
    told = await asyncio.gather(
        *(steps.post(teacher, "/v1/quotes", {"course_run_id": str(run.course_run_id)}, key) for _ in range(8))
    )
    made = {reply.json()["id"] for reply in told if reply.status_code == 201}
    assert len(made) == 1
    again = await steps.post(teacher, "/v1/quotes", {"course_run_id": str(run.course_run_id)}, key)
    assert {again.json()["id"]} == made
    assert {reply.status_code for reply in told} <= {201, 409}  # 409: the first of them is still under way
    assert len((await steps.get(teacher, "/v1/quotes")).json()["data"]) == 1
    other = await steps.post(teacher, "/v1/quotes", {"course_run_id": str(new_id())}, key)
    assert other.status_code == 422


async def test_a_quote_is_seen_by_its_teacher_and_by_those_who_read_all_of_funding(steps: Steps) -> None:
    teacher, colleague, run = a_teacher(), a_teacher(), run_changed()
    await steps.funding.deliver(run)
    mine = [await steps.quote(teacher, run) for _ in range(3)]
    await steps.quote(colleague, run)
    listed = (await steps.get(teacher, "/v1/quotes", limit=2)).json()
    rest = (await steps.get(teacher, "/v1/quotes", limit=2, cursor=listed["page"]["next_cursor"])).json()
    assert [one["id"] for one in (*listed["data"], *rest["data"])] == [one["id"] for one in reversed(mine)]
    for caller, found in ((colleague, 404), (staff("hub_lead"), 404), (steps.auditor, 200), (steps.officer, 200)):
        assert (await steps.get(caller, f"/v1/quotes/{mine[0]['id']}")).status_code == found
    everybodys = await steps.get(steps.auditor, "/v1/quotes", course_run_id=str(run.course_run_id))
    assert len(everybodys.json()["data"]) == 4
    assert (await steps.get(teacher, "/v1/quotes", course_run_id=str(new_id()))).json()["data"] == []


async def test_what_was_promised_cannot_be_changed(steps: Steps) -> None:
    quote = await a_quote(steps)
    for statement in ("UPDATE quote SET at_most_pence = 1", "TRUNCATE quote CASCADE"):
        with pytest.raises(IntegrityError, match="append-only"):
            async with steps.funding.session() as session:
                await session.execute(text(statement))
    async with steps.funding.session() as session:
        assert (await session.get_one(Quote, UUID(quote["id"]))).at_most_pence is None
