"""Where verifiers fetch the public keys."""

from typing import Annotated

from fastapi import Depends, Response

from chassis.access import PUBLIC, allow
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.keys.process import published_keys
from identity.keys.schemas import PublicKeys
from identity.keys.service import TokenKeys

router = ServiceRouter(tags=["keys"])

# A verifier that meets an unknown key fetches again, so this bounds only how long a withdrawn key is believed.
CACHING = "public, max-age=300"


@router.get("/.well-known/jwks.json", response_model=PublicKeys)
async def list_public_keys(
    response: Response,
    keys: Annotated[TokenKeys, Depends(published_keys)],
    _caller: Annotated[Principal, allow(PUBLIC)],
) -> PublicKeys:
    """List the public keys that verify access tokens."""
    response.headers["Cache-Control"] = CACHING
    return keys.published
