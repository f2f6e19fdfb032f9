"""The evidence of an application as one document: what the stages are met by, and the proofs of it."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.certificates.models import Certificate
from certification.certificates.schemas import Evidence
from certification.certificates.signing import SigningKeys
from certification.certificates.verification import standing_of, verify
from certification.endorsements import queries as endorsements
from chassis.known_as import is_theirs

STATEMENT = "uk.ncce.chartered.bundle.v1"


def canonical(document: Mapping[str, Any]) -> str:
    """The one text that stands for a document: JSON with sorted keys and no spaces."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


async def certificates_in(
    session: AsyncSession, keys: SigningKeys, public_url: str, teacher_id: UUID
) -> list[dict[str, Any]]:
    """The teacher's certificates that stand, each with where it is verified and the proof from the log."""
    connection = await session.connection()
    query = select(Certificate.id).where(is_theirs(Certificate.teacher_id, teacher_id)).order_by(Certificate.awarded_at)
    found = [await _certificate(connection, keys, public_url, one) for one in await session.scalars(query)]
    return [one for one in found if one is not None]


async def _certificate(
    connection: AsyncConnection, keys: SigningKeys, public_url: str, certificate_id: UUID
) -> dict[str, Any] | None:
    standing = await standing_of(connection, Certificate.id == certificate_id)
    if standing.status != "valid":
        return None
    certificate = standing.certificate
    told = (await verify(connection, keys, certificate.code)).told["evidence"]
    return {
        "scheme": certificate.scheme,
        "title": certificate.title,
        "number": standing.number,
        "awarded_on": certificate.awarded_on.isoformat(),
        "holder_name": standing.holder.name if standing.holder else None,
        "verify_at": f"{public_url}v1/verify/{certificate.code}",
        "evidence": Evidence.model_validate(told).model_dump(mode="json") if told else None,
    }


async def endorsements_in(session: AsyncSession, teacher_id: UUID) -> list[dict[str, Any]]:
    """The endorsements of the teacher that stand."""
    rows = await endorsements.standing_for(session, teacher_id)
    return [
        {
            "organisation_id": str(row["organisation_id"]),
            "organisation": endorsements.name_of(row["organisation_id"]),
            "of": endorsements.subject_of(row),
            "statement": row["statement"],
            "given_at": row["given_at"].isoformat(),
        }
        for row in rows
    ]
