"""Letting an organisation begin again: its reports go, with them what counted, and the scenarios are laid out."""

from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.db import settings_in
from chassis.errors import SandboxOnly
from chassis.idempotency import forget
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.identity import SandboxResetRequested
from hubs.completions.batches import record_batch
from hubs.completions.learners import hold_partner
from hubs.completions.models import CompletionReport, MatchDecision, PartnerLearner
from hubs.completions.reports import Key, owner
from hubs.completions.settling import Because, settle
from hubs.matches.schemas import ResolutionIn
from hubs.matches.service import resolve
from hubs.sandbox import scenarios

RESET = "The sandbox was reset."


async def reset(session: AsyncSession, event: SandboxResetRequested) -> None:
    """Begin again. SandboxOnly on a live platform, where nobody can have asked for it."""
    if not settings_in(session).sandbox:
        raise SandboxOnly("Nothing of a live platform is reset.")
    organisation_id = event.organisation_id
    await hold_partner(session, [organisation_id])
    counted = await _counted_keys(session, organisation_id)
    await session.execute(delete(CompletionReport).where(CompletionReport.organisation_id == organisation_id))
    await settle(session, organisation_id, counted, Because(RESET, None))
    await _let_go_of_learners(session, organisation_id)
    await forget(session, event.key_id)
    await _lay_out(session, organisation_id)


async def _counted_keys(session: AsyncSession, organisation_id: UUID) -> set[Key]:
    query = (
        select(owner, CompletionReport.activity_code)
        .join(PartnerLearner, PartnerLearner.id == CompletionReport.learner_id)
        .where(
            CompletionReport.organisation_id == organisation_id,
            CompletionReport.state.in_(("recorded", "duplicate")),
        )
    )
    return {(teacher, code) for teacher, code in await session.execute(query) if teacher and code}


async def _let_go_of_learners(session: AsyncSession, organisation_id: UUID) -> None:
    """Decisions about learners are kept for ever; such a learner goes to an organisation that nobody is."""
    mine = PartnerLearner.organisation_id == organisation_id
    decided = exists().where(MatchDecision.learner_id == PartnerLearner.id)
    await session.execute(delete(PartnerLearner).where(mine, ~decided))
    await session.execute(update(PartnerLearner).where(mine).values(organisation_id=new_id()))


async def _lay_out(session: AsyncSession, organisation_id: UUID) -> None:
    caller = Principal(kind="partner", organisation_id=organisation_id)
    await record_batch(session, caller, scenarios.reports())
    mine = (PartnerLearner.organisation_id == organisation_id, PartnerLearner.external_learner_id == scenarios.NOT_OURS)
    learner_id = (await session.scalars(select(PartnerLearner.id).where(*mine))).one()
    word = ResolutionIn(outcome="not_ours", reason="For trying things out: nobody of ours.")
    await resolve(session, Principal(kind="service"), learner_id, word)
