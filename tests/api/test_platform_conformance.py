"""The whole platform, through its gateway, answers as the merged description says, whatever is sent and in any order.

What one answer names, the next request uses: schemathesis follows the links that it infers from the description. Half
of the cases are such walks, half are made up for each operation, right ones and wrong ones. Always the same ones, for
each caller anew: `./ncce test --campaign whole_platform`, or one caller alone with `-k "whole_platform and auditor"`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS, CheckFunction, load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema

from composition import SERVICES
from gateway.openapi import merge
from gateway.policy.routing import RouteTable
from gateway.routes import ROUTES
from operations import description_of
from platform_callers import JSON, Caller
from platform_harness import Platform

load_all_checks()
NAMES = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
CHECKED = cast(list[CheckFunction], CHECKS.get_by_names(NAMES))
SCHEMAS = cast(list[CheckFunction], CHECKS.get_by_names(("response_schema_conformance",)))
SAVED_AS_FILES = {"GET /v1/networks/{network}/{project_year}/file", "GET /v1/projects/{project_id}/file"}
"""Described as text, which is what clients keep of them; the check of schemas would read the YAML in it."""
CALLERS: dict[str, str | None] = {
    "partner": None,
    "school.lead": "school_lead",
    "hub.lead": "hub_lead",
    "moderator": "moderator",
    "assessor": "assessor",
    "funding.officer": "funding_officer",
    "funding.approver": "funding_approver",
    "payment.officer": "payment_officer",
    "auditor": "auditor",
    "administrator": "administrator",
    "anonymous": None,
}
"""By their role. The last two spoil it for others: by ending their roles, and by signing in wrongly all the time."""
CASES = 20_000
STEPS_OF_A_WALK = 10
WALKS_AT_A_TIME = 10
UNLIMITED = {
    f"GATEWAY_{whose}_PER_MINUTE": "1000000"
    for whose in ("SIGNED_IN", "PARTNER", "ORGANISATION", "ANONYMOUS", "FAILED_AUTHENTICATION")
}


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A platform after the demo, which limits nobody."""
    platform = Platform(tmp_path_factory.mktemp("platform") / "home", **UNLIMITED)
    try:
        platform.run("up", "--detach")
        platform.demo()
        yield platform
    finally:
        platform.run("reset", "--yes")


@pytest.fixture(scope="module")
def description() -> JSON:
    """The merged description as the gateway makes it; its own may lack a service that is slow to tell of itself.

    Without the credentials: schemathesis would leave out the caller's to see whether they are missed.
    """
    merged: JSON = merge({name: description_of(name) for name in SERVICES}, RouteTable(ROUTES))
    for item in merged["paths"].values():
        for operation in item.values():
            operation.pop("security", None)
    merged["components"].pop("securitySchemes", None)
    return merged


@dataclass
class Questioner:
    """Asks in one caller's name, and notes what was not as described instead of stopping there."""

    caller: Caller
    schema: BaseSchema
    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: dict[tuple[str, int, str], str] = field(default_factory=dict)

    def ask(self, case: schemathesis.Case[Any]) -> Response:
        """Send one request."""
        self.asked += 1
        reply = case.call(
            base_url=self.caller.base_url, headers=self.caller.headers(), session=self.caller.session, timeout=60
        )
        self.statuses[reply.status_code] += 1
        if reply.status_code == 401 and self.caller.credential:
            self.caller.forget()
        return reply

    def judge(self, case: schemathesis.Case[Any], reply: Response) -> None:
        """Hold one answer against the description."""
        is_file = case.operation.label in SAVED_AS_FILES
        try:
            case.validate_response(reply, checks=[one for one in CHECKED if not (is_file and one in SCHEMAS)])
        except (Failure, FailureGroup) as found:
            for failure in found.exceptions if isinstance(found, FailureGroup) else (found,):
                title = getattr(failure, "title", type(failure).__name__)
                self.wrong.setdefault((case.operation.label, reply.status_code, title), f"{failure}\n{found}"[:2000])

    def make_up(self, requests_of_each: int) -> None:
        """Right and wrong requests of every operation."""
        for operation in (found.ok() for found in self.schema.get_all_operations() if isinstance(found, Ok)):
            for mode in GenerationMode:

                @seed(1)
                @bounded(max_examples=requests_of_each)
                @given(case=operation.as_strategy(generation_mode=mode))
                def is_judged(case: schemathesis.Case[Any]) -> None:
                    self.judge(case, self.ask(case))

                with suppress(Unsatisfiable):  # there is nothing to get wrong
                    is_judged()

    def walk(self, until: int) -> None:
        """From answer to request, until so many were asked in all."""
        questioner = self

        class Walk(self.schema.as_state_machine()):  # type: ignore[misc]
            def call(self, case: schemathesis.Case[Any], **_kwargs: Any) -> Response:
                return questioner.ask(case)

            def validate_response(self, response: Response, case: schemathesis.Case[Any], **_kwargs: Any) -> None:
                questioner.judge(case, response)

        first = 1
        while self.asked < until:
            seed(first)(Walk).run(settings=bounded(WALKS_AT_A_TIME, stateful_step_count=STEPS_OF_A_WALK))
            first += 1


def bounded(max_examples: int, **more: Any) -> settings:
    """As many as said, always the same, none made smaller when it fails."""
    return settings(
        max_examples=max_examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        **more,
    )


@pytest.mark.campaign
@pytest.mark.parametrize("name", CALLERS)
def test_the_whole_platform_answers_as_its_merged_description_says(
    platform: Platform, description: JSON, name: str, record_property: Callable[[str, object], None]
) -> None:
    wanted = CASES // len(CALLERS) + 1
    with requests.Session() as session:
        caller = Caller(name, CALLERS[name], platform.state.base_url, session)
        theirs = {
            (path, method) for path, item in description["paths"].items() for method in item
            if caller.may_call(item[method])
        }  # fmt: skip
        schema = schemathesis.openapi.from_dict(description).include(
            lambda context: (context.operation.path, context.operation.method.lower()) in theirs
        )
        questioner = Questioner(caller, schema)
        questioner.make_up(max(1, wanted // 4 // len(theirs)))
        questioner.walk(until=wanted)
    record_property("operations", len(theirs))
    record_property("asked", questioner.asked)
    record_property("statuses", dict(sorted(questioner.statuses.items())))
    assert questioner.asked >= wanted
    assert not questioner.wrong, "\n\n".join(f"{key}: {found}" for key, found in sorted(questioner.wrong.items()))
