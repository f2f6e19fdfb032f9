"""Samples: some earned certificates are drawn, and two people agree before they are awarded."""

import asyncio
from decimal import Decimal

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from builders import a_fresh_key, staff
from certification.award_checks.drawing import is_drawn
from certification_facts import COMMUNITY_WORTH_25, Log, a_drawn_certificate, check_all, completed, corrected
from chassis.principal import Principal
from contracts.certification import CertificateAwarded
from harness import ServiceHarness

WHY = "Registers and evidence bear it out."


class Check:
    """A check and who speaks about it."""

    def __init__(self, certification: ServiceHarness, log: Log, check_id: str) -> None:
        self.certification, self.log, self.path = certification, log, f"/v1/award-checks/{check_id}"
        self.one, self.other = staff("administrator"), staff("administrator")

    async def recommend(self, caller: Principal, outcome: str = "award") -> httpx.Response:
        client = await self.certification.client(caller, **a_fresh_key())
        return await client.post(f"{self.path}/recommendation", json={"outcome": outcome, "reason": WHY})

    async def decide(self, caller: Principal, outcome: str = "approved") -> httpx.Response:
        client = await self.certification.client(caller, **a_fresh_key())
        return await client.post(f"{self.path}/decision", json={"outcome": outcome})

    async def awarded(self) -> int:
        return len(await self.log.certificates())


@pytest.fixture
async def check(certification: ServiceHarness) -> Check:
    return Check(certification, *await a_drawn_certificate(certification))


async def test_a_drawn_certificate_is_awarded_once_two_people_agree(check: Check) -> None:
    scheme = await check.log.scheme()
    assert (scheme["status"], scheme["award_check"], await check.awarded()) == ("complete", "waiting", 0)
    early = await check.decide(check.one)
    assert (early.status_code, early.json()["code"]) == (409, "award-check-without-recommendation")
    assert (await check.recommend(check.one)).status_code == 200
    again = await check.recommend(check.other, "withhold")
    assert (again.status_code, again.json()["code"]) == (409, "award-check-recommended")
    own = await check.decide(check.one)
    assert (own.status_code, own.json()["code"]) == (403, "own-award-check")
    assert await check.awarded() == 0
    decided = await check.decide(check.other)
    assert (decided.status_code, decided.json()["outcome"]) == (200, "awarded")
    assert await check.awarded() == 1
    scheme = await check.log.scheme()
    assert (scheme["status"], scheme["award_check"]) == ("awarded", None)
    assert [one.teacher_id for one in await check.certification.published(CertificateAwarded)] == [check.log.id]
    late = await check.recommend(check.one, "withhold")
    assert (late.status_code, late.json()["code"]) == (409, "award-check-closed")


async def test_withheld_it_is_awarded_neither_then_nor_by_more_activity_until_two_people_say_so(check: Check) -> None:
    assert (await check.recommend(check.one, "withhold")).status_code == 200
    assert (await check.decide(check.other)).json()["outcome"] == "withheld"
    late = await check.decide(staff("administrator"))
    assert (late.status_code, late.json()["code"]) == (409, "award-check-without-recommendation")
    await check.certification.deliver(completed(check.log.id, "5", "CP101"))
    assert ((await check.log.scheme())["award_check"], await check.awarded()) == ("withheld", 0)
    assert (await check.recommend(check.other)).json()["outcome"] is None
    assert (await check.decide(check.one)).json()["outcome"] == "awarded"
    assert await check.awarded() == 1


async def test_a_declined_recommendation_leaves_the_check_open_for_another(check: Check) -> None:
    await check.recommend(check.one)
    declined = (await check.decide(check.other, "declined")).json()
    assert (declined["recommendation"], declined["outcome"]) == (None, None)
    assert (await check.recommend(check.other)).status_code == 200


async def test_what_is_not_earned_any_more_is_not_awarded(certification: ServiceHarness) -> None:
    await check_all(certification)
    log = await Log(certification).register()
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    course = completed(log.id, "20")
    await certification.deliver(course)
    client = await certification.client(staff("administrator"))
    [found] = (await client.get("/v1/award-checks")).json()["data"]
    check = Check(certification, log, found["id"])
    await check.recommend(check.one)
    await certification.deliver(corrected(course, 1, "0"))
    refused = await check.decide(check.other)
    assert (refused.status_code, refused.json()["code"]) == (409, "award-no-longer-earned")
    await certification.deliver(completed(log.id, "20", "CP101"))
    assert await check.awarded() == 0
    assert (await check.decide(check.other)).json()["outcome"] == "awarded"
    assert await check.awarded() == 1


async def test_of_two_decisions_at_once_one_awards(check: Check) -> None:
    await check.recommend(check.one)
    replies = await asyncio.gather(*(check.decide(staff("administrator")) for _ in range(4)))
    assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409]
    assert await check.awarded() == 1


async def test_who_checks_sees_what_it_rests_on_and_nobody_checks_their_own(check: Check) -> None:
    client = await check.certification.client(check.one)
    shown = (await client.get(check.path)).json()
    assert {entry["activity"] for entry in shown["entries"]} >= {*COMMUNITY_WORTH_25, "CP228"}
    holder = staff("administrator").model_copy(update={"id": check.log.id})
    assert (await check.recommend(holder)).status_code == 403
    assert (await (await check.certification.client(holder)).get(check.path)).status_code == 404


@pytest.mark.parametrize("who", ["recommended_by", "teacher_id"])
async def test_the_database_permits_no_decision_by_one_person_or_the_holder(check: Check, who: str) -> None:
    await check.recommend(check.one)
    closed = text(f"UPDATE award_check SET outcome = 'awarded', decided_by = {who}, closed_at = now()")
    async with check.certification.session() as session:
        with pytest.raises(IntegrityError, match=r"two_persons|not_ones_own"):
            await session.execute(closed)
        await session.rollback()


async def test_without_a_share_in_the_rules_nobody_is_drawn(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    assert len(await log.certificates()) == 1


@pytest.mark.parametrize(("percent", "least", "most"), [("0", 0, 0), ("5", 350, 650), ("100", 10_000, 10_000)])
def test_about_the_share_that_the_rules_name_is_drawn(percent: str, least: int, most: int) -> None:
    """Of ten thousand; the middle one goes outside less than once in a billion runs."""
    assert least <= sum(is_drawn(Decimal(percent)) for _ in range(10_000)) <= most
