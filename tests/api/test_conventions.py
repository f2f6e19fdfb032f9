"""What is the same in every service's description: names, closed bodies, keys, problems."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from chassis import idempotency
from chassis.access import calls
from chassis.paging import page_of
from composition import SERVICES
from operations import ALL, description_of

JSON = dict[str, Any]
DESCRIBED = {name: description_of(name) for name in SERVICES}

HARMLESS_TO_REPEAT = {
    "POST /v1/audit/identity/disputes/clearances": "what is explained is in dispute no more",
    "POST /v1/audit/hubs/disputes/clearances": "what is explained is in dispute no more",
    "POST /v1/audit/certification/disputes/clearances": "what is explained is in dispute no more",
    "POST /v1/audit/funding/disputes/clearances": "what is explained is in dispute no more",
    "POST /v1/project-applications/{project_application_id}/submission": "a repeat changes nothing",
    "POST /v1/project-applications/{project_application_id}/commitment": "a repeat changes nothing",
    "POST /v1/project-applications/{project_application_id}/overrides": "a repeat changes nothing",
    "POST /v1/project-applications/{project_application_id}/selection": "a repeat changes nothing",
    "POST /v1/project-applications/{project_application_id}/withdrawal": "a repeat changes nothing",
    "POST /v1/project-leads/{lead_id}/decision": "a repeat changes nothing",
    "POST /v1/project-reports/{project_report_id}/submission": "a repeat changes nothing",
    "POST /v1/project-reports/{project_report_id}/decision": "a repeat changes nothing",
    "POST /v1/project-leads/{lead_id}/end": "a repeat changes nothing",
    "POST /v1/network-proposals/check": "keeps nothing",
    "POST /v1/alliances/{alliance_id}/consent": "a repeat changes nothing",
    "POST /v1/alliances/{alliance_id}/end": "a repeat changes nothing",
    "POST /v1/hub-guests/{hub_id}/{guest_id}/end": "a repeat changes nothing",
    "POST /v1/group-spaces/{group_id}/topics/{topic_id}/moderation": "a repeat changes nothing",
    "POST /v1/group-spaces/{group_id}/posts/{post_id}/withdrawal": "a repeat changes nothing",
    "POST /v1/group-spaces/{group_id}/posts/{post_id}/moderation": "a repeat changes nothing",
    "POST /v1/group-spaces/{group_id}/posts/{post_id}/contribution": "a repeat changes nothing",
    "POST /v1/group-spaces/{group_id}/posts/{post_id}/reports": "each person reports a post once",
    "POST /v1/group-spaces/{group_id}/reports/{post_report_id}/decision": "a repeat changes nothing",
    "POST /v1/groups/{group_id}/steps": "a repeat changes nothing",
    "POST /v1/groups/{group_id}/schools/{group_school_id}/departure": "a repeat changes nothing",
    "POST /v1/groups/{group_id}/organisations/{group_organisation_id}/departure": "a repeat changes nothing",
    "POST /v1/groups/{group_id}/participants/{participant_id}/departure": "a repeat changes nothing",
    "POST /v1/groups/{group_id}/leads/{group_lead_id}/departure": "a repeat changes nothing",
    "POST /internal/api-keys/authenticate": "only recognises",
    "POST /internal/sessions/authenticate": "only recognises",
    "POST /v1/auth/browser-session/renewal": "a stored reply would be a stored secret; a repeat exchanges it again",
    "POST /v1/sandbox/reset": "who begins again twice begins again",
    "POST /v1/auth/second-factor": "a challenge is answered once; a stored reply would be a stored secret",
    "POST /v1/auth/passkey-challenges": "a second question does no harm",
    "POST /v1/auth/passkey": "a challenge is answered once; a stored reply would be a stored secret",
    "POST /v1/me/second-factors/totp": "a stored reply is a stored secret; a repeat replaces what is not confirmed",
    "POST /v1/me/second-factors/totp/confirmation": "a code works once; a stored reply would be a stored secret",
    "POST /v1/me/second-factors/passkeys/challenges": "a second question does no harm",
    "POST /v1/me/second-factors/passkeys": "a challenge is answered once; a stored reply would be a stored secret",
    "POST /v1/me/second-factors/recovery-codes": "a stored reply would be a stored secret; a repeat replaces them",
    "POST /v1/me/proofs": "a proof given again is a proof; a stored request would be a stored password",
    "POST /v1/me/proofs/challenges": "a second question does no harm",
    "POST /v1/auth/providers/{provider}/flows": "a second flow does no harm; a stored reply would be a stored secret",
    "POST /v1/auth/providers/return": "a flow is finished once; a stored reply would be a stored secret",
    "POST /v1/auth/providers/{provider}/logout": "a logout token works once",
    "POST /v1/me/federated-identities": "a link token works once",
    "POST /v1/auth/register": "a second registration of an address changes nothing",
    "POST /v1/auth/confirm": "a token works once",
    "POST /v1/auth/login": "a stored reply would be a stored secret",
    "POST /v1/auth/refresh": "as above",
    "POST /v1/auth/logout": "signing out twice is signing out",
    "POST /v1/auth/password-resets": "a second link does no harm, and a stored reply would tell which addresses asked",
    "POST /v1/auth/password-reset": "a token works once",
    "POST /v1/auth/email-changes": "a token works once",
    "POST /v1/me/email-changes": "a second link does no harm; a stored request would be a stored password",
    "POST /v1/calendar-feeds": "a stored reply would be a stored secret; a lost one is answered by taking it back",
    "POST /v1/calendar-feeds/{feed_id}/rotation": "as above; a repeat exchanges the secret again",
    "POST /v1/unsubscriptions/{token}": "mail programs send no key; a repeat changes nothing",
    "POST /v1/payment-runs/{run_id}/files/{format}/download": "handed out once; a stored reply would be a second one",
    "POST /v1/auth/invitations": "a token works once",
    "POST /v1/memberships/{membership_id}/end": "what has ended stays ended",
    "POST /v1/me/school/leaving": "whoever has left cannot leave again",
    "POST /v1/teachers/{person_id}/school/leaving": "whoever has left cannot leave again",
    "POST /v1/privacy/exports": "one that is being gathered; a repeat answers it",
    "POST /v1/privacy/erasures": "one open wish per person; a repeat mails another link",
    "POST /v1/privacy/erasures/confirmation": "a token works once",
    "POST /v1/privacy/erasures/{erasure_id}/cancellation": "a cancelled erasure stays cancelled",
    "POST /v1/teachers/search": "only looks; each look is on record",
    "POST /v1/api-keys": "a stored reply would be a stored secret; a lost one is answered by revoking",
    "POST /v1/api-keys/{key_id}/rotation": "as above",
    "POST /v1/api-keys/leak-reports": "a key is revoked once",
    "POST /oauth/token": "OAuth libraries send no key; another token does no harm",
    "POST /v1/oauth-clients": "a stored reply would be a stored secret; a lost one is answered by revoking",
    "POST /v1/oauth-clients/{client_id}/secret-rotation": "as above",
    "POST /v1/webhooks": "a stored reply would be a stored secret; a lost one is answered by deleting",
    "POST /v1/webhooks/{webhook_id}/secret-rotation": "as above",
    "POST /v1/webhooks/{webhook_id}/verification": "another challenge does no harm",
    "POST /v1/webhooks/{webhook_id}/replays": "receivers know repeats by the webhook-id",
    "POST /v1/hubs/{hub_id}/members": "one membership per teacher and hub; a repeat answers it",
    "POST /v1/hubs/{hub_id}/life-cycle": "a step that was taken cannot be taken again",
    "POST /v1/bookings/{booking_id}/cancellation": "a cancelled booking stays cancelled",
    "POST /v1/bookings/{booking_id}/confirmation": "a confirmed booking stays confirmed; a repeat answers it",
    "POST /v1/course-runs/{run_id}/cancellation": "a cancelled run stays cancelled; a repeat answers it",
    "POST /v1/registers/{course_run_id}/sessions/{session_id}/sign-in-code": "a stored reply would be a stored secret",
    "POST /v1/bookings/{booking_id}/sign-in": "who has signed in stays so; a repeat answers it",
    "POST /v1/resources/{resource_id}/versions/{number}/submission": "a submitted version stays submitted",
    "POST /v1/resources/{resource_id}/versions/{number}/review": "a version in hand stays in hand",
    "POST /v1/grant-calculations": "only calculates",
    "POST /v1/group-documents/{group_id}": "the same file is added once; a repeat answers the one that is there",
    "POST /v1/log-entries/{entry_id}/evidence": "the same file is added once; a repeat answers the one that is there",
    "POST /v1/log-entries/{entry_id}/claim": "who has it in hand keeps it",
    "POST /v1/log-entries/{entry_id}/withdrawal": "a withdrawn entry stays withdrawn; a repeat answers it",
    "POST /v1/assessment-attempts/{attempt_id}/launch": "a stored reply would be a stored secret; ask again",
    "POST /v1/assessment-adjustments/{adjustment_id}/end": "what has ended stays ended",
    "POST /v1/assessment-providers/{provider}/results": "the signed webhook-id is the key",
    "POST /v1/enrichment-offers/{offer_id}/submission": "a submitted offer stays submitted",
    "POST /v1/enrichment-offers/{offer_id}/closure": "a closed offer stays closed",
}
"""POSTs that need no key, and why."""

OAUTH = "issue_access_token"
"""Refuses as RFC 6749 says, in words that OAuth libraries read."""

each_service = pytest.mark.parametrize("name", SERVICES)


def schemas_of(document: JSON) -> Iterator[tuple[str, JSON]]:
    """Every object that the API speaks of, by name."""
    for name, schema in document["components"]["schemas"].items():
        if "properties" in schema:
            yield name, schema


def bodies_of(document: JSON) -> Iterator[tuple[str, JSON]]:
    """The JSON body of every operation that takes one."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                schema = content["application/json"]["schema"]
                # A message that somebody else's program signs may say more than we read.
                if "$ref" not in schema:
                    continue
                yield f"{method.upper()} {path}", document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]


@each_service
def test_the_state_of_a_thing_is_called_status(name: str) -> None:
    found = [schema for schema, content in schemas_of(DESCRIBED[name]) if "state" in content["properties"]]
    assert found == []


@each_service
def test_names_are_snake_case_and_moments_and_days_say_so(name: str) -> None:
    for schema, content in schemas_of(DESCRIBED[name]):
        for field, told in content["properties"].items():
            assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", field), (schema, field)
            formats = {one.get("format") for one in told.get("anyOf", [told])} - {None}
            if field.endswith("_at"):
                assert formats == {"date-time"}, (schema, field)
            if field.endswith("_on"):
                assert formats == {"date"}, (schema, field)


@each_service
def test_bodies_take_no_unknown_field(name: str) -> None:
    assert [where for where, body in bodies_of(DESCRIBED[name]) if body.get("additionalProperties") is not False] == []


def test_what_creates_or_decides_something_needs_a_key() -> None:
    without = {
        str(operation)
        for _, operation in ALL
        if operation.method == "POST" and idempotency.require_key not in set(calls(operation.route.dependant))
    }
    assert without == set(HARMLESS_TO_REPEAT)


@each_service
def test_every_operation_documents_its_problems_as_problems(name: str) -> None:
    for item in DESCRIBED[name]["paths"].values():
        for operation in item.values():
            refusals = {status: one for status, one in operation["responses"].items() if status >= "400"}
            assert {"401", "422", "503"} <= set(refusals)
            if operation["operationId"] == OAUTH:
                continue
            # A page tells people on a page.
            allowed = {"application/problem+json", "text/html"} if _is_page(operation) else {"application/problem+json"}
            assert all(set(one["content"]) <= allowed for one in refusals.values())


def _is_page(operation: JSON) -> bool:
    return "text/html" in operation["responses"].get("200", {}).get("content", {})


def test_operations_have_names_that_no_other_has() -> None:
    names = [
        operation["operationId"]
        for document in DESCRIBED.values()
        for item in document["paths"].values()
        for operation in item.values()
    ]
    assert sorted(names) == sorted(set(names))


def test_a_list_that_comes_in_pages_takes_limit_and_cursor_beside_its_filter() -> None:
    """A filter that is closed refuses every other parameter of the address, those of the page among them."""
    closed = [
        f"{operation} by {field.field_info.annotation}"
        for _, operation in ALL
        if any(one.call is page_of for one in operation.route.dependant.dependencies)
        for field in operation.route.dependant.query_params
        if getattr(field.field_info.annotation, "model_config", {}).get("extra") == "forbid"
    ]
    assert closed == []
