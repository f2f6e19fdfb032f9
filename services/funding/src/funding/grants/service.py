"""The life of an award: proposed from a calculation, approved by a second person, agreed to, and ended."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.known_as import is_one_of, is_same_person
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import GrantAwarded, GrantEnded
from funding.budgets import service as budgets
from funding.bursaries.schemas import ApprovalDecision
from funding.grant_applications.models import GrantApplication, GrantScore
from funding.grant_cards import service as cards
from funding.grant_cards.rules import Calculation, calculate
from funding.grant_claims.queries import submitted_pence
from funding.grant_drawdowns.queries import waiting_pence
from funding.grant_spending.service import raise_return
from funding.grants.access import acted_on_by, received_by, seen_by
from funding.grants.errors import (
    AnotherAgreement,
    FindingsNotAccepted,
    GrantExists,
    GrantNotAsNeeded,
    InstalmentsDoNotAddUp,
    NothingToGrant,
    SameGrantPerson,
    SourceNotAsNeeded,
    SourceNotFound,
)
from funding.grants.models import (
    GrantAward,
    GrantInstalment,
    GrantSnapshot,
    GrantSource,
    GrantStatus,
    SnapshotStatus,
    SourceStatus,
)
from funding.grants.records import (
    Worked,
    add_parts,
    lock_grant,
    money_of,
    net_drawn,
    note,
    require_one_funder,
    require_status,
    snapshot_of,
    undrawn,
)
from funding.grants.schemas import Acceptance, Ending, GrantProposal, Instalment, SourceStep, Withdrawal
from funding.ledger.errors import BudgetNotFound


async def propose(session: AsyncSession, caller: Principal, body: GrantProposal) -> UUID:
    """Calculate an award and put it before a second person. Nothing is held yet."""
    if not await budgets.budget_exists(session, body.budget):
        raise BudgetNotFound(f"There is no budget {body.budget}.")
    held = await cards.approved(session, body.card, body.card_version, clock.today())
    worked = Worked(held.card, calculate(held.card, body.inputs))
    _check(worked, body)
    grant = _award(worked, body, caller)
    added = insert(GrantAward).values(grant).on_conflict_do_nothing().returning(GrantAward.id)
    if (await session.execute(added)).first() is None:
        raise GrantExists("The recipient has an award of this card for this reference; choose another reference.")
    award = await session.get_one(GrantAward, grant["id"])
    session.add(snapshot_of(worked, award, 1, "The award's own calculation", caller))
    await session.flush()
    _plan(session, award, body.instalments)
    await note(session, award, caller, "proposed", amount_pence=award.amount_pence)
    return award.id


async def decide(session: AsyncSession, caller: Principal, grant_id: UUID, body: ApprovalDecision) -> None:
    """Approve or decline as the second person. Approving reserves our part in the same transaction."""
    grant = await lock_grant(session, grant_id, seen_by(caller))
    require_status(grant, GrantStatus.PROPOSED)
    if await is_same_person(session, grant.proposed_by, caller.id):
        raise SameGrantPerson("A grant is approved or declined by somebody other than the one who proposed it.")
    if await is_one_of(session, caller.id, await _panel_of(session, grant_id)):
        raise SameGrantPerson("Who applied for a grant, or scored the application, does not decide about the award.")
    snapshot = await session.get_one(GrantSnapshot, (grant_id, 1), with_for_update=True)
    now = clock.now()
    snapshot.status = SnapshotStatus(body.outcome)
    snapshot.decided_by, snapshot.decided_at, snapshot.decision_reason = caller.id, now, body.reason
    grant.decided_by, grant.decided_at, grant.decision_reason = caller.id, now, body.reason
    if body.outcome == "approved":
        await _approve(session, grant, snapshot)
    else:
        grant.status = GrantStatus.DECLINED
    await note(session, grant, caller, body.outcome, reason=body.reason, amount_pence=grant.amount_pence)


async def _panel_of(session: AsyncSession, grant_id: UUID) -> set[UUID]:
    """Who applied for an award and who scored it; nobody when there was no application."""
    query = (
        select(GrantApplication.submitted_by, GrantScore.scorer_id)
        .outerjoin(GrantScore, GrantScore.application_id == GrantApplication.id)
        .where(GrantApplication.grant_id == grant_id)
    )
    return {one for row in await session.execute(query) for one in row if one is not None}


async def withdraw(session: AsyncSession, caller: Principal, grant_id: UUID, body: Withdrawal) -> None:
    """Take a proposal back before it is decided."""
    grant = await lock_grant(session, grant_id, seen_by(caller))
    require_status(grant, GrantStatus.PROPOSED)
    grant.status = GrantStatus.WITHDRAWN
    await note(session, grant, caller, "withdrawn", reason=body.reason)


async def accept(session: AsyncSession, caller: Principal, grant_id: UUID, body: Acceptance) -> None:
    """Agree for the recipient, by name."""
    grant = await lock_grant(session, grant_id, received_by(caller))
    require_status(grant, GrantStatus.AWARDED)
    if body.agreement_version != grant.agreement_version:
        raise AnotherAgreement(f"The award is made under version {grant.agreement_version} of the agreement.")
    grant.status = GrantStatus.ACCEPTED
    grant.accepted_by, grant.accepted_at = caller.id, clock.now()
    grant.accepted_name, grant.accepted_position = body.name, body.position
    await note(session, grant, caller, "accepted")


async def complete(session: AsyncSession, caller: Principal, grant_id: UUID, body: Ending) -> None:
    """End an award that did what it was for: what was not drawn is available again, what was not spent is due back."""
    grant = await lock_grant(session, grant_id, seen_by(caller))
    require_status(grant, GrantStatus.ACCEPTED)
    await _end(session, caller, grant, GrantStatus.COMPLETED, body)


async def terminate(session: AsyncSession, caller: Principal, grant_id: UUID, body: Ending) -> None:
    """End an award early, as somebody other than the one who proposed it."""
    grant = await lock_grant(session, grant_id, seen_by(caller))
    require_status(grant, GrantStatus.AWARDED, GrantStatus.ACCEPTED)
    if await is_same_person(session, grant.proposed_by, caller.id):
        raise SameGrantPerson("A grant is terminated by somebody other than the one who proposed it.")
    await _end(session, caller, grant, GrantStatus.TERMINATED, body)


async def end_undrawn(session: AsyncSession, caller: Principal, grant: GrantAward, reason: str) -> None:
    """End an award of which nothing was drawn. The caller holds it; it takes no second person, since no money moves."""
    require_status(grant, GrantStatus.AWARDED, GrantStatus.ACCEPTED)
    if grant.drawn_pence:
        raise GrantNotAsNeeded(f"{grant.drawn_pence} pence were drawn.", grant_status=grant.status)
    ending = Ending(reason=reason, returns_due_on=clock.today())
    await _end(session, caller, grant, GrantStatus.TERMINATED, ending)


async def step_source(
    session: AsyncSession, caller: Principal, grant_id: UUID, ordinal: int, funder: str, body: SourceStep
) -> None:
    """Say that another funder's part was claimed, or has come."""
    grant = await lock_grant(session, grant_id, acted_on_by(caller))
    require_status(grant, GrantStatus.ACCEPTED, GrantStatus.COMPLETED)
    part = await session.get(GrantSource, (grant_id, ordinal, funder), with_for_update=True, populate_existing=True)
    if part is None or not part.is_external:
        raise SourceNotFound(f"The grant has no part of another funder {funder} in snapshot {ordinal}.")
    before = SourceStatus.TO_BE_CLAIMED if body.status is SourceStatus.CLAIMED else SourceStatus.CLAIMED
    if part.status != before:
        raise SourceNotAsNeeded(f"The part is {part.status}.", source_status=part.status)
    part.status, part.reference = body.status, body.reference
    part.changed_by, part.changed_at = caller.id, clock.now()
    await note(session, grant, caller, f"source_{body.status}", reason=body.reference, amount_pence=part.amount_pence)


def _check(worked: Worked, body: GrantProposal) -> None:
    found = worked.calculation
    if found.total_pence == 0:
        raise NothingToGrant(f"Card {found.card} gives nothing but days in kind for this.")
    if found.findings and body.findings_accepted_because is None:
        told = " ".join(one.detail for one in found.findings)
        raise FindingsNotAccepted(f"Say why it is all right, in findings_accepted_because: {told}")
    require_one_funder(worked.card, found)
    planned = sum(one.amount_pence for one in body.instalments)
    if body.instalments and planned != worked.own_pence:
        raise InstalmentsDoNotAddUp(
            f"Our part of the award is {worked.own_pence} pence, the instalments are {planned}.",
            own_pence=worked.own_pence,
            planned_pence=planned,
        )


def _award(worked: Worked, body: GrantProposal, caller: Principal) -> dict[str, object]:
    return {
        "id": new_id(),
        "card": worked.card.card,
        "card_version": worked.card.version,
        "title": body.title,
        "reference": body.reference,
        "recipient_kind": body.recipient.kind,
        "recipient_id": body.recipient.id,
        "recipient_name": body.recipient.name,
        "budget": body.budget,
        "status": GrantStatus.PROPOSED,
        "snapshot": 1,
        "amount_pence": worked.calculation.total_pence,
        "own_pence": worked.own_pence,
        "agreement_version": body.agreement.version,
        "agreement_reference": body.agreement.reference,
        "agreement_sha256": body.agreement.sha256,
        "findings_accepted_because": body.findings_accepted_because,
        "proposed_by": caller.id,
        "proposed_at": clock.now(),
    }


def _plan(session: AsyncSession, grant: GrantAward, wanted: Sequence[Instalment]) -> None:
    if not wanted and grant.own_pence:
        whole = {"title": "Whole grant", "due_on": clock.today(), "condition": "The agreement is accepted."}
        wanted = [Instalment.model_validate(whole | {"amount_pence": grant.own_pence})]
    for number, one in enumerate(wanted, start=1):
        session.add(GrantInstalment(id=new_id(), grant_id=grant.id, number=number, **one.model_dump()))


async def _approve(session: AsyncSession, grant: GrantAward, snapshot: GrantSnapshot) -> None:
    held = await cards.approved(session, snapshot.card, snapshot.card_version, clock.today())
    worked = Worked(held.card, Calculation.model_validate_json(snapshot.calculation))
    await add_parts(session, worked, snapshot)
    if grant.own_pence:
        await budgets.reserve(session, grant.budget, money_of(grant.id, "award"), grant.own_pence, "Grant awarded")
    grant.status = GrantStatus.AWARDED
    assert grant.decided_at is not None
    facts = {"card": grant.card, "card_version": grant.card_version, "amount_pence": grant.amount_pence}
    recipient = {"recipient_kind": grant.recipient_kind, "recipient_id": grant.recipient_id}
    awarded = GrantAwarded.model_validate(
        facts | recipient | {"grant_id": grant.id, "own_pence": grant.own_pence, "awarded_at": grant.decided_at}
    )
    await publish(session, awarded)


async def _end(session: AsyncSession, caller: Principal, grant: GrantAward, status: GrantStatus, body: Ending) -> None:
    if await waiting_pence(session, grant.id) or await submitted_pence(session, grant.id):
        raise GrantNotAsNeeded("Requests to draw or claims are waiting to be decided; decide them first.")
    open_snapshot = select(GrantSnapshot.ordinal).where(
        GrantSnapshot.grant_id == grant.id, GrantSnapshot.status == SnapshotStatus.PROPOSED
    )
    if (await session.execute(open_snapshot)).first() is not None:
        raise GrantNotAsNeeded("An adjustment is waiting to be decided; decide it first.")
    left = undrawn(grant)
    if left:
        await budgets.release(session, grant.budget, money_of(grant.id, "end"), left, f"Grant {status}")
    unspent = max(net_drawn(grant) - grant.spent_pence, 0)
    if unspent:
        await raise_return(session, caller, grant, "underspend", unspent, body.returns_due_on)
    grant.lapsed_pence += left + unspent
    grant.status = status
    grant.ended_by, grant.ended_at, grant.end_reason = caller.id, clock.now(), body.reason
    await _cancel_instalments(session, grant.id)
    await note(session, grant, caller, str(status), reason=body.reason, amount_pence=left)
    await publish(
        session,
        GrantEnded(
            grant_id=grant.id, outcome=str(status), lapsed_pence=grant.lapsed_pence, due_back_pence=grant.due_back_pence
        ),
    )


async def _cancel_instalments(session: AsyncSession, grant_id: UUID) -> None:
    rest = GrantInstalment.amount_pence - GrantInstalment.drawn_pence
    await session.execute(
        update(GrantInstalment)
        .where(GrantInstalment.grant_id == grant_id)
        .values(cancelled_pence=rest)
        .execution_options(synchronize_session=False)
    )
