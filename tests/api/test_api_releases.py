"""The API as callers know it: what was released goes on working, and what changes is told."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import jsonschema_rs
import pytest
from fastapi.openapi.models import OpenAPI

from composition import SERVICES
from gateway.openapi import merge
from gateway.policy.routing import RouteTable
from gateway.portal.areas import AREAS
from gateway.portal.description import SECURITY_SCHEMES, operations_in
from gateway.routes import ROUTES
from ncce_cli.api.changes import changes_between
from ncce_cli.api.releases import lines_of, released
from operations import ALL, description_of

JSON = dict[str, Any]
PRESENT = merge({name: description_of(name) for name in SERVICES}, RouteTable(ROUTES))


def test_nobody_who_follows_the_released_description_is_broken() -> None:
    found = [change for change in changes_between(released(), PRESENT) if change.breaks]
    assert lines_of(found) == [], "keep the old way too, or: ./ncce api release --breaking"


def test_the_document_is_openapi_3_1() -> None:
    assert PRESENT["openapi"] == "3.1.0"
    OpenAPI.model_validate(PRESENT)
    for name, schema in PRESENT["components"]["schemas"].items():
        assert jsonschema_rs.meta.is_valid(schema), name


def test_every_released_operation_is_in_one_described_area() -> None:
    assert [tag["name"] for tag in released()["tags"] if not tag["description"]] == []
    assert {tag["name"] for tag in released()["tags"]} <= AREAS.keys()
    assert all(len(operation["tags"]) == 1 for operation in operations_in(PRESENT))


def test_every_operation_says_who_may_call_it_and_with_what() -> None:
    policies = {str(operation): operation.policies for _, operation in ALL}
    for path, item in PRESENT["paths"].items():
        for method, operation in item.items():
            assert len(operation["x-callers"]) == len(policies[f"{method.upper()} {path}"])
            is_public = any(caller["kind"] == "public" for caller in operation["x-callers"])
            assert (operation["security"] == []) is is_public, operation["operationId"]
            assert {name for one in operation["security"] for name in one} <= SECURITY_SCHEMES.keys()


def test_every_reference_of_the_document_leads_somewhere() -> None:
    def references(node: Any) -> set[str]:
        if isinstance(node, dict):
            own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
            return own.union(*map(references, node.values()))
        return set().union(*map(references, node)) if isinstance(node, list) else set()

    for reference in references(PRESENT):
        _, _, kind, name = reference.split("/", 3)
        assert name in PRESENT["components"][kind], reference


def a_document() -> JSON:
    """Two operations, one of which takes and answers an object."""
    thing = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "state": {"enum": ["open", "closed"]}, "note": {"type": "string"}},
    }
    wish = {
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string"}, "n": {"type": "integer"}},
    }
    post = {
        "operationId": "make_thing",
        "summary": "Make a thing",
        "security": [{"accessToken": []}, {"apiKey": []}],
        "parameters": [{"in": "query", "name": "dry", "schema": {"type": "boolean"}}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": wish}}},
        "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}},
    }
    get = {"operationId": "list_things", "summary": "List", "security": [], "responses": {"200": {}}}
    return {
        "paths": {"/v1/things": {"post": post, "get": get}},
        "components": {"schemas": {"Thing": thing}, "responses": {}},
    }


@dataclass(frozen=True)
class Draft:
    """A document to be changed, and the parts of it that changes are about."""

    doc: JSON
    post: JSON
    wish: JSON
    thing: JSON


Change = Callable[[Draft], object]
HEADER = {"in": "header", "name": "X", "required": True}
BREAKING: dict[str, Change] = {
    "an operation goes": lambda it: it.doc["paths"]["/v1/things"].pop("get"),
    "an operation is renamed": lambda it: it.post.update(operationId="create_thing"),
    "a parameter goes": lambda it: it.post["parameters"].clear(),
    "a parameter becomes required": lambda it: it.post["parameters"][0].update(required=True),
    "a required parameter comes": lambda it: it.post["parameters"].append(HEADER),
    "a field of an answer goes": lambda it: it.thing["properties"].pop("note"),
    "a field of an answer may be missing": lambda it: it.thing["required"].remove("id"),
    "a field of an answer may be null": lambda it: it.thing["properties"].update(note={"type": ["string", "null"]}),
    "a field must be sent": lambda it: it.wish["required"].append("n"),
    "a field cannot be sent": lambda it: it.wish["properties"].pop("n"),
    "a required field comes": lambda it: it.wish.update(
        properties={**it.wish["properties"], "m": {"type": "string"}}, required=[*it.wish["required"], "m"]
    ),
    "a field takes another type": lambda it: it.wish["properties"]["n"].update(type="string"),
    "a success has another status": lambda it: it.post.update(responses={"200": it.post["responses"]["201"]}),
    "a credential is not taken": lambda it: it.post["security"].pop(),
    "a credential is needed": lambda it: it.doc["paths"]["/v1/things"]["get"].update(security=[{"apiKey": []}]),
}
HARMLESS: dict[str, Change] = {
    "an operation comes": lambda it: it.doc["paths"].update({"/v1/more": {"get": {**it.post, "operationId": "more"}}}),
    "a parameter comes": lambda it: it.post["parameters"].append({"in": "query", "name": "x", "schema": {}}),
    "a field of an answer comes": lambda it: it.thing["properties"].update(new={"type": "string"}),
    "a value of an answer comes": lambda it: it.thing["properties"]["state"]["enum"].append("held"),
    "a field need not be sent": lambda it: it.wish["required"].clear(),
    "a field may be sent": lambda it: it.wish["properties"].update(m={"type": "string"}),
    "a field takes more types": lambda it: it.wish["properties"].update(
        n={"anyOf": [{"type": "integer"}, {"type": "null"}]}
    ),
    "a problem comes": lambda it: it.post["responses"].update({"409": {"content": {"p": {"examples": {"taken": {}}}}}}),
}


def changed(how: Change) -> tuple[JSON, JSON]:
    """The document, and as it is afterwards."""
    before = a_document()
    doc = deepcopy(before)
    post = doc["paths"]["/v1/things"]["post"]
    wish = post["requestBody"]["content"]["application/json"]["schema"]
    how(Draft(doc, post, wish, doc["components"]["schemas"]["Thing"]))
    return before, doc


@pytest.mark.parametrize("how", BREAKING.values(), ids=BREAKING)
def test_what_breaks_callers_is_found(how: Change) -> None:
    assert any(change.breaks for change in changes_between(*changed(how)))


@pytest.mark.parametrize("how", HARMLESS.values(), ids=HARMLESS)
def test_what_harms_nobody_is_told_and_let_pass(how: Change) -> None:
    found = changes_between(*changed(how))
    assert found
    assert not any(change.breaks for change in found)


def test_nothing_changed_is_nothing_told() -> None:
    assert changes_between(a_document(), a_document()) == []
    assert changes_between(PRESENT, PRESENT) == []


def test_a_session_by_cookie_is_described_and_changes_need_its_token_too() -> None:
    item = PRESENT["paths"]["/v1/bookings"]
    assert {"browserSession": []} in item["get"]["security"]
    assert {"browserSession": [], "csrfToken": []} in item["post"]["security"]
    assert PRESENT["components"]["securitySchemes"]["browserSession"]["in"] == "cookie"
