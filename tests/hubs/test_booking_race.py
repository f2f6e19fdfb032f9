"""Two hundred teachers ask for five places at once, over sockets, of the service as an operator starts it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from builders import GATEWAY_SIGNER, a_teacher
from chassis.ids import new_id
from chassis.principal import HEADER, Principal, sign_principal
from contracts.hubs import BookingPlaced
from hubs_network import Network
from ncce_cli.broker import RunningBroker
from real_parts import RunningProcess

TEACHERS = 200
PLACES = 5


@pytest.fixture
async def serve(network: Network, broker: RunningBroker, tmp_path: Path) -> AsyncIterator[RunningProcess]:
    """`python -m hubs serve` on the network's database."""
    address = network.service.settings.database_url.get_secret_value()
    settings = {"HUBS_DATABASE_URL": address, "NATS_URL": broker.url}
    running = RunningProcess(["serve"], settings, tmp_path / "serve.log", "hubs")
    yield await running.ready()
    running.stop()


async def ask(client: httpx.AsyncClient, teacher: Principal, key: str, path: str, body: Any = None) -> httpx.Response:
    """A request as a well-behaved client makes it: a busy platform is asked again, under the same key.

    So is one that is still at work on the first press of a button that was pressed twice.
    """
    headers = {HEADER: sign_principal(teacher, GATEWAY_SIGNER, "hubs"), "Idempotency-Key": key}
    while True:
        answer = await client.post(path, json=body, headers=headers)
        is_at_work = answer.status_code == 409 and answer.json()["code"] == "idempotency-key-in-flight"
        if answer.status_code != 503 and not is_at_work:
            return answer


async def test_five_are_sure_and_all_others_wait_in_the_order_of_their_asking(
    network: Network, serve: RunningProcess
) -> None:
    run_id: UUID = await network.run(capacity=PLACES)
    wish = {"course_run_id": str(run_id), "waiting_list": True}
    teachers = [(a_teacher(), str(new_id())) for _ in range(TEACHERS)]
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)  # each on a line of its own
    async with httpx.AsyncClient(base_url=serve.url, timeout=60, limits=limits) as client:
        # Some press the button twice.
        asked = [*teachers, *teachers[:20]]
        answers = await asyncio.gather(*(ask(client, one, key, "/v1/bookings", wish) for one, key in asked))
        assert {answer.status_code for answer in answers} == {201}
        made = [answer.json() for answer in answers]
        assert [one["id"] for one in made[TEACHERS:]] == [one["id"] for one in made[:20]]
        first = {one["id"]: one for one in made[:TEACHERS]}
        assert len(first) == TEACHERS
        sure = [one for one in first.values() if one["status"] == "confirmed"]
        line = sorted(
            (one for one in first.values() if one["status"] == "waiting"), key=lambda one: one["waiting_position"]
        )
        assert (len(sure), len(line)) == (PLACES, TEACHERS - PLACES)
        assert [one["waiting_position"] for one in line] == list(range(1, len(line) + 1))
        assert [one["placed_at"] for one in line] == sorted(one["placed_at"] for one in line)
        assert await network.places_taken(run_id) == PLACES
        assert {str(one.booking_id) for one in await network.service.published(BookingPlaced)} == {
            one["id"] for one in sure
        }
        who = {str(one.id): one for one, _ in teachers}
        given_up = sure[:3]
        gone = (
            ask(client, who[one["teacher_id"]], str(new_id()), f"/v1/bookings/{one['id']}/cancellation")
            for one in given_up
        )
        assert {answer.status_code for answer in await asyncio.gather(*gone)} == {200}
    states = [await network.status(who[one["teacher_id"]], one["id"]) for one in line[:5]]
    assert states == ["offered", "offered", "offered", "waiting", "waiting"]
    assert await network.places_taken(run_id) == PLACES
