"""Another's object and none at all are told apart by nobody: the same 404, word for word.

Whoever has nothing to do with any object is refused at every route with an object, finds it in no list, and changes
nothing: partners, hubs and schools that are not in the world at all, with every role and scope of their kind.

Every route that names an object in its path has a line here; so have those that name one in the body or the query.
"""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from builders import a_fresh_key
from certification.drafts.schemas import PROPOSAL
from certification.question_banks.schemas import EXAMPLE as EXAMPLE_BANK
from certification.questionnaire_drafts.schemas import EXAMPLE as QUESTIONNAIRE
from chartered_steps import decision
from chassis import clock
from chassis.ids import new_id
from chassis.service import Service
from composition import SERVICES
from enrichment_offers import FACTS as OFFER
from enrichment_offers import PUPILS
from foreigners import FOREIGNERS, THEIRS_TO_ASK, contents, foreigners_at, names_of_others
from funding.fee_policy_drafts.schemas import EXAMPLE as FEE_EXAMPLE
from funding.payment_runs.working_days import next_working_day
from funding.policy_drafts.schemas import EXAMPLE
from funding_money import BANK_DETAILS
from grant_steps import ENDING, a_day
from harness import Databases, ServiceHarness, settings_for
from hubs.academic_years import academic_year_of
from identity.oauth_clients.schemas import EXAMPLE_KEY
from operations import ALL, Operation
from resource_bank import FACTS as RESOURCE
from row_walls import be_an_ordinary_role
from worlds import World, build_world

JSON = dict[str, Any]
DECISION = {"outcome": "approved", "reason": "Checked."}
NAMES = re.compile(r"\{(\w+)\}")
NOWHERE = {
    "template": "nothing",
    "programme_slug": "nothing",
    "academic_year": "2026-27",
    "joined_on": "2001-01-01",
    "code": "NONE",
    "urn": "999999",
    "slug": "nothing",
    "number": "8000",
    "version": "8000",
    "policy_version": "8000",
    "tree_size": "8000",
    "position": "8000",
    "list_number": "8000",
    "kid": "nothing",
    "card_code": "nothing",
    "funder": "nothing",
    "snapshot_number": "8000",
    "source_number": "8000",
    "card_version": "8000",
    "approved_card": "nothing",
    "month": "2001-01",
    "format": "bacs",
    "details_version": "8000",
    "ordinal": "8000",
    "budget": "nothing",
    "certificate_code": "nothing",
    "network": "nothing",
    "project_year": "2001-02",
    "plan_version": "2001-01",
}
"""What names nothing, where it is no UUID."""
TEACHERS = ("colleague", "teacher of another school")
FINANCE = ("auditor", "approver", "officer", "payment officer")


@dataclass(frozen=True)
class Rule:
    """Who finds an object, and who does not although the route is theirs to call."""

    found_by: tuple[str, ...]
    hidden_from: tuple[str, ...] = ()
    body: JSON | None = None
    query: JSON = field(default_factory=dict)


EVERYBODYS = Rule(("anonymous",))
BOOKING = Rule(
    ("owner", "own lead", "own hub's administrator"),
    (
        *TEACHERS,
        "another hub's lead",
        "another hub's administrator",
        "lead of nothing",
        "moderator of the own hub",
        "moderator",
    ),
)
OWN_EXPORT = Rule(("leaver",), ("owner", "administrator", "auditor"))
OTHER_MODERATOR = ("another organisation's moderator",)
STRANGERS_TO_ENTRY = (*TEACHERS, *OTHER_MODERATOR, "lead of a hub")
OWN_CERTIFICATE = Rule(("owner",), (*TEACHERS, "lead of a hub", "moderator", "administrator"))
OWN_APPLICATION = Rule(("applicant",), ("owner", *TEACHERS, "moderator", "administrator"))
SENT_TO_DECIDER = Rule(("decider",), ("another partner",))
WRITTEN_OF_IMPACT = {"need": "impact-statement", "text": "Pupils explain their programs to one another."}
ADMINISTRATORS = Rule(("administrator", "another administrator"))
SCHEME_STAFF = Rule(("administrator", "another administrator", "moderator"))
KEEPERS_OF_QUESTIONS = Rule(("assessor", "second assessor"), ("another's assessor", "assessor of nothing"))
OWN_ATTEMPT = Rule(("candidate",), ("owner", *TEACHERS, "assessor", "moderator", "administrator"))
DECLINED = {"outcome": "declined", "reason": "Not as it is."}
OTHER_STAFF = ("another hub's lead", "another hub's administrator", "lead of nothing")
KEEPERS = ("own lead", "own hub's administrator", "facilitator")
NO_KEEPERS = (*OTHER_STAFF, "owner", "teacher of another school", "moderator of the own hub", "administrator")
OWN_FEED = Rule(("owner",), (*TEACHERS, *OTHER_STAFF, "own lead", "moderator", "administrator"))
PROPOSED_LIST = Rule(
    ("administrator", "another administrator"), ("anonymous", "owner", "own lead", "partner", "moderator")
)
GRANT_LEAD = "lead of the grant's hub"
OTHER_LEADS = ("lead of a hub", "lead of another hub")
OWN_GRANT = Rule((GRANT_LEAD, *FINANCE), (*OTHER_LEADS, "owner", *TEACHERS))
OWN_TEAM = ("team's lead", "team's evaluator", "administrator")
OTHER_TEAM = ("another team's lead", "another team's evaluator")
GROUP_KEEPERS = ("own lead", "own hub's administrator")
GROUP_RUNNERS = (*GROUP_KEEPERS, "lead of the group")
GROUP_WATCHERS = (*GROUP_RUNNERS, "administrator", "team's lead", "team's evaluator")
NOT_IN_GROUP = ("colleague", "another school's lead", *OTHER_STAFF, "another team's lead", "another team's evaluator")
IN_GROUP = Rule((*GROUP_WATCHERS, "owner", "school's lead"), NOT_IN_GROUP)
IN_SPACE = (*GROUP_RUNNERS, "owner")
NOT_IN_SPACE = (*NOT_IN_GROUP, "school's lead", *OWN_TEAM)
OF_SPACE = Rule(IN_SPACE, NOT_IN_SPACE)
READS_DOCUMENTS = Rule((*GROUP_WATCHERS, "owner"), (*NOT_IN_GROUP, "school's lead"))
HIDES = {"action": "hide", "reason": "It names a pupil."}
NOT_APPLYING = NOT_IN_GROUP
LEFT = {"reason": "Moved to another school."}
OWN_STAFF = ("own lead", "own hub's administrator", "administrator")
LED_ALLIANCE = Rule(("school's lead",), ("another school's lead",))
OWN_PLAN = Rule((*OWN_TEAM, "own lead", "own hub's administrator"), (*OTHER_TEAM, *OTHER_STAFF))
PLAN = {"network": "{network}", "project_year": "{project_year}", "hub_id": "{hub_id}"}
LINKED = {"kind": "employer", "name": "A firm", "since_on": "2026-09-01"}
REVIEWED = {"to": "reviewed", "on": str(clock.today()), "reason": "The yearly review."}
MET = {"title": "A meeting", "meets_on": "2026-10-01"}
COVERED = {"district_code": "E08000008", "valid_from": "2023-01-01", "reason": "By agreement."}
HANDED_OVER = {"to_hub_id": "{to_hub_id}", "on": "2100-01-01", "reason": "By agreement."}
ATTESTED = {"urn": "{urn}", "academic_year": academic_year_of(clock.today()), "offers": True}
MARKED = {"entries": [{"booking_id": "{booking_id}", "outcome": "absent"}]}
MARKED_OF_SESSION = {"entries": [{"booking_id": "{booking_id}", "presence": "absent"}]}
ENTRY = {"activity": "become-a-mentor", "occurred_on": "2026-03-04", "description": "Something quite different."}
WRITTEN = {"outcome": "accepted", "reason": "Well described."}
GIVERS = ("own partner", "own partner's administrator")
OTHER_GIVERS = ("another partner", "another partner's administrator")
OTHER_AUTHORS = (*TEACHERS, *GIVERS, "another partner", "another partner's administrator")
PUBLISHED = {"outcome": "published", "reason": "Clear and correct."}
RATED = {"stars": 4, "comment": None}
TAKEN_AWAY = {"reason": "Out of date.", "for_cause": False}
ANSWERS = {"answers": [{"question": 1, "answer": 1}]}
POLICY = dict(EXAMPLE)
FEES = dict(FEE_EXAMPLE)
WITHDRAWAL = {"reason": "I leave the school."}
OWN_CLAIM = Rule(("owner", *FINANCE), (*TEACHERS, "lead of a hub"))
OWN_STATEMENT = Rule(("school's lead", *FINANCE), ("another school's lead",))
OWN_BOOKING = Rule(("owner",), (*TEACHERS, "lead of a hub", *FINANCE), {"booking_id": "{booking_id}"})

ORGANISERS = ("own lead", "own hub's administrator")
OF_SCHOOL_AND_HUB = Rule(("school's lead", *ORGANISERS), ("another school's lead", *OTHER_STAFF))
NO_LENDERS = ("school's lead", "another school's lead", *OTHER_STAFF)
SEEN = {"content_sha256": "0" * 64}
TAKING_PART = {"academic_year": academic_year_of(clock.today())}
SOME_PUPILS = {"pupils": 1, "staff": 1}
WANTED = {"kit_id": "{kit_id}", "from_on": str(clock.today()), "due_on": str(clock.today())}

MANAGERS = ("own administrator", "administrator")
OTHER_MANAGERS = ("another's administrator", "administrator of nothing")
HOOK = Rule((*MANAGERS, "own program"), (*OTHER_MANAGERS, "another's program"))

RULES: dict[str, dict[str, Rule]] = {
    "identity": {
        # No other organisation's accounts are good here unless an operator says so.
        "POST /v1/auth/providers/{provider}/flows": Rule(()),
        "POST /v1/auth/providers/{provider}/logout": Rule(()),
        "GET /v1/unsubscriptions/{token}": EVERYBODYS,
        "POST /v1/unsubscriptions/{token}": EVERYBODYS,
        "DELETE /v1/me/second-factors/passkeys/{passkey_id}": Rule(("passkey holder",), ("owner", "administrator")),
        "DELETE /v1/me/federated-identities/{identity_id}": Rule(("passkey holder",), ("owner", "administrator")),
        "POST /v1/factor-resets/{reset_id}/decision": Rule(("administrator",), (), {"outcome": "refused"}),
        "GET /v1/merges/{merge_id}/preview": Rule(("administrator",)),
        "POST /v1/merges/{merge_id}/decision": Rule(("administrator",), (), {"outcome": "declined"}),
        # What is only proposed can neither be taken back nor has it done anything.
        "POST /v1/merges/{merge_id}/separation": Rule(()),
        "GET /v1/merge-effects/identity/{merge_id}": Rule(()),
        "DELETE /v1/me/sign-ins/{sign_in_id}": Rule(("owner",), ("administrator", "own administrator")),
        "POST /v1/api-keys/{key_id}/rotation": Rule(MANAGERS, OTHER_MANAGERS, {}),
        "GET /v1/webhooks/{webhook_id}": HOOK,
        "PATCH /v1/webhooks/{webhook_id}": replace(HOOK, body={"description": "Another"}),
        "POST /v1/webhooks/{webhook_id}/verification": HOOK,
        "POST /v1/webhooks/{webhook_id}/secret-rotation": replace(HOOK, body={}),
        "GET /v1/webhooks/{webhook_id}/deliveries": HOOK,
        "GET /v1/webhooks/{webhook_id}/deliveries/{delivery_id}": HOOK,
        "POST /v1/webhooks/{webhook_id}/replays": replace(HOOK, body={"delivery_ids": ["{delivery_id}"]}),
        "DELETE /v1/webhooks/{webhook_id}": Rule(("own program",), (*OTHER_MANAGERS, "another's program")),
        "POST /v1/webhooks": Rule(
            (*MANAGERS, "own program"),
            (*OTHER_MANAGERS, "another's program"),
            {"organisation_id": "{organisation_id}", "url": "https://hooks.example.org/ncce"},
        ),
        "POST /v1/oauth-clients/{client_id}/secret-rotation": Rule(MANAGERS, OTHER_MANAGERS, {}),
        "PUT /v1/oauth-clients/{client_id}/jwks": Rule(MANAGERS, OTHER_MANAGERS, {"keys": [EXAMPLE_KEY]}),
        "DELETE /v1/oauth-clients/{client_id}": Rule(MANAGERS, OTHER_MANAGERS),
        "POST /v1/oauth-clients": Rule(
            MANAGERS,
            OTHER_MANAGERS,
            {"organisation_id": "{organisation_id}", "name": "Another", "scopes": ["hubs:read"]},
        ),
        "POST /v1/memberships": Rule(("administrator",), (), {"person_id": "{person_id}", "role": "moderator"}),
        "POST /v1/memberships/{membership_id}/end": Rule(
            ("own administrator", "administrator"), ("another's administrator", "administrator of nothing"), {}
        ),
        "DELETE /v1/memberships/invitations/{invitation_id}": Rule(
            ("own administrator",), ("another's administrator", "administrator of nothing")
        ),
        "POST /v1/memberships/proposals/{proposal_id}/decision": Rule(("administrator",), (), {"outcome": "declined"}),
        "POST /v1/privacy/erasures/{erasure_id}/cancellation": Rule(("leaver",), ("owner", "administrator", "auditor")),
        "GET /v1/privacy/erasure-certificates/{certificate_code}": EVERYBODYS,
        "GET /v1/mail/templates/{template}": Rule(("administrator",)),
        "POST /v1/teachers/{person_id}/school/leaving": Rule(("administrator",), body={"to_on": str(clock.today())}),
        "GET /v1/privacy/exports/{export_id}": OWN_EXPORT,
        "GET /v1/privacy/exports/{export_id}/archive": OWN_EXPORT,
        "GET /v1/me/identity-export/parts/{export_id}": OWN_EXPORT,
        "GET /v1/teachers/{person_id}": Rule(("administrator", "auditor")),
        "GET /v1/teachers/{person_id}/views": Rule(("auditor",)),
        "PUT /v1/teachers/{person_id}/school": Rule(
            ("administrator",), (), {"school_urn": "900002", "phase": "primary", "from_on": str(clock.today())}
        ),
        "PUT /v1/teachers/{person_id}/trn": Rule(
            ("administrator",), (), {"trn": "0123456", "standing": "matched", "reason": "The register."}
        ),
        "DELETE /v1/api-keys/{key_id}": Rule(
            ("own administrator", "administrator"), ("another's administrator", "administrator of nothing")
        ),
        "GET /v1/organisations/{organisation_id}/request-limit": Rule(
            ("own administrator", "administrator"), ("another's administrator", "administrator of nothing")
        ),
        "PUT /v1/organisations/{organisation_id}/request-limit": Rule(
            ("administrator",), (), {"requests_per_minute": 600}
        ),
        "POST /v1/api-keys": Rule(
            ("own administrator", "administrator"),
            ("another's administrator", "administrator of nothing"),
            {"organisation_id": "{organisation_id}", "name": "Another", "scopes": ["completions:write"]},
        ),
    },
    "hubs": {
        "GET /v1/merge-effects/hubs/{merge_id}": Rule(("administrator",)),
        "GET /v1/me/hubs-export/parts/{export_id}": Rule(
            ("owner",), (*TEACHERS, "own lead", "moderator", "administrator")
        ),
        "GET /v1/programmes/{programme_slug}": EVERYBODYS,
        "PATCH /v1/programmes/{programme_slug}": Rule(("administrator",), (), {"title": "Another title"}),
        "GET /v1/programmes/{programme_slug}/enrolments": Rule(("school's lead", "own lead", "administrator")),
        "POST /v1/programmes/{programme_slug}/enrolments": Rule(("another school's lead",), (), TAKING_PART),
        "POST /v1/programmes/{programme_slug}/enrolments/{enrolment_id}/withdrawal": Rule(
            ("school's lead",), ("another school's lead",), {"because": "other"}
        ),
        "GET /v1/programmes/{programme_slug}/report": Rule(("own lead", "administrator")),
        "GET /v1/programmes/{programme_slug}/report.csv": Rule(("own lead", "administrator")),
        "GET /v1/pupil-events/{event_id}": EVERYBODYS,
        "PATCH /v1/pupil-events/{event_id}": Rule(ORGANISERS, OTHER_STAFF, {"title": "Another title"}),
        "GET /v1/pupil-events/{event_id}/attendance": Rule(ORGANISERS, OTHER_STAFF),
        "PUT /v1/pupil-events/{event_id}/attendance": Rule(ORGANISERS, OTHER_STAFF, {"entries": []}),
        "POST /v1/pupil-events/{event_id}/bookings": Rule(("school's lead",), (), SOME_PUPILS),
        "GET /v1/pupil-bookings/{pupil_booking_id}": OF_SCHOOL_AND_HUB,
        "PATCH /v1/pupil-bookings/{pupil_booking_id}": Rule(
            ("school's lead",), ("another school's lead",), SOME_PUPILS
        ),
        "POST /v1/pupil-bookings/{pupil_booking_id}/cancellation": Rule(("school's lead",), ("another school's lead",)),
        "POST /v1/pupil-events/{event_id}/cancellation": Rule(ORGANISERS, OTHER_STAFF, {"because": "other"}),
        "GET /v1/networks/{network}/{project_year}": EVERYBODYS,
        "GET /v1/networks/{network}/{project_year}/file": EVERYBODYS,
        "GET /v1/networks/{network}/{project_year}/hubs": EVERYBODYS,
        "GET /v1/networks/{network}/{project_year}/hubs/{hub_id}": Rule(
            (*OWN_TEAM, "own lead", "own hub's administrator"), (*OTHER_TEAM, *OTHER_STAFF)
        ),
        "PUT /v1/networks/{network}/{project_year}/hubs/{hub_id}": Rule(
            ("team's lead", "administrator"), ("another team's lead",), {"joined_on": "2026-09-01"}
        ),
        "GET /v1/networks/{network}/{project_year}/plan": Rule(OWN_TEAM, OTHER_TEAM),
        "GET /v1/networks/{network}/{project_year}/plan.csv": Rule(OWN_TEAM, OTHER_TEAM),
        "GET /v1/networks/{network}/{project_year}/dashboard": Rule(OWN_TEAM, OTHER_TEAM),
        "GET /v1/networks/{network}/{project_year}/dashboard.csv": Rule(OWN_TEAM, OTHER_TEAM),
        "GET /v1/networks/{network}/{project_year}/dashboard/own": Rule(
            ("lead of the group", "owner", "school's lead"), NOT_IN_GROUP
        ),
        "GET /v1/networks/{network}/{project_year}/hubs/{hub_id}/dashboard": OWN_PLAN,
        "GET /v1/networks/{network}/{project_year}/hubs/{hub_id}/dashboard.csv": OWN_PLAN,
        "POST /v1/hub-plans": Rule(("own lead",), OTHER_STAFF, PLAN),
        "GET /v1/hub-plans/{hub_plan_id}": OWN_PLAN,
        "GET /v1/hub-plans/{hub_plan_id}/revisions": OWN_PLAN,
        "PUT /v1/hub-plans/{hub_plan_id}": Rule(OWN_STAFF[:2], OTHER_STAFF, {"lines": []}),
        "POST /v1/hub-plans/{hub_plan_id}/submission": Rule(OWN_STAFF[:2], OTHER_STAFF, {}),
        "POST /v1/hub-plans/{hub_plan_id}/decision": Rule(
            ("team's lead", "administrator"), ("another team's lead",), {"outcome": "returned", "reason": "Add one."}
        ),
        "POST /v1/hub-plans/{hub_plan_id}/reopening": Rule(
            ("team's lead", "administrator"), ("another team's lead",), {"until_on": "2999-01-31", "reason": "A fire."}
        ),
        "GET /v1/projects/{project_id}": EVERYBODYS,
        "GET /v1/projects/{project_id}/versions": EVERYBODYS,
        "GET /v1/projects/{project_id}/file": EVERYBODYS,
        "GET /v1/network-proposals/{network_proposal_id}": Rule(OWN_TEAM, OTHER_TEAM),
        "POST /v1/network-proposals/{network_proposal_id}/decision": Rule(
            ("team's second lead", "administrator"), ("another team's lead",), DECISION
        ),
        "GET /v1/centres/{centre_id}": EVERYBODYS,
        "PATCH /v1/centres/{centre_id}": Rule(OWN_STAFF, OTHER_STAFF, {"town": "Stalybridge"}),
        "POST /v1/centres/{centre_id}/spaces": Rule(OWN_STAFF, OTHER_STAFF, {"name": "Another room", "capacity": 9}),
        "GET /v1/centre-spaces/{space_id}": EVERYBODYS,
        "GET /v1/centre-spaces/{space_id}/times": EVERYBODYS,
        "PATCH /v1/centre-spaces/{space_id}": Rule(OWN_STAFF, OTHER_STAFF, {"capacity": 9}),
        "GET /v1/centre-bookings/{space_booking_id}": OF_SCHOOL_AND_HUB,
        "POST /v1/centre-bookings/{space_booking_id}/cancellation": OF_SCHOOL_AND_HUB,
        "GET /v1/stem-plans/{plan_version}": EVERYBODYS,
        "GET /v1/stem-plans/{plan_version}/figures.csv": EVERYBODYS,
        "GET /v1/alliances/{alliance_id}": replace(LED_ALLIANCE, found_by=("school's lead", "administrator")),
        "POST /v1/alliances/{alliance_id}/schools": replace(LED_ALLIANCE, body={"urn": "900001"}),
        "POST /v1/alliances/{alliance_id}/consent": replace(LED_ALLIANCE, body={"is_in": True}),
        "POST /v1/alliances/{alliance_id}/application": replace(
            LED_ALLIANCE,
            body={"slug": "a-hub", "postcode": "OL6 6NX", "email": "a@hub.example.org", "reason": "By agreement."},
        ),
        "POST /v1/alliances/{alliance_id}/end": replace(LED_ALLIANCE, body={"reason": "By agreement."}),
        "GET /v1/hub-guests/{hub_id}": Rule(OWN_STAFF, OTHER_STAFF),
        "POST /v1/hub-guests/{hub_id}": Rule(
            OWN_STAFF,
            OTHER_STAFF,
            {"urn": "900001", "from_on": str(clock.today()), "until_on": str(clock.today()), "because": "Neighbours."},
        ),
        "POST /v1/hub-guests/{hub_id}/{guest_id}/end": Rule(
            OWN_STAFF, OTHER_STAFF, {"until_on": str(clock.today() + timedelta(days=3))}
        ),
        "GET /v1/group-documents/{group_id}": READS_DOCUMENTS,
        "POST /v1/group-documents/{group_id}": replace(OF_SPACE, body={}),
        "GET /v1/group-documents/{group_id}/files/{group_document_id}": READS_DOCUMENTS,
        "DELETE /v1/group-documents/{group_id}/files/{group_document_id}": Rule(GROUP_RUNNERS[:1], NOT_IN_SPACE),
        "GET /v1/group-spaces/{group_id}/topics": OF_SPACE,
        "POST /v1/group-spaces/{group_id}/topics": replace(OF_SPACE, body={"title": "A topic", "text": "A post"}),
        "GET /v1/group-spaces/{group_id}/topics/{topic_id}": OF_SPACE,
        "GET /v1/group-spaces/{group_id}/topics/{topic_id}/posts": OF_SPACE,
        "POST /v1/group-spaces/{group_id}/topics/{topic_id}/posts": replace(OF_SPACE, body={"text": "A post"}),
        "PUT /v1/group-spaces/{group_id}/topics/{topic_id}/reading": replace(OF_SPACE, body={"until": 1}),
        "POST /v1/group-spaces/{group_id}/topics/{topic_id}/moderation": Rule(
            GROUP_RUNNERS, NOT_IN_SPACE, {"action": "unlock", "reason": "It is not settled."}
        ),
        "GET /v1/group-spaces/{group_id}/posts": replace(OF_SPACE, query={"q": "sorting"}),
        "GET /v1/group-spaces/{group_id}/posts/{post_id}": OF_SPACE,
        "PATCH /v1/group-spaces/{group_id}/posts/{post_id}": Rule(("owner",), NOT_IN_SPACE, {"text": "Other words"}),
        "POST /v1/group-spaces/{group_id}/posts/{post_id}/withdrawal": Rule(("owner",), NOT_IN_SPACE),
        "POST /v1/group-spaces/{group_id}/posts/{post_id}/moderation": Rule(GROUP_RUNNERS, NOT_IN_SPACE, HIDES),
        "GET /v1/group-spaces/{group_id}/posts/{post_id}/wordings": Rule(GROUP_RUNNERS, NOT_IN_SPACE),
        "POST /v1/group-spaces/{group_id}/posts/{post_id}/contribution": Rule(GROUP_RUNNERS, NOT_IN_SPACE),
        "POST /v1/group-spaces/{group_id}/posts/{post_id}/reports": Rule(
            GROUP_RUNNERS, NOT_IN_SPACE, {"kind": "other"}
        ),
        "GET /v1/group-spaces/{group_id}/contributions": OF_SPACE,
        "GET /v1/group-spaces/{group_id}/reports": Rule(GROUP_RUNNERS, NOT_IN_SPACE),
        "POST /v1/group-spaces/{group_id}/reports/{post_report_id}/decision": Rule(
            GROUP_RUNNERS, NOT_IN_SPACE, {"outcome": "dismissed", "reason": "No pupil can be told."}
        ),
        "GET /v1/groups/{group_id}": IN_GROUP,
        "PATCH /v1/groups/{group_id}": Rule(GROUP_KEEPERS, OTHER_STAFF, {"title": "Another title"}),
        "POST /v1/groups/{group_id}/steps": Rule(
            GROUP_KEEPERS, OTHER_STAFF, {"to": "completed", "on": str(clock.today())}
        ),
        "GET /v1/groups/{group_id}/schools": IN_GROUP,
        "POST /v1/groups/{group_id}/schools": Rule(GROUP_KEEPERS, OTHER_STAFF, {"urn": "900001"}),
        "POST /v1/groups/{group_id}/schools/{group_school_id}/departure": Rule(GROUP_KEEPERS, OTHER_STAFF, LEFT),
        "GET /v1/groups/{group_id}/organisations": IN_GROUP,
        "POST /v1/groups/{group_id}/organisations": Rule(
            GROUP_KEEPERS, OTHER_STAFF, {"organisation_id": "{group_id}", "name": "A provider"}
        ),
        "POST /v1/groups/{group_id}/organisations/{group_organisation_id}/departure": Rule(
            GROUP_KEEPERS, OTHER_STAFF, LEFT
        ),
        "GET /v1/groups/{group_id}/delegates": Rule(GROUP_WATCHERS, (*NOT_IN_GROUP, "owner", "school's lead")),
        "PUT /v1/groups/{group_id}/delegates": Rule(
            (*GROUP_KEEPERS, "lead of the group"), OTHER_STAFF, {"activity": "workshops", "delegates": []}
        ),
        "GET /v1/groups/{group_id}/participants": IN_GROUP,
        "POST /v1/groups/{group_id}/participants": Rule(
            (*GROUP_KEEPERS, "school's lead"),
            (*OTHER_STAFF, "another school's lead"),
            {"person_id": "{teacher_id}", "urn": "900001"},
        ),
        "POST /v1/groups/{group_id}/participants/{participant_id}/departure": Rule(
            (*GROUP_KEEPERS, "school's lead"), (*OTHER_STAFF, "another school's lead"), LEFT
        ),
        "GET /v1/groups/{group_id}/leads": IN_GROUP,
        "POST /v1/groups/{group_id}/leads": Rule(GROUP_KEEPERS, OTHER_STAFF, {"lead_id": "{lead_id}"}),
        "GET /v1/groups/{group_id}/contacts": Rule(GROUP_WATCHERS, (*NOT_IN_GROUP, "owner", "school's lead")),
        "GET /v1/groups/{group_id}/activities": IN_GROUP,
        "POST /v1/groups/{group_id}/activities": Rule(
            GROUP_RUNNERS,
            (*NOT_IN_GROUP, "owner", "school's lead", "team's lead"),
            {"kind": "meeting", "title": "A meeting", "starts_on": str(clock.today())},
        ),
        "GET /v1/groups/{group_id}/activities/{activity_id}": IN_GROUP,
        "PATCH /v1/groups/{group_id}/activities/{activity_id}": Rule(
            GROUP_RUNNERS, (*NOT_IN_GROUP, "owner", "school's lead", "team's lead"), {"place": "Elsewhere"}
        ),
        "GET /v1/groups/{group_id}/activities/{activity_id}/register": IN_GROUP,
        "PUT /v1/groups/{group_id}/activities/{activity_id}/register": Rule(
            GROUP_RUNNERS,
            (*NOT_IN_GROUP, "owner", "school's lead", "team's lead"),
            {"entries": [{"participant_id": "{participant_id}", "mark": "present"}]},
        ),
        "POST /v1/groups/{group_id}/leads/{group_lead_id}/departure": Rule(GROUP_KEEPERS, OTHER_STAFF, LEFT),
        "GET /v1/project-applications/{project_application_id}": Rule(
            ("owner", "school's lead", *GROUP_KEEPERS, *OWN_TEAM), NOT_APPLYING
        ),
        "POST /v1/project-applications/{project_application_id}/submission": Rule(
            ("owner", "school's lead"), (*NOT_APPLYING, *GROUP_KEEPERS, *OWN_TEAM), {}
        ),
        "POST /v1/project-applications/{project_application_id}/commitment": Rule(
            ("school's lead",), ("another school's lead",), {"accepts": True}
        ),
        "POST /v1/project-applications/{project_application_id}/overrides": Rule(
            GROUP_KEEPERS, OTHER_STAFF, {"criterion": "needed", "is_met": True, "reason": "Seen on a visit."}
        ),
        "POST /v1/project-applications/{project_application_id}/selection": Rule(
            GROUP_KEEPERS, OTHER_STAFF, {"outcome": "waiting", "reason": "The group is full."}
        ),
        "POST /v1/project-applications/{project_application_id}/withdrawal": Rule(
            ("owner", "school's lead"), (*NOT_APPLYING, *GROUP_KEEPERS, *OWN_TEAM), LEFT
        ),
        "GET /v1/project-reports/{project_report_id}": Rule(
            (*GROUP_WATCHERS,), ("owner", "school's lead", *NOT_IN_GROUP)
        ),
        "PUT /v1/project-reports/{project_report_id}": Rule(
            ("lead of the group",), (*NOT_IN_GROUP, "owner", *GROUP_KEEPERS, *OWN_TEAM), {"outcomes": []}
        ),
        "POST /v1/project-reports/{project_report_id}/submission": Rule(
            ("lead of the group",), (*NOT_IN_GROUP, "owner", *GROUP_KEEPERS, *OWN_TEAM)
        ),
        "POST /v1/project-reports/{project_report_id}/decision": Rule(
            ("team's lead", "team's evaluator"),
            ("another team's lead", "another team's evaluator"),
            {"outcome": "accepted"},
        ),
        "GET /v1/project-leads/{lead_id}": Rule(
            ("lead of the group", *GROUP_KEEPERS, *OWN_TEAM), ("owner", "school's lead", *NOT_IN_GROUP)
        ),
        "POST /v1/project-leads/{lead_id}/decision": Rule(
            (*GROUP_KEEPERS, "team's lead"), (*OTHER_STAFF, "another team's lead"), {"outcome": "accepted", **LEFT}
        ),
        "POST /v1/project-leads/{lead_id}/end": Rule(
            (*GROUP_KEEPERS, "team's lead"), (*OTHER_STAFF, "another team's lead"), LEFT
        ),
        "PUT /v1/project-leads/{lead_id}/attendance": Rule(
            ("team's lead",),
            ("another team's lead",),
            {"entries": [{"activity": "workshops", "occasion": "Workshop 1", "presence": "present"}]},
        ),
        "GET /v1/kits/{kit_id}": OF_SCHOOL_AND_HUB,
        "PATCH /v1/kits/{kit_id}": Rule(ORGANISERS, NO_LENDERS, {"title": "Another title"}),
        "GET /v1/kits/{kit_id}/history": Rule(ORGANISERS, NO_LENDERS),
        "POST /v1/loans": Rule(("school's lead",), ("another school's lead",), WANTED),
        "GET /v1/loans/{loan_id}": OF_SCHOOL_AND_HUB,
        "POST /v1/loans/{loan_id}/decision": Rule(ORGANISERS, NO_LENDERS, {"outcome": "agreed"}),
        "POST /v1/loans/{loan_id}/cancellation": Rule(
            OF_SCHOOL_AND_HUB.found_by, OF_SCHOOL_AND_HUB.hidden_from, {"reason": "Not needed."}
        ),
        "POST /v1/loans/{loan_id}/collection": Rule(ORGANISERS, NO_LENDERS),
        "POST /v1/loans/{loan_id}/extension": Rule(
            ("school's lead",), ("another school's lead",), {"due_on": "2100-01-01"}
        ),
        "POST /v1/loans/{loan_id}/extension/decision": Rule(ORGANISERS, NO_LENDERS, {"outcome": "refused"}),
        "POST /v1/loans/{loan_id}/damage-reports": Rule(
            OF_SCHOOL_AND_HUB.found_by,
            OF_SCHOOL_AND_HUB.hidden_from,
            {"items_damaged": 1, "items_missing": 0, "description": "A socket is loose."},
        ),
        "POST /v1/damage-reports/{report_id}/outcome": Rule(ORGANISERS, NO_LENDERS, {"outcome": "repaired"}),
        "POST /v1/loans/{loan_id}/loss": OF_SCHOOL_AND_HUB,
        "POST /v1/loans/{loan_id}/return": Rule(ORGANISERS, NO_LENDERS, {"items_returned": 30, "condition": "good"}),
        "GET /v1/hubs/{hub_id}": EVERYBODYS,
        "GET /v1/hubs/{hub_id}/network": EVERYBODYS,
        "PUT /v1/hubs/{hub_id}/schools/{urn}": Rule(OWN_STAFF, OTHER_STAFF, {"joined_on": "2026-09-01"}),
        "PUT /v1/hubs/{hub_id}/links": Rule(OWN_STAFF, OTHER_STAFF, LINKED),
        "DELETE /v1/hubs/{hub_id}/schools/{urn}/periods/{joined_on}": Rule(OWN_STAFF[:1], OTHER_STAFF),
        "DELETE /v1/hubs/{hub_id}/links/{link_id}": Rule(OWN_STAFF[:1], OTHER_STAFF),
        "GET /v1/hubs/{hub_id}/coverage": EVERYBODYS,
        "POST /v1/hubs/{hub_id}/coverage": Rule(("administrator",), (), COVERED),
        "POST /v1/hubs/{hub_id}/coverage/{coverage_id}/end": Rule(
            ("administrator",), (), {"on": "2100-12-31", "reason": "By agreement."}
        ),
        "POST /v1/hubs/{hub_id}/coverage/{coverage_id}/hand-over": Rule(("administrator",), (), HANDED_OVER),
        "DELETE /v1/hubs/{hub_id}/coverage/{coverage_id}": Rule(("administrator",)),
        "GET /v1/hubs/{hub_id}/delivery": Rule(OWN_STAFF, OTHER_STAFF),
        "GET /v1/hubs/{hub_id}/targets/{academic_year}": Rule(OWN_STAFF, OTHER_STAFF),
        "PUT /v1/hubs/{hub_id}/targets/{academic_year}": Rule(("administrator",), (), {"teachers": 240}),
        "GET /v1/hubs/{hub_id}/meetings": EVERYBODYS,
        "POST /v1/hubs/{hub_id}/meetings": Rule(OWN_STAFF, OTHER_STAFF, MET),
        "GET /v1/hubs/{hub_id}/meetings/{meeting_id}": EVERYBODYS,
        "PATCH /v1/hubs/{hub_id}/meetings/{meeting_id}": Rule(OWN_STAFF, OTHER_STAFF, {"title": "Another"}),
        "PUT /v1/hubs/{hub_id}/meetings/{meeting_id}/schools": Rule(OWN_STAFF, OTHER_STAFF, {"urns": ["900001"]}),
        "PATCH /v1/hubs/{hub_id}": Rule(OWN_STAFF, OTHER_STAFF, {"opening_hours": "Term time"}),
        "GET /v1/hubs/{hub_id}/life-cycle": Rule(OWN_STAFF, OTHER_STAFF),
        "POST /v1/hubs/{hub_id}/life-cycle": Rule(("administrator",), (), REVIEWED),
        "GET /v1/schools/{urn}": EVERYBODYS,
        "GET /v1/area-lists/{list_id}": PROPOSED_LIST,
        "GET /v1/area-lists/{list_id}/entries": PROPOSED_LIST,
        "POST /v1/area-lists/{list_id}/decision": Rule(("another administrator",), (), DECISION),
        "POST /v1/gcse-offers/reviews/{attestation_id}/decision": Rule(("moderator",), (), WRITTEN),
        "POST /v1/gcse-offers": Rule(("school's lead",), ("another school's lead", *OTHER_STAFF), ATTESTED),
        "GET /v1/schools/{urn}/history": EVERYBODYS,
        "POST /v1/schools/imports/{import_id}/approval": Rule(("another administrator",), (), DECISION),
        "POST /v1/schools/successions/{succession_id}/decision": Rule(
            ("administrator",), (), {"chosen": [], "reason": "Neither carries on."}
        ),
        "POST /v1/establishment-types/verdicts/{verdict_id}/decision": Rule(("another administrator",), (), DECISION),
        "GET /v1/schools/imports/{import_id}": Rule(("administrator", "another administrator")),
        "GET /v1/schools/imports/{import_id}/remarks": Rule(("administrator", "another administrator")),
        "GET /v1/courses/{code}": EVERYBODYS,
        "GET /v1/course-runs/{run_id}": EVERYBODYS,
        "POST /v1/hubs/{hub_id}/members": Rule(("owner", "teacher of another school")),
        "POST /v1/bookings": Rule(("teacher of another school",), (), {"course_run_id": "{course_run_id}"}),
        "GET /v1/hubs/{hub}/calendar.ics": EVERYBODYS,
        "GET /v1/calendars/{secret}.ics": EVERYBODYS,
        "POST /v1/calendar-feeds/{feed_id}/rotation": OWN_FEED,
        "DELETE /v1/calendar-feeds/{feed_id}": OWN_FEED,
        "GET /v1/bookings/{booking_id}": BOOKING,
        "GET /v1/registers/{course_run_id}": Rule(KEEPERS, NO_KEEPERS),
        "PUT /v1/registers/{course_run_id}": Rule(KEEPERS, NO_KEEPERS, MARKED),
        "PUT /v1/registers/{course_run_id}/sessions/{session_id}": Rule(KEEPERS, NO_KEEPERS, MARKED_OF_SESSION),
        "POST /v1/registers/{course_run_id}/sessions/{session_id}/sign-in-code": Rule(KEEPERS, NO_KEEPERS, {}),
        "GET /v1/registers/{course_run_id}/decisions": Rule(KEEPERS, NO_KEEPERS),
        "POST /v1/course-runs/{run_id}/closure": Rule(("own lead", "own hub's administrator"), OTHER_STAFF, {}),
        "POST /v1/bookings/{booking_id}/sign-in": Rule(
            ("owner",), (*TEACHERS, *OTHER_STAFF, "own lead", "facilitator"), {"code": "ABCD-EFGH"}
        ),
        "POST /v1/completion-rules/{rule_id}/decision": Rule(("another administrator",), (), DECISION),
        "POST /v1/bookings/{booking_id}/cancellation": Rule(
            ("owner",), (*TEACHERS, *OTHER_STAFF, "moderator of the own hub", "moderator")
        ),
        "POST /v1/bookings/{booking_id}/confirmation": Rule(
            ("owner",), (*TEACHERS, *OTHER_STAFF, "moderator of the own hub", "moderator")
        ),
        "POST /v1/bookings/{booking_id}/transfer": Rule(
            ("owner",),
            (*TEACHERS, *OTHER_STAFF, "moderator of the own hub", "moderator"),
            {"course_run_id": "{course_run_id}"},
        ),
        "PATCH /v1/course-runs/{run_id}": Rule(
            ("own lead", "own hub's administrator"), OTHER_STAFF, {"status_reason": "Seen."}
        ),
        "POST /v1/course-runs/{run_id}/cancellation": Rule(
            ("own lead", "own hub's administrator"), OTHER_STAFF, {"reason": "No trainer."}
        ),
        "GET /v1/completions/{external_id}": Rule(("partner",), ("another reporting partner",)),
        "GET /v1/completions/matches/{match_id}": Rule(("partner", "moderator"), ("another reporting partner",)),
        "POST /v1/completions/matches/{match_id}/resolution": Rule(("moderator",), (), {"teacher_id": "{teacher_id}"}),
        "POST /v1/completions/matches/{match_id}/reversal": Rule(("moderator",), (), {"reason": "A mistake."}),
        "GET /v1/resources/{resource_id}": EVERYBODYS,
        "GET /v1/resources/{resource_id}/comments": EVERYBODYS,
        "GET /v1/resources/{resource_id}/versions/{number}": EVERYBODYS,
        "PUT /v1/resources/{resource_id}/versions/{number}": Rule(("owner",), OTHER_AUTHORS, RESOURCE),
        "DELETE /v1/resources/{resource_id}/versions/{number}": Rule(("owner",), OTHER_AUTHORS),
        "POST /v1/resources/{resource_id}/versions/{number}/submission": Rule(("owner",), OTHER_AUTHORS),
        "POST /v1/resources/{resource_id}/versions": Rule(("owner",), OTHER_AUTHORS, RESOURCE),
        "POST /v1/resources/{resource_id}/versions/{number}/review": Rule(("moderator",), (), {}),
        "POST /v1/resources/{resource_id}/versions/{number}/decision": Rule(("moderator",), (), PUBLISHED),
        "POST /v1/resources/comments/{comment_id}/decision": Rule(
            ("moderator",), (), {"outcome": "shown", "reason": "To the point."}
        ),
        "GET /v1/resources/{resource_id}/use": Rule(("colleague",), ("owner", "teacher of another school")),
        "PUT /v1/resources/{resource_id}/rating": Rule(("colleague",), (), RATED),
        "PUT /v1/resources/{resource_id}/use": Rule(("colleague", "teacher of another school")),
        "POST /v1/resources/{resource_id}/withdrawal": Rule(("owner", "moderator"), OTHER_AUTHORS, TAKEN_AWAY),
        "POST /v1/resources/{resource_id}/reinstatement": Rule(("moderator",), (), {"reason": "It is wanted."}),
        "GET /v1/enrichment-offers/{offer_id}": EVERYBODYS,
        "PUT /v1/enrichment-offers/{offer_id}": Rule(GIVERS, OTHER_GIVERS, OFFER),
        "DELETE /v1/enrichment-offers/{offer_id}": Rule(GIVERS, OTHER_GIVERS),
        "PATCH /v1/enrichment-offers/{offer_id}": Rule(GIVERS, OTHER_GIVERS, {"capacity": 9}),
        "POST /v1/enrichment-offers/{offer_id}/submission": Rule(GIVERS, OTHER_GIVERS),
        "POST /v1/enrichment-offers/{offer_id}/decision": Rule(("moderator",), (), PUBLISHED),
        "GET /v1/enrichment-offers/{offer_id}/interests": Rule(GIVERS, OTHER_GIVERS),
        "GET /v1/enrichment-offers/{offer_id}/interest": Rule(("school's lead",), ("another school's lead",)),
        "PUT /v1/enrichment-offers/{offer_id}/interest": Rule(("school's lead", "another school's lead"), (), PUPILS),
        "DELETE /v1/enrichment-offers/{offer_id}/interest": Rule(("school's lead",)),
        "POST /v1/enrichment-offers/{offer_id}/closure": Rule(
            (*GIVERS, "moderator"), OTHER_GIVERS, {"reason": "Nobody is left."}
        ),
    },
    "certification": {
        "GET /v1/merge-effects/certification/{merge_id}": Rule(("administrator",)),
        "GET /v1/me/certification-export/parts/{export_id}": Rule(
            ("owner",), (*TEACHERS, "moderator", "administrator")
        ),
        "GET /v1/diagnostics/{slug}": EVERYBODYS,
        "GET /v1/verify/{code}": EVERYBODYS,
        "GET /v1/verify/{code}/document": EVERYBODYS,
        "GET /v1/verify/{code}/page": EVERYBODYS,
        "GET /v1/certificates/{certificate_id}/badge": OWN_CERTIFICATE,
        "GET /v1/certificates/{certificate_id}/document": OWN_CERTIFICATE,
        "POST /v1/certificates/{certificate_id}/name": replace(OWN_CERTIFICATE, body={"name": "Ada Example"}),
        "PUT /v1/certificates/{certificate_id}/sharing": replace(
            OWN_CERTIFICATE, body={"shows_name": True, "shares_document": True}
        ),
        "POST /v1/certificates/{certificate_id}/revocations": Rule(
            ("administrator", "another administrator"), (), {"reason": "Awarded in error, as it turned out."}
        ),
        "GET /v1/award-checks/{check_id}": Rule(("administrator", "another administrator")),
        "POST /v1/award-checks/{check_id}/recommendation": Rule(
            ("administrator", "another administrator"),
            (),
            {"outcome": "award", "reason": "Registers and evidence bear it out."},
        ),
        "POST /v1/award-checks/{check_id}/decision": Rule(("another administrator",), (), {"outcome": "declined"}),
        "POST /v1/certificate-reviews/{review_id}/recommendation": Rule(
            ("administrator", "another administrator"),
            (),
            {"outcome": "keep", "reason": "Later courses make up for it."},
        ),
        "POST /v1/certificate-reviews/{review_id}/decision": Rule(
            ("another administrator",), (), {"outcome": "declined"}
        ),
        "POST /v1/certificate-revocations/{revocation_id}/decision": Rule(
            ("another administrator",), (), {"outcome": "declined"}
        ),
        "GET /v1/badges/keys/{kid}": EVERYBODYS,
        "GET /v1/badges/status/{list_number}": EVERYBODYS,
        "GET /v1/transparency/heads/{tree_size}": EVERYBODYS,
        "GET /v1/transparency/entries/{position}/proof": EVERYBODYS,
        "POST /v1/diagnostics/{slug}/responses": Rule(("owner",), (), ANSWERS),
        "GET /v1/log-entries/{entry_id}": Rule(("owner", "moderator"), STRANGERS_TO_ENTRY),
        "GET /v1/log-entries/{entry_id}/history": Rule(("owner", "moderator"), STRANGERS_TO_ENTRY),
        "GET /v1/log-entries/{entry_id}/evidence": Rule(("owner", "moderator"), STRANGERS_TO_ENTRY),
        "POST /v1/log-entries/{entry_id}/evidence": Rule(("owner",), (*STRANGERS_TO_ENTRY, "moderator"), {}),
        "GET /v1/log-entries/evidence/{evidence_id}": Rule(("owner",), (*STRANGERS_TO_ENTRY, "moderator")),
        "DELETE /v1/log-entries/evidence/{evidence_id}": Rule(("owner",), (*STRANGERS_TO_ENTRY, "moderator")),
        "PUT /v1/log-entries/{entry_id}": Rule(("owner",), (*STRANGERS_TO_ENTRY, "moderator"), ENTRY),
        "POST /v1/log-entries/{entry_id}/submission": Rule(("owner",), (*STRANGERS_TO_ENTRY, "moderator")),
        "POST /v1/log-entries/{entry_id}/audit": Rule(
            ("another moderator",), OTHER_MODERATOR, {"outcome": "confirmed"}
        ),
        "POST /v1/log-entries/{entry_id}/claim": Rule(("moderator",), OTHER_MODERATOR),
        "DELETE /v1/log-entries/{entry_id}/claim": Rule(("moderator",), OTHER_MODERATOR),
        "POST /v1/log-entries/{entry_id}/decision": Rule(("moderator",), OTHER_MODERATOR, WRITTEN),
        "POST /v1/log-entries/{entry_id}/withdrawal": Rule(("owner",), (*STRANGERS_TO_ENTRY, "moderator")),
        "POST /v1/moderation/policies/{policy_version}/approval": Rule(("another administrator",)),
        "GET /v1/assessments/{assessment}": Rule(("owner", "candidate", "moderator")),
        "POST /v1/assessments/{assessment}/attempts": Rule(("owner", "candidate"), (), {"accepts_conditions": True}),
        "GET /v1/assessments/{assessment}/statistics": KEEPERS_OF_QUESTIONS,
        "GET /v1/assessments/{assessment}/adjustments": KEEPERS_OF_QUESTIONS,
        "POST /v1/assessments/{assessment}/adjustments": replace(
            KEEPERS_OF_QUESTIONS, body={"teacher_id": "{teacher_id}", "extra_time_percent": 25, "reason": "Agreed."}
        ),
        "POST /v1/assessment-adjustments/{adjustment_id}/end": KEEPERS_OF_QUESTIONS,
        "GET /v1/assessments/{assessment}/re-markings": KEEPERS_OF_QUESTIONS,
        "POST /v1/assessments/{assessment}/re-markings": replace(
            KEEPERS_OF_QUESTIONS,
            body={"question": "{question}", "treatment": "marks_for_all", "reason": "It was wrong."},
        ),
        "GET /v1/re-markings/{re_marking_id}": KEEPERS_OF_QUESTIONS,
        "POST /v1/re-markings/{re_marking_id}/decision": Rule(
            ("second assessor",), ("another's assessor", "assessor of nothing"), DECLINED
        ),
        "POST /v1/assessments/{assessment}/questions/{question}/retirement": Rule(
            ("assessor",), ("another's assessor", "assessor of nothing"), {"reason": "It was wrong."}
        ),
        "GET /v1/question-banks/{bank_id}": KEEPERS_OF_QUESTIONS,
        "PUT /v1/question-banks/{bank_id}": Rule(
            ("assessor",), ("another's assessor", "assessor of nothing"), EXAMPLE_BANK
        ),
        "POST /v1/question-banks/{bank_id}/approval": Rule(
            ("second assessor",), ("another's assessor", "assessor of nothing"), DECLINED
        ),
        "POST /v1/question-banks/{bank_id}/publication": KEEPERS_OF_QUESTIONS,
        "GET /v1/assessment-attempts/{attempt_id}": Rule(
            ("candidate", "assessor"), ("owner", *TEACHERS, "another's assessor", "moderator", "administrator")
        ),
        "PUT /v1/assessment-attempts/{attempt_id}/answers": replace(
            OWN_ATTEMPT, body={"save_number": 1, "answers": []}
        ),
        "POST /v1/assessment-attempts/{attempt_id}/launch": OWN_ATTEMPT,
        "POST /v1/assessment-attempts/{attempt_id}/submission": replace(OWN_ATTEMPT, body={}),
        "GET /v1/assessment-providers/{provider}/results": KEEPERS_OF_QUESTIONS,
        # Nobody is told anything without a signature.
        "POST /v1/assessment-providers/{provider}/results": Rule(()),
        "POST /v1/assessment-providers/{provider}/results/{result_id}/decision": replace(
            KEEPERS_OF_QUESTIONS, body={"outcome": "dismissed", "reason": "A trial of theirs."}
        ),
        "GET /v1/activities/{activity}": EVERYBODYS,
        "GET /v1/schemes/{scheme}": EVERYBODYS,
        "GET /v1/schemes/{scheme}/versions/{version}": EVERYBODYS,
        "GET /v1/scheme-drafts/{draft_id}": Rule(("administrator", "another administrator", "moderator")),
        "PUT /v1/scheme-drafts/{draft_id}": Rule(("administrator",), (), PROPOSAL),
        "POST /v1/scheme-drafts/{draft_id}/test": Rule(("administrator", "another administrator")),
        "POST /v1/scheme-drafts/{draft_id}/approval": Rule(("another administrator",), (), DECISION),
        "POST /v1/scheme-drafts/{draft_id}/publication": Rule(("administrator", "another administrator")),
        "GET /v1/chartered-applications/{application_id}": OWN_APPLICATION,
        "POST /v1/chartered-applications/{application_id}/statements": replace(OWN_APPLICATION, body=WRITTEN_OF_IMPACT),
        "PUT /v1/chartered-applications/{application_id}/consent": replace(OWN_APPLICATION, body={"agrees": True}),
        "DELETE /v1/chartered-applications/{application_id}/consent": OWN_APPLICATION,
        "POST /v1/chartered-applications/{application_id}/submission": OWN_APPLICATION,
        "GET /v1/chartered-submissions/{submission_id}": SENT_TO_DECIDER,
        "GET /v1/chartered-submissions/{submission_id}/bundle": SENT_TO_DECIDER,
        "POST /v1/chartered-submissions/{submission_id}/decisions": replace(SENT_TO_DECIDER, body=decision()),
        "POST /v1/chartered-applications/{application_id}/withdrawal": replace(
            OWN_APPLICATION, body={"reason": "I am moving to another subject."}
        ),
        "POST /v1/endorsement-requests/{request_id}/endorsement": Rule(
            ("endorser",), ("another partner",), {"statement": "Led our community, and well."}
        ),
        "POST /v1/endorsements/{endorsement_id}/withdrawal": Rule(
            ("endorser",), ("another partner",), {"reason": "It was meant for somebody else."}
        ),
        "GET /v1/diagnostic-sittings/{sitting_id}": OWN_CERTIFICATE,
        "PATCH /v1/diagnostic-sittings/{sitting_id}": replace(OWN_CERTIFICATE, body=ANSWERS),
        "POST /v1/diagnostic-sittings/{sitting_id}/completion": OWN_CERTIFICATE,
        "DELETE /v1/diagnostic-sittings/{sitting_id}": OWN_CERTIFICATE,
        "GET /v1/questionnaire-drafts/{questionnaire_id}": SCHEME_STAFF,
        "PUT /v1/questionnaire-drafts/{questionnaire_id}": Rule(("administrator",), (), QUESTIONNAIRE),
        "POST /v1/questionnaire-drafts/{questionnaire_id}/test": ADMINISTRATORS,
        "POST /v1/questionnaire-drafts/{questionnaire_id}/approval": Rule(("another administrator",), (), DECISION),
        "POST /v1/questionnaire-drafts/{questionnaire_id}/publication": ADMINISTRATORS,
        "GET /v1/re-evaluations/{re_evaluation_id}": Rule(("administrator", "moderator")),
        "GET /v1/re-evaluations/{re_evaluation_id}/findings": Rule(("administrator", "moderator")),
        "POST /v1/re-evaluations/{re_evaluation_id}/cancellation": Rule(("administrator", "another administrator")),
    },
    "funding": {
        "GET /v1/merge-effects/funding/{merge_id}": Rule(("auditor",)),
        "GET /v1/me/funding-export/parts/{export_id}": Rule(("owner",), ("colleague", *FINANCE)),
        "GET /v1/bursaries/preview": Rule(OWN_BOOKING.found_by, OWN_BOOKING.hidden_from, None, OWN_BOOKING.body or {}),
        "POST /v1/bursaries": OWN_BOOKING,
        "GET /v1/bursaries/{bursary_id}": OWN_CLAIM,
        "POST /v1/bursaries/{bursary_id}/approval": Rule(("approver",), (), DECISION),
        "POST /v1/bursaries/{bursary_id}/withdrawal": Rule(
            ("owner", "officer"), (*TEACHERS, "lead of a hub", "auditor", "approver", "payment officer"), WITHDRAWAL
        ),
        "GET /v1/bursaries/{bursary_id}/history": OWN_CLAIM,
        "GET /v1/bursaries/{bursary_id}/decisions": OWN_CLAIM,
        "GET /v1/bursaries/{bursary_id}/decisions/{ordinal}/replay": Rule(FINANCE),
        "GET /v1/fee-policy-drafts/{fee_draft_id}": Rule(FINANCE),
        "PUT /v1/fee-policy-drafts/{fee_draft_id}": Rule(("officer",), (), FEES),
        "POST /v1/fee-policy-drafts/{fee_draft_id}/test": Rule(("officer", "approver")),
        "GET /v1/fee-policy-drafts/{fee_draft_id}/preview": Rule(FINANCE),
        "POST /v1/fee-policy-drafts/{fee_draft_id}/approval": Rule(("approver",), (), DECISION),
        "POST /v1/fee-policy-drafts/{fee_draft_id}/publication": Rule(("officer", "approver")),
        "GET /v1/policy-drafts/{draft_id}": Rule(FINANCE),
        "PUT /v1/policy-drafts/{draft_id}": Rule(("officer",), (), POLICY),
        "POST /v1/policy-drafts/{draft_id}/test": Rule(("officer", "approver")),
        "GET /v1/policy-drafts/{draft_id}/preview": Rule(FINANCE),
        "POST /v1/policy-drafts/{draft_id}/approval": Rule(("approver",), (), DECISION),
        "POST /v1/policy-drafts/{draft_id}/publication": Rule(("officer", "approver")),
        "GET /v1/reviews/{review_id}": Rule(FINANCE),
        "POST /v1/reviews/{review_id}/assignment": Rule(("officer", "approver"), (), {"owner_id": None}),
        "GET /v1/overrides/{override_id}": Rule(FINANCE),
        "POST /v1/overrides/{override_id}/approval": Rule(("approver",), (), DECISION),
        "POST /v1/overrides/{override_id}/end": Rule(("officer", "approver"), (), WITHDRAWAL),
        "GET /v1/impacts/{impact_id}": Rule(FINANCE),
        "GET /v1/impacts/{impact_id}/items": Rule(FINANCE),
        "POST /v1/claims": Rule(("owner",), (*TEACHERS, "lead of a hub", *FINANCE), {"bursary_id": "{bursary_id}"}),
        "GET /v1/claims/{claim_id}": OWN_CLAIM,
        "POST /v1/claims/{claim_id}/approval": Rule(("officer",), (), DECISION),
        "POST /v1/quotes": Rule(
            ("owner", "colleague", "teacher of another school"), (), {"course_run_id": "{course_run_id}"}
        ),
        "GET /v1/quotes/{quote_id}": OWN_CLAIM,
        "GET /v1/grant-cards/{card_code}/versions/{card_version}": Rule(
            FINANCE, ("anonymous", "owner", "lead of a hub")
        ),
        "POST /v1/grant-cards/{card_code}/versions/{card_version}/decision": Rule(("approver",), (), DECISION),
        "GET /v1/group-grants/{group_id}": OWN_GRANT,
        "POST /v1/group-grants/{group_id}/recovery-decision": Rule(
            ("approver",), (), {"outcome": "declined", "reason": "x", "returns_due_on": "2027-01-31"}
        ),
        "GET /v1/grants/{grant_id}": OWN_GRANT,
        "GET /v1/grants/{grant_id}/drawdowns": OWN_GRANT,
        "GET /v1/grants/{grant_id}/spending": OWN_GRANT,
        "POST /v1/grants/{grant_id}/approval": Rule(("approver",), (), DECISION),
        "POST /v1/grants/{grant_id}/withdrawal": Rule(("officer",), (), {"reason": "A slip."}),
        "POST /v1/grants/{grant_id}/acceptance": Rule(
            (GRANT_LEAD,), OTHER_LEADS, {"agreement_version": "2026-1", "name": "Ada", "position": "Head"}
        ),
        "POST /v1/grants/{grant_id}/sources/{source_number}/{funder}/steps": Rule(
            ("officer", GRANT_LEAD), OTHER_LEADS, {"status": "received", "reference": "1"}
        ),
        "POST /v1/grants/{grant_id}/completion": Rule(("officer",), (), ENDING),
        "POST /v1/grants/{grant_id}/termination": Rule(("approver",), (), ENDING),
        "POST /v1/grants/{grant_id}/adjustments": Rule(
            ("officer",), (), {"inputs": {"participants": "14"}, "because": "One left."}
        ),
        "POST /v1/grants/{grant_id}/adjustments/{snapshot_number}/decision": Rule(("approver",), (), DECISION),
        "POST /v1/grants/{grant_id}/drawdowns": Rule(
            ("officer", GRANT_LEAD),
            OTHER_LEADS,
            {"instalment_id": "{instalment_id}", "amount_pence": 10**9, "evidence": ["Register"]},
        ),
        "POST /v1/grants/{grant_id}/drawdowns/{drawdown_id}/decision": Rule(("officer", "approver"), (), DECISION),
        "POST /v1/grants/{grant_id}/spending": Rule(
            ("officer", GRANT_LEAD),
            OTHER_LEADS,
            {"item": "Release", "amount_pence": 1, "spent_on": "2099-01-01", "evidence": "Invoice"},
        ),
        "POST /v1/grants/{grant_id}/returns/{return_id}/receipt": Rule(
            ("payment officer",), (), {"reference": "1", "received_on": "2026-11-22"}
        ),
        "GET /v1/grants/{grant_id}/claims": OWN_GRANT,
        "POST /v1/grants/{grant_id}/claims": Rule(
            ("officer", GRANT_LEAD), OTHER_LEADS, {"lines": [a_day("no-such-rate")]}
        ),
        "POST /v1/grants/{grant_id}/claims/{grant_claim_id}/decision": Rule(("officer", "approver"), (), DECISION),
        "GET /v1/grant-calls/{call_id}/ranking": Rule(FINANCE),
        "GET /v1/grant-applications/{application_id}": OWN_GRANT,
        "POST /v1/grant-applications/{application_id}/scores": Rule(
            ("officer", "panel"), (), {"points": {"reach": 4, "plan": 9}}
        ),
        "POST /v1/grant-applications/{application_id}/moderation": Rule(("officer",), (), {"reason": "Alike."}),
        "POST /v1/grant-applications/{application_id}/decision": Rule(
            ("approver",), (), {"outcome": "funded", "feedback": "Strong."}
        ),
        "POST /v1/grant-calculations": Rule(
            ("anonymous",), (), {"card": "{approved_card}", "inputs": {"schools": "7"}}
        ),
        "GET /v1/payees/{payee_id}": Rule(FINANCE),
        "POST /v1/payees/{payee_id}/details": Rule(("officer", "payment officer"), (), BANK_DETAILS),
        "POST /v1/payees/{payee_id}/details/{details_version}/decision": Rule(("officer",), (), DECISION),
        "GET /v1/payment-runs/{run_id}": Rule(FINANCE),
        "POST /v1/recoveries": Rule(
            ("officer",),
            (),
            {"payment_id": "{payment_id}", "amount_pence": 1, "because": "overpayment", "reason": "-"},
        ),
        "GET /v1/recoveries/{case_id}": OWN_STATEMENT,
        "GET /v1/payments/{payment_id}/remittance": OWN_STATEMENT,
        "GET /v1/payments/{payment_id}/remittance.csv": OWN_STATEMENT,
        "GET /v1/payments/{payment_id}/remittance.pdf": OWN_STATEMENT,
        "GET /v1/payables/{payable_id}/explanation": OWN_GRANT,
        "GET /v1/payables/{payable_id}/explanation.txt": OWN_GRANT,
        "GET /v1/payments/{payment_id}/explanation": OWN_STATEMENT,
        "GET /v1/payments/{payment_id}/explanation.txt": OWN_STATEMENT,
        "POST /v1/recoveries/{case_id}/proposal": Rule(("officer",), (), {"method": "invoice", "reason": "-"}),
        "POST /v1/recoveries/{case_id}/approval": Rule(("approver",), (), DECISION),
        "POST /v1/recoveries/{case_id}/receipts": Rule(
            ("payment officer",), (), {"amount_pence": 1, "reference": "14"}
        ),
        "GET /v1/statements/{statement_id}": OWN_STATEMENT,
        "GET /v1/statements/{statement_id}/document": OWN_STATEMENT,
        "GET /v1/statements/{statement_id}/document.csv": OWN_STATEMENT,
        "GET /v1/statements/{statement_id}/document.pdf": OWN_STATEMENT,
        "POST /v1/statements/{statement_id}/settlement": Rule(("payment officer",), (), {"reference": "14"}),
        "POST /v1/payment-runs/{run_id}/release": Rule(("releaser",)),
        "POST /v1/payment-runs/{run_id}/check": Rule(("releaser",), (), SEEN),
        "POST /v1/payment-runs/{run_id}/approval": Rule(("releaser",), (), SEEN | DECISION),
        "POST /v1/payment-runs/{run_id}/confirmation": Rule(("releaser",), (), {"bank_reference": "p3"}),
        "POST /v1/payment-runs/{run_id}/removals": Rule(
            ("releaser",), (), {"payment_id": "{line_id}", "reason": "Later."}
        ),
        "POST /v1/payment-runs/{run_id}/processing-day": Rule(
            ("releaser",), (), {"processing_on": str(next_working_day(clock.today()))}
        ),
        "GET /v1/payment-runs/{run_id}/files": Rule(FINANCE),
        "POST /v1/payment-runs/{run_id}/files/{format}/download": Rule(("releaser",)),
        "POST /v1/payment-runs/{run_id}/files/{format}/reissue": Rule(("releaser",), (), {"reason": "Lost."}),
        "POST /v1/payment-runs/{run_id}/files/{format}/reissue/approval": Rule(("releaser",), (), DECISION),
        "GET /v1/bank-returns/{import_id}": Rule(FINANCE),
        "POST /v1/bank-returns/lines/{return_line_id}/resolution": Rule(
            ("checker",), (), {"outcome": "not_ours", "reason": "Another's."}
        ),
        "POST /v1/bank-returns/lines/{return_line_id}/resolution/decision": Rule(("releaser",), (), DECISION),
        "POST /v1/payment-runs/{run_id}/cancellation": Rule(("releaser",), (), {"reason": "A mistake."}),
        "POST /v1/budgets/{budget}/forecasts": Rule(("officer",), (), {"forecast_pence": 1, "reason": "Planned."}),
        "POST /v1/allocations/{allocation_id}/approval": Rule(("approver",), (), DECISION),
        "POST /v1/ledger/periods/{month}/closure": Rule(("officer", "payment officer")),
        "POST /v1/ledger/periods/{month}/closure/decision": Rule(("officer", "payment officer"), (), DECISION),
    },
}


def filled(template: Any, ids: dict[str, str]) -> Any:
    """A template with every name in braces replaced."""
    if isinstance(template, dict):
        return {name: filled(value, ids) for name, value in template.items()}
    if isinstance(template, list):
        return [filled(value, ids) for value in template]
    return NAMES.sub(lambda found: ids[found[1]], template) if isinstance(template, str) else template


async def ask(world: World, who: str, operation: str, rule: Rule, ids: dict[str, str]) -> tuple[int, JSON]:
    """What one caller is told of an object, without what belongs to the request."""
    method, _, path = operation.partition(" ")
    client = await world.harness.client(world.callers[who])
    headers = {} if method == "GET" else {**a_fresh_key(), "If-Match": '"1"'}
    reply = await client.request(
        method, filled(path, ids), params=filled(rule.query, ids), json=filled(rule.body, ids), headers=headers
    )
    is_json = "json" in reply.headers.get("Content-Type", "")
    told: JSON = json.loads(_without(ids, reply.text)) if is_json else {}
    return reply.status_code, {name: value for name, value in told.items() if name != "request_id"}


def _without(names: dict[str, str], text: str) -> str:
    # Long ones first: a short one may be a part of them.
    for name in sorted(names.values(), key=len, reverse=True):
        # A short one is a number, which may be any other where it is not a part of a path.
        text = text.replace(name, "…") if len(name) > 4 else text.replace(f"/{name}", "/…")
    return text


def elsewhere(ids: dict[str, str]) -> dict[str, str]:
    """Names of the same kinds behind which there is nothing."""
    return {name: NOWHERE.get(name, str(new_id())) for name in ids}


def test_every_route_with_an_object_in_its_path_has_its_rule() -> None:
    for service in SERVICES:
        of_service = {str(operation) for name, operation in ALL if name == service}
        with_object = {operation for operation in of_service if NAMES.search(operation)}
        assert with_object <= set(RULES[service]) <= of_service


@pytest.fixture(scope="module", params=SERVICES)
async def world(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[str, World]]:
    """Each service in turn, by its name. Row security stands before it, as in production."""

    async def start(service: Service, **overrides: Any) -> ServiceHarness:
        return ServiceHarness(service, settings_for(service, await databases.of(service), **overrides))

    world = await build_world(request.param, start, tmp_path_factory.mktemp("world"))
    await be_an_ordinary_role(world.harness)
    yield request.param, world
    await world.harness.close()


async def test_what_is_anothers_is_neither_shown_to_foreigners_nor_changed_by_them(world: tuple[str, World]) -> None:
    name, others = world
    own = World(others.harness, others.ids, FOREIGNERS)
    before = await contents(others.harness)
    wrong: list[tuple[Operation, str, object]] = []
    for operation in (one for service, one in ALL if service == name and str(one) not in THEIRS_TO_ASK):
        rule = RULES[name].get(str(operation))
        for who in foreigners_at(operation):
            if rule is not None and (told := await ask(own, who, str(operation), rule, others.ids))[0] not in (
                403,
                404,
            ):
                wrong.append((operation, who, told))
            elif rule is None and operation.method == "GET":
                client = await others.harness.client(FOREIGNERS[who])
                shown = (await client.get(operation.path)).text
                wrong += [(operation, who, known) for id_, known in names_of_others(others).items() if id_ in shown]
    assert wrong == []
    assert await contents(others.harness) == before


async def test_what_foreigners_may_ask_they_do_get(world: tuple[str, World]) -> None:
    name, others = world
    own = World(others.harness, others.ids, FOREIGNERS)
    for operation in (one for service, one in ALL if service == name and str(one) in THEIRS_TO_ASK):
        rule = RULES[name][str(operation)]
        told = [(await ask(own, who, str(operation), rule, others.ids))[0] for who in foreigners_at(operation)]
        assert set(told) - {403, 404}, f"{operation} needs no exception"


async def test_anothers_object_and_none_are_answered_alike(world: tuple[str, World]) -> None:
    name, all_of_it = world
    nowhere = elsewhere(all_of_it.ids)
    wrong: list[tuple[str, str, object]] = []
    for operation, rule in RULES[name].items():
        for who in (*rule.hidden_from, *rule.found_by):
            status, absent = await ask(all_of_it, who, operation, rule, nowhere)
            if status != 404:
                wrong.append((operation, f"absent, asked by {who}", absent))
            told = await ask(all_of_it, who, operation, rule, all_of_it.ids)
            if who in rule.hidden_from and told != (404, absent):
                wrong.append((operation, f"hidden from {who}", (told, absent)))
            if who in rule.found_by and told[0] in (401, 403, 404):
                wrong.append((operation, f"to be found by {who}", told))
    assert wrong == []
