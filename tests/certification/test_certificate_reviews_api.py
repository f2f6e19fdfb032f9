"""Two administrators decide what becomes of a certificate whose ground a correction took away."""

from typing import Any

import httpx
import pytest

from builders import a_fresh_key, anonymous, staff
from certification_facts import Log, a_certificate_in_question
from chassis.principal import Principal
from harness import ServiceHarness

JSON = dict[str, Any]
WHY = "Later courses make up for the lost hours."


class Review:
    """A review and who speaks about it."""

    def __init__(self, certification: ServiceHarness, log: Log, review_id: str) -> None:
        self.certification, self.log, self.id = certification, log, review_id
        self.one, self.other = staff("administrator"), staff("administrator")

    async def recommend(self, caller: Principal, outcome: str) -> httpx.Response:
        client = await self.certification.client(caller, **a_fresh_key())
        path = f"/v1/certificate-reviews/{self.id}/recommendation"
        return await client.post(path, json={"outcome": outcome, "reason": WHY})

    async def decide(self, caller: Principal, outcome: str) -> httpx.Response:
        client = await self.certification.client(caller, **a_fresh_key())
        return await client.post(f"/v1/certificate-reviews/{self.id}/decision", json={"outcome": outcome})

    async def told(self, *, is_open: bool) -> list[JSON]:
        client = await self.certification.client(self.one)
        shown = {"is_open": str(is_open).lower()}
        return list((await client.get("/v1/certificate-reviews", params=shown)).json()["data"])

    async def standing(self) -> str:
        [held] = await self.log.certificates()
        reply = await (await self.certification.client(anonymous())).get(f"/v1/verify/{held['code']}")
        return str(reply.json()["status"])


@pytest.fixture
async def review(certification: ServiceHarness) -> Review:
    return Review(certification, *await a_certificate_in_question(certification))


async def test_kept_by_two_persons_it_stands_and_the_reason_is_on_record(review: Review) -> None:
    [found] = await review.told(is_open=True)
    assert (found["recommendation"], found["completion_id"] is not None) == (None, True)
    assert (await review.recommend(review.one, "keep")).status_code == 200
    own = await review.decide(review.one, "approved")
    assert (own.status_code, own.json()["code"]) == (403, "own-certificate-review")
    decided = await review.decide(review.other, "approved")
    assert (decided.status_code, decided.json()["outcome"]) == (200, "kept")
    assert await review.told(is_open=True) == []
    [closed] = await review.told(is_open=False)
    assert (closed["reason"], closed["recommended_by"], closed["decided_by"]) == (
        WHY,
        str(review.one.id),
        str(review.other.id),
    )
    assert await review.standing() == "valid"
    late = await review.recommend(review.one, "revoke")
    assert (late.status_code, late.json()["code"]) == (409, "certificate-review-closed")


async def test_revoked_by_two_persons_it_falls(review: Review) -> None:
    recommended = (await review.recommend(review.one, "revoke")).json()
    assert recommended["revocation_id"] is not None
    assert await review.standing() == "valid"
    again = await review.recommend(review.other, "keep")
    assert (again.status_code, again.json()["code"]) == (409, "certificate-review-recommended")
    decided = (await review.decide(review.other, "approved")).json()
    assert (decided["outcome"], decided["decided_by"]) == ("revoked", str(review.other.id))
    assert await review.standing() == "revoked"


async def test_a_declined_recommendation_leaves_the_review_open_for_another(review: Review) -> None:
    nothing = await review.decide(review.other, "approved")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "certificate-review-without-recommendation")
    for outcome in ("revoke", "keep", "revoke"):
        assert (await review.recommend(review.one, outcome)).status_code == 200
        declined = await review.decide(review.other, "declined")
        assert (declined.status_code, declined.json()["recommendation"]) == (200, None)
    assert len(await review.told(is_open=True)) == 1
    assert await review.standing() == "valid"


async def test_a_revocation_decided_where_revocations_are_closes_the_review(review: Review) -> None:
    recommended = (await review.recommend(review.one, "revoke")).json()
    client = await review.certification.client(review.other, **a_fresh_key())
    path = f"/v1/certificate-revocations/{recommended['revocation_id']}/decision"
    assert (await client.post(path, json={"outcome": "approved"})).status_code == 200
    [closed] = await review.told(is_open=False)
    assert (closed["outcome"], closed["decided_by"]) == ("revoked", str(review.other.id))


async def test_who_recommended_to_keep_may_still_decide_that_it_is_revoked(review: Review) -> None:
    assert (await review.recommend(review.one, "keep")).status_code == 200
    [held] = await review.log.certificates()
    client = await review.certification.client(review.other, **a_fresh_key())
    proposed = await client.post(f"/v1/certificates/{held['id']}/revocations", json={"reason": "It was never earned."})
    client = await review.certification.client(review.one, **a_fresh_key())
    path = f"/v1/certificate-revocations/{proposed.json()['id']}/decision"
    assert (await client.post(path, json={"outcome": "approved"})).status_code == 200
    assert await review.told(is_open=True) == []
    assert await review.standing() == "revoked"
