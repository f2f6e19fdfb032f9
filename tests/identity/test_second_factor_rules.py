"""Codes: which are right, and how they are made."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from pydantic import ValidationError

from builders import a_key, a_sealing_key, key_set
from chassis.ids import new_id
from chassis.sealing import SealBroken, SealingKeys
from harness import settings_for
from identity.app import SERVICE
from identity.second_factors.errors import PasskeyNotAccepted
from identity.second_factors.passkeys import check_new, site_of
from identity.second_factors.rules import accepted_step, new_recovery_codes, plain_recovery_code
from identity.settings import Settings
from software_authenticator import Authenticator

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOW = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)


def _settings(**changes: object) -> Settings:
    settings = settings_for(SERVICE, "postgresql://nowhere", maildir="mail", **changes)
    assert isinstance(settings, Settings)
    return settings


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    """RFC 6238, appendix B, to six digits."""
    assert accepted_step(SECRET, code, 0, datetime.fromtimestamp(at, UTC)) == at // 30


@pytest.mark.parametrize(("drift", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_wrong_by_half_a_minute(drift: int, is_right: bool) -> None:
    code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=drift))
    assert (accepted_step(SECRET, code, 0, NOW) is not None) == is_right


def test_neither_a_code_nor_an_earlier_one_is_accepted_again() -> None:
    app = pyotp.TOTP(SECRET)
    step = accepted_step(SECRET, app.at(NOW), 0, NOW)
    assert step is not None
    assert accepted_step(SECRET, app.at(NOW), step, NOW) is None
    assert accepted_step(SECRET, app.at(NOW - timedelta(seconds=30)), step, NOW) is None
    assert accepted_step(SECRET, app.at(NOW + timedelta(seconds=30)), step, NOW) == step + 1


def test_recovery_codes_are_ten_and_read_however_they_are_copied() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert {len(plain_recovery_code(code)) for code in codes} == {16}
    assert plain_recovery_code(" ABCD efgh-jkmn_PQRS ") == "abcdefghjkmnpqrs"


def test_a_secret_opens_for_its_person_by_any_key_that_is_still_there() -> None:
    old, new, somebody = a_sealing_key("old"), a_sealing_key("new"), new_id()
    sealed = SealingKeys.load(key_set(old)).seal(SECRET, somebody)
    both = SealingKeys.load(key_set(new, old))
    assert both.open(sealed, somebody) == SECRET
    assert SECRET.encode() not in sealed.content
    for keys, person in ((both, new_id()), (SealingKeys.load(key_set(new)), somebody)):
        with pytest.raises(SealBroken):
            keys.open(sealed, person)


@pytest.mark.parametrize("keys", ["", "{}", '{"keys": []}', "[]", key_set(a_key("of another kind"))])
def test_identity_does_not_start_without_keys_for_secrets(keys: str) -> None:
    with pytest.raises(ValidationError) as refused:
        _settings(factor_keys=keys)
    assert "input_value" not in str(refused.value)


def test_all_who_work_for_the_programme_need_a_factor_unless_somebody_says_otherwise() -> None:
    roles = _settings().second_factor_roles
    assert {"administrator", "auditor", "payment_officer", "hub_lead", "partner_admin"} <= set(roles)
    assert "school_lead" not in roles


def test_passkeys_belong_to_the_site_and_on_this_machine_to_localhost() -> None:
    public = _settings(public_url="https://ncce.example.org")
    assert site_of(public) == ("ncce.example.org", ["https://ncce.example.org"])
    assert site_of(_settings(public_url="https://[::1]:8443")).domain == "localhost"
    local = site_of(_settings(passkey_origins=("http://localhost:3000",)))
    assert local.domain == "localhost"
    assert set(local.origins) == {"http://127.0.0.1:8080", "http://localhost:8080", "http://localhost:3000"}


OPTIONS = {"rp": {"id": "localhost"}, "challenge": "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh"}


@pytest.mark.parametrize("cut", range(0, 200, 7))
def test_a_damaged_passkey_is_refused_and_nothing_else_happens(cut: int) -> None:
    made = Authenticator().make(OPTIONS)
    whole = made["response"]["attestationObject"]
    assert check_new(_settings(), b"a" * 24, made).sign_count == 0
    for damaged in (whole[:cut], whole[:cut] + "A_-" + whole[cut + 3 :], cut, None):
        made["response"]["attestationObject"] = damaged
        if damaged == whole:
            continue
        try:
            check_new(_settings(), b"a" * 24, made)
        except PasskeyNotAccepted:
            continue
        assert cut > 50, "only the key itself may be changed unnoticed: no passkey is attested"
