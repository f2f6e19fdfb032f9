"""Hearing from the broker what makes a remembered credential worthless, also of what happened before one listened."""

import asyncio
from uuid import UUID, uuid4

import nats
from nats.js.api import StreamConfig
from pydantic import SecretStr

from chassis import clock
from contracts.base import Envelope
from contracts.identity import SessionEnded
from contracts.registry import stream_of
from gateway.control.events import Events
from gateway_harness import Platform
from ncce_cli.broker import RunningBroker
from real_parts import until


def ended(sign_in: UUID) -> bytes:
    event = SessionEnded(sign_in_id=sign_in, person_id=uuid4(), reason="logged_out")
    envelope = Envelope[SessionEnded](
        id=uuid4(), source="/services/identity", type=event.type(), subject=event.aggregate_id, sequence=1,
        time=clock.now(), data=event,
    )  # fmt: skip
    return envelope.model_dump_json().encode()


async def test_sign_ins_that_ended_are_heard_of_before_and_while_listening(
    platform: Platform, own_broker: RunningBroker
) -> None:
    client = await nats.connect(own_broker.url)
    stream = client.jetstream()
    await stream.add_stream(StreamConfig(name=stream_of("identity"), subjects=[SessionEnded.subject]))
    earlier, later, unreadable = uuid4(), uuid4(), b"{"
    await stream.publish(SessionEnded.subject, ended(earlier))
    authenticator = platform.gateway.authenticator
    listening = asyncio.create_task(Events(SecretStr(own_broker.url), authenticator).run())

    async def has_ended(sign_in: UUID) -> bool:
        return authenticator.has_ended(str(sign_in))

    await until(lambda: has_ended(earlier))
    await stream.publish(SessionEnded.subject, unreadable)
    await stream.publish(SessionEnded.subject, ended(later))
    await until(lambda: has_ended(later))
    assert not authenticator.has_ended(str(uuid4()))
    listening.cancel()
    await asyncio.wait([listening])
    await client.close()
