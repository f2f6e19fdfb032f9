"""What a badge and a status list say, by Open Badges 3.0 and W3C's Bitstring Status List 1.0."""

import gzip
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid5

from certification.certificates.models import Certificate
from certification.certificates.registration import LIST_LENGTH
from certification.certificates.verification import Standing
from chassis import clock

Claims = Mapping[str, Any]

VERIFIABLE = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
ISSUER_NAME = "National Centre for Computing Education"
LIST_LIVES = timedelta(hours=24)
"""An older list is refused by verifiers, so that a kept copy cannot undo a revocation for longer."""
LIST_FRESH = timedelta(minutes=5)


@dataclass(frozen=True)
class Places:
    """Where things about badges are published, all below the platform's public URL, which ends in a slash."""

    public_url: str

    @property
    def issuer(self) -> str:
        return f"{self.public_url}v1/badges/issuer"

    @property
    def keys(self) -> str:
        return f"{self.public_url}v1/badges/keys"

    def status_list(self, number: int) -> str:
        return f"{self.public_url}v1/badges/status/{number}"

    def scheme(self, slug: str) -> str:
        return f"{self.public_url}v1/schemes/{slug}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


def issuer(places: Places) -> dict[str, Any]:
    """The profile of who issues."""
    return {"id": places.issuer, "type": ["Profile"], "name": ISSUER_NAME, "url": places.public_url}


def badge(places: Places, standing: Standing, summary: str) -> Claims:
    """The credential of a certificate, as the claims of a JSON Web Token; it does not tell when it was made."""
    certificate = standing.certificate
    subject = f"urn:uuid:{uuid5(certificate.id, 'subject')}"
    until = _end_of(certificate)
    credential = {
        "@context": [VERIFIABLE, OPEN_BADGES],
        "id": f"urn:uuid:{certificate.id}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate.title,
        "issuer": issuer(places),
        "validFrom": _moment(certificate.awarded_at),
        **({"validUntil": _moment(until)} if until else {}),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "achievement": {
                "id": places.scheme(certificate.scheme),
                "type": ["Achievement"],
                "name": certificate.title,
                "description": summary,
                "criteria": {"narrative": f"Everything that version {certificate.scheme_version} of the rules asks."},
            },
            **_identity(standing),
        },
        **_status(places, standing),
    }
    registered = {"iss": places.issuer, "sub": subject, "jti": credential["id"]}
    ends = {"exp": int(until.timestamp())} if until else {}
    return {**credential, **registered, "nbf": int(certificate.awarded_at.timestamp()), **ends}


def _end_of(certificate: Certificate) -> datetime | None:
    """The moment at which a certificate expires: when its last day ends in England."""
    if certificate.expires_on is None:
        return None
    return datetime.combine(certificate.expires_on, time(), clock.ENGLAND)


def _identity(standing: Standing) -> dict[str, Any]:
    """Whose it is: a school's name to be read, a person's as a salted hash that only who knows the name can check."""
    holder, school = standing.holder, standing.certificate.school_name
    if school is not None:
        told = {"identityHash": school, "identityType": "name", "hashed": False}
    elif holder is not None:
        salt = holder.salt.hex()
        hashed = hashlib.sha256(f"{holder.name}{salt}".encode()).hexdigest()
        told = {"identityHash": f"sha256${hashed}", "identityType": "name", "hashed": True, "salt": salt}
    else:
        return {}
    return {"identifier": [{"type": "IdentityObject", **told}]}


def _status(places: Places, standing: Standing) -> dict[str, Any]:
    if standing.registration is None:
        return {}
    published = places.status_list(standing.registration.status_list)
    index = str(standing.registration.status_index)
    entry = {
        "id": f"{published}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": published,
    }
    return {"credentialStatus": entry}


def encoded_list(revoked: Iterable[int]) -> str:
    """The bits as published: the first is the highest of the first byte; GZIP, base64url, multibase `u`."""
    bits = bytearray(LIST_LENGTH // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def status_list(places: Places, number: int, revoked: Iterable[int], at: datetime) -> Claims:
    """The credential that tells which certificates of a list no longer stand."""
    published, until = places.status_list(number), at + LIST_LIVES
    credential = {
        "@context": [VERIFIABLE],
        "id": published,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": places.issuer,
        "validFrom": _moment(at),
        "validUntil": _moment(until),
        "credentialSubject": {
            "id": f"{published}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded_list(revoked),
            "ttl": int(LIST_FRESH.total_seconds() * 1000),
        },
    }
    registered = {"iss": places.issuer, "sub": f"{published}#list", "jti": published}
    return {**credential, **registered, "nbf": int(at.timestamp()), "exp": int(until.timestamp())}
