"""From a draft to a version: written, tested with its cases, approved by a second person, published for good."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.queries import facts_by_code
from certification.drafts import queries
from certification.drafts.errors import DraftNotReady, DraftOfAnother, DraftTooLate, OwnDraft
from certification.drafts.models import SchemeDraft
from certification.drafts.schemas import CaseResult, DraftContent, DraftDecision, DraftRequest, DraftStatus, TrialReport
from certification.schemes.cases import Case, complaints
from certification.schemes.errors import SchemeNotFound
from certification.schemes.models import Scheme, SchemeCase, SchemeVersion
from certification.schemes.rules import SchemeRules
from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal

BOTH_WAYS = (
    "The cases show nobody who completes the certificate and somebody who does not: there has to be one of each."
)


async def propose(session: AsyncSession, author: Principal, request: DraftRequest) -> SchemeDraft:
    """Begin a draft for a scheme."""
    assert author.id is not None
    if await session.get(Scheme, request.scheme) is None:
        raise SchemeNotFound(request.scheme)
    draft = SchemeDraft(
        id=new_id(), scheme=request.scheme, status=DraftStatus.DRAFT, author_id=author.id, **_columns(request)
    )
    session.add(draft)
    await session.flush()
    await _note(session, author, "proposed", draft)
    return draft


async def rewrite(
    session: AsyncSession, author: Principal, draft_id: UUID, content: DraftContent, seen: int
) -> SchemeDraft:
    """Replace what a draft says. It has to be tested again; one that was decided on changes no more."""
    draft = await queries.locked(session, draft_id)
    _is_the_author_s(draft, author)
    require_version(draft.revision, seen)
    if draft.status not in (DraftStatus.DRAFT, DraftStatus.TESTED):
        raise DraftNotReady("it changes no more. Begin another", draft.status)
    for name, value in _columns(content).items():
        setattr(draft, name, value)
    draft.status, draft.tested_at = DraftStatus.DRAFT, None
    draft.revision += 1
    await _note(session, author, "rewritten", draft)
    return draft


async def try_out(session: AsyncSession, caller: Principal, draft_id: UUID) -> TrialReport:
    """Run the draft's cases and hold its rules against the catalogue."""
    draft = await queries.locked(session, draft_id)
    if draft.status not in (DraftStatus.DRAFT, DraftStatus.TESTED):
        raise DraftNotReady("it has been tested", draft.status)
    report = await _tried(session, draft)
    is_good = not report.complaints and all(case.is_passed for case in report.cases)
    draft.status = DraftStatus.TESTED if is_good else DraftStatus.DRAFT
    draft.tested_at = clock.now() if is_good else None
    draft.revision += 1
    report.status = DraftStatus(draft.status)
    await _note(session, caller, "tested" if is_good else "test_failed", draft)
    return report


async def _tried(session: AsyncSession, draft: SchemeDraft) -> TrialReport:
    rules, cases = SchemeRules.model_validate(draft.rules), [Case.model_validate(one) for one in draft.cases]
    catalogue = await facts_by_code(session)
    schemes = (await session.scalars(select(Scheme.slug))).all()
    found = list(complaints(rules, draft.scheme, catalogue, schemes))
    if {case.expect.is_complete for case in cases} != {True, False}:
        found.append(BOTH_WAYS)
    results = [(case.name, case.run(rules, catalogue)) for case in cases]
    return TrialReport(
        status=DraftStatus.DRAFT,
        complaints=found,
        cases=[CaseResult(name=name, is_passed=not told, differences=told) for name, told in results],
    )


async def decide(session: AsyncSession, caller: Principal, draft_id: UUID, decision: DraftDecision) -> SchemeDraft:
    """Approve or decline a tested draft; never one's own."""
    draft = await queries.locked(session, draft_id)
    if draft.author_id == caller.id:
        raise OwnDraft
    if draft.status != DraftStatus.TESTED:
        raise DraftNotReady("a decision needs one that is tested and not decided on", draft.status)
    draft.status = DraftStatus(decision.outcome)
    draft.decided_by, draft.decided_at, draft.reason = caller.id, clock.now(), decision.reason
    draft.revision += 1
    await _note(session, caller, decision.outcome, draft)
    return draft


async def publish(session: AsyncSession, caller: Principal, draft_id: UUID) -> SchemeDraft:
    """Make an approved draft the scheme's next version.

    It is tested once more, because the catalogue may have changed since. Nobody who is enrolled is touched by it.
    """
    draft = await queries.locked(session, draft_id)
    if draft.status != DraftStatus.APPROVED:
        raise DraftNotReady("only an approved one is published", draft.status)
    await session.get_one(Scheme, draft.scheme, with_for_update=True)
    if draft.standing == "in_force":
        await _refuse_days_gone_by(session, draft)
    report = await _tried(session, draft)
    failed = [*report.complaints, *(one.name for one in report.cases if not one.is_passed)]
    if failed:
        raise DraftNotReady(f"its test fails now: {' '.join(failed)}", draft.status)
    version = await _next_version(session, draft)
    draft.status, draft.published_at, draft.published_version = DraftStatus.PUBLISHED, clock.now(), version
    draft.revision += 1
    await _note(session, caller, "published", draft)
    return draft


async def _refuse_days_gone_by(session: AsyncSession, draft: SchemeDraft) -> None:
    begun = select(func.max(SchemeVersion.effective_from)).where(
        SchemeVersion.scheme == draft.scheme, SchemeVersion.standing == "in_force"
    )
    last: date | None = await session.scalar(begun)
    earliest = max(clock.today(), last + timedelta(days=1)) if last else clock.today()
    if draft.effective_from < earliest:
        raise DraftTooLate(earliest)


async def _next_version(session: AsyncSession, draft: SchemeDraft) -> int:
    """Store what the draft says under the next number; the caller holds the scheme."""
    highest = select(func.max(SchemeVersion.version)).where(SchemeVersion.scheme == draft.scheme)
    number = (await session.scalar(highest) or 0) + 1
    names = ("scheme", "effective_from", "effective_to", "standing", "source", "rules")
    row = {name: getattr(draft, name) for name in names}
    await session.execute(insert(SchemeVersion).values(**row, version=number))
    key = {"scheme": draft.scheme, "version": number}
    cases = [{**key, "name": case["name"], "document": case} for case in draft.cases]
    await session.execute(insert(SchemeCase), cases)
    return number


def _is_the_author_s(draft: SchemeDraft, caller: Principal) -> None:
    if draft.author_id != caller.id:
        raise DraftOfAnother


def _columns(content: DraftContent) -> dict[str, object]:
    plain = content.model_dump(include={"standing", "effective_from", "effective_to", "source"})
    rules, cases = content.rules.model_dump(mode="json"), [case.model_dump(mode="json") for case in content.cases]
    return plain | {"rules": rules, "cases": cases}


async def _note(session: AsyncSession, caller: Principal, what: str, draft: SchemeDraft) -> None:
    details: dict[str, str | int | bool | list[str] | None] = {"scheme": draft.scheme, "revision": draft.revision}
    await audit.record(session, caller, f"scheme_draft.{what}", f"scheme-draft:{draft.id}", details)
