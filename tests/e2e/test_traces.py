"""One trace on a whole platform: from a partner's request to the webhook that tells the partner of what it caused."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from uuid import UUID

import asyncpg
import httpx

from builders import a_fresh_key
from ncce_cli.demo.mailbox import confirmation_token
from ncce_cli.demo.people import DEMO_DOMAIN
from otlp_receiver import Collector, Told
from platform_harness import Platform, sign_in
from real_parts import until
from webhook_receiver import Received, Receiver, running_receiver

PARTNER = "raspberry-pi-foundation"
COMPLETED = "uk.ncce.cpd.completed.v1"
TOLD_OF = Counter(
    ["webhook", "identity-tell-partners-of-completions", "publish cpd.completed", *["POST /v1/completions:batch"] * 2]
)
"""Spans, each told by another process and up to a second later."""


async def test_one_trace_goes_from_a_partners_request_to_the_webhook_about_it(
    platform: Platform, collector: Collector
) -> None:
    trace_id, own_span = token_hex(16), token_hex(8)
    async with running_receiver() as receiver, a_partner(platform, receiver) as partner:
        said = await report(partner, await a_known_teacher(platform), f"00-{trace_id}-{own_span}-01")
        assert said.json()["recorded"] == 1, said.text

        async def is_whole() -> bool:
            return Counter(one.name for one in collector.of(trace_id).values()) >= TOLD_OF

        await until(is_whole, seconds=30)
        (delivery,) = [one for one in receiver.received if trace_id in one.headers.get("traceparent", "")]
    assert way_of(delivery, collector.of(trace_id)) == [
        ("identity-webhooks", "webhook"),
        ("identity-work", "identity-tell-partners-of-completions"),
        ("hubs", "publish cpd.completed"),
        ("hubs-serve", "POST /v1/completions:batch"),
        ("gateway", "POST /v1/completions:batch"),
        own_span,
    ]
    assert (delivery.event["type"], delivery.headers["traceparent"][-2:]) == (COMPLETED, "01")


def way_of(delivery: Received, spans: Mapping[str, Told]) -> list[tuple[str, str] | str]:
    """From the span that a webhook names back to the first, parent by parent; last whatever nobody here told of."""
    found: list[tuple[str, str] | str] = []
    span_id = delivery.headers["traceparent"][36:52]
    while one := spans.get(span_id):
        # The relay is in every process that commits: which of them was the one is chance.
        process = one.process.partition("-")[0] if one.name.startswith("publish ") else one.process
        found.append((process, one.name))
        span_id = one.parent_id
    return [*found, span_id]


@asynccontextmanager
async def a_partner(platform: Platform, receiver: Receiver) -> AsyncIterator[httpx.AsyncClient]:
    """A partner by its key, with an active webhook for its completions; key and webhook are gone afterwards."""
    async with httpx.AsyncClient(base_url=platform.state.base_url) as administrator:
        await sign_in(administrator, f"administrator@{DEMO_DOMAIN}")
        listed = (await administrator.get("/v1/organisations", params={"limit": 100})).json()["data"]
        organisation = next(one for one in listed if one["slug"] == PARTNER)
        scopes = ["completions:write", "webhooks:manage"]
        wish = {"name": "traced", "organisation_id": organisation["id"], "scopes": scopes}
        key = (await administrator.post("/v1/api-keys", json=wish)).json()
        by_key = {"X-API-Key": key["key"]}
        async with httpx.AsyncClient(base_url=platform.state.base_url, headers=by_key) as partner:
            made = await partner.post("/v1/webhooks", json={"url": receiver.url, "event_types": [COMPLETED]})
            assert made.status_code == 201, made.text
            path = f"/v1/webhooks/{made.json()['id']}"

            async def is_active() -> bool:
                return bool((await partner.get(path)).json()["status"] == "active")

            await until(is_active)
            yield partner
            assert (await partner.delete(path)).status_code == 204
        assert (await administrator.delete(f"/v1/api-keys/{key['id']}")).status_code == 204


async def report(partner: httpx.AsyncClient, teacher_id: str, traceparent: str) -> httpx.Response:
    """The partner says that a teacher has done an online course."""
    course = (await partner.get("/v1/courses", params={"mode": "online"})).json()["data"][0]
    row = {
        "external_id": token_hex(8),
        "external_learner_id": token_hex(8),
        "teacher_id": teacher_id,
        "activity_code": course["code"],
        "percent": "100",
        "occurred_at": (datetime.now(UTC) - timedelta(days=1)).isoformat(),
    }
    headers = {"traceparent": traceparent} | a_fresh_key()
    return await partner.post("/v1/completions:batch", json={"completions": [row]}, headers=headers)


async def a_known_teacher(platform: Platform) -> str:
    """The id of somebody who has just registered, of whom hubs has heard: of others it records no completion."""
    address, secret = f"traced.{token_hex(6)}@{DEMO_DOMAIN}", token_hex(12)
    person = {"email": address, "password": secret, "given_name": "Sam", "family_name": "Teacher"}
    async with httpx.AsyncClient(base_url=platform.state.base_url) as teacher:
        begun = await teacher.post("/v1/auth/register", json=person | {"school_urn": "900001", "phase": "primary"})
        assert begun.status_code == 202, begun.text
        token = await asyncio.to_thread(confirmation_token, platform.home.mail, address)
        assert (await teacher.post("/v1/auth/confirm", json={"token": token})).status_code == 200
        await sign_in(teacher, address, secret)
        teacher_id = str((await teacher.get("/v1/me")).json()["id"])
    connection = await asyncpg.connect(platform.databases()["hubs"])

    async def is_known() -> bool:
        return bool(await connection.fetchval("SELECT count(*) FROM teacher WHERE id = $1", UUID(teacher_id)))

    await until(is_known)
    await connection.close()
    return teacher_id
