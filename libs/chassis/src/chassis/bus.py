"""JetStream: the only module that imports nats. Code owns streams and durables; drift is put right and logged."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress

import nats
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, PubAck, StorageType, StreamConfig
from nats.js.errors import APIError, NotFoundError

from chassis.broker_monitor import every_server_syncs, servers_that_gave_up
from chassis.settings import ServiceSettings
from chassis.telemetry import PUBLISHED
from chassis.tls import trusting
from contracts.base import Event
from contracts.registry import PUBLISHED as EVENTS
from contracts.registry import PUBLISHER, stream_of

__all__ = ["BrokerLeft", "BrokerNotDurable", "Bus", "Msg", "NatsError", "Source", "stream_of"]

log = structlog.get_logger(__name__)

SEND_TIMEOUT_SECONDS = 5.0
DUPLICATE_WINDOW_SECONDS = 20 * 60
MAX_ACK_PENDING = 1000
RECONNECT_SECONDS = 0.5
ANSWER_SECONDS = 1.0
"""A broker that is there answers in milliseconds; a question it did not hear is asked again."""

CLOSE_SECONDS = 5.0
"""For what is still to be sent. A broker that stands still reads nothing, and the client would wait for it forever."""

NOTHING_WAITING = frozenset({"404", "408"})
"""What the broker says at the end of a request for messages: none there, or none came in time."""


def inbox_of(member: str) -> str:
    """Below this a member hears answers. The broker lets nobody else listen there."""
    return f"_INBOX_{member}"


class BrokerNotDurable(RuntimeError):
    """The broker acknowledges before it syncs, and nobody said that this is acceptable."""


class DurableGone(NatsError):
    """The durable was deleted, or its stream was: make it again."""


class BrokerLeft(NatsError):
    """The client gave its connection up, as it does when the broker no longer believes its password."""


class Source:
    """The messages of one durable, handed out in batches as soon as there are any.

    The client's own `fetch` waits for a full batch; a single event would reach its consumer seconds late.
    """

    def __init__(self, client: Client, stream: str, durable: str) -> None:
        self._client = client
        self._subject = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}"
        self._durable = durable
        self._asked = 0

    async def __aenter__(self) -> "Source":
        """Open the inbox that messages are delivered to."""
        self._inbox = self._client.new_inbox()
        self._replies = await self._client.subscribe(f"{self._inbox}.*")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the inbox."""
        if not self._client.is_closed:
            await self._replies.unsubscribe()

    async def fetch(self, batch: int, seconds: float) -> list[Msg]:
        """What is waiting, or the first to come within so many seconds; empty when nothing came. May be DurableGone."""
        if not self._client.is_connected:
            await asyncio.sleep(RECONNECT_SECONDS)
            return []
        waiting = await self._ask(batch, {"batch": batch, "no_wait": True}, ANSWER_SECONDS)
        return waiting or await self._ask(1, {"batch": 1, "expires": int(seconds * 1e9)}, seconds + ANSWER_SECONDS)

    async def _ask(self, wanted: int, request: dict[str, int | bool], seconds: float) -> list[Msg]:
        self._asked += 1
        reply = f"{self._inbox}.{self._asked}"
        await self._client.publish(self._subject, json.dumps(request).encode(), reply=reply)
        found: list[Msg] = []
        try:
            async with asyncio.timeout(seconds):
                while len(found) < wanted:
                    message = await self._replies.next_msg(timeout=None)
                    status = (message.headers or {}).get("Status")
                    if status is None:
                        found.append(message)
                    elif message.subject == reply:  # not the end of an earlier question
                        self._check(status)
                        return found
        except TimeoutError:
            pass
        return found

    def _check(self, status: str) -> None:
        if status not in NOTHING_WAITING:
            raise DurableGone(f"{self._durable}: the broker answers {status}")


class Bus:
    """One connection to the broker, kept for as long as the broker believes who we are: the client reconnects without
    limit, but not with a password that was changed under it."""

    def __init__(self, client: Client, settings: ServiceSettings, service: str, left: asyncio.Event) -> None:
        self.client = client
        self._left = left
        self.jetstream: JetStreamContext = client.jetstream(timeout=SEND_TIMEOUT_SECONDS)
        self._settings = settings
        self._service = service

    @classmethod
    async def connect(cls, settings: ServiceSettings, service: str) -> "Bus":
        """Wait for the broker, however long it takes, and connect."""
        left = asyncio.Event()

        async def note() -> None:
            left.set()

        client = await nats.connect(
            settings.nats_url.split(","),
            name=service,
            inbox_prefix=inbox_of(service),
            tls=trusting(settings.nats_ca_file),
            connect_timeout=2,
            reconnect_time_wait=RECONNECT_SECONDS,
            max_reconnect_attempts=-1,
            error_cb=_log_error,
            disconnected_cb=_log_disconnect,
            reconnected_cb=_log_reconnect,
            closed_cb=note,
        )
        return cls(client, settings, service, left)

    async def until_it_leaves(self) -> None:
        """Wait until this connection is of no more use; then BrokerLeft, and somebody has to make another."""
        await self._left.wait()
        raise BrokerLeft("the broker ended the connection")

    async def close(self) -> None:
        """Let go of the broker within CLOSE_SECONDS. It may be gone: its socket then answers with a RuntimeError."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                with suppress(NatsError, OSError, RuntimeError):
                    await self.client.close()
        except TimeoutError:
            log.warning("broker.close_timed_out", service=self._service)
            self._abort()

    def _abort(self) -> None:
        """End the connection without what is still to be sent; of nothing else does the client let go."""
        # Private, as the client itself can only close in good order.
        writer = getattr(self.client._transport, "_io_writer", None)
        if writer is not None:
            writer.transport.abort()

    async def send(self, messages: Sequence[tuple[str, str, bytes]]) -> list[bool]:
        """Send (subject, message id, body) in order, pipelined; tell of each whether the broker has stored it."""
        if not self.client.is_connected:
            return [False] * len(messages)
        stream = stream_of(self._service)
        futures: list[asyncio.Future[PubAck]] = []
        try:
            for subject, message_id, body in messages:
                headers = {"Nats-Msg-Id": message_id}
                futures.append(await self.jetstream.publish_async(subject, body, headers=headers, stream=stream))
        except NatsError as error:
            log.warning("broker.send_failed", error=str(error)[:200])
        if futures:
            await asyncio.wait(futures, timeout=SEND_TIMEOUT_SECONDS)
        stored = [_is_stored(future) for future in futures]
        for (subject, _, _), good in zip(messages, stored, strict=False):
            if good:
                PUBLISHED.labels(subject).inc()
        if not all(stored):
            # The usual reason is a broker whose store was wiped: make the stream again, the next round sends again.
            await self._restore_stream()
        return stored + [False] * (len(messages) - len(stored))

    async def _restore_stream(self) -> None:
        try:
            await self.ensure_stream()
        except (NatsError, TimeoutError) as error:
            log.warning("broker.stream_missing", error=str(error)[:200])

    async def ensure_stream(self) -> None:
        """Create this service's stream, or bring it back to what the code says."""
        subjects = [event.subject for event in EVENTS.get(self._service, ())]
        wanted = StreamConfig(
            name=stream_of(self._service),
            subjects=sorted(set(subjects)),
            storage=StorageType.FILE,
            num_replicas=self._settings.stream_replicas,
            duplicate_window=DUPLICATE_WINDOW_SECONDS,
            description=f"Events that {self._service} publishes",
        )
        try:
            found = (await self.jetstream.stream_info(stream_of(self._service))).config
        except NotFoundError:
            await self.jetstream.add_stream(wanted)
            return
        drift = _drift(wanted, found, ("subjects", "num_replicas", "duplicate_window", "storage"))
        if drift:
            log.warning("broker.stream_drift", stream=wanted.name, changed=drift)
            await self.jetstream.update_stream(wanted)

    async def subscribe(self, event: type[Event], durable: str) -> Source:
        """Create or correct a durable on the publisher's stream. NotFoundError: there is no such stream yet."""
        stream = stream_of(PUBLISHER[event])
        wanted = ConsumerConfig(
            durable_name=durable,
            filter_subject=event.subject,
            deliver_policy=DeliverPolicy.ALL,
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=self._settings.ack_wait_seconds,
            # Never given up by the broker: the last failure becomes a dead letter of ours, not silence.
            max_deliver=-1,
            max_ack_pending=MAX_ACK_PENDING,
        )
        try:
            found = (await self.jetstream.consumer_info(stream, durable)).config
            drift = _drift(wanted, found, ("filter_subject", "ack_policy", "ack_wait", "max_deliver", "deliver_policy"))
            if drift:
                log.warning("broker.consumer_drift", consumer=durable, changed=drift)
            if {"deliver_policy", "ack_policy"} & set(drift):
                # The broker does not change these. Made again, it starts from the first event; inboxes absorb that.
                await self.jetstream.delete_consumer(stream, durable)
        except NotFoundError:
            drift = ["missing"]
        if drift:
            await self.jetstream.add_consumer(stream, wanted)
        return Source(self.client, stream, durable)

    async def require_durable(self) -> None:
        """Refuse a broker that does not sync each message, unless the settings allow it."""
        if not self._settings.require_synced_broker:
            return
        if not self._settings.nats_monitor_url:
            raise BrokerNotDurable(
                "Set NATS_MONITOR_URL so that the broker's durability can be read, or REQUIRE_SYNCED_BROKER=false."
            )
        if not await asyncio.to_thread(every_server_syncs, self._settings):
            raise BrokerNotDurable(
                "The broker runs without `sync_interval: always`: acknowledged events could be lost."
            )

    async def servers_that_gave_up(self) -> int:
        """How many of its servers take nothing more since a write failed; OSError with none to ask."""
        return await asyncio.to_thread(servers_that_gave_up, self._settings)


def _is_stored(future: "asyncio.Future[PubAck]") -> bool:
    if not future.done():
        future.cancel()
        return False
    return future.exception() is None


def _drift(wanted: object, found: object, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if getattr(wanted, name) != getattr(found, name)]


async def _log_error(error: Exception) -> None:
    log.debug("broker.error", error=str(error)[:200])  # several a second while the broker is away


async def _log_disconnect() -> None:
    log.warning("broker.disconnected")


async def _log_reconnect() -> None:
    log.warning("broker.reconnected")


def is_missing(error: Exception) -> bool:
    """Whether a stream or durable is not there (yet, or any more)."""
    return isinstance(error, NotFoundError | DurableGone) or (isinstance(error, APIError) and error.code == 404)
