"""Opens calls, takes applications, scores them by several people, and turns decisions into proposals of awards."""

import json
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_one_of, is_same_person
from chassis.principal import Principal
from funding.budgets import service as budgets
from funding.canonical import canonical
from funding.grant_applications.errors import (
    AnswersRefused,
    ApplicationNotAsNeeded,
    ApplicationNotFound,
    AppliedAlready,
    CallNotFound,
    CallNotOpen,
    NotThisPerson,
    NotYourOrganisation,
    PointsRefused,
    ScoredAlready,
    TooFewScores,
)
from funding.grant_applications.models import ApplicationStatus, GrantApplication, GrantCall, GrantScore
from funding.grant_applications.rules import CallTerms, check_all, faults_of_answers, mean, percent
from funding.grant_applications.schemas import (
    ApplicationDecision,
    ApplicationSubmission,
    CallOpening,
    Moderation,
    PanelScore,
)
from funding.grant_cards import service as cards
from funding.grant_cards.rules import Value, calculate
from funding.grants import service as grants
from funding.grants.access import speaks_for
from funding.grants.schemas import Agreement, GrantProposal, Recipient
from funding.ledger.errors import BudgetNotFound


async def open_call(session: AsyncSession, caller: Principal, body: CallOpening) -> UUID:
    """Open a call for a card and a budget that exist."""
    if not await budgets.budget_exists(session, body.budget):
        raise BudgetNotFound(f"There is no budget {body.budget}.")
    await cards.approved(session, body.card, None, clock.today())
    call = GrantCall(
        id=new_id(),
        **body.model_dump(include={"title", "card", "budget", "opens_on", "closes_on"}),
        terms=canonical(body.terms),
        agreement_version=body.agreement.version,
        agreement_reference=body.agreement.reference,
        agreement_sha256=body.agreement.sha256,
        opened_by=caller.id,
        opened_at=clock.now(),
    )
    session.add(call)
    await session.flush()
    await audit.record(session, caller, "grant_call.opened", f"grant_call:{call.id}")
    return call.id


async def submit(session: AsyncSession, caller: Principal, body: ApplicationSubmission) -> UUID:
    """Apply for an organisation one speaks for. Checks that are not met make it ineligible at once, and say why."""
    if (str(body.recipient.kind), body.recipient.id) not in speaks_for(caller):
        raise NotYourOrganisation(f"You do not speak for {body.recipient.name}.")
    call = await session.get(GrantCall, body.call_id)
    if call is None:
        raise CallNotFound(body.call_id)
    if not call.opens_on <= clock.today() <= call.closes_on:
        raise CallNotOpen(f"The call is open from {call.opens_on} to {call.closes_on}.")
    terms = CallTerms.model_validate_json(call.terms)
    faults = faults_of_answers(terms, body.answers)
    if faults:
        raise AnswersRefused(faults)
    checks = check_all(terms, body.answers)
    eligible = all(one.is_met for one in checks)
    made = {
        "id": new_id(),
        "call_id": call.id,
        "recipient_kind": body.recipient.kind,
        "recipient_id": body.recipient.id,
        "recipient_name": body.recipient.name,
        "answers": json.dumps(body.model_dump(mode="json")["answers"], sort_keys=True),
        "checks": json.dumps([one.model_dump(mode="json") for one in checks], sort_keys=True),
        "requested_pence": await _requested(session, call, body.answers) if eligible else 0,
        "status": ApplicationStatus.SUBMITTED if eligible else ApplicationStatus.INELIGIBLE,
        "submitted_by": caller.id,
        "submitted_at": clock.now(),
    }
    added = insert(GrantApplication).values(made).on_conflict_do_nothing().returning(GrantApplication.id)
    found = (await session.execute(added)).scalar_one_or_none()
    if found is None:
        raise AppliedAlready("The organisation has applied to this call.")
    details: dict[str, audit.JSON] = {"status": str(made["status"])}
    await audit.record(session, caller, "grant_application.submitted", f"grant_application:{found}", details)
    return found


async def score(session: AsyncSession, caller: Principal, application_id: UUID, body: PanelScore) -> None:
    """Score an application once, or declare a conflict of interest, which bars from scoring."""
    application, terms = await _lock(session, application_id)
    _require(application, ApplicationStatus.SUBMITTED)
    if await is_same_person(session, application.submitted_by, caller.id):
        raise NotThisPerson("Who applied does not score.")
    total = None if body.points is None else _percent(terms, body.points)
    made = {
        "application_id": application_id,
        "scorer_id": caller.id,
        "conflict": body.conflict,
        "points": None if body.points is None else json.dumps(body.points, sort_keys=True),
        "percent": total,
        "comment": body.comment,
        "scored_at": clock.now(),
    }
    added = insert(GrantScore).values(made).on_conflict_do_nothing().returning(GrantScore.scorer_id)
    if (await session.execute(added)).first() is None:
        raise ScoredAlready("You have scored this application, or declared a conflict of interest.")
    action = "grant_application.scored" if body.conflict is None else "grant_application.conflict_declared"
    await audit.record(session, caller, action, f"grant_application:{application_id}")


async def moderate(session: AsyncSession, caller: Principal, application_id: UUID, body: Moderation) -> None:
    """Settle the total once enough people have scored."""
    application, terms = await _lock(session, application_id)
    _require(application, ApplicationStatus.SUBMITTED)
    scores = await _scores(session, application_id)
    barred = [application.submitted_by, *(one.scorer_id for one in scores if one.conflict)]
    if await is_one_of(session, caller.id, barred):
        raise NotThisPerson("Who applied, or has a conflict of interest, does not moderate.")
    percents = [one.percent for one in scores if one.percent is not None]
    if len(percents) < terms.scorers:
        raise TooFewScores(f"{len(percents)} of {terms.scorers} have scored.", scores=len(percents))
    application.status = ApplicationStatus.MODERATED
    application.percent = mean(percents) if body.percent is None else body.percent
    application.moderated_by, application.moderated_at = caller.id, clock.now()
    application.moderation = body.reason
    await session.flush()
    await audit.record(session, caller, "grant_application.moderated", f"grant_application:{application_id}")


async def decide(session: AsyncSession, caller: Principal, application_id: UUID, body: ApplicationDecision) -> None:
    """Fund or decline, as somebody who neither applied nor scored nor moderated. Funding proposes an award."""
    application, _ = await _lock(session, application_id)
    _require(application, ApplicationStatus.MODERATED)
    scorers = {one.scorer_id for one in await _scores(session, application_id)}
    if await is_one_of(session, caller.id, {application.submitted_by, application.moderated_by, *scorers}):
        raise NotThisPerson("Who applied, scored, moderated or has a conflict of interest does not decide.")
    if body.outcome == "funded":
        application.grant_id = await _propose(session, caller, application, body)
    application.status = ApplicationStatus(body.outcome)
    application.decided_by, application.decided_at, application.feedback = caller.id, clock.now(), body.feedback
    await session.flush()
    details: dict[str, audit.JSON] = {"outcome": body.outcome}
    await audit.record(session, caller, "grant_application.decided", f"grant_application:{application_id}", details)


async def _requested(session: AsyncSession, call: GrantCall, answers: dict[str, bool | Decimal | str]) -> int:
    held = await cards.approved(session, call.card, None, clock.today())
    return calculate(held.card, _inputs({one.input for one in held.card.inputs}, answers)).total_pence


def _inputs(wanted: set[str], answers: dict[str, bool | Decimal | str]) -> dict[str, Value]:
    return {name: value for name, value in answers.items() if name in wanted and not isinstance(value, bool)}


async def _propose(
    session: AsyncSession, caller: Principal, application: GrantApplication, body: ApplicationDecision
) -> UUID:
    call = await session.get_one(GrantCall, application.call_id)
    held = await cards.approved(session, call.card, None, clock.today())
    answers = ApplicationSubmission.model_validate(
        {
            "call_id": call.id,
            "recipient": {
                "kind": application.recipient_kind,
                "id": application.recipient_id,
                "name": application.recipient_name,
            },
            "answers": json.loads(application.answers),
        }
    )
    proposal = GrantProposal(
        card=call.card,
        card_version=held.card.version,
        inputs=_inputs({one.input for one in held.card.inputs}, answers.answers),
        recipient=Recipient.model_validate(answers.recipient.model_dump()),
        reference=f"application {application.id}",
        title=call.title,
        budget=call.budget,
        agreement=Agreement(
            version=call.agreement_version, reference=call.agreement_reference, sha256=call.agreement_sha256
        ),
        findings_accepted_because=body.findings_accepted_because,
    )
    return await grants.propose(session, caller, proposal)


def _percent(terms: CallTerms, points: dict[str, int]) -> Decimal:
    most = {one.criterion: one.at_most for one in terms.criteria}
    if points.keys() != most.keys() or any(points[name] > most[name] for name in most):
        told = ", ".join(f"{name} 0 to {at_most}" for name, at_most in most.items())
        raise PointsRefused(f"Points are for: {told}.")
    return percent(terms, points)


def _require(application: GrantApplication, wanted: ApplicationStatus) -> None:
    if application.status != wanted:
        raise ApplicationNotAsNeeded(
            f"The application is {application.status}; this needs it to be {wanted}.",
            application_status=application.status,
        )


async def _lock(session: AsyncSession, application_id: UUID) -> tuple[GrantApplication, CallTerms]:
    found = await session.get(GrantApplication, application_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise ApplicationNotFound(application_id)
    call = await session.get_one(GrantCall, found.call_id)
    return found, CallTerms.model_validate_json(call.terms)


async def _scores(session: AsyncSession, application_id: UUID) -> list[GrantScore]:
    query = select(GrantScore).where(GrantScore.application_id == application_id)
    return list((await session.execute(query)).scalars())
