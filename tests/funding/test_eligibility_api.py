"""`GET /v1/eligibility`: every rule, for anybody."""

from builders import anonymous, partner
from funding.seeds import read_rules
from funding_facts import JSON, Steps, school_changed


async def answers(steps: Steps, urn: str = "900001") -> dict[str, JSON]:
    """The answers by rule, as an anonymous visitor gets them."""
    reply = await steps.get(anonymous(), "/v1/eligibility", urn=urn)
    assert reply.status_code == 200, reply.text
    return {one["rule"]: one for one in reply.json()["rules"]}


async def test_every_rule_is_answered_with_criterion_fact_source_and_reason(steps: Steps) -> None:
    await steps.funding.deliver(school_changed())
    found = await answers(steps)
    assert list(found) == list(dict.fromkeys(rule.rule for rule in read_rules()))
    expert = found["key-stages-1-2-expert-support"]
    assert (expert["outcome"], expert["version"]) == ("eligible", 1)
    criteria = {one["criterion"]: one for one in expert["criteria"]}
    assert criteria["priority-area"]["value"] == 5
    assert criteria["priority-area"]["outcome"] == "met"
    assert "partial list" in criteria["priority-area"]["source"]
    assert criteria["state-funded"]["source"] == "establishment types table: Community school"
    assert criteria["school-is-open"]["as_of"] == "2026-09-01"
    assert all(one["reason"] for one in found.values())


async def test_a_district_that_the_partial_list_does_not_settle_is_never_a_silent_no(steps: Steps) -> None:
    districts: list[tuple[str | None, str, object]] = [
        ("E06000032", "eligible", 5),
        ("E07000229", "eligible", 6),
        ("E07000062", "eligible", [5, 6]),
        ("E07000001", "needs_review", None),
        (None, "needs_review", None),
        ("E06000063", "needs_review", None),  # Cumberland: two of its three districts are listed
        ("E06000064", "needs_review", None),
    ]
    for sequence, (district, outcome, value) in enumerate(districts, start=1):
        await steps.funding.deliver(school_changed(district_code=district), sequence=sequence)
        place = (await answers(steps))["cpd-free-place"]
        assert place["outcome"] == outcome, district
        used = {one["criterion"]: one["value"] for one in place["criteria"]}
        assert used["priority-area"] == value


async def test_a_closed_school_is_refused_everything_with_the_reason(steps: Steps) -> None:
    await steps.funding.deliver(school_changed(is_open=False, is_state_funded=None, establishment_type=56))
    for finding in (await answers(steps)).values():
        assert finding["outcome"] == "ineligible"
        assert "closed" in str(finding["reason"])


async def test_an_unknown_school_is_a_problem_with_a_hint(steps: Steps) -> None:
    reply = await steps.get(anonymous(), "/v1/eligibility", urn="999999")
    assert (reply.status_code, reply.json()["code"]) == (404, "school-not-found")
    assert "/v1/schools" in reply.json()["hint"]
    assert (await steps.get(anonymous(), "/v1/eligibility", urn="abc")).status_code == 422
    assert (await steps.get(anonymous(), "/v1/eligibility")).status_code == 422


async def test_a_newer_fact_changes_the_answer_and_an_older_one_does_not(steps: Steps) -> None:
    await steps.funding.deliver(school_changed(district_code="E07000001"), sequence=5)
    await steps.funding.deliver(school_changed(district_code="E06000032"), sequence=4)
    assert (await answers(steps))["cpd-free-place"]["outcome"] == "needs_review"
    await steps.funding.deliver(school_changed(district_code="E06000032"), sequence=6)
    assert (await answers(steps))["cpd-free-place"]["outcome"] == "eligible"


async def test_partners_may_ask_and_unsigned_callers_may_not(steps: Steps) -> None:
    await steps.funding.deliver(school_changed())
    assert (await steps.get(partner(), "/v1/eligibility", urn="900001")).status_code == 200
    unsigned = await steps.funding.client(None)
    assert (await unsigned.get("/v1/eligibility", params={"urn": "900001"})).status_code == 401
