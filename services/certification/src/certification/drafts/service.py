"""Drafts of rules: tried against the catalogue and the other schemes, published as versions of a scheme."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.queries import facts_by_code
from certification.drafts.errors import DraftNotFound, DraftNotReady, DraftOfAnother, DraftTooLate, OwnDraft
from certification.drafts.models import SchemeDraft
from certification.drafts.schemas import DraftContent, DraftRequest
from certification.proposals.schemas import DraftDecision, DraftStatus, TrialReport
from certification.proposals.service import Steps
from certification.schemes.cases import Case, complaints
from certification.schemes.errors import SchemeNotFound
from certification.schemes.models import Scheme, SchemeCase, SchemeVersion
from certification.schemes.rules import SchemeRules
from chassis.ids import new_id
from chassis.principal import Principal

STEPS = Steps(
    kind=SchemeDraft,
    name="scheme_draft",
    about="scheme",
    not_found=DraftNotFound,
    of_another=DraftOfAnother,
    own=OwnDraft,
    not_ready=DraftNotReady,
    too_late=DraftTooLate,
)
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
    return await STEPS.begin(session, author, draft)


async def rewrite(
    session: AsyncSession, author: Principal, draft_id: UUID, content: DraftContent, seen: int
) -> SchemeDraft:
    """Replace what a draft says. It has to be tested again; one that was decided on changes no more."""
    return await STEPS.rewrite(session, author, draft_id, _columns(content), seen)


async def try_out(session: AsyncSession, caller: Principal, draft_id: UUID) -> TrialReport:
    """Run the draft's cases and hold its rules against the catalogue."""
    draft = await STEPS.to_try(session, draft_id)
    return await STEPS.tried(session, caller, draft, await _tried(session, draft))


async def _tried(session: AsyncSession, draft: SchemeDraft) -> TrialReport:
    rules, cases = SchemeRules.model_validate(draft.rules), [Case.model_validate(one) for one in draft.cases]
    catalogue = await facts_by_code(session)
    schemes = (await session.scalars(select(Scheme.slug))).all()
    found = list(complaints(rules, draft.scheme, catalogue, schemes))
    if {case.expect.is_complete for case in cases} != {True, False}:
        found.append(BOTH_WAYS)
    return TrialReport.of(found, ((case.name, case.run(rules, catalogue)) for case in cases))


async def decide(session: AsyncSession, caller: Principal, draft_id: UUID, decision: DraftDecision) -> SchemeDraft:
    """Approve or decline a tested draft; never one's own."""
    return await STEPS.decide(session, caller, draft_id, decision)


async def publish(session: AsyncSession, caller: Principal, draft_id: UUID) -> SchemeDraft:
    """Make an approved draft the scheme's next version.

    It is tested once more, because the catalogue may have changed since. Nobody who is enrolled is touched by it.
    """
    draft = await STEPS.to_publish(session, draft_id)
    await session.get_one(Scheme, draft.scheme, with_for_update=True)
    if draft.standing == "in_force":
        STEPS.refuse_days_gone_by(draft, await _last_begun(session, draft.scheme))
    STEPS.refuse_failures(draft, await _tried(session, draft))
    return await STEPS.published(session, caller, draft, await _next_version(session, draft))


async def _last_begun(session: AsyncSession, scheme: str) -> date | None:
    begun = select(func.max(SchemeVersion.effective_from)).where(
        SchemeVersion.scheme == scheme, SchemeVersion.standing == "in_force"
    )
    return await session.scalar(begun)


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


def _columns(content: DraftContent) -> dict[str, object]:
    plain = content.model_dump(include={"standing", "effective_from", "effective_to", "source"})
    rules, cases = content.rules.model_dump(mode="json"), [case.model_dump(mode="json") for case in content.cases]
    return plain | {"rules": rules, "cases": cases}
