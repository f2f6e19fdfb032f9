"""What makes the services' descriptions one of use to people and programs: who may call, areas, answers said once."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from gateway.policy.cross_origin import CSRF_COOKIE, SESSION_COOKIE
from gateway.policy.routing import READS
from gateway.portal.areas import AREAS, Area

Document = dict[str, Any]

SHARED_FROM = 2
"""An answer that so many operations give alike is a component of its own."""

ABOUT = """\
One API for teachers, schools, hubs and partners. Requests and answers are JSON; every refusal is an RFC 9457 problem
with a stable `code`; lists come by cursor; what creates something takes an `Idempotency-Key`. `/docs` explains each.
"""

SECURITY_SCHEMES: Document = {
    "accessToken": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A person's access token, from `POST /v1/auth/login`. Valid for five minutes.",
    },
    "browserSession": {
        "type": "apiKey",
        "in": "cookie",
        "name": SESSION_COOKIE.decode(),
        "description": "A person's session in a browser, from `POST /v1/auth/login` with `mode: cookie`. "
        "Pages cannot read it; browsers send it by themselves.",
    },
    "csrfToken": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": f"The value of the cookie `{CSRF_COOKIE.decode()}`, repeated by a page of the platform: "
        "with a session by cookie, each request that may change something needs it.",
    },
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "A partner's key, `ncce_live_…`. It is made for one organisation and has scopes.",
    },
    "partnerToken": {
        "type": "oauth2",
        "description": "An access token for a partner's client, for those who prefer tokens to keys.",
        "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}}},
    },
}


def finish(document: Document) -> Document:
    """The merged document with all that no single service can say."""
    _add_areas(document)
    document["info"]["description"] = ABOUT
    for item in document["paths"].values():
        for method, operation in item.items():
            operation["security"] = security_of(operation.get("x-callers", ()), method.upper())
    document["components"]["securitySchemes"] = _schemes_with_scopes(document)
    return _with_shared_answers(document)


def operations_in(document: Document) -> Iterator[Document]:
    """Every operation of a document."""
    for item in document["paths"].values():
        yield from item.values()


def security_of(callers: Any, method: str) -> list[dict[str, list[str]]]:
    """Which credentials an operation takes: any one of them. Empty: none is needed."""
    found: list[dict[str, list[str]]] = []
    for caller in callers:
        if caller["kind"] == "public":
            return []
        found += [scheme for scheme in _schemes_of(caller, method) if scheme not in found]
    return found


def _schemes_with_scopes(document: Document) -> Document:
    """The schemes, with every scope that some operation asks for."""
    asked = {
        scope
        for operation in operations_in(document)
        for scheme in operation["security"]
        for scope in scheme.get("partnerToken", ())
    }
    flow = {"tokenUrl": "/oauth/token", "scopes": {scope: f"To call what needs `{scope}`" for scope in sorted(asked)}}
    return SECURITY_SCHEMES | {
        "partnerToken": SECURITY_SCHEMES["partnerToken"] | {"flows": {"clientCredentials": flow}}
    }


def _schemes_of(caller: Document, method: str) -> list[dict[str, list[str]]]:
    if caller["kind"] == "person":
        by_cookie: dict[str, list[str]] = {"browserSession": []}
        return [{"accessToken": []}, by_cookie if method in READS else by_cookie | {"csrfToken": []}]
    return [{"apiKey": []}, {"partnerToken": list(caller.get("scopes", ()))}]


def _add_areas(document: Document) -> None:
    """Tags in the order of the portal, each with a description; one nobody has described comes last."""
    used = {tag for operation in operations_in(document) for tag in operation.get("tags", ())}
    known = [tag for tag in AREAS if tag in used]
    areas = [AREAS.get(tag, Area(tag, "")) for tag in [*known, *sorted(used - set(known))]]
    document["tags"] = [{"name": area.tag, "description": area.about} for area in areas]


def _with_shared_answers(document: Document) -> Document:
    """Answers that several operations give alike, said once: most of a document is its refusals."""
    counted = Counter(
        json.dumps(answer, sort_keys=True)
        for operation in operations_in(document)
        for answer in operation.get("responses", {}).values()
        if "$ref" not in answer
    )
    names: dict[str, str] = {}
    for operation in operations_in(document):
        for status, answer in operation.get("responses", {}).items():
            text = json.dumps(answer, sort_keys=True)
            if counted[text] >= SHARED_FROM and status >= "400":
                if text not in names:
                    names[text] = _free_name(document["components"]["responses"], status, answer)
                    document["components"]["responses"][names[text]] = answer
                operation["responses"][status] = {"$ref": f"#/components/responses/{names[text]}"}
    return document


def _free_name(taken: Document, status: str, answer: Document) -> str:
    """By what the answer says, so that a new operation does not rename everybody's."""
    codes = [code for content in answer.get("content", {}).values() for code in content.get("examples", {})]
    name = "Problem" + status + "".join(word.capitalize() for code in codes for word in code.split("-"))
    while name in taken:
        name += "_"
    return name
