"""Reading endorsements and the requests for them."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, false, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.activities.models import Activity
from certification.certificates.models import Certificate
from certification.chartered.models import CharteredApplication, CharteredPathway
from certification.endorsements.errors import EndorsementNotFound, EndorsementRequestNotFound
from certification.endorsements.models import Endorsement, EndorsementRequest
from certification.endorsements.schemas import OrganisationRecord, Subject
from certification.reference import read
from certification.schemes.models import Scheme
from chassis.paging import PageOf
from chassis.principal import Principal

Runner = AsyncConnection | AsyncSession

NAMES = {one.organisation_id: one.name for one in read("organisations.json", OrganisationRecord)}
"""The organisations of the programme; their ids are the same on every installation."""

_PATHWAY = (CharteredPathway.slug == CharteredApplication.pathway) & (
    CharteredPathway.version == CharteredApplication.version
)
_TITLES = (
    CharteredPathway.title.label("pathway_title"),
    Certificate.title.label("certificate_title"),
    Activity.title.label("activity_title"),
)


def name_of(organisation_id: UUID) -> str | None:
    """An organisation's name; None where only its id is known here."""
    return NAMES.get(organisation_id)


def subject_of(row: RowMapping) -> Subject:
    """What kind of thing an endorsement or a request is about."""
    if row["application_id"] is not None:
        return "application"
    if row["certificate_id"] is not None:
        return "certificate"
    return "activity" if row["activity"] is not None else "scheme"


def told_of(row: RowMapping) -> dict[str, Any]:
    """An endorsement or a request with its subject in words."""
    found = ("pathway_title", "certificate_title", "activity_title", "scheme_title")
    title = next((row[name] for name in found if row.get(name)), row["activity"] or "")
    names = {"organisation": name_of(row["organisation_id"]), "subject": subject_of(row), "title": title}
    return {**row, **names}


def _with_subject(query: Select[Any]) -> Select[Any]:
    return (
        query.outerjoin(CharteredApplication, CharteredApplication.id == EndorsementRequest.application_id)
        .outerjoin(CharteredPathway, _PATHWAY)
        .outerjoin(Certificate, Certificate.id == EndorsementRequest.certificate_id)
        .outerjoin(Activity, Activity.code == EndorsementRequest.activity)
    )


_REQUESTS = _with_subject(
    select(EndorsementRequest.__table__, Endorsement.id.label("endorsement_id"), *_TITLES).outerjoin(
        Endorsement, Endorsement.request_id == EndorsementRequest.id
    )
)
_ENDORSEMENTS = _with_subject(
    select(
        Endorsement.__table__,
        EndorsementRequest.application_id,
        EndorsementRequest.certificate_id,
        EndorsementRequest.activity,
        Scheme.title.label("scheme_title"),
        *_TITLES,
    )
    .outerjoin(EndorsementRequest, EndorsementRequest.id == Endorsement.request_id)
    .outerjoin(Scheme, Scheme.slug == Endorsement.scheme)
)


def _visible(caller: Principal, kind: type[EndorsementRequest] | type[Endorsement]) -> ColumnElement[bool]:
    """A teacher's own, or those of the partner's organisation."""
    if caller.kind == "person":
        return kind.teacher_id == caller.id
    return kind.organisation_id == caller.organisation_id if caller.organisation_id else false()


async def requests(reader: AsyncConnection, caller: Principal, page: PageOf) -> list[RowMapping]:
    """Requests that concern the caller, oldest first."""
    query = _REQUESTS.where(_visible(caller, EndorsementRequest))
    if after := page.after_as(UUID):
        query = query.where(EndorsementRequest.id > after[0])
    return list((await reader.execute(query.order_by(EndorsementRequest.id).limit(page.limit + 1))).mappings())


async def request(runner: Runner, caller: Principal, request_id: UUID) -> RowMapping:
    """One of them, or EndorsementRequestNotFound."""
    query = _REQUESTS.where(_visible(caller, EndorsementRequest), EndorsementRequest.id == request_id)
    found: RowMapping | None = (await runner.execute(query)).mappings().one_or_none()
    if found is None:
        raise EndorsementRequestNotFound
    return found


async def endorsements(reader: AsyncConnection, caller: Principal, page: PageOf) -> list[RowMapping]:
    """Endorsements that concern the caller, oldest first."""
    query = _ENDORSEMENTS.where(_visible(caller, Endorsement))
    if after := page.after_as(UUID):
        query = query.where(Endorsement.id > after[0])
    return list((await reader.execute(query.order_by(Endorsement.id).limit(page.limit + 1))).mappings())


async def endorsement(runner: Runner, caller: Principal, endorsement_id: UUID) -> RowMapping:
    """One of them, or EndorsementNotFound."""
    query = _ENDORSEMENTS.where(_visible(caller, Endorsement), Endorsement.id == endorsement_id)
    found: RowMapping | None = (await runner.execute(query)).mappings().one_or_none()
    if found is None:
        raise EndorsementNotFound
    return found


async def standing_for(runner: Runner, teacher_id: UUID) -> list[RowMapping]:
    """The endorsements of a teacher that stand, oldest first."""
    query = _ENDORSEMENTS.where(Endorsement.teacher_id == teacher_id, Endorsement.withdrawn_at.is_(None))
    return list((await runner.execute(query.order_by(Endorsement.given_at))).mappings())


async def endorsers_of(runner: Runner, scheme: str) -> list[dict[str, Any]]:
    """The organisations that endorse a scheme."""
    query = select(Endorsement.organisation_id, Endorsement.given_at).where(
        Endorsement.scheme == scheme, Endorsement.withdrawn_at.is_(None)
    )
    rows = await runner.execute(query.order_by(Endorsement.given_at))
    return [
        {
            "organisation_id": row.organisation_id,
            "organisation": name_of(row.organisation_id),
            "since_at": row.given_at,
        }
        for row in rows
    ]
