"""Who may call what: every operation of every service, asked by everybody there is.

What is declared is held against a table written by hand; what is answered, against the table's words, read anew here.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
import pytest

from builders import GATEWAY_KEY, GATEWAY_SIGNER, a_key, a_teacher, anonymous, partner, staff, the_gateway
from chassis.ids import new_id
from chassis.principal import HEADER, LIMITED_TO, Principal, sign_principal
from composition import SERVICES
from harness import ServiceHarness
from identity.api_keys.models import Scope
from identity.people.models import Role
from operations import ALL, operations_of, service_of
from who_may_call import WHO_MAY_CALL


@dataclass(frozen=True)
class Asker:
    """Somebody who calls. Without a principal the statement is missing or not to be believed."""

    name: str
    headers: dict[str, str]
    principal: Principal | None = None


def askers(audience: str) -> list[Asker]:
    """Everybody there is, towards one service."""
    honest = {
        "anonymous": anonymous(),
        "teacher": a_teacher("900001"),
        "teacher of another school": a_teacher("900002"),
        **{role.value: staff(role.value, organisation_id=new_id()) for role in Role},
        "partner without scopes": partner(),
        "partner with every scope": partner(*(scope.value for scope in Scope)),
        "service": the_gateway(),
        "administrator without a second factor": staff("administrator").model_copy(
            update={"attributes": {LIMITED_TO: "second_factor"}}
        ),
    }
    all_powerful = Principal(kind="person", id=new_id(), roles=staff(*(role.value for role in Role)).roles)
    forger = jwt.PyJWK(a_key(GATEWAY_KEY["kid"]), algorithm="EdDSA")
    believed = sign_principal(all_powerful, GATEWAY_SIGNER, audience)
    bad = {
        "unsigned": {},
        "forged signature": {HEADER: sign_principal(all_powerful, forger, audience)},
        "wrong audience": {HEADER: sign_principal(all_powerful, GATEWAY_SIGNER, f"not-{audience}")},
        "expired": {HEADER: sign_principal(all_powerful, GATEWAY_SIGNER, audience, lifetime_seconds=-60)},
        "no signature at all": {HEADER: believed.rpartition(".")[0] + "."},
        "a bare name": {
            "X-NCCE-Person": str(new_id()),
            "X-User-Id": str(new_id()),
            "Authorization": f"Bearer {believed}",
        },
    }
    signed = [
        Asker(name, {HEADER: sign_principal(principal, GATEWAY_SIGNER, audience)}, principal)
        for name, principal in honest.items()
    ]
    return [*signed, *(Asker(name, headers) for name, headers in bad.items())]


def is_admitted(principal: Principal, words: str) -> bool:
    """Whether the table's words let somebody in."""
    return any(_meets(principal, rule) for rule in words.split(", or "))


def _meets(principal: Principal, rule: str) -> bool:
    if principal.is_limited:
        return rule in ("public", "enrolling")
    what, _, names = rule.partition(" ")
    wanted = set(names.split(" or "))
    if what == "role":
        return principal.kind == "person" and bool({grant.role for grant in principal.roles} & wanted)
    if what == "scope":
        return principal.kind == "partner" and bool(principal.scopes & wanted)
    is_person = principal.kind == "person"
    return {"public": True, "signed in": is_person, "enrolling": is_person, "service": principal.kind == "service"}[
        rule
    ]


def expected(asker: Asker, words: str) -> str:
    """How the front door of a service answers."""
    if asker.principal is None:
        return "unauthenticated"
    if is_admitted(asker.principal, words):
        return "let in"
    if asker.principal.is_limited:
        return "second-factor-required"
    return "unauthenticated" if asker.principal.kind == "anonymous" else "forbidden"


def answered(status: int, body: Any) -> str:
    """How it did answer. A refusal of its own, such as `same-person`, comes from behind the door."""
    code = body.get("code") if status in (401, 403) else None
    return code if code in ("unauthenticated", "forbidden", "second-factor-required") else "let in"


def test_what_is_declared_is_what_the_table_says() -> None:
    declared = {str(operation): ", or ".join(policy.name for policy in operation.policies) for _, operation in ALL}
    assert declared == WHO_MAY_CALL


@pytest.mark.parametrize("name", SERVICES)
async def test_everybody_gets_the_answer_that_the_table_says(
    start_service: Callable[..., Awaitable[ServiceHarness]], tmp_path: Path, name: str
) -> None:
    service = service_of(name)
    harness = await start_service(service, maildir=tmp_path)
    client = await harness.client(None)
    wrong = []
    for operation in operations_of(service):
        words = WHO_MAY_CALL[str(operation)]
        url = operation.path.replace("{", "").replace("}", "")
        for asker in askers(name):
            reply = await client.request(operation.method, url, headers=asker.headers)
            told = answered(reply.status_code, reply.json() if "json" in reply.headers.get("Content-Type", "") else {})
            if told != expected(asker, words):
                wrong.append(f"{operation} as {asker.name}: {told} ({reply.status_code}), {words}")
            assert reply.status_code < 500, reply.text
    assert wrong == []
