"""Whatever is sent, each service answers as its description says, and never with a fault of its own.

Requests are made up from the OpenAPI document, right ones and wrong ones, always the same. Some of the right ones name
things that exist. Callers are those whom the operation admits.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS, CheckFunction, load_all_checks
from schemathesis.generation import GenerationMode

from builders import a_fresh_key, partner, staff, the_gateway
from chassis.access import SERVICE
from chassis.principal import Principal
from composition import SERVICES
from harness import Databases, ServiceHarness, settings_for
from operations import Operation, operations_of, service_of
from worlds import World, build_world

AnyCase = schemathesis.Case[Any]

load_all_checks()


def _checks(*names: str) -> list[CheckFunction]:
    return cast(list[CheckFunction], CHECKS.get_by_names(names))


ALWAYS = _checks(
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
SCHEMAS = _checks("response_schema_conformance")
TAKEN = _checks("negative_data_rejection")
"""Whether a request made wrong on purpose, and answered with success, was wrong."""
REFUSES_ITEMS_ONE_BY_ONE = {"POST /v1/completions:batch"}
"""Answers 200 to wrong items, and says of each what is wrong."""
SAVED_AS_FILES = {"GET /v1/networks/{network}/{project_year}/file", "GET /v1/projects/{project_id}/file"}
"""Described as text, which is what clients keep of them; the check of schemas would read the YAML in it."""

RIGHT, WRONG, MANY = 3, 1, 100
"""Requests of each operation: right and wrong ones in every run, and in the campaign of this name."""
each_service = pytest.mark.parametrize("name", SERVICES)


def to_some_extent(few: int) -> pytest.MarkDecorator:
    """So many requests of each operation in every run; many in the campaign."""
    return pytest.mark.parametrize("requests", [few, pytest.param(MANY, marks=pytest.mark.campaign)])


def bounded(requests: int) -> settings:
    """Made up requests, always the same, none of which is made smaller when it fails."""
    return settings(
        max_examples=requests,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@dataclass
class Questioner:
    """Asks one service, on a loop of its own: a test that hypothesis calls waits for nothing."""

    world: World
    runner: asyncio.Runner
    mode: GenerationMode
    requests: int
    statuses: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """What was answered, by operation."""

    def ask(self, operation: Operation, cases: st.SearchStrategy[AnyCase]) -> None:
        """Send requests and hold the answers against the description."""
        client = self.runner.run(self.world.harness.client(caller_of(operation, self.world)))
        takes_some = str(operation) in REFUSES_ITEMS_ONE_BY_ONE

        @seed(1)
        @bounded(self.requests)
        @given(case=cases, names_something=st.booleans())
        def is_answered_as_described(case: AnyCase, names_something: bool) -> None:
            if names_something and self.mode is GenerationMode.POSITIVE:
                case.headers.update(a_fresh_key())
                for part in ("path_parameters", "query", "body"):
                    setattr(case, part, with_names(getattr(case, part), self.world.ids))
            request = case.as_transport_kwargs(base_url="http://service")
            request.pop("cookies", None)
            if isinstance(request.get("data"), bytes | str):
                request["content"] = request.pop("data")
            reply = self.runner.run(client.request(**request))
            reply.request.read()  # a form is sent as it is made, and the checks look at it
            self.statuses[str(operation)].add(reply.status_code)
            is_wrong_and_taken = self.mode is GenerationMode.NEGATIVE and reply.is_success and not takes_some
            checks = [one for one in ALWAYS if str(operation) not in SAVED_AS_FILES or one not in SCHEMAS]
            case.validate_response(reply, checks=checks + TAKEN if is_wrong_and_taken else checks)
            assert "content-type" not in reply.headers or reply.content

        is_answered_as_described()


def with_names(made_up: Any, ids: dict[str, str]) -> Any:
    """The same with the names of things that exist."""
    if isinstance(made_up, list):
        return [with_names(one, ids) for one in made_up]
    if isinstance(made_up, dict):
        return {name: ids.get(name) or with_names(value, ids) for name, value in made_up.items()}
    return made_up


def caller_of(operation: Operation, world: World) -> Principal:
    """Somebody who may call: out of the world if possible."""
    policy = operation.policies[0]
    if policy is SERVICE:
        return the_gateway()
    made_up = partner(*policy.scopes) if policy.scopes else staff(*policy.roles)
    return next((caller for caller in world.callers.values() if policy.admits(caller)), made_up)


@contextmanager
def questioner_of(
    name: str, databases: Databases, directory: Path, mode: GenerationMode, requests: int
) -> Iterator[Questioner]:
    """A service with something in it, and who asks it."""

    async def start(service: Any, **overrides: Any) -> ServiceHarness:
        return ServiceHarness(service, settings_for(service, await databases.of(service), **overrides))

    with asyncio.Runner() as runner:
        world = runner.run(build_world(name, start, directory))
        try:
            yield Questioner(world, runner, mode, requests)
        finally:
            runner.run(world.harness.close())


@each_service
@to_some_extent(RIGHT)
def test_right_requests_are_answered_as_described(
    databases: Databases, tmp_path: Path, name: str, requests: int
) -> None:
    mode = GenerationMode.POSITIVE
    with questioner_of(name, databases, tmp_path, mode, requests) as questioner:
        described = schemathesis.openapi.from_dict(questioner.world.harness.app.openapi())
        for operation in operations_of(service_of(name)):
            questioner.ask(operation, described[operation.path][operation.method].as_strategy(generation_mode=mode))
    # Not all: some successes need a token from a mail, or something that nobody has decided on yet.
    succeeded = [operation for operation, seen in questioner.statuses.items() if min(seen) < 300]
    assert len(succeeded) > len(questioner.statuses) / 2


@each_service
@to_some_extent(WRONG)
def test_wrong_requests_are_refused_as_described(
    databases: Databases, tmp_path: Path, name: str, requests: int
) -> None:
    mode = GenerationMode.NEGATIVE
    with questioner_of(name, databases, tmp_path, mode, requests) as questioner:
        described = schemathesis.openapi.from_dict(questioner.world.harness.app.openapi())
        for operation in operations_of(service_of(name)):
            with suppress(Unsatisfiable):  # there is nothing to get wrong
                questioner.ask(operation, described[operation.path][operation.method].as_strategy(generation_mode=mode))
