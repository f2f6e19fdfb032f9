"""Loading schemes from the reference file."""

from pydantic import ValidationError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.reference import read
from certification.schemes.models import Scheme, SchemeCase, SchemeVersion
from certification.schemes.rules import SchemeRules
from certification.schemes.schemas import SchemeRecord, SchemeVersionRecord
from chassis.service import Progress


class PublishedVersionChanged(Exception):
    """The reference file gives a loaded version other rules. Teachers are pinned to it: new rules need a new number."""


async def seed_schemes(session: AsyncSession, progress: Progress) -> None:
    """Load schemes and the versions not loaded yet; PublishedVersionChanged when a loaded one differs."""
    records = read("schemes.json", SchemeRecord)
    for done, record in enumerate(records, start=1):
        row = insert(Scheme).values(record.model_dump(exclude={"versions"}))
        changes = {"title": row.excluded.title, "summary": row.excluded.summary, "phases": row.excluded.phases}
        await session.execute(row.on_conflict_do_update(index_elements=["slug"], set_=changes))
        for version in record.versions:
            await _load(session, record.slug, version)
        progress(done, len(records))


async def _load(session: AsyncSession, scheme: str, version: SchemeVersionRecord) -> None:
    told = version.model_dump(exclude={"rules", "cases"})
    values = told | {"scheme": scheme, "rules": version.rules.model_dump(mode="json")}
    await session.execute(insert(SchemeVersion).values(values).on_conflict_do_nothing())
    loaded = await session.get_one(SchemeVersion, (scheme, version.version))
    same = ("effective_from", "effective_to", "standing")
    if any(getattr(loaded, name) != values[name] for name in same) or _rules_in(loaded) != version.rules:
        raise PublishedVersionChanged(f"{scheme} version {version.version} is loaded with other rules or dates")
    if version.cases:
        await session.execute(insert(SchemeCase).on_conflict_do_nothing(), _cases_of(scheme, version))


def _cases_of(scheme: str, version: SchemeVersionRecord) -> list[dict[str, object]]:
    """The cases of a version, as rows."""
    key = {"scheme": scheme, "version": version.version}
    return [{**key, "name": case.name, "document": case.model_dump(mode="json")} for case in version.cases]


def _rules_in(loaded: SchemeVersion) -> SchemeRules | None:
    """The rules as they are read today, which may know more fields than when they were stored."""
    try:
        return SchemeRules.model_validate(loaded.rules)
    except ValidationError:
        return None
