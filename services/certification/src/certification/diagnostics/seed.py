"""Loading pathways and diagnostics from the reference files."""

from pydantic import ValidationError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.diagnostics.fixed_form import read_definition
from certification.diagnostics.models import Diagnostic, DiagnosticCase, Pathway
from certification.diagnostics.rules import Questionnaire
from certification.diagnostics.schemas import DiagnosticRecord, DiagnosticVersionRecord, PathwayRecord
from certification.reference import read
from certification.schemes.seed import PublishedVersionChanged
from chassis.service import Progress


async def seed_pathways(session: AsyncSession, progress: Progress) -> None:
    """Load or refresh the pathways; those that left the file stay, because results refer to them."""
    records = read("pathways.json", PathwayRecord)
    row = insert(Pathway)
    changes = {column.name: row.excluded[column.name] for column in Pathway.__table__.columns if not column.primary_key}
    upsert = row.on_conflict_do_update(index_elements=["slug"], set_=changes)
    await session.execute(upsert, [record.model_dump() for record in records])
    progress(len(records), len(records))


async def seed_diagnostics(session: AsyncSession, progress: Progress) -> None:
    """Load the versions of diagnostics not loaded yet; PublishedVersionChanged when a loaded one differs."""
    records = read("diagnostics.json", DiagnosticRecord)
    for done, record in enumerate(records, start=1):
        for version in record.versions:
            await _load(session, record.slug, version)
        progress(done, len(records))


async def _load(session: AsyncSession, slug: str, version: DiagnosticVersionRecord) -> None:
    definition = version.definition.model_dump(mode="json")
    values = version.model_dump(exclude={"definition", "cases"}) | {"slug": slug, "definition": definition}
    await session.execute(insert(Diagnostic).values(values).on_conflict_do_nothing())
    loaded = await session.get_one(Diagnostic, (slug, version.version))
    if _questionnaire_in(loaded) != version.definition:
        raise PublishedVersionChanged(f"{slug} version {version.version} is loaded with other questions")
    if version.cases:
        await session.execute(insert(DiagnosticCase).on_conflict_do_nothing(), _cases_of(slug, version))


def _cases_of(slug: str, version: DiagnosticVersionRecord) -> list[dict[str, object]]:
    key = {"diagnostic": slug, "version": version.version}
    return [{**key, "name": case.name, "document": case.model_dump(mode="json")} for case in version.cases]


def _questionnaire_in(loaded: Diagnostic) -> Questionnaire | None:
    """What is loaded, as it is read today, in whatever form it was stored."""
    try:
        return read_definition(loaded.definition)
    except ValidationError:
        return None
