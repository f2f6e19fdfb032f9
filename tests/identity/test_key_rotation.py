"""Keys that sign access tokens are replaced, and no token is refused."""

import asyncio
import time
from collections import defaultdict
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gateway.policy.tokens import key_id, key_table, verify
from identity.keys.process import KeyRing
from identity.keys.rotation import keys_now, rotate, rotate_if_old, withdraw
from identity.settings import Settings
from identity_steps import IdentitySteps


def _settings(identity: IdentitySteps) -> Settings:
    settings = identity.harness.settings
    assert isinstance(settings, Settings)
    return settings


async def _published(identity: IdentitySteps) -> list[str]:
    keys = (await identity.call("GET", "/.well-known/jwks.json")).json()["keys"]
    return [key["kid"] for key in keys]


class Verifier:
    """Keeps the published keys, and fetches them anew for a name it does not know, as the gateway does."""

    def __init__(self, identity: IdentitySteps) -> None:
        self._identity = identity
        self._table: dict[str, Ed25519PublicKey] = {}
        self.checked: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def check(self, token: str) -> None:
        """Verify a token, or fail."""
        kid = key_id(token)
        if kid not in self._table:
            self._table = dict(key_table((await self._identity.call("GET", "/.well-known/jwks.json")).json()))
        verify(token, self._table[kid], time.time())
        self.checked[kid].set()


async def test_three_rotations_under_load_refuse_no_token(identity: IdentitySteps) -> None:
    await identity.sign_up()
    state = identity.harness.app.state
    state.key_ring = KeyRing(identity.harness.database, _settings(identity), read_again_seconds=0)
    verifier, tokens = Verifier(identity), (await identity.log_in()).json()
    made, is_over = [], asyncio.Event()

    async def use() -> None:
        nonlocal tokens
        kept = []
        while not is_over.is_set():
            tokens = (await identity.refresh(tokens["refresh_token"])).json()
            kept.append(tokens["access_token"])
            for token in kept[-20:]:
                await verifier.check(token)

    using = asyncio.create_task(use())
    await asyncio.wait_for(verifier.checked["token"].wait(), 60)
    for _ in range(3):
        async with identity.harness.session() as session:
            made.append(await rotate(session, _settings(identity), ahead=timedelta()))
        await asyncio.wait_for(verifier.checked[made[-1]].wait(), 60)
    is_over.set()
    await using
    assert set(verifier.checked) >= {"token", *made}, "each has signed, and each was verified to its end"


async def test_a_key_is_published_before_it_signs_and_until_its_tokens_are_dead(identity: IdentitySteps) -> None:
    await identity.sign_up()
    identity.harness.app.state.key_ring = KeyRing(identity.harness.database, _settings(identity), read_again_seconds=0)
    async with identity.harness.session() as session:
        new = await rotate(session, _settings(identity))
    assert await _published(identity) == ["token", new]
    assert key_id((await identity.log_in()).json()["access_token"]) == "token"
    await identity.query("UPDATE signing_key SET signs_from = now()")
    assert key_id((await identity.log_in()).json()["access_token"]) == new
    async with identity.harness.session() as session:
        newer = await rotate(session, _settings(identity), ahead=timedelta())
    assert await _published(identity) == [newer, new, "token"]
    await identity.query("UPDATE signing_key SET signs_from = signs_from - interval '11 minutes'")
    async with identity.harness.session() as session:
        newest = await rotate(session, _settings(identity))
    assert await _published(identity) == [newer, "token", newest], "the first one's tokens are dead"


async def test_the_platform_makes_a_key_when_the_newest_is_a_month_old(identity: IdentitySteps) -> None:
    made = []
    for _ in range(2):
        async with identity.harness.session() as session:
            made.append(await rotate_if_old(session, _settings(identity)))
    assert [kid is not None for kid in made] == [True, False]
    await identity.query("UPDATE signing_key SET made_at = made_at - interval '30 days'")
    async with identity.harness.session() as session:
        assert await rotate_if_old(session, _settings(identity)) is not None
        signing, waiting = await keys_now(session, _settings(identity))
    assert (len(signing), len(waiting)) == (0, 2)
    held = await identity.query("SELECT private_key FROM signing_key")
    assert not any(b'"d"' in bytes(row.private_key) for row in held)
    assert "signing_key.made" in await identity.audited()


async def test_a_withdrawn_key_is_published_no_more_from_the_next_answer_on(identity: IdentitySteps) -> None:
    settings = _settings(identity)
    async with identity.harness.session() as session:
        stolen = await rotate(session, settings, ahead=timedelta())
    assert stolen in await _published(identity)
    async with identity.harness.session() as session:
        successor = await withdraw(session, settings, stolen)
        assert await withdraw(session, settings, "unknown") is None
    # At once: what a process remembers for itself is not what it tells verifiers.
    published = await _published(identity)
    assert stolen not in published
    assert successor in published
