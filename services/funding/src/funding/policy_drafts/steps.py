"""The steps of a draft of any kind: written, tested with its cases, approved by a second person, published for good.

A kind says how its drafts are written, tried and stored; who may do what, and in which order, is the same for all.
"""

from abc import ABC, abstractmethod
from datetime import date, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from funding.policy_drafts.errors import (
    OwnPolicyDraft,
    PolicyDraftNotFound,
    PolicyDraftNotReady,
    PolicyDraftOfAnother,
    PolicyTooLate,
)
from funding.policy_drafts.models import Draft, DraftStatus
from funding.policy_drafts.schemas import DraftDecision, TrialReport

DraftT = TypeVar("DraftT", bound=Draft)
ContentT = TypeVar("ContentT")
OPEN = (DraftStatus.DRAFT, DraftStatus.TESTED)


class Steps(ABC, Generic[DraftT, ContentT]):
    """The steps of one kind of draft."""

    table: type[DraftT]
    name: str
    """In the audit trail."""
    listed_at: str

    @abstractmethod
    def about(self, draft: DraftT) -> str:
        """Which policy a draft is of."""

    @abstractmethod
    async def write(self, session: AsyncSession, draft: DraftT, content: ContentT) -> None:
        """Put into a draft what somebody proposes."""

    @abstractmethod
    def tried(self, draft: DraftT) -> TrialReport:
        """How the draft's cases come out."""

    @abstractmethod
    async def store(self, session: AsyncSession, draft: DraftT, approved_by: UUID) -> int:
        """Hold what was approved for ever, as the version whose number is returned."""

    async def follow(self, session: AsyncSession, draft: DraftT) -> None:
        """What a publication leads to; of most kinds nothing, since what was decided keeps its version."""

    async def propose(self, session: AsyncSession, author: Principal, content: ContentT) -> UUID:
        """Begin a draft, or say what is wrong with what it names."""
        assert author.id is not None
        draft = self.table()
        draft.id, draft.author_id, draft.created_at = new_id(), author.id, clock.now()
        draft.revision, draft.status, draft.checksum = 1, DraftStatus.DRAFT, ""
        await self.write(session, draft, content)
        session.add(draft)
        await session.flush()
        await self._note(session, author, "proposed", draft)
        return draft.id

    async def rewrite(
        self, session: AsyncSession, author: Principal, draft_id: UUID, content: ContentT, seen: int
    ) -> None:
        """Replace what a draft says. It has to be tested again; one that was decided on changes no more."""
        draft = await self._lock(session, draft_id)
        if draft.author_id != author.id:
            raise PolicyDraftOfAnother("Only its author changes a draft. Make one of your own from its content.")
        require_version(draft.revision, seen)
        if draft.status not in OPEN:
            raise PolicyDraftNotReady(f"This draft is {draft.status}; it changes no more. Begin another.")
        await self.write(session, draft, content)
        draft.status, draft.tested_checksum = DraftStatus.DRAFT, None
        await self._step(session, author, "rewritten", draft)

    async def try_out(self, session: AsyncSession, caller: Principal, draft_id: UUID) -> TrialReport:
        """Run the draft's cases. It is tested when all pass and each row has one."""
        draft = await self._lock(session, draft_id)
        if draft.status not in OPEN:
            raise PolicyDraftNotReady(f"This draft is {draft.status}; it has been tested.")
        report = self.tried(draft)
        is_good = not report.complaints and all(one.is_passed for one in report.cases)
        draft.status = DraftStatus.TESTED if is_good else DraftStatus.DRAFT
        draft.tested_checksum = draft.checksum if is_good else None
        report.status = DraftStatus(draft.status)
        await self._step(session, caller, "tested" if is_good else "test_failed", draft)
        return report

    async def decide(self, session: AsyncSession, caller: Principal, draft_id: UUID, body: DraftDecision) -> None:
        """Approve or decline a tested draft; never one's own. What is approved is its text, by checksum."""
        draft = await self._lock(session, draft_id)
        if draft.author_id == caller.id:
            raise OwnPolicyDraft("You wrote this draft. Somebody else has to decide on it.")
        if draft.status != DraftStatus.TESTED:
            raise PolicyDraftNotReady(f"This draft is {draft.status}; a decision needs one that is tested.")
        draft.status = DraftStatus(body.outcome)
        draft.decided_by, draft.decided_at, draft.reason = caller.id, clock.now(), body.reason
        draft.approved_checksum = draft.checksum if body.outcome == "approved" else None
        await self._step(session, caller, body.outcome, draft)

    async def publish(self, session: AsyncSession, caller: Principal, draft_id: UUID) -> None:
        """Make an approved draft a version. What was decided keeps its own version."""
        draft = await self._lock(session, draft_id)
        if draft.status != DraftStatus.APPROVED:
            raise PolicyDraftNotReady(f"This draft is {draft.status}; only an approved one is published.")
        # One version after another: two drafts of a policy may both have been approved as its next.
        queue = {"policy": f"{self.name}:{self.about(draft)}"}
        await session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:policy, 0))"), queue)
        failed = [one.name for one in self.tried(draft).cases if not one.is_passed]
        if failed:
            raise PolicyDraftNotReady(f"Its test fails now: {', '.join(failed)}.")
        assert draft.decided_by is not None
        version = await self.store(session, draft, draft.decided_by)
        draft.status, draft.published_at, draft.published_version = DraftStatus.PUBLISHED, clock.now(), version
        await self._step(session, caller, "published", draft)
        await self.follow(session, draft)

    async def _step(self, session: AsyncSession, caller: Principal, what: str, draft: DraftT) -> None:
        draft.revision += 1
        await session.flush()
        await self._note(session, caller, what, draft)

    async def _note(self, session: AsyncSession, caller: Principal, what: str, draft: DraftT) -> None:
        details: dict[str, audit.JSON] = {"policy": self.about(draft), "revision": draft.revision}
        subject = f"{self.name.replace('_', '-')}:{draft.id}"
        await audit.record(session, caller, f"{self.name}.{what}", subject, details)

    async def _lock(self, session: AsyncSession, draft_id: UUID) -> DraftT:
        found = await session.get(self.table, draft_id, with_for_update=True, populate_existing=True)
        if found is None:
            raise PolicyDraftNotFound(draft_id, self.listed_at)
        return found


def refuse_out_of_turn(begins: date, number: int, last: tuple[int | None, date | None], first_day: date) -> None:
    """A version has the next number, and begins on a day to come, after every version before it."""
    version, begun = last
    earliest = first_day if begun is None else max(first_day, begun + timedelta(days=1))
    if begins < earliest:
        raise PolicyTooLate(earliest)
    if number != (version or 0) + 1:
        raise PolicyDraftNotReady(f"The next version of the policy is {(version or 0) + 1}.")
