"""Passkeys: what the browser is asked, and whether what it answers is right (WebAuthn level 3)."""

import ipaddress
import json
from collections.abc import Mapping
from typing import NamedTuple, cast
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from chassis import clock
from identity.second_factors.errors import PasskeyNotAccepted
from identity.second_factors.models import Passkey
from identity.settings import Settings

SITE_NAME = "National Centre for Computing Education"
UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
"""What the library raises at something that is no answer at all: it reads binary formats that a stranger wrote."""


class Site(NamedTuple):
    """Whom a passkey belongs to: a domain, and the pages that may use it."""

    domain: str
    origins: list[str]


def site_of(settings: Settings) -> Site:
    """The site's domain and pages. An address is no domain: on this machine it is `localhost`."""
    public = urlsplit(str(settings.public_url))
    host = public.hostname or ""
    origins = [f"{public.scheme}://{public.netloc}", *settings.passkey_origins]
    if _is_address(host):
        host = "localhost"
        origins.append(f"{public.scheme}://localhost:{public.port}")
    return Site(settings.passkey_domain or host, origins)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def creation_options(
    settings: Settings, person_id: UUID, name: str, nonce: bytes, there: list[bytes]
) -> dict[str, JsonValue]:
    """What the browser needs to make a passkey that can be found without a name."""
    options = webauthn.generate_registration_options(
        rp_id=site_of(settings).domain,
        rp_name=SITE_NAME,
        user_id=person_id.bytes,
        user_name=name,
        challenge=nonce,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in there],
    )
    return _as_json(webauthn.options_to_json(options))


def request_options(settings: Settings, nonce: bytes, theirs: list[bytes] | None) -> dict[str, JsonValue]:
    """What the browser needs to ask for a signature: of one of these passkeys, or of any that verifies its holder."""
    options = webauthn.generate_authentication_options(
        rp_id=site_of(settings).domain,
        challenge=nonce,
        allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in theirs] if theirs else None,
        user_verification=UserVerificationRequirement.PREFERRED if theirs else UserVerificationRequirement.REQUIRED,
    )
    return _as_json(webauthn.options_to_json(options))


def _as_json(text: str) -> dict[str, JsonValue]:
    return cast(dict[str, JsonValue], json.loads(text))


def check_new(settings: Settings, nonce: bytes, credential: Mapping[str, JsonValue]) -> VerifiedRegistration:
    """The new passkey, or PasskeyNotAccepted."""
    site = site_of(settings)
    try:
        return webauthn.verify_registration_response(
            credential=dict(credential),
            expected_challenge=nonce,
            expected_rp_id=site.domain,
            expected_origin=site.origins,
        )
    except UNREADABLE as error:
        raise PasskeyNotAccepted from error


async def signed_by(
    session: AsyncSession,
    settings: Settings,
    nonce: bytes,
    credential: Mapping[str, JsonValue],
    *,
    person_id: UUID | None,
) -> Passkey | None:
    """The passkey that signed the question, if it is the person's; of anybody when it verified its holder itself."""
    query = select(Passkey).where(Passkey.credential_id == _bytes(credential.get("id"))).with_for_update()
    passkey = await session.scalar(query)
    if passkey is None or (person_id is not None and passkey.person_id != person_id):
        return None
    site = site_of(settings)
    try:
        verified = webauthn.verify_authentication_response(
            credential=dict(credential),
            expected_challenge=nonce,
            expected_rp_id=site.domain,
            expected_origin=site.origins,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=person_id is None,
        )
    except UNREADABLE:
        return None
    passkey.sign_count = verified.new_sign_count
    passkey.last_used_at = clock.now()
    return passkey


def _bytes(named: JsonValue) -> bytes:
    try:
        return webauthn.base64url_to_bytes(named) if isinstance(named, str) else b""
    except ValueError:
        return b""


def name_of(credential_id: bytes) -> str:
    """How a browser names a passkey."""
    return bytes_to_base64url(credential_id)
