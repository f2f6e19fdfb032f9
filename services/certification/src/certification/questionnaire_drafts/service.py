"""Drafts of questionnaires: tried against the pathways and their cases, published as versions of a diagnostic."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.models import Activity
from certification.diagnostics.cases import AnswersCase, complaints
from certification.diagnostics.fixed_form import read_definition
from certification.diagnostics.models import Diagnostic, DiagnosticCase, Pathway
from certification.proposals.schemas import DraftDecision, DraftStatus, TrialReport
from certification.proposals.service import Steps
from certification.questionnaire_drafts.errors import (
    OwnQuestionnaireDraft,
    QuestionnaireDraftNotFound,
    QuestionnaireDraftNotReady,
    QuestionnaireDraftOfAnother,
    QuestionnaireDraftTooLate,
)
from certification.questionnaire_drafts.models import QuestionnaireDraft
from certification.questionnaire_drafts.schemas import QuestionnaireContent, QuestionnaireRequest
from certification.schemes.models import Scheme
from chassis.ids import new_id
from chassis.principal import Principal

STEPS = Steps(
    kind=QuestionnaireDraft,
    name="questionnaire_draft",
    about="slug",
    not_found=QuestionnaireDraftNotFound,
    of_another=QuestionnaireDraftOfAnother,
    own=OwnQuestionnaireDraft,
    not_ready=QuestionnaireDraftNotReady,
    too_late=QuestionnaireDraftTooLate,
)


async def propose(session: AsyncSession, author: Principal, request: QuestionnaireRequest) -> QuestionnaireDraft:
    """Begin a draft for a diagnostic, new or not."""
    assert author.id is not None
    draft = QuestionnaireDraft(
        id=new_id(), slug=request.slug, status=DraftStatus.DRAFT, author_id=author.id, **_columns(request)
    )
    return await STEPS.begin(session, author, draft)


async def rewrite(
    session: AsyncSession, author: Principal, draft_id: UUID, content: QuestionnaireContent, seen: int
) -> QuestionnaireDraft:
    """Replace what a draft says. It has to be tested again; one that was decided on changes no more."""
    return await STEPS.rewrite(session, author, draft_id, _columns(content), seen)


async def try_out(session: AsyncSession, caller: Principal, draft_id: UUID) -> TrialReport:
    """Run the draft's cases and hold it against the pathways, the schemes and the catalogue."""
    draft = await STEPS.to_try(session, draft_id)
    return await STEPS.tried(session, caller, draft, await _tried(session, draft))


async def _tried(session: AsyncSession, draft: QuestionnaireDraft) -> TrialReport:
    questionnaire = read_definition(draft.definition)
    cases = [AnswersCase.model_validate(one) for one in draft.cases]
    pathways = (await session.scalars(select(Pathway.slug).where(Pathway.status == "current"))).all()
    schemes = (await session.scalars(select(Scheme.slug))).all()
    found = list(complaints(questionnaire, cases, pathways, schemes))
    activity = await session.get(Activity, draft.activity)
    if activity is None or activity.category != "diagnostic":
        found.append(f"{draft.activity!r} is no diagnostic of the catalogue.")
    return TrialReport.of(found, ((case.name, case.run(questionnaire)) for case in cases))


async def decide(
    session: AsyncSession, caller: Principal, draft_id: UUID, decision: DraftDecision
) -> QuestionnaireDraft:
    """Approve or decline a tested draft; never one's own."""
    return await STEPS.decide(session, caller, draft_id, decision)


async def publish(session: AsyncSession, caller: Principal, draft_id: UUID) -> QuestionnaireDraft:
    """Make an approved draft the diagnostic's next version. Whoever is sitting it finishes the version they began."""
    draft = await STEPS.to_publish(session, draft_id)
    await session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:slug, 0))"), {"slug": draft.slug})
    number, last_begun = await _last(session, draft.slug)
    STEPS.refuse_days_gone_by(draft, last_begun)
    STEPS.refuse_failures(draft, await _tried(session, draft))
    await _store(session, draft, number + 1)
    return await STEPS.published(session, caller, draft, number + 1)


async def _last(session: AsyncSession, slug: str) -> tuple[int, date | None]:
    """The highest number and the latest day among the versions of a diagnostic; 0 for one without any."""
    newest = select(func.max(Diagnostic.version), func.max(Diagnostic.effective_from))
    number, begun = (await session.execute(newest.where(Diagnostic.slug == slug))).one()
    return number or 0, begun


async def _store(session: AsyncSession, draft: QuestionnaireDraft, number: int) -> None:
    """Store what a draft says under a number; the caller holds the diagnostic."""
    names = ("slug", "effective_from", "effective_to", "title", "activity", "counts_as", "source", "definition")
    row = {name: getattr(draft, name) for name in names}
    await session.execute(insert(Diagnostic).values(**row, version=number))
    key = {"diagnostic": draft.slug, "version": number}
    cases = [{**key, "name": case["name"], "document": case} for case in draft.cases]
    await session.execute(insert(DiagnosticCase), cases)


def _columns(content: QuestionnaireContent) -> dict[str, object]:
    names = {"title", "activity", "counts_as", "effective_from", "effective_to", "source"}
    cases = [case.model_dump(mode="json") for case in content.cases]
    definition = content.definition.model_dump(mode="json")
    return {**content.model_dump(include=names), "definition": definition, "cases": cases}
