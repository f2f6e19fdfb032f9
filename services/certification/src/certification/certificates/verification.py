"""Whether a certificate is genuine, and what has become of it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeVar

import structlog
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.base import Base
from certification.certificates import codes
from certification.certificates.errors import CertificateAltered, CertificateNotFound
from certification.certificates.models import (
    Certificate,
    CertificateHolder,
    CertificateRegistration,
    CertificateRevocation,
)
from certification.certificates.signing import Signature, SigningKeys, canonical
from certification.transparency import queries as log_queries
from certification.transparency.queries import Inclusion
from certification.transparency.statements import record_hash
from chassis import clock

log = structlog.get_logger(__name__)

Status = Literal["valid", "revoked", "superseded", "expired"]
Runner = AsyncConnection | AsyncSession


@dataclass(frozen=True)
class Standing:
    """A certificate with all that the registers tell of it."""

    certificate: Certificate
    registration: CertificateRegistration | None
    holder: CertificateHolder | None
    revoked_at: datetime | None
    replacement: Certificate | None

    @property
    def status(self) -> Status:
        """Revocation outweighs: a replaced certificate that is revoked was never to be relied on."""
        if self.revoked_at is not None:
            return "revoked"
        if self.replacement is not None:
            return "superseded"
        expires_on = self.certificate.expires_on
        return "expired" if expires_on is not None and expires_on <= clock.today() else "valid"

    @property
    def changed_on(self) -> date | None:
        """Since which day, in England, it is no longer valid."""
        if self.status == "expired":
            return self.certificate.expires_on
        ended = self.revoked_at or (self.replacement.awarded_at if self.replacement else None)
        return ended.astimezone(clock.ENGLAND).date() if ended else None

    @property
    def number(self) -> str | None:
        """As printed; none while the registers have not caught up with an earlier release."""
        return self.registration.number if self.registration else None

    @property
    def shown_name(self) -> str | None:
        """The holder's name, where the holder shows it; never on what was replaced, whose name was given up."""
        shows = self.holder is not None and self.holder.shows_name and self.status != "superseded"
        return self.holder.name if self.holder is not None and shows else None

    @property
    def printed_name(self) -> str | None:
        """What the document names: the school, or its holder once they have given a name."""
        return self.certificate.school_name or (self.holder.name if self.holder else None)

    @property
    def public_name(self) -> str | None:
        """Whom anybody may know it was awarded to: a school always, a person when they show it."""
        return self.certificate.school_name or self.shown_name

    @property
    def is_document_shared(self) -> bool:
        """Whether whoever has the code may fetch the document; not of what fell, since paper does not tell that."""
        is_shared = self.certificate.school_name is not None or (
            self.holder is not None and self.holder.shares_document
        )
        return is_shared and self.status == "valid"

    @property
    def for_holder(self) -> dict[str, Any]:
        """What its holder is told."""
        certificate, holder = self.certificate, self.holder
        told = ("id", "scheme", "scheme_version", "title", "school_name", "awarded_on", "expires_on", "code")
        return {
            **{name: getattr(certificate, name) for name in told},
            "number": self.number,
            "status": self.status,
            "status_since_on": self.changed_on,
            "holder_name": holder.name if holder else None,
            "shows_name": holder is not None and holder.shows_name,
            "shares_document": holder is not None and holder.shares_document,
        }


Row = TypeVar("Row", bound=Base)


async def _one(runner: Runner, kind: type[Row], condition: ColumnElement[bool]) -> Row | None:
    found = (await runner.execute(select(kind.__table__).where(condition))).mappings().one_or_none()
    return kind(**found) if found else None


async def standing_of(runner: Runner, which: ColumnElement[bool]) -> Standing:
    """The one certificate of this condition with its standing; CertificateNotFound."""
    certificate = await _one(runner, Certificate, which)
    if certificate is None:
        raise CertificateNotFound
    approved = (CertificateRevocation.certificate_id == certificate.id) & (CertificateRevocation.outcome == "approved")
    revocation = await _one(runner, CertificateRevocation, approved)
    return Standing(
        certificate=certificate,
        registration=await _one(
            runner, CertificateRegistration, CertificateRegistration.certificate_id == certificate.id
        ),
        holder=await _one(runner, CertificateHolder, CertificateHolder.certificate_id == certificate.id),
        revoked_at=revocation.decided_at if revocation else None,
        replacement=await _one(runner, Certificate, Certificate.reissue_of == certificate.id),
    )


def require_genuine(keys: SigningKeys, standing: Standing) -> None:
    """CertificateAltered unless the rows are what was signed: the facts, the code, and the name if there is one."""
    certificate, holder = standing.certificate, standing.holder
    is_its_code = codes.digest(certificate.code) == certificate.code_digest
    signed = keys.verifies(canonical(certificate.facts()), Signature(certificate.key_id, certificate.signature))
    named = holder is None or keys.verifies(canonical(holder.facts()), Signature(holder.key_id, holder.signature))
    if not (is_its_code and signed and named):
        log.error("certificate.altered", alert=True, certificate_id=str(certificate.id), key_id=certificate.key_id)
        raise CertificateAltered


@dataclass(frozen=True)
class Verified:
    """A genuine certificate, as the public sees it."""

    standing: Standing
    log: Inclusion | None

    @property
    def told(self) -> dict[str, Any]:
        """The body of the answer."""
        standing, certificate = self.standing, self.standing.certificate
        replacement = standing.replacement
        return {
            "status": standing.status,
            "status_since_on": standing.changed_on,
            "scheme": certificate.scheme,
            "title": certificate.title,
            "awarded_on": certificate.awarded_on,
            "expires_on": certificate.expires_on,
            "code": certificate.code,
            "number": standing.number,
            "holder_name": standing.shown_name,
            "school_name": certificate.school_name,
            "replaced_by": replacement.code if replacement else None,
            "evidence": self._evidence(),
        }

    def _evidence(self) -> dict[str, Any] | None:
        if self.log is None or self.standing.number is None:
            return None
        return {"record": self.standing.certificate.record(self.standing.number), "log": self.log}


async def verify(reader: AsyncConnection, keys: SigningKeys, typed_code: str) -> Verified:
    """What the certificate with this code is worth; CertificateNotFound, or CertificateAltered if it is not ours."""
    standing = await standing_of(reader, Certificate.code_digest == codes.digest(typed_code))
    require_genuine(keys, standing)
    return Verified(standing, await _logged(reader, standing))


async def _logged(reader: AsyncConnection, standing: Standing) -> Inclusion | None:
    """The proof that the log tells of it, or CertificateAltered when the log tells of another."""
    certificate = standing.certificate
    position = await log_queries.issued_at(reader, certificate.id)
    if position is None or standing.number is None:
        return None
    proof = await log_queries.inclusion(reader, position)
    if json.loads(proof.entry)["certificate"] != record_hash(certificate.record(standing.number)):
        log.error("certificate.altered", alert=True, certificate_id=str(certificate.id), position=position)
        raise CertificateAltered
    return proof
