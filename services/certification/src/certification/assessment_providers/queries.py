"""Reading providers and results."""

from uuid import UUID

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.assessment_providers.errors import AssessmentProviderNotFound, ProviderResultNotFound
from certification.assessment_providers.models import AssessmentProvider, ProviderResult
from certification.assessment_providers.schemas import ResultStatus
from certification.question_banks.queries import ASSESSOR
from chassis.paging import PageOf
from chassis.principal import Principal

Runner = AsyncConnection | AsyncSession


async def all_providers(connection: AsyncConnection) -> list[RowMapping]:
    """Every provider."""
    query = select(AssessmentProvider.__table__).order_by(AssessmentProvider.slug)
    return list((await connection.execute(query)).mappings())


async def kept_provider(runner: Runner, caller: Principal, slug: str) -> None:
    """AssessmentProviderNotFound unless the caller is an assessor of the provider's organisation."""
    own = AssessmentProvider.organisation_id == func.any(sorted(caller.organisations(ASSESSOR)))
    query = select(AssessmentProvider.slug).where(AssessmentProvider.slug == slug, own)
    if (await runner.execute(query)).scalar_one_or_none() is None:
        raise AssessmentProviderNotFound(slug)


async def listed(
    connection: AsyncConnection, provider: str, page: PageOf, status: ResultStatus | None
) -> list[RowMapping]:
    """Results of a provider, oldest first."""
    query = select(ProviderResult.__table__).where(ProviderResult.provider == provider)
    if status:
        query = query.where(ProviderResult.status == status)
    after = page.after_as(UUID)
    if after:
        query = query.where(ProviderResult.id > after[0])
    return list((await connection.execute(query.order_by(ProviderResult.id).limit(page.limit + 1))).mappings())


async def locked(session: AsyncSession, provider: str, result_id: UUID) -> ProviderResult:
    """A result of a provider, held until the transaction ends, or ProviderResultNotFound."""
    result = await session.get(ProviderResult, result_id, with_for_update=True)
    if result is None or result.provider != provider:
        raise ProviderResultNotFound
    return result
