"""Secrets of settings change while the platform runs: each by an overlap in which both are believed, then without the
old one. Those that have their own way are tested where that is; docs/guide/rotating-secrets.md has them all."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import jwt
import pytest

from assessment_steps import NEXT_SECRET, SECRET, signed
from builders import a_key, a_sealing_key, a_teacher, key_set
from certification.app import SERVICE as CERTIFICATION
from certification.assessment_providers.signatures import ProviderSecrets, is_genuine
from certification.settings import Settings as CertificationSettings
from chassis import audit, audit_chain, audit_disputes
from chassis.files.sealing import FileDamaged, FileKeys
from chassis.files.storage import DirectoryStorage
from chassis.principal import PrincipalVerifier, sign_principal
from chassis.refusals import Unauthenticated
from chassis.sealing import SealBroken, Sealed, SealingKeys
from conftest import StartService
from contracts.funding import FundingAuditChained
from funding.app import SERVICE as FUNDING
from harness import ServiceHarness, settings_for
from identity.app import SERVICE as IDENTITY
from identity.webhooks.sealing import open_secret, seal

OLD, NEW = a_sealing_key("old"), a_sealing_key("new")
SOMEBODY = uuid4()


def factors(keys: str) -> tuple[Callable[[], Sealed], Callable[[Sealed], str]]:
    """How secrets of authenticator apps are sealed and opened by these keys."""
    held = SealingKeys.load(keys)
    return lambda: held.seal("app", SOMEBODY), lambda sealed: held.open(sealed, SOMEBODY)


def test_secrets_of_apps_open_while_both_keys_are_there_and_not_when_the_old_one_is_gone() -> None:
    (seal_old, _), (seal_both, open_both), (_, open_new) = (
        factors(key_set(*keys)) for keys in ((OLD,), (NEW, OLD), (NEW,))
    )
    assert open_both(seal_old()) == open_both(seal_both()) == open_new(seal_both()) == "app"
    with pytest.raises(SealBroken):
        open_new(seal_old())


def test_secrets_of_webhooks_open_while_both_keys_are_there_and_not_when_the_old_one_is_gone() -> None:
    old, both, new = (SealingKeys.load(key_set(*keys)) for keys in ((OLD,), (NEW, OLD), (NEW,)))
    before, after = seal(old, "whsec_x", SOMEBODY), seal(both, "whsec_x", SOMEBODY)
    opened = [open_secret(*one, SOMEBODY) for one in ((both, before), (both, after), (new, after))]
    assert opened == ["whsec_x"] * 3
    with pytest.raises(SealBroken):
        open_secret(new, before, SOMEBODY)


async def kept(folder: Path, *keys: dict[str, str], content: bytes) -> bytes:
    """The digest of a file that a process with these keys has kept."""
    storage, digest = DirectoryStorage(folder, FileKeys.load(key_set(*keys))), hashlib.sha256(content).digest()
    await storage.keep(await storage.prepare(content, digest))
    return digest


async def read(folder: Path, *keys: dict[str, str], digest: bytes) -> bytes:
    """What a process with these keys finds there."""
    storage = DirectoryStorage(folder, FileKeys.load(key_set(*keys)))
    return b"".join([block async for block in storage.read(digest)])


async def test_files_of_evidence_open_while_both_keys_are_there_and_not_when_theirs_is_gone(tmp_path: Path) -> None:
    before = await kept(tmp_path, OLD, content=b"before")
    after = await kept(tmp_path, NEW, OLD, content=b"after")
    assert await read(tmp_path, NEW, OLD, digest=before) == b"before"
    assert await read(tmp_path, NEW, digest=after) == b"after"
    with pytest.raises(FileDamaged):
        await read(tmp_path, NEW, digest=before)


def test_callers_are_vouched_for_by_both_keys_of_the_gateway_and_then_by_the_new_one_alone() -> None:
    old, new = a_key("gateway-old"), a_key("gateway-new")
    by_old, by_new = (
        sign_principal(a_teacher(), jwt.PyJWK(key, algorithm="EdDSA"), "hubs", lifetime_seconds=600)
        for key in (old, new)
    )
    both, later = PrincipalVerifier(key_set(old, new), "hubs"), PrincipalVerifier(key_set(new), "hubs")
    assert {both.verify(one).kind for one in (by_old, by_new)} == {later.verify(by_new).kind} == {"person"}
    with pytest.raises(Unauthenticated):
        later.verify(by_old)


def certification(*keys: dict[str, str]) -> CertificationSettings:
    """Certification's settings with these keys for heads of its log."""
    made = settings_for(CERTIFICATION, "postgresql://nowhere", head_keys=key_set(*keys, private=True))
    assert isinstance(made, CertificationSettings)
    return made


def test_heads_of_the_log_verify_for_as_long_as_the_key_that_signed_them_is_there() -> None:
    old, new = a_key("heads-old"), a_key("heads-new")
    signed_before = certification(old).loaded_head_keys.sign(b"head")
    overlapping, later = certification(new, old).loaded_head_keys, certification(new).loaded_head_keys
    assert overlapping.sign(b"head").key_id == "heads-new"
    assert overlapping.verifies(b"head", signed_before)
    assert later.verifies(b"head", overlapping.sign(b"head"))
    assert not later.verifies(b"head", signed_before)


def test_a_provider_of_assessments_signs_with_either_secret_until_the_old_one_is_taken_out() -> None:
    both, later = (
        ProviderSecrets.load(json.dumps({"them": secrets})).of("them")
        for secrets in ([NEXT_SECRET, SECRET], [NEXT_SECRET])
    )
    body = b"{}"
    by_old, by_new = signed(body, secret=SECRET), signed(body, secret=NEXT_SECRET)
    assert [is_genuine(both, one, body) for one in (by_old, by_new)] == [True, True]
    assert [is_genuine(later, one, body) for one in (by_old, by_new)] == [False, True]


async def head_of(funding: ServiceHarness) -> FundingAuditChained:
    """The head that funding tells after one more entry."""
    async with funding.session() as session:
        await audit.record(session, None, "thing.done", "thing:1")
    async with funding.session() as session:
        assert await audit_chain.chain_some(session, "funding", FundingAuditChained) > 0
    return (await funding.published(FundingAuditChained))[-1]


async def test_heads_of_the_audit_trail_are_believed_by_a_new_key_under_a_new_name_only(
    start_service: StartService,
) -> None:
    identity, old, new = await start_service(IDENTITY, maildir="unused"), a_key("audit-old"), a_key("audit-new")
    funding = await start_service(FUNDING, audit_keys=key_set(old, private=True))
    await identity.deliver(await head_of(funding))
    renamed = {**a_key("x"), "kid": "audit-new"}
    found = []
    for keys in ((new, old), (new,), (renamed,)):
        url = funding.settings.database_url.get_secret_value()
        again = ServiceHarness(FUNDING, settings_for(FUNDING, url, audit_keys=key_set(*keys, private=True)))
        await identity.deliver(await head_of(again))
        await again.close()
        async with identity.session() as session:
            found.append([one.what for one in await audit_disputes.disputes(session)])
    assert found == [[], [], ["another key has the name of a known one"]]
