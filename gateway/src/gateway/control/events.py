"""Hearing at once of what makes a remembered credential worthless.

Every process listens for itself, and what it misses while it cannot hear costs nothing but the time for which callers
are remembered anyway: after every interruption everything remembered is looked at again.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import ConsumerConfig, DeliverPolicy
from pydantic import BaseModel, SecretStr, ValidationError

from chassis.tls import trusting
from contracts.base import AnyEnvelope, stream_of
from contracts.identity import ApiKeyChanged, OauthClientChanged, SessionEnded
from gateway.authentication import TOKEN_BELIEVED_SECONDS, Authenticator
from gateway.logs import Log

RETRY_SECONDS = 1.0
PING_SECONDS = 2
"""Between two questions whether the broker is still there; without an answer to one it is not, at the next."""
ENDINGS = (SessionEnded, OauthClientChanged)
"""Told again to whoever did not listen: a token verifies by itself, whatever became of what it descends from."""

log = Log(__name__)


class Ended(BaseModel):
    """What is read of an event: which credential it is about."""

    key_id: str = ""
    sign_in_id: str = ""
    client_id: str = ""
    state: str = ""


class Events:
    """The broker's end of a process."""

    def __init__(self, url: SecretStr, authenticator: Authenticator, authority: Path | None = None) -> None:
        self._url = url
        self._authority = authority
        self._authenticator = authenticator
        self._client: Client | None = None

    async def run(self) -> None:
        """Listen until cancelled, whatever happens to the broker."""
        while True:
            left = asyncio.Event()
            try:
                self._client = await nats.connect(
                    self._url.get_secret_value().split(","),
                    name="gateway",
                    inbox_prefix="_INBOX_gateway",  # the only one that the broker lets the gateway listen at
                    tls=trusting(self._authority),
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=RETRY_SECONDS,
                    ping_interval=PING_SECONDS,
                    max_outstanding_pings=1,
                    error_cb=_note,
                    disconnected_cb=self._interrupted,
                    reconnected_cb=self._heard_again,
                    closed_cb=partial(_tell, left),
                )
                for event in (ApiKeyChanged, *ENDINGS):
                    await self._client.subscribe(event.subject, cb=self._hear)
                await self._heard_again()
                # The client comes back by itself, unless the broker no longer believes its password.
                await left.wait()
            except (NatsError, OSError, TimeoutError) as error:
                log.warning("events.not_heard", error=type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)
            finally:
                await self._close()

    async def _close(self) -> None:
        self._authenticator.hears = False
        client, self._client = self._client, None
        if client is not None:
            with suppress(NatsError, OSError, RuntimeError):
                await client.close()

    async def _interrupted(self) -> None:
        log.warning("events.interrupted")
        self._authenticator.hears = False
        self._authenticator.doubt_everything()

    async def _heard_again(self) -> None:
        """Doubt everything remembered, and hear again of the endings whose tokens might still be shown."""
        client = self._client
        if client is None:
            return
        # From here on what is asked is true until we hear otherwise.
        await until_the_broker_listens(client)
        self._authenticator.hears = True
        self._authenticator.doubt_everything()
        since = datetime.now(UTC) - timedelta(seconds=TOKEN_BELIEVED_SECONDS)
        try:
            for event in ENDINGS:
                await client.jetstream().subscribe(
                    event.subject,
                    stream=stream_of("identity"),
                    ordered_consumer=True,
                    config=ConsumerConfig(deliver_policy=DeliverPolicy.BY_START_TIME, opt_start_time=since),
                    cb=self._hear,
                )
        except (NatsError, TimeoutError) as error:
            # There may be no stream yet, and so nothing that ended.
            log.info("events.not_replayed", error=type(error).__name__)

    async def _hear(self, message: Msg) -> None:
        try:
            about = Ended.model_validate(AnyEnvelope.model_validate_json(message.data).data)
        except ValidationError:
            log.warning("events.unreadable", subject=message.subject)
            return
        if about.key_id:
            self._authenticator.doubt(about.key_id)
        if about.client_id:
            self._authenticator.doubt(about.client_id)
        ended = about.sign_in_id or (about.client_id if about.state == "revoked" else "")
        if ended:
            self._authenticator.end(ended)


async def until_the_broker_listens(client: Client) -> None:
    """Return when the broker has every subscription made before. FlushTimeoutError after ten seconds.

    The client writes a flush's question ahead of what it still holds back, so that one answer proves nothing; the
    second question goes behind.
    """
    await client.flush()
    await client.flush()


async def _tell(left: asyncio.Event) -> None:
    left.set()


async def _note(error: Exception) -> None:
    log.warning("events.broker_error", error=type(error).__name__)
