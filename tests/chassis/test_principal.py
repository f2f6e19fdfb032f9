"""What a statement about a caller says, to the letter, and for how long it is believed."""

from uuid import uuid4

import jwt
import pytest
import time_machine
from pydantic import ValidationError

from builders import GATEWAY_KEY, GATEWAY_SIGNER, key_set
from chassis import principal
from chassis.principal import Principal, PrincipalVerifier, RoleGrant, sign_principal
from chassis.refusals import Unauthenticated

NOW = 1_800_000_000
TRYING_OUT = Principal(kind="partner", id=uuid4(), attributes={"environment": "test"})


def verifier(**settings: bool) -> PrincipalVerifier:
    """What funding believes."""
    return PrincipalVerifier(key_set(GATEWAY_KEY), "funding", **settings)


def stated(caller: Principal) -> str:
    """The gateway's word for a caller, to funding."""
    return sign_principal(caller, GATEWAY_SIGNER, "funding")


def test_a_statement_says_this_and_no_more() -> None:
    with time_machine.travel(NOW, tick=False):
        statement = stated(Principal(kind="anonymous"))
    assert jwt.get_unverified_header(statement)["typ"] == "ncce-principal+jwt"
    assert jwt.decode(statement, options={"verify_signature": False}) == {
        "kind": "anonymous",
        "iss": "ncce-gateway",
        "aud": "funding",
        "iat": NOW,
        "exp": NOW + 60,
    }
    assert principal.HEADER == "X-NCCE-Principal"


@pytest.mark.parametrize(("seconds", "is_believed"), [(0, True), (64, True), (65, True), (65.5, False), (66, False)])
def test_a_statement_that_was_checked_is_believed_five_seconds_beyond_its_time(
    seconds: float, is_believed: bool
) -> None:
    believing = verifier()
    with time_machine.travel(NOW, tick=False) as travelled:
        statement = stated(TRYING_OUT)
        believing.verify(statement)
        travelled.shift(seconds)
        if is_believed:
            assert believing.verify(statement) == TRYING_OUT
        else:
            with pytest.raises(Unauthenticated, match="expired"):
                believing.verify(statement)


@pytest.mark.parametrize(("seconds", "is_believed"), [(64.5, True), (65, False)])
def test_a_statement_first_seen_late_is_believed_nearly_as_long(seconds: float, is_believed: bool) -> None:
    with time_machine.travel(NOW, tick=False) as travelled:
        statement = stated(TRYING_OUT)
        travelled.shift(seconds)
        if is_believed:
            assert verifier().verify(statement) == TRYING_OUT
        else:
            with pytest.raises(Unauthenticated):
                verifier().verify(statement)


def test_what_is_only_tried_out_is_refused_where_it_is_said_so() -> None:
    assert verifier().verify(stated(TRYING_OUT)) == TRYING_OUT
    live = TRYING_OUT.model_copy(update={"attributes": {"environment": "live"}})
    assert verifier(takes_tests=False).verify(stated(live)) == live
    with pytest.raises(Unauthenticated, match="tried out"):
        verifier(takes_tests=False).verify(stated(TRYING_OUT))


def test_only_a_person_is_limited_and_only_when_it_is_said() -> None:
    limits = {"limited_to": "second_factor"}
    assert Principal(kind="person", attributes=limits).is_limited is True
    assert Principal(kind="person", attributes={"phase": "primary"}).is_limited is False
    assert Principal(kind="partner", attributes=limits).is_limited is False


def test_nobody_changes_who_calls() -> None:
    grant = RoleGrant(role="moderator")
    for one, name in ((Principal(kind="person", roles=(grant,)), "kind"), (grant, "role")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(one, name, "service")


def test_the_statements_checked_longest_ago_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(principal, "CACHE_SIZE", 2)
    believing = verifier()
    statements = [stated(Principal(kind="person", id=uuid4())) for _ in range(3)]
    for statement in statements:
        believing.verify(statement)
    assert list(believing._seen) == statements[1:]
