"""Loading the assessments that come with the platform, and their banks as people edit them: `reference/questions/`."""

import tomllib
from importlib.resources import files
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification import reference
from certification.question_banks.models import Assessment, QuestionBank
from certification.question_banks.schemas import BankContent, BankStatus, Name, Words
from certification.question_banks.service import enter_version
from certification.schemes.seed import PublishedVersionChanged
from chassis.ids import new_id
from chassis.service import Progress


class BankFile(BaseModel):
    """One version of an assessment in a file."""

    model_config = ConfigDict(extra="forbid")

    assessment: Name
    title: Words
    scheme: str
    organisation: Name
    version: int
    bank: BankContent

    @property
    def organisation_id(self) -> UUID:
        """The id that identity gives the organisation."""
        return uuid5(NAMESPACE_URL, f"https://ncce.example.org/organisations/{self.organisation}")


def bank_files() -> list[BankFile]:
    """Every file, in the order of assessments and versions; ValidationError names what is wrong in one."""
    folder = files(reference.__name__) / "questions"
    texts = (one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".toml"))
    found = [BankFile.model_validate(tomllib.loads(text)) for text in texts]
    return sorted(found, key=lambda one: (one.assessment, one.version))


async def seed_assessments(session: AsyncSession, progress: Progress) -> None:
    """Load the versions not loaded yet; PublishedVersionChanged when a loaded one says something else.

    Where an organisation has published versions of its own since, what comes with the platform is not put above them.
    """
    records = bank_files()
    for done, record in enumerate(records, start=1):
        facts = {name: getattr(record, name) for name in ("scheme", "title", "organisation_id")}
        row = insert(Assessment).values(slug=record.assessment, **facts)
        await session.execute(row.on_conflict_do_nothing())
        await _load(session, record)
        progress(done, len(records))


async def _load(session: AsyncSession, record: BankFile) -> None:
    content = record.bank.model_dump(mode="json")
    banks = select(QuestionBank).where(QuestionBank.assessment == record.assessment, QuestionBank.version.is_not(None))
    loaded = {one.version: one for one in await session.scalars(banks)}
    known = loaded.get(record.version)
    if known is not None and known.origin == "reference" and BankContent.model_validate(known.content) != record.bank:
        raise PublishedVersionChanged(f"{record.assessment} version {record.version} is loaded with other questions")
    if any(version >= record.version for version in loaded if version is not None):
        return
    bank = QuestionBank(
        id=new_id(),
        assessment=record.assessment,
        status=BankStatus.APPROVED,
        origin="reference",
        content=content,
        revision=1,
    )
    session.add(bank)
    await session.flush()
    await enter_version(session, bank)
