"""Keys that sign access tokens."""

import jwt
import pytest
from pydantic import ValidationError

from builders import a_key, key_set
from harness import settings_for
from identity.app import SERVICE
from identity.keys.service import TokenKeys
from identity_steps import IdentitySteps


async def test_public_keys_are_published_and_private_ones_are_not(identity: IdentitySteps) -> None:
    answer = await identity.call("GET", "/.well-known/jwks.json")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    [key] = answer.json()["keys"]
    assert set(key) == {"kid", "kty", "crv", "use", "alg", "x"}


def test_the_first_key_signs_and_all_are_published() -> None:
    new, old = a_key("new"), a_key("old")
    keys = TokenKeys(key_set(new, old, private=True))
    assert [key.kid for key in keys.published.keys] == ["new", "old"]
    assert jwt.get_unverified_header(keys.sign({"sub": "somebody"}))["kid"] == "new"


@pytest.mark.parametrize("keys", ["", "{}", '{"keys": []}', "[]", key_set(a_key("public only"))])
def test_identity_does_not_start_without_usable_keys_and_does_not_show_them(keys: str) -> None:
    with pytest.raises(ValidationError) as refused:
        settings_for(SERVICE, "postgresql://nowhere", maildir="mail", token_keys=keys)
    assert "input_value" not in str(refused.value)
