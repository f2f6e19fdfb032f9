"""Hearing from the broker what makes a remembered credential worthless, also of what happened before one listened."""

import asyncio
import gc
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

import aiohttp
import nats
from nats.js.api import StreamConfig
from pydantic import SecretStr

from chassis import clock
from contracts.base import AnyEnvelope
from contracts.identity import OauthClientChanged, SessionEnded
from contracts.registry import stream_of
from gateway.authentication import TOKEN_BELIEVED_SECONDS
from gateway.control.events import Events, until_the_broker_listens
from gateway_harness import Platform
from ncce_cli.broker import RunningBroker
from real_parts import DROPS_SOCKETS, until, with_another_password


def told(event: SessionEnded | OauthClientChanged) -> bytes:
    envelope = AnyEnvelope(
        id=uuid4(), source="/services/identity", type=event.type(), subject=event.aggregate_id, sequence=1,
        time=clock.now(), data=event.model_dump(mode="json"),
    )  # fmt: skip
    return envelope.model_dump_json().encode()


def ended(sign_in: UUID) -> bytes:
    return told(SessionEnded(sign_in_id=sign_in, person_id=uuid4(), reason="logged_out"))


def changed(program: UUID, state: Literal["live", "revoked"]) -> bytes:
    return told(OauthClientChanged(client_id=program, organisation_id=uuid4(), state=state))


async def test_the_broker_has_a_subscription_before_its_client_goes_on(own_broker: RunningBroker) -> None:
    written = bytearray()

    async def carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter, note: bytearray | None) -> None:
        while some := await source.read(65_536):
            if note is not None:
                note.extend(some)
            sink.write(some)
        sink.close()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        broker_reader, broker_writer = await asyncio.open_connection("127.0.0.1", own_broker.port)
        await asyncio.gather(carry(reader, broker_writer, written), carry(broker_reader, writer, None))

    async with await asyncio.start_server(relay, "127.0.0.1", 0) as between:
        port = between.sockets[0].getsockname()[1]
        client = await nats.connect(own_broker.url.replace(f":{own_broker.port}", f":{port}"))
        await client.subscribe("said")
        await until_the_broker_listens(client)
        assert written.index(b"SUB said") < written.rindex(b"PING")
        await client.close()


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


async def test_tokens_of_a_revoked_program_are_refused_whether_or_not_they_were_seen_before(
    platform: Platform, client: aiohttp.ClientSession, own_broker: RunningBroker
) -> None:
    broker = await nats.connect(own_broker.url)
    stream = broker.jetstream()
    await stream.add_stream(
        StreamConfig(name=stream_of("identity"), subjects=["oauth_client.changed", "session.ended"])
    )
    missed, seen, live = uuid4(), uuid4(), uuid4()

    async def status_of(program: UUID) -> int:
        token = platform.issuer.token(kind="partner", sub=str(program), organisation_id=str(uuid4()))
        async with client.get(platform.url + "/v1/hubs", headers={"Authorization": f"Bearer {token}"}) as reply:
            return reply.status

    assert [await status_of(one) for one in (seen, live)] == [200, 200]
    await stream.publish("oauth_client.changed", changed(missed, "revoked"))
    listening = asyncio.create_task(Events(SecretStr(own_broker.url), platform.gateway.authenticator).run())
    await stream.publish("oauth_client.changed", changed(live, "live"))
    await stream.publish("oauth_client.changed", changed(seen, "revoked"))

    async def both_are_known() -> bool:
        return all(platform.gateway.authenticator.has_ended(str(one)) for one in (missed, seen))

    await until(both_are_known)
    assert [await status_of(one) for one in (missed, seen, live)] == [401, 401, 200]
    listening.cancel()
    await asyncio.wait([listening])
    await broker.close()


@DROPS_SOCKETS
async def test_a_gateway_that_knows_the_old_and_the_new_password_hears_on_while_the_broker_changes_over(
    platform: Platform, own_broker: RunningBroker, tmp_path: Path
) -> None:
    another, sign_in = own_broker.url.replace(own_broker.password, "another-password"), uuid4()
    authenticator = platform.gateway.authenticator
    listening = asyncio.create_task(Events(SecretStr(f"{own_broker.url},{another}"), authenticator).run())

    async def hears() -> bool:
        return authenticator.hears

    await until(hears, seconds=60)
    await with_another_password(own_broker, tmp_path / "nats", "another-password")
    client = await nats.connect(another)

    async def has_heard() -> bool:
        await client.publish(SessionEnded.subject, ended(sign_in))
        return authenticator.has_ended(str(sign_in))

    await until(has_heard, seconds=60)
    listening.cancel()
    await asyncio.wait([listening])
    await client.close()
    gc.collect()


async def test_what_ended_stays_ended_though_the_clock_was_ahead_for_a_while(platform: Platform) -> None:
    authenticator = platform.gateway.authenticator
    authenticator.end("a sign-in")
    platform.clock.ahead = 3600
    authenticator.end("another")
    platform.clock.ahead = 0
    assert authenticator.has_ended("a sign-in")
    platform.clock.advance(TOKEN_BELIEVED_SECONDS)
    authenticator.end("a third")
    assert not authenticator.has_ended("a sign-in"), "its tokens have all expired"
