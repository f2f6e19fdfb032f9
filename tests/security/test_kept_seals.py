"""What was sealed before there was one way of sealing still opens: the code before it made each constant here."""

import base64
import hashlib
import io
from collections.abc import Iterator
from uuid import UUID

import pytest

from builders import a_key, a_sealing_key, key_set
from chassis.files.sealing import FileDamaged, FileKeys
from chassis.sealing import SealBroken, Sealed, SealingKeys, UnusableKeys, load_keys
from funding.payees.sealing import BankAccount, open_account
from identity.webhooks.sealing import open_secret

KEY = key_set({"kty": "oct", "kid": "2026", "k": base64.urlsafe_b64encode(bytes(range(32))).rstrip(b"=").decode()})
KEYS = SealingKeys.load(KEY)
OWNER = UUID("0190a5a0-0000-7000-8000-000000000001")
APP = "87N8PsrcUFLjijg+ROcQJIbEEBQ3LM30FQfgsT/7gZQT06FuOmSo/RQZcEE="
WEBHOOK = "2026:MfZ0mH/zllYYAPYSLwLOduNY1jw5ynAusnON029V0WM05Tfipyy/T/YS"
PAYEE = "7l3M3wE7FtnxQSQOUawnBjWffTyiG1pUnwnsS7N3Rep65m5ARqA+uWYD"
FILE = base64.b64decode(
    "TkNFMTIwMjYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAr"
    "hZ1UrzHu8/kMkZo+xkMewsRRH2MC2DWbS+N9rVc="
)
PAGE = hashlib.sha256(b"a page").digest()
HEAD_BYTES = 4 + 64 + 8


def sealed(content: str) -> Sealed:
    """What a row has."""
    return Sealed("2026", base64.b64decode(content))


def test_secrets_that_are_kept_open_as_they_always_did() -> None:
    assert KEYS.open(sealed(APP), OWNER) == "JBSWY3DPEHPK3PXP"
    assert open_secret(KEYS, WEBHOOK, OWNER) == "whsec_c2VjcmV0"
    assert open_account(KEYS, sealed(PAYEE), OWNER) == BankAccount("089999", "66374958")


def opened(file: bytes) -> Iterator[bytes]:
    """The blocks of a stored file."""
    return FileKeys.load(KEY).open(io.BytesIO(file), PAGE)


def test_files_that_are_kept_open_as_they_always_did() -> None:
    assert b"".join(opened(FILE)) == b"a page"
    assert b"".join(opened(b"%PDF-1.7 from before there were keys")) == b"%PDF-1.7 from before there were keys"


@pytest.mark.parametrize("left", [5, 10, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 10])
def test_a_file_of_which_only_the_head_is_left_is_damaged_and_not_empty(left: int) -> None:
    with pytest.raises(FileDamaged):
        b"".join(opened(FILE[:left]))


def test_a_file_whose_head_names_no_key_is_damaged() -> None:
    with pytest.raises(FileDamaged):
        b"".join(opened(FILE[:4] + b"\xff" * 64 + FILE[68:]))


@pytest.mark.parametrize("content", [b"", b"short", b"twelve bytes", bytes(28)])
def test_what_is_too_short_or_was_never_sealed_does_not_open(content: bytes) -> None:
    with pytest.raises(SealBroken):
        KEYS.open(Sealed("2026", content), OWNER)


ONE = a_sealing_key("one")


@pytest.mark.parametrize(
    "keys",
    [
        "",
        "[]",
        "{}",
        '{"keys": []}',
        key_set(a_key("of another kind")),
        key_set({**ONE, "k": "c2hvcnQ"}),
        key_set({**ONE, "kid": ""}),
        key_set(ONE, a_sealing_key("one")),
        key_set({name: value for name, value in ONE.items() if name != "kid"}),
    ],
    ids=["nothing", "list", "no keys", "empty", "not symmetric", "short", "no name", "one name twice", "nameless"],
)
def test_one_error_for_every_set_that_cannot_seal(keys: str) -> None:
    for load in (load_keys, SealingKeys.load, FileKeys.load):
        with pytest.raises(UnusableKeys):
            load(keys)


def test_a_key_of_files_has_a_name_that_fits_into_their_head() -> None:
    assert FileKeys.load(key_set(a_sealing_key("k" * 64))).keys
    with pytest.raises(UnusableKeys):
        FileKeys.load(key_set(a_sealing_key("k" * 65)))
