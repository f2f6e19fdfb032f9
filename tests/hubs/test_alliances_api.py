"""Schools form an alliance, consent, become a STEM skills hub with a centre, and share it with guests."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from builders import a_school_lead, staff
from contracts.hubs import HubChanged, SchoolMembershipChanged
from hubs.alliances.rules import findings
from hubs.schools.models import School, SchoolPhase
from hubs.stem_plans.document import plan_versions
from hubs_outreach import JSON, STRANGER, TODAY, Outreach, days

LEAD, *OTHERS = (f"91{number:04}" for number in range(1, 9))
ALLIANCE = {
    "name": "Tameside STEM alliance",
    "region": "North West",
    "purpose": "Share sensors; our leads meet each half term.",
    "schools": OTHERS,
}
APPLICATION = {
    "slug": "tameside-stem",
    "postcode": "ol66nx",
    "email": "stem@tameside.example.org",
    "reason": "Eight schools have met since spring.",
}


async def formed(outreach: Outreach) -> str:
    """An alliance of a primary and seven secondary schools, of which only the first has consented; its path."""
    async with outreach.service.session() as session:
        await session.execute(update(School).where(School.urn == LEAD).values(phase="primary"))
    answer = await outreach.post(a_school_lead(LEAD), "/v1/alliances", ALLIANCE)
    assert answer.status_code == 201, answer.text
    return f"/v1/alliances/{answer.json()['id']}"


async def say(outreach: Outreach, alliance: str, urn: str, is_in: bool = True) -> Any:
    return await outreach.post(a_school_lead(urn), f"{alliance}/consent", {"is_in": is_in})


async def seen(outreach: Outreach, alliance: str, urn: str = LEAD) -> JSON:
    client = await outreach.service.client(a_school_lead(urn))
    return dict((await client.get(alliance)).json())


async def became_a_hub(outreach: Outreach, alliance: str) -> str:
    """All have consented, two administrators have decided, and the news has been heard; the hub."""
    for urn in OTHERS:
        assert (await say(outreach, alliance, urn)).status_code == 204
    applied = await outreach.post(a_school_lead(LEAD), f"{alliance}/application", APPLICATION)
    assert applied.status_code == 200, applied.text
    hub = str(applied.json()["hub_id"])
    for to in ("assessed", "designated"):
        step = {"to": to, "on": str(TODAY), "reason": "Looked at it."}
        assert (await outreach.post(staff("administrator"), f"/v1/hubs/{hub}/life-cycle", step)).status_code == 201
    [told] = [one for one in await outreach.service.published(HubChanged) if str(one.hub_id) == hub]
    await outreach.service.deliver(told, times=2)
    return hub


async def test_a_school_is_in_an_alliance_when_it_consents_and_in_one_at_a_time(outreach: Outreach) -> None:
    alliance = await formed(outreach)
    assert (await seen(outreach, alliance))["schools"] == 1
    for _ in range(2):
        assert (await say(outreach, alliance, OTHERS[0])).status_code == 204
    found = await seen(outreach, alliance, OTHERS[1])
    assert (found["schools"], len(found["members"])) == (2, 8)
    second = await outreach.post(a_school_lead(OTHERS[1]), "/v1/alliances", ALLIANCE | {"schools": [OTHERS[0]]})
    assert second.status_code == 201
    elsewhere = await say(outreach, f"/v1/alliances/{second.json()['id']}", OTHERS[0])
    assert elsewhere.json()["code"] == "already-in-alliance"
    assert (await say(outreach, alliance, LEAD, is_in=False)).json()["code"] == "alliance-step-wrong"
    assert (await say(outreach, alliance, OTHERS[0], is_in=False)).status_code == 204
    assert (await seen(outreach, alliance, OTHERS[0]))["code"] == "alliance-not-found"
    assert (await seen(outreach, alliance, STRANGER))["code"] == "alliance-not-found"


async def test_an_alliance_becomes_a_hub_to_which_its_schools_belong_and_that_may_apply_for_funds(
    outreach: Outreach,
) -> None:
    alliance = await formed(outreach)
    early = await outreach.post(a_school_lead(LEAD), f"{alliance}/application", APPLICATION)
    assert (early.status_code, early.json()["code"]) == (409, "alliance-too-small")
    await say(outreach, alliance, OTHERS[0])
    unexplained = (await outreach.post(a_school_lead(LEAD), f"{alliance}/application", APPLICATION)).json()
    assert (unexplained["code"], unexplained["findings"][0]["code"]) == (
        "alliance-step-wrong",
        "fewer-schools-than-expected",
    )
    hub = await became_a_hub(outreach, alliance)
    found = await seen(outreach, alliance)
    assert (found["status"], found["schools"], found["findings"]) == ("hub", 8, [])
    [set_up, centre] = found["grants"]
    assert (set_up["card"], set_up["answers"], centre["card"]) == ("stem-hub-set-up", {"schools": "8"}, "stem-centre")
    belong = {
        one.urn
        for one in await outreach.service.published(SchoolMembershipChanged)
        if any(str(period.hub_id) == hub and period.left_on is None for period in one.memberships)
    }
    assert belong == {LEAD, *OTHERS}
    await say(outreach, alliance, OTHERS[0], is_in=False)
    client = await outreach.service.client(a_school_lead(LEAD))
    schools = (await client.get(f"/v1/hubs/{hub}/network")).json()["schools"]
    assert {one["urn"]: one["left_on"] for one in schools}[OTHERS[0]] == str(TODAY)


async def test_a_hub_shares_its_centre_with_a_guest_on_the_days_it_says(outreach: Outreach) -> None:
    keeper, guest = staff("hub_lead", organisation_id=outreach.hub_id), a_school_lead(STRANGER)
    body = {"urn": STRANGER, "from_on": days(10), "until_on": days(40), "because": "A neighbour without a hub."}
    path = f"/v1/hub-guests/{outreach.hub_id}"
    wrong = await outreach.post(keeper, path, body | {"until_on": days(5)})
    assert wrong.json()["code"] == "hub-guest-days-wrong"
    admitted = await outreach.post(keeper, path, body)
    assert admitted.status_code == 201, admitted.text
    monday = TODAY + timedelta(days=21 - TODAY.weekday())
    opened = await _an_open_space(outreach)
    answers = []
    for day in (monday, monday + timedelta(days=42)):
        wanted = {"space_id": opened, "starts_at": f"{day}T10:00:00Z", "ends_at": f"{day}T11:00:00Z"}
        answers.append(await outreach.post(guest, "/v1/centre-bookings", wanted | {"people": 9, "purpose": "pupils"}))
    assert [one.status_code for one in answers] == [201, 403], [one.text for one in answers]
    shorter = await outreach.post(keeper, f"{path}/{admitted.json()['id']}/end", {"until_on": days(12)})
    assert shorter.json()["until_on"] == days(12)
    other = staff("hub_lead", organisation_id=outreach.network.other_hub_id)
    assert (await outreach.post(other, path, body)).json()["code"] == "hub-not-found"


async def _an_open_space(outreach: Outreach) -> str:
    week = [{"weekday": day, "opens": "08:00", "closes": "20:00"} for day in ("mon", "tue", "wed", "thu", "fri")]
    facts = {"hub_id": str(outreach.hub_id), "name": "STEM centre", "address": "4 Mill Lane", "town": "Ashton"}
    plan = facts | {"postcode": "ol66nx", "opening_hours": week, "accessibility": {}}
    centre = (await outreach.post(outreach.hub_lead(), "/v1/centres", plan)).json()
    await outreach.send("PATCH", outreach.hub_lead(), f"/v1/centres/{centre['id']}", {"status": "open"}, 1)
    space = {"name": "Maker room", "capacity": 32}
    made = await outreach.post(outreach.hub_lead(), f"/v1/centres/{centre['id']}/spaces", space)
    return str(made.json()["id"])


@pytest.mark.parametrize(
    ("phases", "codes"),
    [
        (["primary"], ["too-few-schools", "ages-not-covered"]),
        (["primary", "secondary"], ["fewer-schools-than-expected"]),
        (["all_through"] * 10, []),
        (["primary"] * 5 + ["post_16"] * 5, []),
        (["secondary"] * 13, ["more-schools-than-expected", "ages-not-covered"]),
    ],
)
def test_what_is_unusual_about_an_alliance_is_said_with_its_source(phases: list[SchoolPhase], codes: list[str]) -> None:
    found = findings(plan_versions()[-1], phases)
    assert [one.code for one in found] == codes
    assert all(one.source.startswith("WCIT") for one in found)
