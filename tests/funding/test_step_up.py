"""Steps that move money ask for a second factor that was used a moment ago, and say how to come by one."""

from collections.abc import Awaitable, Callable

import pytest

from builders import a_fresh_key, staff
from chassis import clock
from chassis.access import calls
from chassis.ids import new_id
from chassis.principal import Principal
from funding import step_up
from funding.app import SERVICE
from funding.settings import Settings
from harness import ServiceHarness
from operations import operations_of

STEPS = [one for one in operations_of(SERVICE) if step_up.RECENTLY_PROVEN.dependency in calls(one.route.dependant)]
OFFICER = staff("payment_officer", "funding_officer")


def proven(seconds_ago: float, amr: str = "pwd otp mfa") -> Principal:
    """The officer, who proved a factor a while ago."""
    at = str(int(clock.now().timestamp() - seconds_ago))
    return OFFICER.model_copy(update={"attributes": {"auth_time": at, "amr": amr}})


def test_it_is_asked_of_whoever_checks_approves_releases_takes_the_file_or_changes_where_money_goes() -> None:
    run, files = "/v1/payment-runs/{run_id}", "/v1/payment-runs/{run_id}/files/{format}"
    assert {str(one) for one in STEPS} == {
        *(f"POST {run}/{step}" for step in ("check", "approval", "release", "confirmation")),
        *(f"POST {files}/{step}" for step in ("download", "reissue", "reissue/approval")),
        "POST /v1/payees/{payee_id}/details",
        "POST /v1/payees/{payee_id}/details/{details_version}/decision",
    }
    assert Settings.model_fields["recent_proof_minutes"].default == 10, "unless an operator says otherwise"


async def test_without_a_recent_proof_no_step_is_taken_and_the_problem_says_what_to_do(
    start_service: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    funding = await start_service(SERVICE, recent_proof_minutes=10)
    answers: dict[str, list[str]] = {}
    for step in STEPS:
        url = step.path.format(run_id=new_id(), payee_id=new_id(), details_version=1, format="bacs")
        for caller in (OFFICER, proven(601), proven(60)):
            client = await funding.client(caller, **a_fresh_key())
            reply = await client.post(url, json={})
            answers.setdefault(str(step), []).append(reply.json()["code"])
            if reply.status_code == 403:
                told = reply.json()
                assert (told["prove_at"], told["renew_at"]) == ("/v1/me/proofs", "/v1/auth/refresh")
                assert told["within_minutes"] == 10
    for name, codes in answers.items():
        assert codes[:2] == ["recent-proof-required"] * 2, name
        assert codes[2] != "recent-proof-required", name


@pytest.mark.parametrize(
    ("seconds_ago", "amr", "is_enough"),
    [(0, "pwd otp mfa", True), (500, "pop user mfa", True), (601, "mfa", False), (0, "pwd", False)],
)
def test_a_proof_counts_when_there_were_two_factors_and_for_ten_minutes(
    seconds_ago: float, amr: str, is_enough: bool
) -> None:
    assert step_up.is_proven(proven(seconds_ago, amr), 600) is is_enough


def test_whoever_identity_says_nothing_readable_of_has_proven_nothing() -> None:
    assert not step_up.is_proven(OFFICER, 600)
    assert not step_up.is_proven(OFFICER.model_copy(update={"attributes": {"auth_time": "soon", "amr": "mfa"}}), 600)
