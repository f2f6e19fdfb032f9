"""Each service with a little in it: one object of every kind, its owner, those near to the owner, and strangers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import false

from assessment_steps import GCSE, PROVIDER, Hall, a_bank, an_assessor, finished, gcse_file, send
from assessment_steps import SECRETS as PROVIDER_SECRETS
from bank_return_steps import imported, line_of
from builders import a_fresh_key, a_school_lead, a_teacher, anonymous, partner, staff
from certification_facts import (
    COMMUNITY_WORTH_25,
    Log,
    a_certificate_in_question,
    a_drawn_certificate,
    a_proposed_policy,
    asked,
    completed,
    proposed,
)
from chartered_steps import DECIDER, ENDORSER, Way
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.identity import PersonExportRequested
from enrichment_offers import an_offer
from evidence_files import a_pdf
from factor_steps import Factors
from funding.fee_policy_drafts.schemas import EXAMPLE as FEE_EXAMPLE
from funding.impacts.service import open_impact
from funding.policy_drafts.schemas import EXAMPLE
from funding_facts import Steps, run_changed, school_changed
from funding_money import a_new_payee
from grant_steps import Grants, a_busy_grant, a_draft_card, group_told
from harness import ServiceHarness
from hubs.academic_years import academic_year_of
from hubs.coverage.models import HubCoverage
from hubs.school_imports.models import SchoolImport
from hubs.successions.models import SchoolSuccession
from hubs_network import Network
from hubs_outreach import of_schools
from hubs_projects import of_a_group
from identity.organisations.seed import organisation_id
from identity_steps import CHEAP_HASHES, PASSWORD, IdentitySteps
from merge_facts import merged
from message_requests import a_reminder
from network_steps import of_a_network
from operations import service_of
from questionnaire_steps import Sitting, proposed_questionnaire
from report_steps import a_report
from resource_bank import a_commented_resource
from software_authenticator import Authenticator
from statement_facts import Months

EMAIL = "sam.teacher@example.org"
StartService = Callable[..., Awaitable[ServiceHarness]]


@dataclass(frozen=True)
class World:
    """A service, what is in it by the name of the parameter that means it, and who may be asked to call."""

    harness: ServiceHarness
    ids: dict[str, str]
    callers: dict[str, Principal]


async def build_world(name: str, start_service: StartService, directory: Path) -> World:
    """The world of a service, by its name."""
    builders = {"identity": _identity, "hubs": _hubs, "certification": _certification, "funding": _funding}
    world = await builders[name](start_service, directory)
    if name != "identity":
        told = merged(new_id(), new_id())
        await world.harness.deliver(told)
        world.ids["merge_id"] = str(told.merge_id)
    return world


async def _identity(start_service: StartService, directory: Path) -> World:
    harness = await start_service(service_of("identity"), maildir=directory, **CHEAP_HASHES)
    await harness.seed("organisations")
    steps = IdentitySteps(harness, directory)
    await steps.sign_up(EMAIL)
    [person] = await steps.query("SELECT id FROM person")
    stem, bcs = organisation_id("stem-learning"), organisation_id("bcs")
    callers = {
        "owner": a_teacher(person_id=person.id),
        "administrator": staff("administrator"),
        "own administrator": staff("partner_admin", organisation_id=stem),
        "another's administrator": staff("partner_admin", organisation_id=bcs),
        "administrator of nothing": staff("partner_admin"),
        "auditor": staff("auditor"),
        "own program": partner("changes:read", "webhooks:manage", organisation_id=stem),
        "another's program": partner("changes:read", "webhooks:manage", organisation_id=bcs),
        "anonymous": anonymous(),
    }
    client = await harness.client(callers["administrator"])
    wanted = {"organisation_id": str(stem), "name": "Nightly export", "scopes": ["completions:write"]}
    made = await client.post("/v1/api-keys", json=wanted)
    program = await client.post("/v1/oauth-clients", json={**wanted, "name": "Learning platform"})
    hook = await client.post(
        "/v1/webhooks", json={"organisation_id": str(stem), "url": "https://hooks.example.org/ncce"}
    )
    [delivery] = await steps.query("SELECT id FROM webhook_delivery")
    await harness.deliver(a_reminder(person.id))
    [mail] = await steps.query("SELECT unsubscribe_url FROM mail WHERE unsubscribe_url IS NOT NULL")
    ids = {"key_id": made.json()["id"], "key": made.json()["key"], "organisation_id": str(stem)}
    ids |= {"webhook_id": hook.json()["id"], "delivery_id": str(delivery.id)}
    ids |= {"client_id": program.json()["id"], "client_secret": program.json()["client_secret"]}
    ids["token"] = mail.unsubscribe_url.rpartition("/")[2]
    assert (await steps.log_in(EMAIL)).status_code == 200
    [sign_in] = await steps.query("SELECT id FROM sign_in")
    ids |= {"sign_in_id": str(sign_in.id), "person_id": str(person.id)}
    ids |= await _leaver(steps, callers)
    ids |= await _members(steps, callers, stem, person.id)
    holder = await Factors(steps, "passkey.holder@example.org").sign_up()
    await holder.add_passkey(Authenticator())
    [passkey] = await steps.query("SELECT id FROM passkey")
    ids["passkey_id"], callers["passkey holder"] = str(passkey.id), holder.caller
    ids |= {"identity_id": str(new_id()), "provider": "not-here"}
    lost = {"email": holder.email, "reason": "Lost the phone; recognised in a video call."}
    another = await harness.client(staff("administrator"), **a_fresh_key())
    ids["reset_id"] = (await another.post("/v1/factor-resets", json=lost)).json()["id"]
    ids |= await two_accounts(steps, "twice")
    pair = {"kept_id": ids["kept_id"], "merged_id": ids["merged_id"], "reason": "Rang the school: it is the same one."}
    another = await harness.client(staff("administrator"), **a_fresh_key())
    ids["merge_id"] = (await another.post("/v1/merges", json=pair)).json()["id"]
    await steps.query(
        "INSERT INTO federated_identity (id, person_id, provider, issuer, subject, linked_at)"
        " VALUES (:id, :person_id, 'stem-learning', 'https://login.example.org/', 'holder', now())",
        id=ids["identity_id"],
        person_id=holder.caller.id,
    )
    ids |= {"email": EMAIL, "password": PASSWORD, "template": "export_ready"}
    return World(harness, ids, callers)


async def two_accounts(steps: IdentitySteps, mailbox: str) -> dict[str, str]:
    """Somebody who registered twice."""
    ids = {}
    for name, email in (("kept_id", f"{mailbox}@example.org"), ("merged_id", f"{mailbox}.again@example.org")):
        await steps.sign_up(email)
        [person] = await steps.query("SELECT person_id AS id FROM account WHERE email = :email", email=email)
        ids[name] = str(person.id)
    return ids


async def _leaver(steps: IdentitySteps, callers: dict[str, Principal]) -> dict[str, str]:
    """Somebody who asked to be forgotten, of which a certificate will tell."""
    await steps.sign_up("leaver@example.org")
    [person] = await steps.query("SELECT person_id AS id FROM account WHERE email = 'leaver@example.org'")
    callers["leaver"] = a_teacher(person_id=person.id)
    asked = await steps.call("POST", "/v1/privacy/erasures", caller=callers["leaver"])
    await steps.query("UPDATE erasure SET certificate_code = 'the-code-from-the-last-mail'")
    export = await steps.call("POST", "/v1/privacy/exports", caller=callers["leaver"])
    told = {"erasure_id": asked.json()["id"], "certificate_code": "the-code-from-the-last-mail"}
    return {**told, "export_id": export.json()["id"]}


async def _members(steps: IdentitySteps, callers: dict[str, Principal], stem: UUID, person_id: UUID) -> dict[str, str]:
    """Somebody with a role at an organisation, an open invitation there, and a proposal of a strong role."""
    client = await steps.harness.client(callers["administrator"])
    wanted = {"person_id": str(person_id), "role": "assessor", "organisation_id": str(stem)}
    held = await client.post("/v1/memberships", json=wanted, headers=a_fresh_key())
    invited = {"email": "invited@example.org", "role": "moderator", "organisation_id": str(stem)}
    open_one = await client.post("/v1/memberships/invitations", json=invited, headers=a_fresh_key())
    strong = {"person_id": str(person_id), "role": "auditor", "reason": "Audits the spring term."}
    other = await steps.harness.client(staff("administrator"))
    proposed = await other.post("/v1/memberships/proposals", json=strong, headers=a_fresh_key())
    made = {"membership_id": held, "invitation_id": open_one, "proposal_id": proposed}
    assert {one.status_code for one in made.values()} == {201}, [one.text for one in made.values()]
    return {name: one.json()["id"] for name, one in made.items()}


async def _hubs(start_service: StartService, directory: Path) -> World:
    harness = await start_service(service_of("hubs"), document_directory=directory / "documents")
    await harness.seed("areas", "schools")
    network = await Network.build(harness)
    owner = a_teacher("900001")
    giver = partner("resources:write", "enrichment:write")
    facilitator = staff()
    run_id = await network.run(minutes=(60,), facilitator_ids=[facilitator.id] if facilitator.id else ())
    callers = {
        "owner": owner,
        "colleague": a_teacher("900001"),
        "teacher of another school": a_teacher("900002"),
        "own lead": network.lead(),
        "own hub's administrator": staff("hub_administrator", organisation_id=network.hub_id),
        "facilitator": facilitator,
        "another hub's lead": staff("hub_lead", organisation_id=network.other_hub_id),
        "another hub's administrator": staff("hub_administrator", organisation_id=network.other_hub_id),
        "lead of nothing": staff("hub_lead"),
        "moderator of the own hub": staff("moderator", organisation_id=network.hub_id),
        "moderator": staff("moderator"),
        "partner": partner("completions:write"),
        "another reporting partner": partner("completions:write"),
        "own partner": giver,
        "own partner's administrator": staff("partner_admin", organisation_id=giver.organisation_id),
        "another partner": partner("resources:write", "enrichment:write"),
        "another partner's administrator": staff("partner_admin", organisation_id=new_id()),
        "school's lead": a_school_lead("900001"),
        "another school's lead": a_school_lead("900002"),
        "administrator": staff("administrator"),
        "another administrator": staff("administrator"),
        "anonymous": anonymous(),
    }
    ids = {
        **(of_network := await of_a_network(harness, network.hub_id, callers)),
        **(of_group := await of_a_group(harness, of_network["project_id"], network.hub_id, callers)),
        "project_report_id": await a_report(harness, of_group["group_id"]),
        "import_id": await _an_import(harness),
        "export_id": await _an_export(harness, owner),
        **await a_commented_resource(harness, owner, callers["colleague"]),
        "offer_id": await an_offer(harness, callers["own partner"], "900001"),
        "succession_id": await _a_split(harness),
        "verdict_id": await _a_proposed_verdict(harness, callers["administrator"]),
        "attestation_id": await _a_contrary_attestation(harness, network.hub_id),
        "list_id": await _a_proposed_list(harness, callers["administrator"]),
        **await _of_a_hub(harness, network),
        **await of_schools(harness, network, "900001"),
        "hub_id": str(network.hub_id),
        "run_id": str(run_id),
        "course_run_id": str(run_id),
        "session_id": str((await network.sessions(run_id))[0].id),
        "rule_id": await _a_proposed_rule(harness, callers["administrator"]),
        "code": "CP008",
        "urn": "900001",
        "booking_id": (await network.book(run_id, owner)).json()["id"],
        "teacher_id": str(await network.registered_teacher()),
        "external_id": "enrolment-1",
        "match_id": await _an_unknown_learner(harness, callers["partner"], callers["moderator"]),
        "hub": "moorland",
        "feed_id": (await network.post(owner, "/v1/calendar-feeds")).json()["id"],
        "secret": Path((await network.post(owner, "/v1/calendar-feeds")).json()["url"]).stem,
    }
    return World(harness, ids, callers)


async def _an_export(harness: ServiceHarness, person: Principal) -> str:
    """A part of an export that somebody asked for at identity."""
    assert person.id is not None
    expires_at = clock.now() + timedelta(days=7)
    asked = PersonExportRequested(export_id=new_id(), person_id=person.id, expires_at=expires_at)
    await harness.deliver(asked)
    return str(asked.export_id)


async def _a_split(harness: ServiceHarness) -> str:
    known = {"urn": "900007", "kind": "split", "candidates": ["900001", "900019"], "status": "open"}
    split = SchoolSuccession(id=new_id(), found_at=clock.now(), **known)
    async with harness.session() as session:
        session.add(split)
    return str(split.id)


async def _a_proposed_verdict(harness: ServiceHarness, proposer: Principal) -> str:
    client = await harness.client(proposer, **a_fresh_key())
    facts = {"code": 99, "name": "Another type", "state_funded": "no", "valid_from": "2026-09-01"}
    proposed = await client.post("/v1/establishment-types/verdicts", json=facts | {"source": "A letter"})
    return str(proposed.json()["id"])


async def _of_a_hub(harness: ServiceHarness, network: Network) -> dict[str, str]:
    """A hub's coverage, meeting, member school and partner."""
    client = await harness.client(network.lead(), **a_fresh_key())
    path = f"/v1/hubs/{network.hub_id}"
    await client.put(f"{path}/schools/900001", json={"joined_on": "2026-09-01"})
    link = {"kind": "employer", "name": "Another firm", "since_on": "2026-09-01"}
    link_id = (await client.put(f"{path}/links", json=link)).json()["links"][0]["id"]
    meeting = await client.post(f"{path}/meetings", json={"title": "A meeting", "meets_on": "2026-10-01"})
    covering = {"district_code": "E06000001", "valid_from": "2025-01-01", "reason": "Planned."}
    administrator = await harness.client(staff("administrator"), **a_fresh_key())
    coverage = await administrator.post(f"{path}/coverage", json=covering)
    return {
        "joined_on": "2026-09-01",
        "link_id": link_id,
        "meeting_id": meeting.json()["id"],
        "coverage_id": coverage.json()["id"],
        "to_hub_id": str(network.other_hub_id),
        "academic_year": academic_year_of(clock.today()),
    }


async def _an_import(harness: ServiceHarness) -> str:
    facts = {"file_name": "extract.csv", "file_sha256": "0" * 64, "as_of_on": clock.today(), "imported_by": "somebody"}
    facts |= {"status": "held", "held_because": "Half the schools would close."}
    done = SchoolImport(id=new_id(), started_at=clock.now(), finished_at=clock.now(), **facts)
    async with harness.session() as session:
        session.add(done)
    return str(done.id)


def _coverage(hub_id: UUID) -> HubCoverage:
    days = {"valid_from": date(2023, 1, 1), "recorded_at": clock.now()}
    return HubCoverage(hub_id=hub_id, district_code="E08000034", basis="nearest_lead_school", **days)


async def _a_contrary_attestation(harness: ServiceHarness, hub_id: UUID) -> str:
    year = academic_year_of(clock.today())
    async with harness.session() as session:
        session.add(_coverage(hub_id))
    found = {}
    for by, offers in ((a_school_lead("900018"), True), (staff("hub_lead", organisation_id=hub_id), False)):
        client = await harness.client(by, **a_fresh_key())
        word = {"urn": "900018", "academic_year": year, "offers": offers}
        found = (await client.post("/v1/gcse-offers", json=word)).json()
    return str(found["id"])


async def _a_proposed_list(harness: ServiceHarness, importer: Principal) -> str:
    head = {"scheme": "pilot-schools", "title": "Pilot schools", "key_type": "urn", "vintage": "2026"}
    days = {"valid_from": "2026-01-01", "completeness": "complete", "source": "A letter of the department"}
    areas = [{"area_code": "900001", "area_name": "A school"}]
    client = await harness.client(importer, **a_fresh_key())
    proposed = await client.post("/v1/area-lists", json=head | days | {"areas": areas})
    return str(proposed.json()["id"])


async def _a_proposed_rule(harness: ServiceHarness, proposer: Principal) -> str:
    client = await harness.client(proposer, **a_fresh_key())
    rule = {"scope": "course", "applies_to": "CP008", "minimum_percent": "90", "valid_from_on": "2026-01-01"}
    proposed = await client.post("/v1/completion-rules", json=rule | {"source": "A letter of the department"})
    return str(proposed.json()["id"])


async def _an_unknown_learner(harness: ServiceHarness, sender: Principal, moderator: Principal) -> str:
    on = str(clock.today())
    item = {
        "external_id": "enrolment-1",
        "external_learner_id": "x",
        "activity_code": "CO001",
        "hours": "1",
        "completed_on": on,
    }
    sent = await harness.client(sender, **a_fresh_key())
    assert (await sent.post("/v1/completions:batch", json={"completions": [item]})).status_code == 200
    matches = await (await harness.client(moderator)).get("/v1/completions/matches")
    return str(matches.json()["data"][0]["id"])


async def _certification(start_service: StartService, directory: Path) -> World:
    harness = await start_service(
        service_of("certification"), evidence_directory=directory / "evidence", **PROVIDER_SECRETS
    )
    await harness.seed()
    hall = Hall(harness)
    log = await Log(harness).register()
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    await harness.deliver(completed(log.id, "20"))
    entry = await log.record("attend-a-cas-community-meeting")
    callers = {
        "owner": log.teacher,
        "colleague": a_teacher("900001"),
        "teacher of another school": a_teacher("900002"),
        "lead of a hub": staff("hub_lead"),
        "moderator": staff("moderator"),
        "another moderator": staff("moderator"),
        "another organisation's moderator": staff("moderator", organisation_id=organisation_id("stem-learning")),
        "administrator": staff("administrator"),
        "another administrator": staff("administrator"),
        "assessor": hall.assessor,
        "second assessor": hall.second_assessor,
        "another's assessor": an_assessor(organisation_id("stem-learning")),
        "assessor of nothing": staff("assessor"),
        "anonymous": anonymous(),
    }
    code = (await log.certificates())[0]["code"]
    ids = {"export_id": await _an_export(harness, log.teacher), "entry_id": entry["id"]}
    ids |= {"slug": "subject-knowledge", "code": code, "activity": entry["activity"]}
    looked = await asked(harness, callers["administrator"], scheme="primary", action="recheck")
    logged = {"tree_size": "1", "position": "0", "list_number": "0", "kid": "rsa-2026"}
    certified = await _certified(log, callers["administrator"])
    rules = {"scheme": "gcse_subject_knowledge", "version": "1", "re_evaluation_id": looked["id"]}
    draft = {"draft_id": await proposed(harness, callers["administrator"])}
    draft |= await _questionnaires(log, callers["administrator"])
    draft |= await _chartered(harness, callers)
    draft["evidence_id"] = await _evidence(log, entry["id"])
    draft["policy_version"] = await a_proposed_policy(harness, callers["administrator"])
    candidate, assessed = await _assessed(hall)
    callers["candidate"] = candidate
    return World(harness, ids | certified | draft | rules | logged | assessed, callers)


async def _assessed(hall: Hall) -> tuple[Principal, dict[str, str]]:
    """Somebody who sits an assessment, and what its assessors have under way."""
    candidate = await hall.candidate()
    question = gcse_file().bank.questions[0].name
    path, reason = f"/v1/assessments/{GCSE}", "Two of its options can be defended."
    marked_again = {"question": question, "treatment": "marks_for_all", "reason": reason}
    extra = {"teacher_id": str(candidate.id), "extra_time_percent": 25, "reason": "Agreed with the board."}
    made = {
        "adjustment_id": await hall.post(hall.assessor, f"{path}/adjustments", extra),
        "bank_id": await hall.post(hall.assessor, "/v1/question-banks", a_bank()),
        "re_marking_id": await hall.post(hall.assessor, f"{path}/re-markings", marked_again),
    }
    assert {one.status_code for one in made.values()} == {201}, [one.text for one in made.values()]
    await hall.set_up_provider()
    body = finished("nothing", "72.5")
    assert (await send(hall.certification, body)).json() == {"status": "parked"}
    results = await hall.get(hall.assessor, f"/v1/assessment-providers/{PROVIDER}/results")
    ids = {name: one.json()["id"] for name, one in made.items()}
    named = {"assessment": GCSE, "question": question, "provider": PROVIDER, "result_id": results["data"][0]["id"]}
    others = {"attempt_id": (await candidate.begin())["id"], "teacher_id": str((await hall.candidate()).id)}
    return candidate.teacher, ids | named | others


async def _chartered(harness: ServiceHarness, callers: dict[str, Principal]) -> dict[str, str]:
    """An application that was sent, with a request for another endorsement; and who decides, endorses, or may not."""
    way = await Way.ready(harness)
    submission_id = await way.send()
    request_id = await way.request_endorsement(application_id=way.id)
    given = (await way.log.get("/v1/endorsements"))["data"][0]
    scopes = ("chartered:decide", "endorsements:write")
    callers |= {
        "applicant": way.log.teacher,
        "decider": DECIDER,
        "endorser": ENDORSER,
        "another partner": partner(*scopes),
    }
    ids = {"submission_id": submission_id, "request_id": request_id, "endorsement_id": given["id"]}
    return {"application_id": way.id, **ids}


async def _questionnaires(log: Log, administrator: Principal) -> dict[str, str]:
    """A draft of one, and the teacher's sitting of another."""
    draft_id = await proposed_questionnaire(log.certification, administrator)
    sitting = await Sitting.begin(log)
    return {"questionnaire_id": draft_id, "sitting_id": sitting.told["id"]}


async def _evidence(log: Log, entry_id: str) -> str:
    """A file with an entry."""
    client = await log.certification.client(log.teacher)
    form = {"file": ("notes.pdf", a_pdf())}
    return str((await client.post(f"/v1/log-entries/{entry_id}/evidence", files=form)).json()["id"])


async def _certified(log: Log, administrator: Principal) -> dict[str, str]:
    """The teacher's certificate, named and shared, and a proposal to revoke another teacher's."""
    [certificate] = await log.certificates()
    named = {"name": "Ada Example", "shows_name": True, "shares_document": True}
    assert (await log.post(f"/v1/certificates/{certificate['id']}/name", named)).status_code == 201
    [other] = await (await Log(log.certification).earn()).certificates()
    client = await log.certification.client(administrator, **a_fresh_key())
    reason = {"reason": "Two of the courses were never attended."}
    proposal = (await client.post(f"/v1/certificates/{other['id']}/revocations", json=reason)).json()
    _, review_id = await a_certificate_in_question(log.certification)
    _, check_id = await a_drawn_certificate(log.certification)
    ids = {"certificate_id": certificate["id"], "revocation_id": proposal["id"]}
    return ids | {"review_id": review_id, "check_id": check_id}


async def _funding(start_service: StartService, _directory: Path) -> World:
    harness = await start_service(service_of("funding"))
    await harness.seed()
    steps = Steps.of(harness)
    owner, bursary, claim = await steps.an_approved_claim()
    run = (await steps.prepare_run()).json()
    callers = {
        "owner": owner,
        "colleague": a_teacher("900001"),
        "teacher of another school": a_teacher("900003"),
        "lead of a hub": staff("hub_lead"),
        "auditor": steps.auditor,
        "approver": steps.approver,
        "officer": steps.officer,
        "payment officer": steps.payment_officer,
        "checker": steps.checker,
        "run approver": steps.run_approver,
        "releaser": steps.releaser,
        "anonymous": anonymous(),
    }
    ids = {"booking_id": bursary["booking_id"], "bursary_id": bursary["id"], "ordinal": "1"}
    event = run_changed()
    await harness.deliver(event)
    quoted = await steps.quote(owner, event)
    ids |= {"course_run_id": str(event.course_run_id), "quote_id": quoted["id"]}
    ids |= {**await a_draft_card(steps), "export_id": await _an_export(harness, owner)}
    grants = await Grants.begin(steps)
    callers |= {
        "lead of the grant's hub": grants.lead,
        "lead of another hub": staff("hub_lead", organisation_id=new_id()),
        "panel": staff("moderator"),
    }
    ids |= await a_busy_grant(grants)
    group = group_told()
    await grants.steps.funding.deliver(group)
    ids["group_id"] = str(group.group_id)
    wanted = {"to_budget": "cpd-bursaries", "amount_pence": 1, "reason": "The award."}
    ids["allocation_id"] = (await steps.post(staff("funding_officer"), "/v1/allocations", wanted)).json()["id"]
    ids |= {"payee_id": (await a_new_payee(steps, "900001-B"))["id"], "details_version": "1"}
    ids |= {"line_id": run["items"][0]["id"], "format": "bacs"}
    ids |= {"budget": "cpd-bursaries", "month": f"{clock.today():%Y-%m}"}
    months = Months(steps)
    await months.a_paid_bursary("900002")
    await months.close(by=staff("payment_officer"))
    [statement] = await months.listed(steps.auditor, party="900002")
    callers |= {"school's lead": a_school_lead("900002"), "another school's lead": a_school_lead("900003")}
    ids |= {"statement_id": statement["id"]}
    [(_, payment_id), *_] = await months.payments()
    wanted = {"payment_id": payment_id, "amount_pence": 1, "because": "overpayment", "reason": "A penny too much."}
    case = (await steps.post(steps.officer, "/v1/recoveries", wanted)).json()
    ids |= {"case_id": case["id"], "payment_id": payment_id}
    ids |= await _to_find_out(steps)
    unknown = {"reference": "NOBODY", "amount_pence": 1, "sort_code_ending": "99", "account_ending": "4958"}
    back = await imported(steps, line_of(unknown))
    ids |= {"import_id": back["id"], "return_line_id": back["items"][0]["id"]}
    return World(harness, ids | {"claim_id": claim["id"], "run_id": run["id"], "urn": "900001"}, callers)


async def _to_find_out(steps: Steps) -> dict[str, str]:
    """A bursary that waits for a fact of its school, a proposal to attest one, and an impact of a policy."""
    await steps.funding.deliver(school_changed("900009", establishment_type=24))
    await steps.apply(*await steps.a_booking("900009"))
    [task] = (await steps.get(steps.officer, "/v1/reviews", school_urn="900009", status="open")).json()["data"][:1]
    said = {
        "school_urn": "900008",
        "fact": "area.category",
        "value": 5,
        "reason": "The list leaves the district out.",
        "evidence": "File F-2026-114",
        "expires_on": str(clock.today() + timedelta(days=100)),
    }
    override = (await steps.post(steps.officer, "/v1/overrides", said)).json()
    async with steps.funding.session() as session:
        await open_impact(session, "area-list:example/1", false())
    [impact] = (await steps.get(steps.auditor, "/v1/impacts")).json()["data"]
    draft = (await steps.post(steps.officer, "/v1/policy-drafts", dict(EXAMPLE))).json()
    fees = (await steps.post(steps.officer, "/v1/fee-policy-drafts", dict(FEE_EXAMPLE))).json()
    known = {"draft_id": draft["id"], "fee_draft_id": fees["id"]}
    return known | {"review_id": task["id"], "override_id": override["id"], "impact_id": impact["id"]}
