"""Routes of badges: the holder's credential, and what whoever verifies it fetches."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response

from certification.badges import credential, queries
from certification.badges.errors import BadgeKeyNotFound, StatusListNotFound
from certification.badges.schemas import BadgeIssuer, BadgeKey, BadgeKeySet
from certification.certificates.errors import CertificateAltered, CertificateNotFound
from certification.certificates.models import Certificate
from certification.certificates.verification import require_genuine, standing_of
from certification.settings import Keys, OwnSettings
from chassis import clock
from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader
from chassis.errors import Responses, errors
from chassis.known_as import is_theirs
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["badges"])

Anybody = Annotated[Principal, allow(PUBLIC)]
SIGNED = "application/vc+jwt"
CREDENTIAL: Responses = {
    200: {
        "description": "A verifiable credential as a JSON Web Token",
        "content": {SIGNED: {"schema": {"type": "string"}}},
    }
}


@router.get(
    "/certificates/{certificate_id}/badge",
    response_class=Response,
    responses={**CREDENTIAL, **errors(CertificateNotFound, CertificateAltered)},
)
async def get_badge(
    certificate_id: UUID,
    reader: Reader,
    keys: Keys,
    settings: OwnSettings,
    caller: Annotated[Principal, allow(SIGNED_IN)],
) -> Response:
    """Your certificate as an Open Badge 3.0, to keep or to show elsewhere. Your name is in it as a salted hash only."""
    own = (Certificate.id == certificate_id) & is_theirs(Certificate.teacher_id, caller.id)
    standing = await standing_of(reader, own)
    require_genuine(keys, standing)
    places = credential.Places(str(settings.public_url))
    claims = credential.badge(places, standing, await queries.summary_of(reader, standing.certificate.scheme))
    return Response(settings.loaded_badge_keys.sign(claims, places.keys), media_type=SIGNED)


@router.get("/badges/issuer")
async def get_badge_issuer(settings: OwnSettings, caller: Anybody) -> BadgeIssuer:
    """Who issues badges."""
    return BadgeIssuer.model_validate(credential.issuer(credential.Places(str(settings.public_url))))


@router.get("/badges/keys")
async def list_badge_keys(settings: OwnSettings, caller: Anybody) -> BadgeKeySet:
    """The public keys that badges and status lists are signed with."""
    return BadgeKeySet.model_validate({"keys": settings.loaded_badge_keys.public()})


@router.get("/badges/keys/{kid}", responses=errors(BadgeKeyNotFound))
async def get_badge_key(kid: str, settings: OwnSettings, caller: Anybody) -> BadgeKey:
    """One key: what the `kid` of a badge leads to."""
    found = next((key for key in settings.loaded_badge_keys.public() if key["kid"] == kid), None)
    if found is None:
        raise BadgeKeyNotFound
    return BadgeKey.model_validate(found)


@router.get(
    "/badges/status/{list_number}",
    response_class=Response,
    responses={**CREDENTIAL, **errors(StatusListNotFound)},
)
async def get_status_list(
    list_number: Annotated[int, Path(ge=0, le=2**31 - 1)], reader: Reader, settings: OwnSettings, caller: Anybody
) -> Response:
    """Which certificates of a list no longer stand, as a signed W3C Bitstring Status List. It names no certificate."""
    fallen = await queries.fallen(reader, list_number)
    if fallen is None:
        raise StatusListNotFound
    places = credential.Places(str(settings.public_url))
    claims = credential.status_list(places, list_number, fallen, clock.now())
    fresh = {"Cache-Control": f"public, max-age={int(credential.LIST_FRESH.total_seconds())}"}
    return Response(settings.loaded_badge_keys.sign(claims, places.keys), media_type=SIGNED, headers=fresh)
