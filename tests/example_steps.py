"""What must have happened before an example can succeed, where a service's world alone will not do.

Each function prepares one operation and answers names: whatever the example has under such a name, and the path, is
replaced. It may add callers. Everything happens in a copy of the world that is the operation's own.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import insert, text

from assessment_steps import Hall, at_a_provider, gcse_file, signed, token_id
from builders import a_fresh_key, a_school_lead, partner, staff
from certification_facts import Log, a_certificate_in_question, proposed
from chartered_steps import Way
from chassis import clock
from chassis.ids import new_id
from chassis.tables import audit_dispute
from composition import SERVICES
from enrichment_offers import Offers
from factor_steps import Factors
from funding_facts import Steps, cpd_completed
from funding_money import a_new_payee, confirmed, post_into
from grant_steps import ENDING, Grants, Panel, a_group_to_recover
from hubs.academic_years import academic_year_of
from hubs_network import Network, registered
from hubs_outreach import Outreach, days
from hubs_projects import SENDS_DELEGATES, Projects
from identity.oauth_clients.schemas import EXAMPLE_KEY
from identity_steps import PASSWORD, IdentitySteps, registration
from network_steps import Team
from oauth_steps import OAuthSteps
from openid_provider import openid_provider, set_up, sign_in_there
from questionnaire_steps import proposed_questionnaire, step
from report_steps import a_report
from resource_bank import Bank, path_of
from signing_provider import signing_provider
from software_authenticator import Authenticator
from statement_facts import Months
from worlds import EMAIL, World, two_accounts

Names = dict[str, Any]
Prepare = Callable[[World, Path], Awaitable[Names]]
ANOTHER_URN = "900005"
"""A school that funding's world has not heard of."""


async def _an_unconfirmed_account(world: World, maildir: Path) -> Names:
    steps = IdentitySteps(world.harness, maildir)
    await steps.post("/v1/auth/register", registration("new.teacher@example.org"))
    return {"token": (await steps.tokens_mailed("new.teacher@example.org"))[-1]}


async def _a_sandbox(world: World, maildir: Path) -> Names:
    own = {"sandbox": True, "sandbox_clock_file": maildir.with_name("clock")}
    world.harness.app.state.settings = world.harness.settings.model_copy(update=own)
    clock.follow(maildir.with_name("clock"))
    world.callers["trying out"] = partner("sandbox:manage")
    return {}


async def _a_session(world: World, maildir: Path) -> Names:
    signed_in = await IdentitySteps(world.harness, maildir).log_in(EMAIL)
    return {"refresh_token": signed_in.json()["refresh_token"]}


async def _a_browser_session(world: World, maildir: Path) -> Names:
    return {"session": await IdentitySteps(world.harness, maildir).log_in_by_cookie(EMAIL)}


async def _a_client_with_keys(world: World, maildir: Path) -> Names:
    oauth = OAuthSteps(IdentitySteps(world.harness, maildir))
    return {"client_id": (await oauth.register_key(EXAMPLE_KEY))["id"]}


async def _a_second_step(world: World, maildir: Path) -> Names:
    sam = await _with_an_app(world, maildir)
    return {"challenge": (await sam.sign_in())["challenge"], "code": await sam.code()}


async def _with_an_app(world: World, maildir: Path) -> Factors:
    sam = Factors(IdentitySteps(world.harness, maildir), EMAIL)
    await sam.sign_in()
    await sam.add_app()
    return sam


async def _an_app_to_confirm(world: World, maildir: Path) -> Names:
    sam = await _signed_in_just_now(world, maildir)
    sam.secret = (await sam.call("POST", "/second-factors/totp")).json()["secret"]
    return {"code": await sam.code()}


async def _signed_in_just_now(world: World, maildir: Path) -> Factors:
    sam = Factors(IdentitySteps(world.harness, maildir), EMAIL)
    await sam.sign_in()
    world.callers["owner"] = sam.caller
    return sam


async def _a_recent_proof(world: World, maildir: Path) -> Names:
    await _signed_in_just_now(world, maildir)
    return {}


async def _a_passkey_to_add(world: World, maildir: Path) -> Names:
    sam = await _signed_in_just_now(world, maildir)
    asked = (await sam.call("POST", "/second-factors/passkeys/challenges")).json()
    return {"challenge": asked["challenge"], "credential": Authenticator().make(asked["options"])}


async def _a_passkey_that_signs(world: World, maildir: Path) -> Names:
    sam, device = await _signed_in_just_now(world, maildir), Authenticator()
    await sam.add_passkey(device)
    asked = (await sam.identity.post("/v1/auth/passkey-challenges", {})).json()
    return {"challenge": asked["challenge"], "credential": device.sign(asked["options"])}


async def _an_account_elsewhere(world: World, maildir: Path) -> Names:
    steps = IdentitySteps(world.harness, maildir)
    await steps.query("UPDATE sign_in SET proven_at = now(), factor_proven_at = now()")
    await steps.query(
        "INSERT INTO federated_link (token_hash, provider, issuer, subject, expires_at)"
        " VALUES (sha256('a link'), 'dfe-sign-in', 'https://login.example.org/', 'me', now() + interval '1 hour')"
    )
    return {"link": "a link"}


async def _a_return_from_elsewhere(world: World, maildir: Path) -> Names:
    steps, state = IdentitySteps(world.harness, maildir), world.harness.app.state
    providers = SecretStr(set_up(await world.harness.beside(openid_provider())))
    state.settings = state.settings.model_copy(update={"providers": providers})
    begun = (await steps.post("/v1/auth/providers/stem-learning/flows", {})).json()
    query = await sign_in_there(begun["authorization_url"])
    return {"flow": begun["flow"], "oauth_state": query["state"], "code": query["code"]}


async def _a_logout_elsewhere(world: World, _maildir: Path) -> Names:
    provider, state = await world.harness.beside(signing_provider()), world.harness.app.state
    state.settings = state.settings.model_copy(update={"providers": SecretStr(provider.setting())})
    return {"provider": "one-login", "logout_token": provider.logout_token()}


async def _two_accounts_to_merge(world: World, maildir: Path) -> Names:
    return dict(await two_accounts(IdentitySteps(world.harness, maildir), "thrice"))


async def _two_accounts_merged(world: World, _: Path) -> Names:
    client = await world.harness.client(staff("administrator"), **a_fresh_key())
    decided = await client.post(f"/v1/merges/{world.ids['merge_id']}/decision", json={"outcome": "approved"})
    assert decided.status_code == 200, decided.text
    return {}


async def _a_forgotten_password(world: World, maildir: Path) -> Names:
    steps = IdentitySteps(world.harness, maildir)
    await steps.post("/v1/auth/password-resets", {"email": EMAIL})
    return {"token": (await steps.tokens_mailed(EMAIL))[-1]}


async def _an_address_to_confirm(world: World, maildir: Path) -> Names:
    steps, new = IdentitySteps(world.harness, maildir), "sam.new@example.org"
    wanted = {"email": new, "password": PASSWORD}
    await steps.post("/v1/me/email-changes", wanted, caller=world.callers["owner"])
    return {"token": (await steps.tokens_mailed(new))[-1]}


async def _a_wish_to_be_forgotten(world: World, maildir: Path) -> Names:
    return {"token": (await IdentitySteps(world.harness, maildir).tokens_mailed("leaver@example.org"))[-1]}


async def _an_open_invitation(world: World, maildir: Path) -> Names:
    steps = IdentitySteps(world.harness, maildir)
    # Who invited has to be somebody who still may.
    await steps.query("UPDATE invitation SET invited_by = :id", id=await _an_administrator(steps))
    return {"token": (await steps.tokens_mailed("invited@example.org"))[-1]}


async def _an_administrator(steps: IdentitySteps) -> UUID:
    [person] = await steps.query("SELECT id FROM person LIMIT 1")
    granted = (
        "INSERT INTO role_grant (id, person_id, role, from_on) VALUES (:id, :person, 'administrator', '2026-01-01')"
    )
    await steps.query(granted, id=new_id(), person=person.id)
    return UUID(str(person.id))


async def _another_budget(_world: World, _maildir: Path) -> Names:
    return {"budget": "a-level-bursaries-2026-27"}


async def _the_present_year(_world: World, _maildir: Path) -> Names:
    return {"academic_year": academic_year_of(clock.today())}


async def _another_run(world: World, _maildir: Path) -> Names:
    return {"course_run_id": str(await _network(world).run(in_days=60))}


async def _colleagues(world: World, _maildir: Path) -> Names:
    network = _network(world)
    ids = [new_id(), new_id()]
    for teacher_id in ids:
        await network.service.deliver(registered(teacher_id))
    return {"course_run_id": str(await network.run()), "teacher_ids": [str(one) for one in ids]}


async def _a_run_that_began(world: World, _maildir: Path) -> Names:
    await _network(world).move(UUID(world.ids["course_run_id"]), clock.now() - timedelta(minutes=10))
    return {}


async def _a_run_that_is_over(world: World, _maildir: Path) -> Names:
    await _network(world).hold(UUID(world.ids["course_run_id"]))
    return {}


async def _an_open_code(world: World, maildir: Path) -> Names:
    await _a_run_that_began(world, maildir)
    run_id = UUID(world.ids["course_run_id"])
    opened = await _network(world).open_code(run_id, by=world.callers["own lead"])
    return {"code": opened.json()["code"]}


def _network(world: World) -> Network:
    return Network(world.harness, UUID(world.ids["hub_id"]), UUID(world.ids["hub_id"]))


async def _a_booking_of_the_owner(world: World, _maildir: Path) -> Names:
    _, booking = await Steps.of(world.harness).a_booking(teacher=world.callers["owner"])
    return {"booking_id": str(booking.booking_id)}


async def _a_secondary_teacher(world: World, _maildir: Path) -> Names:
    log = await Log(world.harness, "secondary").register()
    world.callers["secondary teacher"] = log.teacher
    return {}


async def _a_bursary_to_approve(world: World, _maildir: Path) -> Names:
    _, _, bursary = await Steps.of(world.harness).an_eligible_bursary(ANOTHER_URN)
    return {"bursary_id": bursary["id"]}


async def _bursaries_to_approve(world: World, _maildir: Path) -> Names:
    _, _, bursary = await Steps.of(world.harness).an_eligible_bursary(ANOTHER_URN)
    return {"bursary_ids": [bursary["id"]]}


async def _a_bursary_to_claim(world: World, _maildir: Path) -> Names:
    steps = Steps.of(world.harness)
    teacher, booking, bursary = await steps.an_eligible_bursary(ANOTHER_URN)
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    world.callers["claimant"] = teacher
    return {"bursary_id": bursary["id"]}


async def _a_claim_to_approve(world: World, maildir: Path) -> Names:
    bursary = await _a_bursary_to_claim(world, maildir)
    claim = await Steps.of(world.harness).claim(world.callers["claimant"], {"id": bursary["bursary_id"]})
    return {"claim_id": claim.json()["id"]}


async def _an_approved_claim(world: World, _maildir: Path) -> Names:
    await Steps.of(world.harness).an_approved_claim(ANOTHER_URN)
    return {}


async def _a_run_of_two(world: World, _maildir: Path) -> Names:
    steps = _money(world)
    await steps.post(steps.payment_officer, f"/v1/payment-runs/{world.ids['run_id']}/cancellation", {"reason": "-"})
    await steps.an_approved_claim(ANOTHER_URN)
    run = (await steps.prepare_run()).json()
    return {"run_id": run["id"], "payment_id": run["items"][0]["id"], "content_sha256": run["content_sha256"]}


async def _a_checked_run(world: World, maildir: Path) -> Names:
    names = await _a_run_of_two(world, maildir)
    await _money(world).check_run({"id": names["run_id"], **names})
    return names


async def _a_released_run(world: World, maildir: Path) -> Names:
    names = await _a_run_of_two(world, maildir)
    run = {"id": names["run_id"], "status": "draft", **names}
    assert (await _money(world).release(run)).status_code == 200
    return names


async def _a_file_that_was_downloaded(world: World, maildir: Path) -> Names:
    names, steps = await _a_released_run(world, maildir), _money(world)
    await steps.post(steps.releaser, f"/v1/payment-runs/{names['run_id']}/files/bacs/download")
    return names


async def _a_file_asked_for_again(world: World, maildir: Path) -> Names:
    names, steps = await _a_file_that_was_downloaded(world, maildir), _money(world)
    path = f"/v1/payment-runs/{names['run_id']}/files/bacs/reissue"
    await steps.post(steps.releaser, path, {"reason": "Lost."})
    return names


async def _a_line_that_somebody_settled(world: World, _maildir: Path) -> Names:
    steps, names = _money(world), world.ids
    path = f"/v1/bank-returns/lines/{names['return_line_id']}/resolution"
    await steps.post(steps.releaser, path, {"outcome": "not_ours", "reason": "Another's."})
    return {}


def _money(world: World) -> Steps:
    """The world's own people of the four steps."""
    steps = Steps.of(world.harness)
    people = world.callers
    return replace(
        steps,
        payment_officer=people["payment officer"],
        checker=people["checker"],
        run_approver=people["run approver"],
        releaser=people["releaser"],
    )


async def _a_decided_payee(world: World, _maildir: Path) -> Names:
    steps = Steps.of(world.harness)
    payee = await a_new_payee(steps, "900002-B")
    await steps.post(steps.officer, f"/v1/payees/{payee['id']}/details/1/decision", confirmed())
    return {"payee_id": payee["id"]}


async def _a_month_to_close(world: World, _maildir: Path) -> Names:
    steps, over = Steps.of(world.harness), clock.today().replace(day=1) - timedelta(days=1)
    await post_into(world.harness, over)
    month = f"{over:%Y-%m}"
    await steps.post(steps.officer, f"/v1/ledger/periods/{month}/closure")
    return {"month": month}


async def _another_payment(world: World, _maildir: Path) -> Names:
    months = Months(Steps.of(world.harness))
    await months.a_paid_bursary(ANOTHER_URN)
    return {"payment_id": next(payment for urn, payment in await months.payments() if urn == ANOTHER_URN)}


async def _a_proposed_recovery(world: World, _maildir: Path) -> Names:
    path = f"/v1/recoveries/{world.ids['case_id']}/proposal"
    proposed = await Steps.of(world.harness).post(staff("funding_officer"), path, {"method": "invoice", "reason": "-"})
    assert proposed.status_code == 200, proposed.text
    return {}


async def _an_agreed_recovery(world: World, maildir: Path) -> Names:
    await _a_proposed_recovery(world, maildir)
    path = f"/v1/recoveries/{world.ids['case_id']}/approval"
    await Steps.of(world.harness).post(staff("funding_approver"), path, {"outcome": "approved", "reason": "-"})
    return {"amount_pence": 1}


async def _a_month_that_is_over(_world: World, _maildir: Path) -> Names:
    return {"month": f"{clock.today().replace(day=1) - timedelta(days=1):%Y-%m}"}


async def _a_tested_policy(world: World, _maildir: Path) -> Names:
    path = f"/v1/policy-drafts/{world.ids['draft_id']}/test"
    assert (await Steps.of(world.harness).post(staff("funding_officer"), path)).json()["status"] == "tested"
    return {}


async def _tested_fees(world: World, _maildir: Path) -> Names:
    path = f"/v1/fee-policy-drafts/{world.ids['fee_draft_id']}/test"
    assert (await Steps.of(world.harness).post(staff("funding_officer"), path)).json()["status"] == "tested"
    return {}


async def _an_approved_override(world: World, _maildir: Path) -> Names:
    body = {"outcome": "approved", "reason": "The letter was seen."}
    path = f"/v1/overrides/{world.ids['override_id']}/approval"
    assert (await Steps.of(world.harness).post(staff("funding_approver"), path, body)).status_code == 200
    return {}


async def _a_draft_resource(world: World, _maildir: Path) -> Names:
    draft = await Bank(world.harness).draft(world.callers["owner"])
    return {"resource_id": draft["resource_id"], "number": draft["number"]}


async def _a_submitted_resource(world: World, maildir: Path) -> Names:
    names = await _a_draft_resource(world, maildir)
    await Bank(world.harness).submit(world.callers["owner"], names)
    return names


async def _a_resource_in_review(world: World, maildir: Path) -> Names:
    names = await _a_submitted_resource(world, maildir)
    await Bank(world.harness).ask(world.callers["moderator"], "POST", f"{path_of(names)}/review", json={})
    return names


async def _a_withdrawn_resource(world: World, _maildir: Path) -> Names:
    await Bank(world.harness).withdraw(staff("moderator"), world.ids["resource_id"])
    return {}


async def _a_draft_offer(world: World, _maildir: Path) -> Names:
    return {"offer_id": (await Offers(world.harness).draft(world.callers["own partner"]))["id"]}


async def _a_submitted_offer(world: World, maildir: Path) -> Names:
    names = await _a_draft_offer(world, maildir)
    await Offers(world.harness).ask(world.callers["own partner"], "POST", f"/{names['offer_id']}/submission")
    return names


async def _a_tested_draft(world: World, _maildir: Path) -> Names:
    draft_id = await proposed(world.harness, world.callers["administrator"])
    author = await world.harness.client(world.callers["administrator"], **a_fresh_key())
    tested = await author.post(f"/v1/scheme-drafts/{draft_id}/test")
    assert tested.json()["status"] == "tested", tested.text
    return {"draft_id": draft_id}


async def _an_application_to_change(world: World, _maildir: Path) -> Names:
    way = await Way.begin(await Log(world.harness).register())
    world.callers["beginner"] = way.log.teacher
    return {"application_id": way.id}


async def _a_tested_questionnaire(world: World, _maildir: Path) -> Names:
    draft_id = await proposed_questionnaire(world.harness, world.callers["administrator"])
    assert (await step(world.harness, world.callers["administrator"], draft_id, "test"))["status"] == "tested"
    return {"questionnaire_id": draft_id}


async def _a_draft_entry(world: World, _maildir: Path) -> Names:
    return {"entry_id": await _recorded(world, as_draft=True)}


async def _recorded(world: World, **more: Any) -> str:
    entry = {"activity": "contribute-to-online-discussion", "occurred_on": "2026-09-05"}
    entry |= {"description": "Answered questions on loops."} | more
    client = await world.harness.client(world.callers["owner"], **a_fresh_key())
    return str((await client.post("/v1/log-entries", json=entry)).json()["id"])


async def _an_accepted_entry(world: World, _maildir: Path) -> Names:
    entry_id = await _recorded(world)
    client = await world.harness.client(world.callers["moderator"], **a_fresh_key())
    decided = await client.post(f"/v1/log-entries/{entry_id}/decision", json={"outcome": "accepted"})
    assert decided.status_code == 200, decided.text
    return {"entry_id": entry_id}


async def _a_certificate_in_question(world: World, _maildir: Path) -> Names:
    _, review_id = await a_certificate_in_question(world.harness)
    return {"review_id": review_id}


async def _a_recommendation(world: World, maildir: Path) -> Names:
    names = await _a_certificate_in_question(world, maildir)
    client = await world.harness.client(world.callers["administrator"], **a_fresh_key())
    path = f"/v1/certificate-reviews/{names['review_id']}/recommendation"
    said = await client.post(path, json={"outcome": "keep", "reason": "Later courses make up for it."})
    assert said.status_code == 200, said.text
    return names


async def _a_recommended_award(world: World, _maildir: Path) -> Names:
    client = await world.harness.client(world.callers["administrator"], **a_fresh_key())
    path = f"/v1/award-checks/{world.ids['check_id']}/recommendation"
    said = await client.post(path, json={"outcome": "award", "reason": "Registers bear it out."})
    assert said.status_code == 200, said.text
    return {}


def _outreach(world: World) -> Outreach:
    return Outreach(world.harness, _network(world))


async def _another_school_takes_part(world: World, _maildir: Path) -> Names:
    await _outreach(world).enrol(world.ids["programme_slug"], "900002")
    return {}


async def _no_pupils_booked(world: World, _maildir: Path) -> Names:
    path = f"/v1/pupil-bookings/{world.ids['pupil_booking_id']}/cancellation"
    await _outreach(world).post(world.callers["school's lead"], path)
    return {}


async def _an_event_that_began(world: World, _maildir: Path) -> Names:
    await _outreach(world).begin(world.ids["event_id"])
    return {}


async def _a_loan_asked_for(world: World, _maildir: Path) -> Names:
    return {"loan_id": await _outreach(world).a_request(world.ids["kit_id"], "900001", 20, 25)}


async def _a_later_day(_world: World, _maildir: Path) -> Names:
    return {"due_on": days(15)}


async def _a_decided_match(world: World, _maildir: Path) -> Names:
    client = await world.harness.client(world.callers["moderator"], **a_fresh_key())
    path = f"/v1/completions/matches/{world.ids['match_id']}/resolution"
    await client.post(path, json={"teacher_id": world.ids["teacher_id"]})
    return {}


async def _a_proposed_grant(world: World, _maildir: Path) -> Names:
    return {"grant_id": (await _grants(world).propose(reference="another"))["id"]}


async def _a_grant_to_accept(world: World, _maildir: Path) -> Names:
    return {"grant_id": (await _grants(world).award(reference="another"))["id"]}


async def _another_grant(world: World, _maildir: Path) -> Names:
    return {"grant_id": (await _grants(world).accepted(reference="another"))["id"]}


async def _a_group_called_off(world: World, _maildir: Path) -> Names:
    return {"group_id": await a_group_to_recover(_grants(world))}


async def _an_underspent_grant(world: World, _maildir: Path) -> Names:
    grants = _grants(world)
    grant = await grants.accepted(reference="another")
    await grants.draw(grant, 1_000_00)
    await grants.pay()
    await grants.post(grants.steps.officer, f"/{grant['id']}/completion", ENDING)
    spending = await grants.steps.get(grants.lead, f"/v1/grants/{grant['id']}/spending")
    return {"grant_id": grant["id"], "return_id": spending.json()["returns"][0]["id"]}


async def _another_call(world: World, _maildir: Path) -> Names:
    return {"call_id": (await Panel.begin(_grants(world))).call["id"]}


async def _a_scored_application(world: World, _maildir: Path) -> Names:
    return {"application_id": (await (await Panel.begin(_grants(world))).scored())["id"]}


async def _a_moderated_application(world: World, _maildir: Path) -> Names:
    return {"application_id": (await (await Panel.begin(_grants(world))).moderated())["id"]}


def _grants(world: World) -> Grants:
    steps = Steps(world.harness, *(world.callers[one] for one in ("approver", "officer", "payment officer", "auditor")))
    return Grants(steps, world.callers["lead of the grant's hub"])


async def _an_assessment_of_another_scheme(_world: World, _maildir: Path) -> Names:
    return {"slug": "primary-knowledge", "scheme": "primary"}


async def _another_provider(_world: World, _maildir: Path) -> Names:
    return {"slug": "other-tests"}


async def _another_question(_world: World, _maildir: Path) -> Names:
    return {"question": gcse_file().bank.questions[1].name}


async def _somebody_enrolled(world: World, _maildir: Path) -> Names:
    world.callers["fresh candidate"] = (await Hall(world.harness).candidate()).teacher
    return {}


async def _an_attempt_at_a_provider(world: World, _maildir: Path) -> Names:
    hall = Hall(world.harness)
    hall.assessor, hall.second_assessor = world.callers["assessor"], world.callers["second assessor"]
    await hall.publish(at_a_provider())
    candidate = await hall.candidate()
    token = await candidate.launch(await candidate.begin())
    return {"token": token_id(token), "finished_at": clock.now().isoformat()}


SIGNERS: dict[str, Callable[[bytes], dict[str, str]]] = {
    "POST /v1/assessment-providers/{provider}/results": signed,
}
"""Of an operation whose body has to be signed, the headers that do it."""


async def _a_school_for_the_group(_world: World, _maildir: Path) -> Names:
    return {"urn": "900004"}


async def _a_person_for_the_group(world: World, _maildir: Path) -> Names:
    teacher_id = new_id()
    await world.harness.deliver(registered(teacher_id, "900001"))
    return {"person_id": str(teacher_id), "urn": "900001"}


async def _another_lead_for_the_group(world: World, _maildir: Path) -> Names:
    facts: Names = {"network": "code-clubs", "project_code": "C-1", "project_year": "2026-27"}
    projects = Projects(world.harness, UUID(world.ids["hub_id"]))
    return {"lead_id": str((await projects.lead(UUID(world.ids["project_id"]), **facts)).id)}


async def _another_group(world: World, **parts: Any) -> Names:
    projects = Projects(world.harness, UUID(world.ids["hub_id"]))
    project_id = await projects.project(code="C-8", network="code-clubs", project_year="2026-27", **parts)
    return {"group_id": (await projects.group(project_id)).rpartition("/")[2]}


async def _a_group_of_organisations(world: World, _maildir: Path) -> Names:
    return await _another_group(world, participants={"unit": "organisation", "title": "provider"})


async def _a_group_that_sends_delegates(world: World, _maildir: Path) -> Names:
    return await _another_group(world, **SENDS_DELEGATES)


async def _an_application_to_decide(world: World, _maildir: Path) -> Names:
    """Of another school, to a project that asks one question."""
    asks = {"criterion": "needs-leadership-support", "title": "Needs support", "question": "Is support needed?"}
    projects = Projects(world.harness, UUID(world.ids["hub_id"]))
    unit = {"unit": "school", "title": "school", "criteria": asks}
    project_id = await projects.project(code="C-9", participants=unit, network="code-clubs", project_year="2026-27")
    wanted = {"project_id": str(project_id), "hub_id": world.ids["hub_id"], "urn": "900003"}
    made = await projects.call("POST", "/v1/project-applications", body=wanted)
    return {"project_application_id": made.json()["id"]}


async def _somebody_to_lead(world: World, _maildir: Path) -> Names:
    return {"person_id": str(new_id())}


async def _a_proposed_lead(world: World, _maildir: Path) -> Names:
    wanted = {"project_id": world.ids["project_id"], "hub_id": world.ids["hub_id"], "person_id": str(new_id())}
    projects = Projects(world.harness, UUID(world.ids["hub_id"]))
    return {"lead_id": (await projects.call("POST", "/v1/project-leads", body=wanted)).json()["id"]}


async def _a_lead_with_duties(world: World, _maildir: Path) -> Names:
    projects = Projects(world.harness, UUID(world.ids["hub_id"]))
    workshops = {
        "slug": "national-workshops",
        "kind": "workshop",
        "title": "National workshops",
        "audience": "leads",
        "occasions": [{"title": "Workshop 1", "when": "October"}],
    }
    asked = {"attendance": [{"activity": "national-workshops"}]}
    parts: Names = {"activities": [workshops], "leads": asked, "network": "code-clubs", "project_year": "2026-27"}
    project_id = await projects.project(code="C-9", **parts)
    facts: Names = {"network": "code-clubs", "project_code": "C-9", "project_year": "2026-27"}
    return {"lead_id": str((await projects.lead(project_id, **facts)).id)}


async def _a_hub_without_a_plan(world: World, _maildir: Path) -> Names:
    """The other hub takes part too, and has not begun."""
    other = next(iter(world.callers["another hub's lead"].organisations("hub_lead")))
    joined = await Team(world.harness).set_hub(other)
    assert joined.status_code == 200, joined.text
    return {"hub_id": str(other)}


async def _a_project_of_the_network(world: World, _maildir: Path) -> Names:
    """A course has a code too."""
    return {"code": "C-1"}


async def _a_plan_handed_in(world: World, _maildir: Path) -> Names:
    client = await world.harness.client(world.callers["own lead"], **a_fresh_key())
    path = f"/v1/hub-plans/{world.ids['hub_plan_id']}/submission"
    sent = await client.post(path, json={"explanation": "Not decided yet."})
    assert sent.status_code == 200, sent.text
    return {}


async def _a_report_handed_in(world: World, _maildir: Path) -> Names:
    return {"project_report_id": await a_report(world.harness, world.ids["group_id"], "submitted")}


async def _links_in_dispute(world: World, maildir: Path) -> Names:
    of = "hubs" if world.harness.service.name == "funding" else "funding"
    found = [{"service": of, "number": at, "holder": "identity", "what": "it is gone"} for at in (104, 120)]
    async with world.harness.session() as session:
        await session.execute(insert(audit_dispute), found)
    world.callers["auditor"] = staff("auditor")
    return {"of": of}


async def _a_second_school_consents(world: World, _maildir: Path) -> Names:
    client = await world.harness.client(a_school_lead("900003"))
    said = await client.post(f"/v1/alliances/{world.ids['alliance_id']}/consent", json={"is_in": True})
    assert said.status_code == 204, said.text
    return {}


async def _everybody_taught_there_for_a_month(world: World, _maildir: Path) -> Names:
    """Who registered today can move today only; an example moves on the day of its week that it was written for."""
    async with world.harness.session() as session:
        await session.execute(text("UPDATE employment SET from_on = from_on - 30"))
    return {}


PREPARED: dict[str, Prepare] = {
    **{
        operation: _everybody_taught_there_for_a_month
        for path in ("/v1/me/school", "/v1/teachers/{person_id}/school")
        for operation in (f"PUT {path}", f"POST {path}/leaving")
    },
    "POST /v1/alliances/{alliance_id}/schools": _a_school_for_the_group,
    "POST /v1/alliances/{alliance_id}/application": _a_second_school_consents,
    **{f"POST /v1/audit/{service}/disputes/clearances": _links_in_dispute for service in SERVICES},
    "POST /v1/hub-plans": _a_hub_without_a_plan,
    "PUT /v1/hub-plans/{hub_plan_id}": _a_project_of_the_network,
    "POST /v1/hub-plans/{hub_plan_id}/decision": _a_plan_handed_in,
    "POST /v1/sandbox/clock": _a_sandbox,
    "POST /v1/project-applications/{project_application_id}/overrides": _an_application_to_decide,
    "POST /v1/project-applications/{project_application_id}/selection": _an_application_to_decide,
    "POST /v1/project-leads": _somebody_to_lead,
    "POST /v1/project-leads/{lead_id}/decision": _a_proposed_lead,
    "PUT /v1/project-leads/{lead_id}/attendance": _a_lead_with_duties,
    "POST /v1/project-reports/{project_report_id}/decision": _a_report_handed_in,
    "POST /v1/groups/{group_id}/schools": _a_school_for_the_group,
    "POST /v1/groups/{group_id}/participants": _a_person_for_the_group,
    "POST /v1/groups/{group_id}/organisations": _a_group_of_organisations,
    "PUT /v1/groups/{group_id}/delegates": _a_group_that_sends_delegates,
    "POST /v1/groups/{group_id}/leads": _another_lead_for_the_group,
    "POST /v1/assessments": _an_assessment_of_another_scheme,
    "POST /v1/assessments/{assessment}/attempts": _somebody_enrolled,
    "POST /v1/assessments/{assessment}/re-markings": _another_question,
    "POST /v1/assessment-providers": _another_provider,
    "POST /v1/assessment-providers/{provider}/results": _an_attempt_at_a_provider,
    "POST /v1/completions/matches/{match_id}/reversal": _a_decided_match,
    "POST /v1/scheme-drafts/{draft_id}/approval": _a_tested_draft,
    "POST /v1/chartered-applications/{application_id}/statements": _an_application_to_change,
    "PUT /v1/chartered-applications/{application_id}/consent": _an_application_to_change,
    "POST /v1/questionnaire-drafts/{questionnaire_id}/approval": _a_tested_questionnaire,
    "PUT /v1/oauth-clients/{client_id}/jwks": _a_client_with_keys,
    "POST /v1/auth/confirm": _an_unconfirmed_account,
    "POST /v1/auth/password-reset": _a_forgotten_password,
    "POST /v1/merges": _two_accounts_to_merge,
    "POST /v1/merges/{merge_id}/separation": _two_accounts_merged,
    "POST /v1/auth/email-changes": _an_address_to_confirm,
    "POST /v1/auth/refresh": _a_session,
    "POST /v1/auth/second-factor": _a_second_step,
    "POST /v1/auth/passkey": _a_passkey_that_signs,
    "POST /v1/me/second-factors/totp/confirmation": _an_app_to_confirm,
    "POST /v1/me/second-factors/passkeys": _a_passkey_to_add,
    "POST /v1/me/proofs": _a_recent_proof,
    "POST /v1/me/federated-identities": _an_account_elsewhere,
    "POST /v1/auth/providers/return": _a_return_from_elsewhere,
    "POST /v1/auth/providers/{provider}/logout": _a_logout_elsewhere,
    "POST /internal/sessions/authenticate": _a_browser_session,
    "POST /v1/budgets": _another_budget,
    "POST /v1/auth/logout": _a_session,
    "POST /v1/gcse-offers": _the_present_year,
    "POST /v1/auth/invitations": _an_open_invitation,
    "POST /v1/privacy/erasures/confirmation": _a_wish_to_be_forgotten,
    "POST /v1/bookings/{booking_id}/transfer": _another_run,
    "POST /v1/bookings/groups": _colleagues,
    "PUT /v1/registers/{course_run_id}": _a_run_that_began,
    "PUT /v1/registers/{course_run_id}/sessions/{session_id}": _a_run_that_began,
    "POST /v1/registers/{course_run_id}/sessions/{session_id}/sign-in-code": _a_run_that_began,
    "POST /v1/bookings/{booking_id}/sign-in": _an_open_code,
    "POST /v1/course-runs/{run_id}/closure": _a_run_that_is_over,
    "PUT /v1/resources/{resource_id}/versions/{number}": _a_draft_resource,
    "POST /v1/resources/{resource_id}/versions/{number}/review": _a_submitted_resource,
    "POST /v1/resources/{resource_id}/versions/{number}/decision": _a_resource_in_review,
    "POST /v1/resources/{resource_id}/reinstatement": _a_withdrawn_resource,
    "PUT /v1/enrichment-offers/{offer_id}": _a_draft_offer,
    "POST /v1/enrichment-offers/{offer_id}/decision": _a_submitted_offer,
    "POST /v1/award-checks/{check_id}/decision": _a_recommended_award,
    "POST /v1/certificate-reviews/{review_id}/recommendation": _a_certificate_in_question,
    "POST /v1/certificate-reviews/{review_id}/decision": _a_recommendation,
    "POST /v1/enrolments": _a_secondary_teacher,
    "PUT /v1/log-entries/{entry_id}": _a_draft_entry,
    "POST /v1/log-entries/{entry_id}/audit": _an_accepted_entry,
    "POST /v1/log-entries/{entry_id}/evidence": _a_draft_entry,
    "POST /v1/bursaries": _a_booking_of_the_owner,
    "POST /v1/bursaries/approvals": _bursaries_to_approve,
    "POST /v1/bursaries/{bursary_id}/approval": _a_bursary_to_approve,
    "POST /v1/bursaries/{bursary_id}/withdrawal": _a_bursary_to_claim,
    "POST /v1/claims": _a_bursary_to_claim,
    "POST /v1/claims/{claim_id}/approval": _a_claim_to_approve,
    "POST /v1/grants/{grant_id}/approval": _a_proposed_grant,
    "POST /v1/grants/{grant_id}/withdrawal": _a_proposed_grant,
    "POST /v1/grants/{grant_id}/acceptance": _a_grant_to_accept,
    "POST /v1/grants/{grant_id}/adjustments": _another_grant,
    "POST /v1/grants/{grant_id}/completion": _another_grant,
    "POST /v1/grants/{grant_id}/claims": _another_grant,
    "POST /v1/grant-applications": _another_call,
    "POST /v1/grant-applications/{application_id}/moderation": _a_scored_application,
    "POST /v1/grant-applications/{application_id}/decision": _a_moderated_application,
    "POST /v1/grants/{grant_id}/termination": _another_grant,
    "POST /v1/group-grants/{group_id}/recovery-decision": _a_group_called_off,
    "POST /v1/grants/{grant_id}/returns/{return_id}/receipt": _an_underspent_grant,
    "POST /v1/overrides/{override_id}/end": _an_approved_override,
    "POST /v1/policy-drafts/{draft_id}/approval": _a_tested_policy,
    "POST /v1/fee-policy-drafts/{fee_draft_id}/approval": _tested_fees,
    "POST /v1/payment-runs": _an_approved_claim,
    "POST /v1/payment-runs/{run_id}/removals": _a_run_of_two,
    "POST /v1/payment-runs/{run_id}/check": _a_run_of_two,
    "POST /v1/payment-runs/{run_id}/approval": _a_checked_run,
    "POST /v1/payment-runs/{run_id}/confirmation": _a_released_run,
    "POST /v1/payment-runs/{run_id}/files/{format}/reissue": _a_file_that_was_downloaded,
    "POST /v1/payment-runs/{run_id}/files/{format}/reissue/approval": _a_file_asked_for_again,
    "POST /v1/bank-returns/lines/{return_line_id}/resolution/decision": _a_line_that_somebody_settled,
    "POST /v1/statements/closings": _a_month_that_is_over,
    "POST /v1/payees/{payee_id}/details": _a_decided_payee,
    "POST /v1/recoveries": _another_payment,
    "POST /v1/recoveries/{case_id}/approval": _a_proposed_recovery,
    "POST /v1/recoveries/{case_id}/receipts": _an_agreed_recovery,
    "POST /v1/ledger/periods/{month}/closure/decision": _a_month_to_close,
    "POST /v1/programmes/{programme_slug}/enrolments/{enrolment_id}/withdrawal": _no_pupils_booked,
    "POST /v1/pupil-events/{event_id}/bookings": _another_school_takes_part,
    "PUT /v1/pupil-events/{event_id}/attendance": _an_event_that_began,
    "POST /v1/loans/{loan_id}/decision": _a_loan_asked_for,
    "POST /v1/loans/{loan_id}/cancellation": _a_loan_asked_for,
    "POST /v1/loans/{loan_id}/extension": _a_later_day,
}
"""By operation."""
