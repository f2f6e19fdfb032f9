"""Recognising callers: the part that has to ask identity. What has been recognised is remembered."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BaseModel

from chassis.principal import HEADER, Principal
from gateway.logs import Log
from gateway.policy.callers import Caller, CallerCache, Quotas, Refused
from gateway.policy.credentials import Credential, read_credential, shown_in
from gateway.policy.networks import read_networks
from gateway.policy.shared_endings import SharedEndings
from gateway.policy.tokens import key_id, key_table, principal_of, verify
from gateway.problems import CredentialUnverifiable, InvalidCredential, RateLimited
from gateway.turns import QueueFull, Turns
from gateway.wire.ask import NoAnswer, ask
from gateway.wire.services import Service

Clock = Callable[[], float]

ANONYMOUS = Caller(Principal(kind="anonymous"))
TOKEN_CACHED_SECONDS = 60.0
TOKEN_BELIEVED_SECONDS = 330.0
"""No token of a sign-in is accepted for longer than this after it was issued: five minutes and the leeway."""
SESSION_CACHED_SECONDS = 60.0
DEAF_SESSION_CACHED_SECONDS = 5.0
"""As long as nobody would tell that it has ended."""
SESSION_REFUSED = "session-not-valid"
SIGN_IN = "sign_in_id"
"""The attribute in which a token says which sign-in it descends from."""
KEY_CACHED_SECONDS = 5.0
REFUSAL_CACHED_SECONDS = 5.0
STALE_SECONDS = 300.0
"""Keys this old are fetched before the next token is looked at: nobody has kept them current."""
STALE_PAUSE_SECONDS = 10.0
CLOCK_SLACK_SECONDS = 0.25
UNKNOWN_PAUSE_SECONDS = 1.0
"""Between two fetches because of names that are not known: they are free to invent."""
ASK_SECONDS = 2.0
# Any other refusal is about us, not about the key, and must not be told to its owner as a fault of the key.
KEY_REFUSED = "api-key-not-valid"

log = Log(__name__)


class Identity:
    """The service that knows people and keys, asked in the gateway's own name."""

    def __init__(self, service: Service, principal_key: jwt.PyJWK, clock: Clock) -> None:
        self._service = service
        self._principal_key = principal_key
        self._clock = clock
        self._myself = Caller(Principal(kind="service", attributes={"service": "gateway"}))

    async def ask(self, method: str, path: str, question: object = None) -> tuple[int, dict[str, Any]]:
        """Status and document of an answer. Without one: NoAnswer or ValueError."""
        statement = self._myself.statement_for("identity", self._principal_key, self._clock())
        headers = [(HEADER.encode(), statement), (b"content-type", b"application/json")]
        body = b"" if question is None else json.dumps(question).encode()
        status, content = await ask(self._service, method, path, headers, body, seconds=ASK_SECONDS)
        document = json.loads(content)
        if not isinstance(document, dict):
            raise ValueError("the answer is not an object")
        return status, document


class SigningKeys:
    """Identity's public keys, fetched every few seconds by `keep_current`, and when a token names an unknown one."""

    def __init__(self, identity: Identity, look_seconds: float, clock: Clock, steady: Clock) -> None:
        self.on_withdrawal: Callable[[], None] = _nothing
        """Called when a key is no longer published, or the clock was set back: whoever is remembered until some moment
        would be believed for longer."""
        self._identity = identity
        self._look_seconds = look_seconds
        self._clock, self._steady = clock, steady
        self._keys: dict[str, Ed25519PublicKey] = {}
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")
        self._lock = asyncio.Lock()

    async def find(self, kid: str) -> Ed25519PublicKey | None:
        """A key by name. CredentialUnverifiable as long as no key has ever been read."""
        if kid not in self._keys:
            await self._refresh(UNKNOWN_PAUSE_SECONDS)
        elif self._steady() - self._fetched_at > STALE_SECONDS:
            await self._refresh(STALE_PAUSE_SECONDS)
        if not self._keys:
            raise CredentialUnverifiable("The keys that verify access tokens have not been read yet.")
        return self._keys.get(kid)

    async def are_loaded(self) -> bool:
        """Whether tokens can be verified; tries to make it so."""
        if not self._keys:
            await self._refresh(UNKNOWN_PAUSE_SECONDS)
        return bool(self._keys)

    async def keep_current(self) -> None:
        """Look again every few seconds, until cancelled: what is withdrawn because it was stolen must not wait. An
        answer that was slow to come does not put off the next question.
        """
        due, told = monotonic(), self._clock() - monotonic()
        while True:
            due = max(due + self._look_seconds, monotonic())
            await asyncio.sleep(due - monotonic())
            told, before = self._clock() - monotonic(), told
            if told < before - CLOCK_SLACK_SECONDS:
                log.warning("clock.set_back", seconds=round(before - told, 1))
                self.on_withdrawal()
            async with self._lock:
                await self._fetch()

    async def _refresh(self, pause: float) -> None:
        """Fetch the keys, unless that was tried so many seconds ago."""
        async with self._lock:
            if self._steady() - self._tried_at >= pause:
                await self._fetch()

    async def _fetch(self) -> None:
        self._tried_at = self._steady()
        try:
            _, document = await self._identity.ask("GET", "/.well-known/jwks.json")
            published = key_table(document)
        except (NoAnswer, ValueError) as error:
            # The keys in hand stay good: identity may be down while people work.
            log.warning("signing_keys.not_refreshed", error=repr(error))
            return
        before, self._keys = self._keys, published
        self._fetched_at = self._steady()
        if any(published.get(kid) != key for kid, key in before.items()):
            log.info("signing_keys.withdrawn")
            self.on_withdrawal()


def _nothing() -> None:
    pass


class KeyGrant(BaseModel):
    """What identity says of a good API key."""

    key_id: UUID
    organisation_id: UUID
    scopes: frozenset[str]
    environment: str | None = None
    allowed_networks: tuple[str, ...] = ()
    requests_per_minute: int | None = None
    organisation_requests_per_minute: int | None = None

    def caller(self, until: float) -> Caller:
        """The partner who holds the key."""
        attributes = {"environment": self.environment} if self.environment else {}
        return Caller(
            Principal(
                kind="partner",
                id=self.key_id,
                organisation_id=self.organisation_id,
                scopes=self.scopes,
                attributes=attributes,
            ),
            until,
            str(self.key_id),
            Quotas(self.requests_per_minute, self.organisation_requests_per_minute),
            read_networks(self.allowed_networks),
        )


class SessionGrant(BaseModel):
    """What identity says of a good session's cookie."""

    sign_in_id: UUID
    claims: dict[str, Any]
    csrf_token: str
    expires_at: datetime


class Authenticator:
    """Turns the credential of a request into a caller."""

    def __init__(
        self,
        identity: Identity,
        keys: SigningKeys,
        clock: Clock,
        steady: Clock,
        endings: SharedEndings | None = None,
    ) -> None:
        self.keys = keys
        self.before_check: Callable[[str], None] = _nothing_to_say
        """Called with the address before a signature is checked; raises when none is to be checked for it any more."""
        self._turns = Turns()
        keys.on_withdrawal = self.doubt_everything
        self.hears = False
        """Whether the broker tells of what has ended."""
        self.endings = endings
        """What processes of this gateway tell each other; None where there is but one."""
        self._identity = identity
        self._clock, self._steady = clock, steady
        self.callers = CallerCache()
        self.verifications = 0
        """Signatures of tokens that were checked, because that is what costs."""
        self._ended: dict[str, tuple[float, float]] = {}
        """Sign-ins and partners' programs that have ended, until the last token of each has expired by both clocks: one
        that is ahead for a while must not bring back what ended before it is right again."""
        self._under_way: dict[bytes, asyncio.Task[Caller | Refused]] = {}

    @property
    def epoch(self) -> int:
        """Changes when a caller that `recall` has named may have to be looked at again before their time is over."""
        return self.callers.epoch

    def recall(self, read: Mapping[bytes, bytes], repeated: frozenset[bytes]) -> Caller | Credential:
        """The caller if that needs no work, otherwise the credential to `recognise`. Raises InvalidCredential."""
        shown = shown_in(read, repeated)
        if shown is None:
            return ANONYMOUS
        known = self.callers.find(shown.digest, self._clock())
        if known is None:
            return read_credential(shown)
        # A browser goes on showing a session that is over; its owner is a visitor like any other, and may sign in.
        return ANONYMOUS if isinstance(known, Refused) and shown.header == "cookie" else _let_in(known)

    async def recognise(self, credential: Credential, source: str) -> Caller:
        """The caller behind a credential not seen lately, shown from this address.

        Raises InvalidCredential, CredentialUnverifiable, and RateLimited for an address that shows too many.
        """
        # It may have been recognised while this request waited for its turn.
        known = self.callers.find(credential.digest, self._clock())
        if known is not None:
            return _let_in(known)
        if credential.kind == "token":
            return _let_in(await self._once(credential.digest, self._check_token(credential, source)))
        check = self._check_api_key if credential.kind == "api_key" else self._check_session
        return _let_in(await self._once(credential.digest, check(credential)))

    def believe(self, digest: bytes, caller: Caller) -> None:
        """Remember who shows a credential, as if it had been looked at."""
        self.callers.remember(digest, caller)

    def doubt(self, handle: str) -> None:
        """Look again at an API key that has changed."""
        self.callers.forget(handle)

    def doubt_everything(self) -> None:
        """Look again at whatever is shown next: news may have been missed."""
        self.callers.clear()

    def heed_others(self) -> None:
        """Hear of what other processes of this gateway saw end. Called before a remembered caller is believed."""
        if self.endings is None or not self.endings.has_news:
            return
        news = self.endings.news()
        for sign_in in news.ended:
            self.end(str(sign_in))
        if not news.is_whole:
            self.doubt_everything()

    def end_for_all(self, sign_in: UUID) -> None:
        """A sign-in was seen to end: neither this process nor another of this gateway believes it from now on."""
        self.end(str(sign_in))
        if self.endings is not None:
            self.endings.tell(sign_in)

    def has_ended(self, handle: str) -> bool:
        """Whether a sign-in or a partner's program is known to have ended."""
        return handle in self._ended

    def end(self, handle: str) -> None:
        """Believe nothing any more that descends from this sign-in, or was issued to this program of a partner."""
        now, steadily = self._clock(), self._steady()
        self._ended = {one: (a, b) for one, (a, b) in self._ended.items() if a > now or b > steadily}
        self._ended[handle] = now + TOKEN_BELIEVED_SECONDS, steadily + TOKEN_BELIEVED_SECONDS
        self.callers.forget(handle)

    async def _once(self, digest: bytes, work: Coroutine[Any, Any, Caller | Refused]) -> Caller | Refused:
        """Let simultaneous requests with one credential share one check; it outlives the request that began it."""
        task = self._under_way.get(digest)
        if task is None:
            task = self._under_way[digest] = asyncio.create_task(work)
            epoch = self.epoch
            task.add_done_callback(lambda done: self._settle(digest, done, epoch))
        else:
            work.close()
        return await asyncio.shield(task)

    def _settle(self, digest: bytes, done: "asyncio.Task[Caller | Refused]", epoch: int) -> None:
        del self._under_way[digest]
        if done.cancelled() or done.exception() is not None:
            return
        # An answer from before something ended may be about that, and is not for later requests.
        if epoch == self.epoch:
            self.callers.remember(digest, done.result())

    async def _check_token(self, credential: Credential, source: str) -> Caller | Refused:
        try:
            key = await self.keys.find(key_id(credential.value))
            if key is None:
                raise InvalidCredential("The access token is signed by a key that identity does not publish.")
            async with self._turns.turn(source):
                # Others that came from there meanwhile may have been found forged.
                self.before_check(source)
                self.verifications += 1
                verified = verify(credential.value, key, self._clock())
        except QueueFull:
            raise RateLimited("Too many new tokens came from this address at once.") from None
        except InvalidCredential as error:
            return self._refused(error.detail)
        handle = _handle_of(verified.principal)
        self.heed_others()
        if handle in self._ended:
            return self._refused("What the access token descends from has ended: a sign-in, or a partner's program.")
        return Caller(
            verified.principal,
            min(verified.expires_at, self._clock() + TOKEN_CACHED_SECONDS),
            handle,
            Quotas(verified.requests_per_minute, verified.organisation_requests_per_minute),
            read_networks(verified.networks),
        )

    async def _check_api_key(self, credential: Credential) -> Caller | Refused:
        # Counted from before the question, so that an answer slow to arrive is not believed for longer.
        asked_at = self._clock()
        question = {"key": credential.value}
        try:
            status, answer = await self._identity.ask("POST", "/internal/api-keys/authenticate", question)
            if status == 401 and answer.get("code") == KEY_REFUSED:
                return self._refused("The API key is unknown, revoked or expired.")
            return KeyGrant.model_validate(answer).caller(asked_at + KEY_CACHED_SECONDS)
        except (NoAnswer, ValueError) as error:
            log.warning("api_key.not_checked", error=repr(error))
            raise CredentialUnverifiable("API keys cannot be checked at the moment. Nothing was done.") from error

    async def _check_session(self, credential: Credential) -> Caller | Refused:
        asked_at = self._clock()
        question = {"session": credential.value}
        try:
            status, answer = await self._identity.ask("POST", "/internal/sessions/authenticate", question)
            if status == 401 and answer.get("code") == SESSION_REFUSED:
                return self._refused("The session is over.")
            grant = SessionGrant.model_validate(answer)
            principal = principal_of(grant.claims)
        except (NoAnswer, ValueError, KeyError) as error:
            log.warning("session.not_checked", error=type(error).__name__)
            raise CredentialUnverifiable("Sessions cannot be checked at the moment. Nothing was done.") from error
        self.heed_others()
        if str(grant.sign_in_id) in self._ended:
            return self._refused("The session is over.")
        believed = SESSION_CACHED_SECONDS if self.hears else DEAF_SESSION_CACHED_SECONDS
        until = min(grant.expires_at.timestamp(), asked_at + believed)
        return Caller(principal, until, str(grant.sign_in_id), csrf_token=grant.csrf_token.encode())

    def _refused(self, detail: str) -> Refused:
        return Refused(detail, self._clock() + REFUSAL_CACHED_SECONDS)


def _nothing_to_say(source: str) -> None:
    pass


def _handle_of(principal: Principal) -> str:
    """What events call the origin of a token: the sign-in of a person, the program of a partner."""
    return str(principal.id) if principal.kind == "partner" else principal.attributes.get(SIGN_IN, "")


def _let_in(known: Caller | Refused) -> Caller:
    if isinstance(known, Refused):
        raise InvalidCredential(known.detail)
    return known
