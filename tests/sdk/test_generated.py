"""The libraries are what the released description says, all of it."""

import inspect

import httpx

from gateway.portal.description import operations_in
from ncce_cli.api.releases import released
from ncce_cli.sdk.python_types import type_of, variable
from ncce_cli.sdk.typescript import declarations
from ncce_cli.sdk.writing import GENERATED, PACKAGE, generated
from ncce_sdk import Ncce
from ncce_sdk.transport import Area


def test_what_is_committed_is_what_would_be_written_now() -> None:
    wanted = generated(released())
    assert {path for folder in GENERATED for path in (PACKAGE / folder).rglob("*.py")} <= wanted.keys()
    assert [path.name for path, text in wanted.items() if not path.is_file() or path.read_text() != text] == []


def test_every_operation_is_a_method_and_every_area_an_attribute() -> None:
    with Ncce("http://platform.example.org", http=httpx.MockTransport(lambda _: httpx.Response(500))) as ncce:
        areas = [area for area in vars(ncce).values() if isinstance(area, Area)]
    methods = [name for area in areas for name, _ in inspect.getmembers(area, inspect.ismethod) if name[0] != "_"]
    assert sorted(methods) == sorted(operation["operationId"] for operation in operations_in(released()))


def test_every_operation_has_its_types_for_typescript() -> None:
    text = declarations(released())
    for operation in operations_in(released()):
        assert f"\n  {operation['operationId']}: {{\n" in text


def test_types_say_what_may_be_sent_and_leave_answers_open() -> None:
    closed = {"enum": ["a", "b"], "type": "string"}
    assert type_of(closed, is_sent=True) == "Literal['a', 'b']"
    assert type_of(closed, is_sent=False) == "str"
    assert (
        type_of({"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "null"}]}, is_sent=True) == "Decimal | None"
    )
    assert type_of({"type": "array", "items": {"$ref": "#/components/schemas/Page_X_"}}, is_sent=True) == "list[PageX]"
    assert [variable(name) for name in ("If-Match", "class", "json", "@context", "1st")] == [
        "if_match",
        "class_",
        "json_",
        "context",
        "1st_",
    ]
