"""Verification codes and signatures."""

import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_key, key_set
from certification.certificates import codes
from certification.certificates.signing import Signature, SigningKeys, UnusableKeys, canonical

bodies = st.text(codes.ALPHABET, min_size=codes.RANDOM_CHARACTERS, max_size=codes.RANDOM_CHARACTERS)
positions = st.integers(0, codes.RANDOM_CHARACTERS)


def whole(body: str) -> str:
    return body + codes.check_character(body)


def test_codes_are_well_formed_distinct_and_carry_more_than_80_random_bits() -> None:
    made = {codes.new_code() for _ in range(1000)}
    assert len(made) == 1000
    assert all(codes.is_well_formed(codes.normalised(code)) for code in made)
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 32
    assert codes.RANDOM_CHARACTERS * 5 >= 80


@given(bodies, positions, st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_always_found(body: str, position: int, other: str) -> None:
    code = whole(body)
    mistyped = code[:position] + other + code[position + 1 :]
    assert codes.is_well_formed(mistyped) == (mistyped == code)


@given(bodies, positions, positions)
def test_two_characters_that_changed_places_are_always_found(body: str, one: int, two: int) -> None:
    code = list(whole(body))
    code[one], code[two] = code[two], code[one]
    assert codes.is_well_formed("".join(code)) == ("".join(code) == whole(body))


@pytest.mark.parametrize("typed", ["7k3qx-d0rzm", " 7K3QX D0RZM ", "7K3QXDORZM", "7k3qx-dorzm"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert codes.normalised(typed) == "7K3QXD0RZM"
    assert codes.digest(typed) == codes.digest("7K3QX-D0RZM")


@pytest.mark.parametrize(("misread", "printed"), [("i", "1"), ("L", "1"), ("o", "0"), ("U", "U")])
def test_what_looks_like_another_character_is_read_as_that(misread: str, printed: str) -> None:
    assert codes.normalised(misread) == printed


def test_a_code_is_printed_in_four_groups_of_five() -> None:
    assert re.fullmatch("[0-9A-Z]{5}(-[0-9A-Z]{5}){3}", codes.new_code())
    assert codes.grouped(codes.EXAMPLE.replace("-", "")) == codes.EXAMPLE
    assert len(codes.EXAMPLE) == len(codes.new_code())


def test_a_code_of_another_length_or_alphabet_is_not_ours_even_if_its_check_character_fits() -> None:
    assert codes.check_character("0" * codes.RANDOM_CHARACTERS) == "0"
    body = "7" * codes.RANDOM_CHARACTERS
    assert codes.is_well_formed(whole(body))
    assert not codes.is_well_formed(whole(body[1:]))
    assert not codes.is_well_formed(whole(body) + "\N{SNOWMAN}")
    assert not codes.is_well_formed("\N{SNOWMAN}" + whole(body)[1:])


def test_a_certificate_is_looked_up_by_the_hash_of_its_code() -> None:
    assert codes.digest("7k3qx-dorzm") == hashlib.sha256(b"7K3QXD0RZM").digest()


def test_the_canonical_form_does_not_depend_on_the_order_of_facts() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()


def test_the_first_key_signs_and_every_key_verifies() -> None:
    old, new = a_key("old"), a_key("new")
    before = SigningKeys.load(key_set(old, private=True))
    after = SigningKeys.load(key_set(new, old, private=True))
    signed_before, signed_after = before.sign(b"award"), after.sign(b"award")
    assert (signed_before.key_id, signed_after.key_id) == ("old", "new")
    assert after.verifies(b"award", signed_before)
    assert after.verifies(b"award", signed_after)
    assert not before.verifies(b"award", signed_after)


def test_a_changed_message_signature_or_key_does_not_verify() -> None:
    keys = SigningKeys.load(key_set(a_key("one"), a_key("two"), private=True))
    signature = keys.sign(b"award")
    assert not keys.verifies(b"awards", signature)
    assert not keys.verifies(b"award", Signature("one", signature.value[:-1] + bytes([signature.value[-1] ^ 1])))
    assert not keys.verifies(b"award", Signature("two", signature.value))
    assert not keys.verifies(b"award", Signature("three", signature.value))


@pytest.mark.parametrize(
    "unusable",
    [
        "",
        "{}",
        '{"keys": []}',
        '{"keys": ["text"]}',
        key_set(a_key("public")),
        key_set({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256", "kid": "shared"}, private=True),
        key_set(a_key("good"), {"kty": "nonsense", "kid": "bad"}, private=True),
        key_set(a_key("twice"), a_key("twice"), private=True),
    ],
)
def test_a_service_does_not_start_with_keys_it_cannot_sign_with(unusable: str) -> None:
    with pytest.raises(UnusableKeys):
        SigningKeys.load(unusable)


def test_a_key_without_an_id_is_refused() -> None:
    key = {name: value for name, value in a_key().items() if name != "kid"}
    with pytest.raises(UnusableKeys):
        SigningKeys.load(json.dumps({"keys": [key]}))
