"""Open Badges as somebody else's verifier sees them, and the lists that tell of revocations."""

import base64
import gzip
import hashlib
import json
import random
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.verifier import OB3Verifier

from builders import a_fresh_key, a_teacher, an_rsa_key, anonymous, key_set, staff
from certification.app import SERVICE
from certification.badges.credential import encoded_list
from certification.badges.keys import BadgeKeys
from certification.certificates.signing import UnusableKeys
from certification_facts import Log
from harness import ServiceHarness, settings_for

JSON = dict[str, Any]


async def text_of(certification: ServiceHarness, path: str, log: Log | None = None) -> str:
    reply = await (await certification.client(log.teacher if log else anonymous())).get(path)
    assert reply.status_code == 200, reply.text
    assert reply.headers["Content-Type"] == "application/vc+jwt"
    return reply.text


async def badge_of(log: Log) -> str:
    certificate = (await log.certificates())[-1]
    return await text_of(log.certification, f"/v1/certificates/{certificate['id']}/badge", log)


async def verifier_of(certification: ServiceHarness) -> OB3Verifier:
    """The independent verifier, with the key as published."""
    keys = (await (await certification.client(anonymous())).get("/v1/badges/keys")).json()
    key = jwt.PyJWK(keys["keys"][0]).key
    return OB3Verifier(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


async def published_list(certification: ServiceHarness, badge: str) -> tuple[str, bytes]:
    """The list that a badge names: its address, and what is found there."""
    url = claims_of(badge)["credentialStatus"]["statusListCredential"]
    return url, (await text_of(certification, url.removeprefix("http://127.0.0.1:8080"))).encode()


def claims_of(token: str) -> JSON:
    return dict(jwt.decode(token, options={"verify_signature": False}))


async def revoke(certification: ServiceHarness, certificate_id: str) -> None:
    """Proposed by one administrator and approved by another."""
    one, other = staff("administrator"), staff("administrator")
    reason = {"reason": "Two of the courses were never attended."}
    path = f"/v1/certificates/{certificate_id}/revocations"
    proposal = await (await certification.client(one)).post(path, json=reason, headers=a_fresh_key())
    assert proposal.status_code == 201, proposal.text
    path = f"/v1/certificate-revocations/{proposal.json()['id']}/decision"
    decided = await (await certification.client(other)).post(path, json={"outcome": "approved"}, headers=a_fresh_key())
    assert decided.status_code == 200, decided.text


async def test_an_independent_verifier_accepts_a_badge_and_sees_its_revocation(certification: ServiceHarness) -> None:
    log, other = await Log(certification).earn(), await Log(certification).earn()
    verifier, badge, standing = await verifier_of(certification), await badge_of(log), await badge_of(other)

    async def verify(token: str) -> Any:
        url, content = await published_list(certification, token)
        return verifier.verify(token, check_status=True, download={url: content}.__getitem__)

    accepted = await verify(badge)
    assert accepted.achievement.name == "Primary computing certificate"
    [certificate] = await log.certificates()
    await revoke(certification, certificate["id"])
    assert await badge_of(log) == badge
    with pytest.raises(LibOpenBadgesException, match="'revocation' is set"):
        await verify(badge)
    await verify(standing)


async def test_a_badge_names_its_holder_as_a_salted_hash_only(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    assert "identifier" not in claims_of(await badge_of(log))["credentialSubject"]
    await log.name_certificate("Ada Example", shows_name=True)
    claims = claims_of(await badge_of(log))
    assert "Ada" not in json.dumps(claims)
    assert str(log.id) not in json.dumps(claims)
    [identity] = claims["credentialSubject"]["identifier"]
    assert identity["identityHash"] == "sha256$" + hashlib.sha256(f"Ada Example{identity['salt']}".encode()).hexdigest()


async def test_the_key_is_where_the_badge_says(certification: ServiceHarness) -> None:
    header = jwt.get_unverified_header(await badge_of(await Log(certification).earn()))
    assert header["alg"] == "RS256"
    reply = await (await certification.client(anonymous())).get(header["kid"].removeprefix("http://127.0.0.1:8080"))
    assert reply.json()["kid"] == "rsa-2026"
    assert set(reply.json()) == {"kty", "alg", "use", "kid", "n", "e"}


async def test_badges_verify_after_the_key_is_rotated(certification: ServiceHarness) -> None:
    log = await Log(certification).earn()
    badge, old = await badge_of(log), json.loads(certification.settings.badge_keys.get_secret_value())["keys"]  # type: ignore[attr-defined] # certification's settings
    url = certification.settings.database_url.get_secret_value()
    rotated = key_set(an_rsa_key("newer"), *old, private=True)
    again = ServiceHarness(SERVICE, settings_for(SERVICE, url, badge_keys=rotated))
    keys = (await (await again.client(anonymous())).get("/v1/badges/keys")).json()["keys"]
    assert [key["kid"] for key in keys] == ["newer", "rsa-2026"]
    jwt.decode(badge, jwt.PyJWK(keys[1]).key, algorithms=["RS256"])
    await again.close()


@pytest.mark.parametrize("keys", ["", "{}", '{"keys": []}', '{"keys": [{"kty": "oct", "k": "AAAA", "kid": "x"}]}'])
def test_keys_that_cannot_sign_badges_are_refused(keys: str) -> None:
    with pytest.raises(UnusableKeys):
        BadgeKeys.load(keys)


def test_the_bits_of_a_list_are_in_the_order_of_the_standard() -> None:
    encoded = encoded_list([0, 9, 131_071])
    assert encoded[0] == "u"
    raw = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert (len(raw), raw[0], raw[1], raw[-1]) == (16_384, 0b1000_0000, 0b0100_0000, 1)
    assert sum(raw) == 128 + 64 + 1


async def accepted(certification: ServiceHarness, count: int) -> int:
    """How many of so many badges of which one character was changed are accepted."""
    badge, verifier = await badge_of(await Log(certification).earn()), await verifier_of(certification)
    verifier.verify(badge)
    dice, found, letters = random.Random(3), 0, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for _ in range(count):
        # The last character of each part has bits that stand for nothing; only what says something else is a forgery.
        place = dice.choice([at for at in range(len(badge) - 1) if badge[at] != "." and badge[at + 1] != "."])
        other = dice.choice(letters.replace(badge[place], ""))
        try:
            verifier.verify(badge[:place] + other + badge[place + 1 :])
        except LibOpenBadgesException:
            continue
        found += 1
    return found


async def test_no_mutated_badge_is_accepted(certification: ServiceHarness) -> None:
    assert await accepted(certification, 1_000) == 0


@pytest.mark.campaign
async def test_no_badge_of_100_000_mutated_ones_is_accepted(certification: ServiceHarness) -> None:
    assert await accepted(certification, 100_000) == 0


async def test_a_badge_is_its_holders_to_show(certification: ServiceHarness) -> None:
    [certificate] = await (await Log(certification).earn()).certificates()
    reply = await (await certification.client(a_teacher())).get(f"/v1/certificates/{certificate['id']}/badge")
    assert (reply.status_code, reply.json()["code"]) == (404, "certificate-not-found")
