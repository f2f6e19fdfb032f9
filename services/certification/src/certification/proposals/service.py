"""The steps of a draft of any kind: written, tested with its cases, approved by a second person, published for good.

A kind says what its drafts are called and how they are tried; who may do what, and in which order, is the same for all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from certification.proposals.errors import AnothersDraft, DayGoneBy, DraftOfOneself, NoSuchDraft, StepOutOfTurn
from certification.proposals.models import Draft
from certification.proposals.schemas import DraftDecision, DraftStatus, TrialReport
from chassis import audit, clock
from chassis.etags import require_version
from chassis.principal import Principal

DraftT = TypeVar("DraftT", bound=Draft)


@dataclass(frozen=True)
class Steps(Generic[DraftT]):
    """The steps of one kind of draft. `about` names the column that says what a draft is for."""

    kind: type[DraftT]
    name: str
    about: str
    not_found: type[NoSuchDraft]
    of_another: type[AnothersDraft]
    own: type[DraftOfOneself]
    not_ready: type[StepOutOfTurn]
    too_late: type[DayGoneBy]

    async def locked(self, session: AsyncSession, draft_id: UUID) -> DraftT:
        """A draft, held until the transaction ends, or the kind's error that there is none."""
        draft = await session.get(self.kind, draft_id, with_for_update=True)
        if draft is None:
            raise self.not_found
        return draft

    async def begin(self, session: AsyncSession, author: Principal, draft: DraftT) -> DraftT:
        """Keep a new draft."""
        session.add(draft)
        await session.flush()
        await self.note(session, author, "proposed", draft)
        return draft

    async def rewrite(
        self, session: AsyncSession, author: Principal, draft_id: UUID, content: Mapping[str, object], seen: int
    ) -> DraftT:
        """Replace what a draft says. It has to be tested again; one that was decided on changes no more."""
        draft = await self.locked(session, draft_id)
        if draft.author_id != author.id:
            raise self.of_another
        require_version(draft.revision, seen)
        if draft.status not in (DraftStatus.DRAFT, DraftStatus.TESTED):
            raise self.not_ready("it changes no more. Begin another", draft.status)
        for name, value in content.items():
            setattr(draft, name, value)
        draft.status, draft.tested_at = DraftStatus.DRAFT, None
        draft.revision += 1
        await self.note(session, author, "rewritten", draft)
        return draft

    async def to_try(self, session: AsyncSession, draft_id: UUID) -> DraftT:
        """A draft whose next step is a test."""
        draft = await self.locked(session, draft_id)
        if draft.status not in (DraftStatus.DRAFT, DraftStatus.TESTED):
            raise self.not_ready("it has been tested", draft.status)
        return draft

    async def tried(self, session: AsyncSession, caller: Principal, draft: DraftT, report: TrialReport) -> TrialReport:
        """Take down what a test found."""
        is_good = not report.failures
        draft.status = DraftStatus.TESTED if is_good else DraftStatus.DRAFT
        draft.tested_at = clock.now() if is_good else None
        draft.revision += 1
        report.status = DraftStatus(draft.status)
        await self.note(session, caller, "tested" if is_good else "test_failed", draft)
        return report

    async def decide(self, session: AsyncSession, caller: Principal, draft_id: UUID, decision: DraftDecision) -> DraftT:
        """Approve or decline a tested draft; never one's own."""
        draft = await self.locked(session, draft_id)
        if draft.author_id == caller.id:
            raise self.own
        if draft.status != DraftStatus.TESTED:
            raise self.not_ready("a decision needs one that is tested and not decided on", draft.status)
        draft.status = DraftStatus(decision.outcome)
        draft.decided_by, draft.decided_at, draft.reason = caller.id, clock.now(), decision.reason
        draft.revision += 1
        await self.note(session, caller, decision.outcome, draft)
        return draft

    async def to_publish(self, session: AsyncSession, draft_id: UUID) -> DraftT:
        """A draft whose next step is its publication."""
        draft = await self.locked(session, draft_id)
        if draft.status != DraftStatus.APPROVED:
            raise self.not_ready("only an approved one is published", draft.status)
        return draft

    def refuse_days_gone_by(self, draft: DraftT, last_begun: date | None) -> None:
        """A version begins today or later, and after the one before it."""
        earliest = max(clock.today(), last_begun + timedelta(days=1)) if last_begun else clock.today()
        if draft.effective_from < earliest:
            raise self.too_late(earliest)

    def refuse_failures(self, draft: DraftT, report: TrialReport) -> None:
        """What passed once has to pass still on the day of publication."""
        if report.failures:
            raise self.not_ready(f"its test fails now: {' '.join(report.failures)}", draft.status)

    async def published(self, session: AsyncSession, caller: Principal, draft: DraftT, version: int) -> DraftT:
        """Take down what version came of a draft."""
        draft.status, draft.published_at, draft.published_version = DraftStatus.PUBLISHED, clock.now(), version
        draft.revision += 1
        await self.note(session, caller, "published", draft)
        return draft

    async def note(self, session: AsyncSession, caller: Principal, what: str, draft: DraftT) -> None:
        """Put a step on record."""
        details: dict[str, audit.JSON] = {self.about: getattr(draft, self.about), "revision": draft.revision}
        subject = f"{self.name.replace('_', '-')}:{draft.id}"
        await audit.record(session, caller, f"{self.name}.{what}", subject, details)
