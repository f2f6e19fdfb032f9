"""The token endpoint, and where programs learn of it."""

from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import JSONResponse

from chassis.access import PUBLIC, allow
from chassis.db import Session
from chassis.errors import Responses
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.keys.process import token_keys
from identity.keys.service import TokenKeys
from identity.oauth_tokens import service
from identity.oauth_tokens.requests import FORM, Refused, read_request
from identity.oauth_tokens.schemas import ServerMetadata, TokenRefusal, TokenReply
from identity.oauth_tokens.service import TokenDesk
from identity.settings import IdentitySettings

router = ServiceRouter(tags=["oauth"])

Anyone = Annotated[Principal, allow(PUBLIC)]
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
CHALLENGE = {"WWW-Authenticate": 'Basic realm="ncce"'}
REFUSALS: Responses = {
    400: {"model": TokenRefusal, "description": "The request is not one for a token, or asks for too much"},
    401: {"model": TokenRefusal, "description": "The client is unknown, or did not prove that it is the one"},
}
FIELDS = {
    "grant_type": {"type": "string", "enum": ["client_credentials"]},
    "scope": {"type": "string", "description": "Separated by spaces; left out: all that the client may have"},
    "client_id": {"type": "string"},
    "client_secret": {"type": "string"},
    "client_assertion_type": {"type": "string"},
    "client_assertion": {"type": "string"},
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            FORM: {
                "schema": {
                    "type": "object",
                    "properties": FIELDS,
                    "required": ["grant_type"],
                    "additionalProperties": False,
                },
                "example": {"grant_type": "client_credentials", "client_id": "0192…", "client_secret": "ncce_secret_…"},
            }
        },
    }
}


async def _desk(keys: Annotated[TokenKeys, Depends(token_keys)], settings: IdentitySettings) -> TokenDesk:
    return TokenDesk(keys, settings.access_token_seconds, str(settings.public_url))


@router.post("/oauth/token", response_model=TokenReply, responses=REFUSALS, openapi_extra=BODY)
async def issue_access_token(
    request: Request,
    response: Response,
    session: Session,
    desk: Annotated[TokenDesk, Depends(_desk)],
    _caller: Anyone,
) -> TokenReply | Response:
    """Exchange a client's proof for an access token (RFC 6749 §4.4)."""
    headers = request.headers
    try:
        wanted = read_request(headers.get("Content-Type", ""), headers.get("Authorization"), await request.body())
        reply = await service.issue_token(session, desk, wanted)
    except Refused as refused:
        challenge = CHALLENGE if refused.status == 401 else {}
        return JSONResponse(refused.refusal.model_dump(), refused.status, NO_STORE | challenge)
    response.headers.update(NO_STORE)
    return reply


@router.get("/.well-known/oauth-authorization-server", response_model=ServerMetadata)
async def describe_authorization_server(
    response: Response, settings: IdentitySettings, _caller: Anyone
) -> ServerMetadata:
    """Where and how to get a token (RFC 8414)."""
    response.headers["Cache-Control"] = "public, max-age=300"
    return service.describe_server(str(settings.public_url))
