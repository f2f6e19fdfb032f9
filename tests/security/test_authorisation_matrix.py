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
from chassis.principal import HEADER, Principal, sign_principal
from composition import SERVICES
from harness import ServiceHarness
from identity.api_keys.models import Scope
from identity.people.models import Role
from operations import ALL, operations_of, service_of

FINANCE = "role auditor or funding_officer or funding_approver or payment_officer"
HUB_STAFF = "role hub_lead or hub_administrator"
KEY_MANAGERS = "role administrator or partner_admin"
SCHOOL_OR_HUB = "role school_lead or hub_lead or hub_administrator"
ORGANISERS = "role hub_lead or hub_administrator or partner_admin"
ACCOUNTABLE = "role administrator or auditor or hub_lead or hub_administrator or partner_admin"
RESOURCE_AUTHORS = "signed in, or scope resources:write"
OFFER_GIVERS = "scope enrichment:write, or role partner_admin"

WHO_MAY_CALL = {
    "GET /.well-known/jwks.json": "public",
    "POST /v1/auth/register": "public",
    "POST /v1/auth/confirm": "public",
    "POST /v1/auth/login": "public",
    "POST /v1/auth/refresh": "public",
    "POST /v1/auth/logout": "public",
    "GET /v1/organisations": "public",
    "GET /v1/me": "signed in",
    "GET /v1/me/mail-preferences": "signed in",
    "PUT /v1/me/mail-preferences": "signed in",
    "GET /v1/unsubscriptions/{token}": "public",
    "POST /v1/unsubscriptions/{token}": "public",
    "GET /v1/api-keys": KEY_MANAGERS,
    "POST /v1/api-keys": KEY_MANAGERS,
    "DELETE /v1/api-keys/{key_id}": KEY_MANAGERS,
    "POST /internal/api-keys/authenticate": "service",
    "GET /v1/hubs": "public",
    "GET /v1/hubs/lookup": "public",
    "GET /v1/hubs/{hub_id}": "public",
    "GET /v1/schools": "public",
    "GET /v1/schools/{urn}": "public",
    "GET /v1/schools/imports": "role administrator or auditor",
    "GET /v1/schools/imports/{import_id}": "role administrator or auditor",
    "GET /v1/schools/imports/{import_id}/remarks": "role administrator or auditor",
    "POST /v1/schools/imports/{import_id}/approval": "role administrator",
    "GET /v1/schools/{urn}/history": "public",
    "GET /v1/schools/successions": "role administrator or auditor",
    "POST /v1/schools/successions/{succession_id}/decision": "role administrator",
    "GET /v1/establishment-types": "public",
    "GET /v1/establishment-types/verdicts": "role administrator or auditor",
    "POST /v1/establishment-types/verdicts": "role administrator",
    "POST /v1/establishment-types/verdicts/{verdict_id}/decision": "role administrator",
    "GET /v1/gcse-offers": "public",
    "POST /v1/gcse-offers": "role school_lead or hub_lead or hub_administrator",
    "GET /v1/gcse-offers/reviews": "role moderator",
    "POST /v1/gcse-offers/reviews/{attestation_id}/decision": "role moderator",
    "GET /v1/area-lists": "public",
    "POST /v1/area-lists": "role administrator",
    "POST /v1/area-lists/files": "role administrator",
    "GET /v1/area-lists/standings": "public",
    "GET /v1/area-lists/{list_id}": "public",
    "GET /v1/area-lists/{list_id}/entries": "public",
    "POST /v1/area-lists/{list_id}/decision": "role administrator",
    "GET /v1/courses": "public",
    "GET /v1/courses/{code}": "public",
    "GET /v1/course-runs": "public",
    "GET /v1/course-runs/facets": "public",
    "GET /v1/course-runs/{run_id}": "public",
    "POST /v1/course-runs": HUB_STAFF,
    "PATCH /v1/course-runs/{run_id}": HUB_STAFF,
    "POST /v1/course-runs/{run_id}/cancellation": HUB_STAFF,
    "GET /v1/hubs/{hub_id}/network": "public",
    "PUT /v1/hubs/{hub_id}/schools/{urn}": "role administrator or hub_lead or hub_administrator",
    "PUT /v1/hubs/{hub_id}/links": "role administrator or hub_lead or hub_administrator",
    "DELETE /v1/hubs/{hub_id}/schools/{urn}/periods/{joined_on}": "role administrator or hub_lead or hub_administrator",
    "DELETE /v1/hubs/{hub_id}/links/{link_id}": "role administrator or hub_lead or hub_administrator",
    "GET /v1/hubs/uncovered-districts": "role administrator",
    "GET /v1/hubs/{hub_id}/coverage": "public",
    "POST /v1/hubs/{hub_id}/coverage": "role administrator",
    "POST /v1/hubs/{hub_id}/coverage/{coverage_id}/end": "role administrator",
    "POST /v1/hubs/{hub_id}/coverage/{coverage_id}/hand-over": "role administrator",
    "DELETE /v1/hubs/{hub_id}/coverage/{coverage_id}": "role administrator",
    "GET /v1/hubs/delivery": "role administrator or auditor",
    "GET /v1/hubs/delivery.csv": "role administrator or auditor",
    "GET /v1/hubs/{hub_id}/delivery": "role administrator or hub_lead or hub_administrator",
    "GET /v1/hubs/{hub_id}/targets/{academic_year}": "role administrator or hub_lead or hub_administrator",
    "PUT /v1/hubs/{hub_id}/targets/{academic_year}": "role administrator",
    "GET /v1/hubs/{hub_id}/meetings": "public",
    "POST /v1/hubs/{hub_id}/meetings": "role administrator or hub_lead or hub_administrator",
    "GET /v1/hubs/{hub_id}/meetings/{meeting_id}": "public",
    "PATCH /v1/hubs/{hub_id}/meetings/{meeting_id}": "role administrator or hub_lead or hub_administrator",
    "PUT /v1/hubs/{hub_id}/meetings/{meeting_id}/schools": "role administrator or hub_lead or hub_administrator",
    "GET /v1/hubs.geojson": "public",
    "GET /v1/hubs.csv": "public",
    "POST /v1/hubs": "role administrator",
    "PATCH /v1/hubs/{hub_id}": "role administrator or hub_lead or hub_administrator",
    "GET /v1/hubs/{hub_id}/life-cycle": "role administrator or hub_lead or hub_administrator",
    "POST /v1/hubs/{hub_id}/life-cycle": "role administrator",
    "POST /v1/hubs/{hub_id}/members": "signed in",
    "POST /v1/calendar-feeds": "signed in",
    "GET /v1/calendar-feeds": "signed in",
    "POST /v1/calendar-feeds/{feed_id}/rotation": "signed in",
    "DELETE /v1/calendar-feeds/{feed_id}": "signed in",
    "GET /v1/calendars/{secret}.ics": "public",
    "GET /v1/hubs/{hub}/calendar.ics": "public",
    "GET /v1/bookings": "signed in",
    "POST /v1/bookings": "signed in",
    "GET /v1/bookings/{booking_id}": "signed in",
    "POST /v1/bookings/{booking_id}/cancellation": "signed in",
    "POST /v1/bookings/{booking_id}/confirmation": "signed in",
    "POST /v1/bookings/{booking_id}/transfer": "signed in",
    "POST /v1/bookings/groups": "role school_lead",
    "GET /v1/registers": "signed in",
    "GET /v1/registers/{course_run_id}": "signed in",
    "PUT /v1/registers/{course_run_id}": "signed in",
    "PUT /v1/registers/{course_run_id}/sessions/{session_id}": "signed in",
    "POST /v1/registers/{course_run_id}/sessions/{session_id}/sign-in-code": "signed in",
    "GET /v1/registers/{course_run_id}/decisions": "signed in",
    "POST /v1/course-runs/{run_id}/closure": HUB_STAFF,
    "POST /v1/bookings/{booking_id}/sign-in": "signed in",
    "GET /v1/completion-rules": "public",
    "POST /v1/completion-rules": "role administrator",
    "POST /v1/completion-rules/{rule_id}/decision": "role administrator",
    "POST /v1/completions:batch": "scope completions:write",
    "GET /v1/completions": "scope completions:write",
    "GET /v1/completions/own": "signed in",
    "GET /v1/completions/{external_id}": "scope completions:write",
    "GET /v1/completion-thresholds": "public",
    "POST /v1/completion-thresholds": "role administrator",
    "GET /v1/completions/matches/summary": "role moderator, or scope completions:write",
    "GET /v1/completions/matches/{match_id}": "role moderator, or scope completions:write",
    "POST /v1/completions/matches/{match_id}/reversal": "role moderator",
    "GET /v1/completions/matches": "role moderator, or scope completions:write",
    "POST /v1/completions/matches/{match_id}/resolution": "role moderator",
    "GET /v1/resources": "public",
    "GET /v1/resources/facets": "public",
    "GET /v1/resources/vocabulary": "public",
    "GET /v1/resources/own": RESOURCE_AUTHORS,
    "POST /v1/resources": RESOURCE_AUTHORS,
    "GET /v1/resources/reviews": "role moderator",
    "GET /v1/resources/comments": "role moderator",
    "POST /v1/resources/comments/{comment_id}/decision": "role moderator",
    "GET /v1/resources/{resource_id}": "public",
    "GET /v1/resources/{resource_id}/comments": "public",
    "POST /v1/resources/{resource_id}/versions": RESOURCE_AUTHORS,
    "GET /v1/resources/{resource_id}/versions/{number}": "public",
    "PUT /v1/resources/{resource_id}/versions/{number}": RESOURCE_AUTHORS,
    "DELETE /v1/resources/{resource_id}/versions/{number}": RESOURCE_AUTHORS,
    "POST /v1/resources/{resource_id}/versions/{number}/submission": RESOURCE_AUTHORS,
    "POST /v1/resources/{resource_id}/versions/{number}/review": "role moderator",
    "POST /v1/resources/{resource_id}/versions/{number}/decision": "role moderator",
    "POST /v1/resources/{resource_id}/withdrawal": RESOURCE_AUTHORS,
    "POST /v1/resources/{resource_id}/reinstatement": "role moderator",
    "GET /v1/resources/{resource_id}/use": "signed in",
    "PUT /v1/resources/{resource_id}/use": "signed in",
    "PUT /v1/resources/{resource_id}/rating": "signed in",
    "GET /v1/enrichment-offers": "public",
    "GET /v1/enrichment-offers/facets": "public",
    "GET /v1/enrichment-offers/own": OFFER_GIVERS,
    "GET /v1/enrichment-offers/submitted": "role moderator",
    "POST /v1/enrichment-offers": OFFER_GIVERS,
    "GET /v1/enrichment-offers/{offer_id}": "public",
    "PUT /v1/enrichment-offers/{offer_id}": OFFER_GIVERS,
    "PATCH /v1/enrichment-offers/{offer_id}": OFFER_GIVERS,
    "DELETE /v1/enrichment-offers/{offer_id}": OFFER_GIVERS,
    "POST /v1/enrichment-offers/{offer_id}/submission": OFFER_GIVERS,
    "POST /v1/enrichment-offers/{offer_id}/decision": "role moderator",
    "POST /v1/enrichment-offers/{offer_id}/closure": "scope enrichment:write, or role partner_admin or moderator",
    "GET /v1/enrichment-offers/{offer_id}/interests": OFFER_GIVERS,
    "GET /v1/enrichment-offers/{offer_id}/interest": "role school_lead",
    "PUT /v1/enrichment-offers/{offer_id}/interest": "role school_lead",
    "DELETE /v1/enrichment-offers/{offer_id}/interest": "role school_lead",
    "GET /v1/programmes": "public",
    "POST /v1/programmes": "role administrator",
    "GET /v1/programmes/{programme_slug}": "public",
    "PATCH /v1/programmes/{programme_slug}": "role administrator",
    "GET /v1/programmes/{programme_slug}/enrolments": (
        "role school_lead or administrator or auditor or hub_lead or hub_administrator or partner_admin"
    ),
    "POST /v1/programmes/{programme_slug}/enrolments": "role school_lead",
    "POST /v1/programmes/{programme_slug}/enrolments/{enrolment_id}/withdrawal": "role school_lead",
    "GET /v1/programmes/{programme_slug}/report": ACCOUNTABLE,
    "GET /v1/programmes/{programme_slug}/report.csv": ACCOUNTABLE,
    "GET /v1/pupil-events": "public",
    "POST /v1/pupil-events": ORGANISERS,
    "GET /v1/pupil-events/{event_id}": "public",
    "PATCH /v1/pupil-events/{event_id}": ORGANISERS,
    "POST /v1/pupil-events/{event_id}/cancellation": ORGANISERS,
    "GET /v1/pupil-events/{event_id}/attendance": ORGANISERS,
    "PUT /v1/pupil-events/{event_id}/attendance": ORGANISERS,
    "POST /v1/pupil-events/{event_id}/bookings": "role school_lead",
    "GET /v1/pupil-bookings": "role school_lead or hub_lead or hub_administrator or partner_admin",
    "GET /v1/pupil-bookings/{pupil_booking_id}": "role school_lead or hub_lead or hub_administrator or partner_admin",
    "PATCH /v1/pupil-bookings/{pupil_booking_id}": "role school_lead",
    "POST /v1/pupil-bookings/{pupil_booking_id}/cancellation": "role school_lead",
    "GET /v1/centres.geojson": "public",
    "GET /v1/centres": "public",
    "POST /v1/centres": "role administrator or hub_lead or hub_administrator",
    "GET /v1/centres/{centre_id}": "public",
    "PATCH /v1/centres/{centre_id}": "role administrator or hub_lead or hub_administrator",
    "POST /v1/centres/{centre_id}/spaces": "role administrator or hub_lead or hub_administrator",
    "PATCH /v1/centre-spaces/{space_id}": "role administrator or hub_lead or hub_administrator",
    "GET /v1/centre-spaces/{space_id}": "public",
    "GET /v1/centre-spaces/{space_id}/times": "public",
    "POST /v1/centre-bookings": SCHOOL_OR_HUB,
    "GET /v1/centre-bookings": SCHOOL_OR_HUB,
    "GET /v1/centre-bookings/{space_booking_id}": SCHOOL_OR_HUB,
    "POST /v1/centre-bookings/{space_booking_id}/cancellation": SCHOOL_OR_HUB,
    "GET /v1/kits": SCHOOL_OR_HUB,
    "POST /v1/kits": SCHOOL_OR_HUB,
    "GET /v1/kits/{kit_id}": SCHOOL_OR_HUB,
    "PATCH /v1/kits/{kit_id}": SCHOOL_OR_HUB,
    "GET /v1/kits/{kit_id}/history": SCHOOL_OR_HUB,
    "GET /v1/loans": SCHOOL_OR_HUB,
    "POST /v1/loans": "role school_lead",
    "GET /v1/loans/{loan_id}": SCHOOL_OR_HUB,
    "POST /v1/loans/{loan_id}/decision": SCHOOL_OR_HUB,
    "POST /v1/loans/{loan_id}/cancellation": SCHOOL_OR_HUB,
    "POST /v1/loans/{loan_id}/collection": SCHOOL_OR_HUB,
    "POST /v1/loans/{loan_id}/return": SCHOOL_OR_HUB,
    "POST /v1/loans/{loan_id}/loss": SCHOOL_OR_HUB,
    "POST /v1/loans/{loan_id}/extension": "role school_lead",
    "POST /v1/loans/{loan_id}/extension/decision": SCHOOL_OR_HUB,
    "POST /v1/loans/{loan_id}/damage-reports": SCHOOL_OR_HUB,
    "GET /v1/damage-reports": SCHOOL_OR_HUB,
    "POST /v1/damage-reports/{report_id}/outcome": SCHOOL_OR_HUB,
    "GET /v1/schemes": "public",
    "GET /v1/activities/{activity}": "public",
    "GET /v1/schemes/{scheme}": "public",
    "GET /v1/schemes/{scheme}/versions/{version}": "public",
    "POST /v1/scheme-drafts": "role administrator",
    "GET /v1/scheme-drafts": "role administrator or moderator",
    "GET /v1/scheme-drafts/{draft_id}": "role administrator or moderator",
    "PUT /v1/scheme-drafts/{draft_id}": "role administrator",
    "POST /v1/scheme-drafts/{draft_id}/test": "role administrator",
    "POST /v1/scheme-drafts/{draft_id}/approval": "role administrator",
    "POST /v1/scheme-drafts/{draft_id}/publication": "role administrator",
    "POST /v1/re-evaluations": "role administrator",
    "GET /v1/re-evaluations": "role administrator or moderator",
    "GET /v1/re-evaluations/{re_evaluation_id}": "role administrator or moderator",
    "GET /v1/re-evaluations/{re_evaluation_id}/findings": "role administrator or moderator",
    "POST /v1/re-evaluations/{re_evaluation_id}/cancellation": "role administrator",
    "GET /v1/activities": "public",
    "GET /v1/diagnostics": "public",
    "GET /v1/diagnostics/{slug}": "public",
    "GET /v1/verify/{code}": "public",
    "GET /v1/verify/{code}/document": "public",
    "GET /v1/verify/{code}/page": "public",
    "GET /v1/certificates/{certificate_id}/badge": "signed in",
    "GET /v1/certificates/{certificate_id}/document": "signed in",
    "POST /v1/certificates/{certificate_id}/name": "signed in",
    "PUT /v1/certificates/{certificate_id}/sharing": "signed in",
    "POST /v1/certificates/{certificate_id}/revocations": "role administrator",
    "GET /v1/certificate-revocations": "role administrator",
    "POST /v1/certificate-revocations/{revocation_id}/decision": "role administrator",
    "GET /v1/badges/issuer": "public",
    "GET /v1/badges/keys": "public",
    "GET /v1/badges/keys/{kid}": "public",
    "GET /v1/badges/status/{list_number}": "public",
    "GET /v1/transparency/keys": "public",
    "GET /v1/transparency/head": "public",
    "GET /v1/transparency/heads/{tree_size}": "public",
    "GET /v1/transparency/entries": "public",
    "GET /v1/transparency/entries/{position}/proof": "public",
    "GET /v1/transparency/consistency": "public",
    "POST /v1/diagnostics/{slug}/responses": "signed in",
    "GET /v1/enrolments": "signed in",
    "POST /v1/enrolments": "signed in",
    "GET /v1/progress": "signed in",
    "GET /v1/certificates": "signed in",
    "GET /v1/log-entries": "signed in",
    "POST /v1/log-entries": "signed in",
    "GET /v1/log-entries/{entry_id}": "signed in",
    "POST /v1/log-entries/{entry_id}/decision": "role moderator",
    "GET /v1/eligibility": "public",
    "GET /v1/policies": "public",
    "GET /v1/fee-policies": "public",
    "GET /v1/quotes": "signed in",
    "POST /v1/quotes": "signed in",
    "GET /v1/quotes/{quote_id}": "signed in",
    "GET /v1/fees": "signed in",
    "GET /v1/bursaries": "signed in",
    "POST /v1/bursaries": "signed in",
    "GET /v1/bursaries/preview": "signed in",
    "GET /v1/bursaries/{bursary_id}": "signed in",
    "POST /v1/bursaries/{bursary_id}/approval": "role funding_approver",
    "GET /v1/claims": "signed in",
    "POST /v1/claims": "signed in",
    "GET /v1/claims/{claim_id}": "signed in",
    "POST /v1/claims/{claim_id}/approval": "role funding_officer",
    "GET /v1/payment-runs": FINANCE,
    "GET /v1/payment-runs/{run_id}": FINANCE,
    "POST /v1/payment-runs": "role payment_officer",
    "POST /v1/payment-runs/{run_id}/release": "role payment_officer",
    "GET /v1/budgets": FINANCE,
    "GET /v1/ledger/trial-balance": FINANCE,
    "GET /v1/ledger/entries": FINANCE,
}


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
    what, _, names = rule.partition(" ")
    wanted = set(names.split(" or "))
    if what == "role":
        return principal.kind == "person" and bool({grant.role for grant in principal.roles} & wanted)
    if what == "scope":
        return principal.kind == "partner" and bool(principal.scopes & wanted)
    return {"public": True, "signed in": principal.kind == "person", "service": principal.kind == "service"}[rule]


def expected(asker: Asker, words: str) -> str:
    """How the front door of a service answers."""
    if asker.principal is None:
        return "unauthenticated"
    if is_admitted(asker.principal, words):
        return "let in"
    return "unauthenticated" if asker.principal.kind == "anonymous" else "forbidden"


def answered(status: int, body: Any) -> str:
    """How it did answer. A refusal of its own, such as `same-person`, comes from behind the door."""
    code = body.get("code") if status in (401, 403) else None
    return code if code in ("unauthenticated", "forbidden") else "let in"


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
