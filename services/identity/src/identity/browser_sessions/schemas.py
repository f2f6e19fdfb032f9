"""Sessions by cookie as the frontend and the gateway read them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from identity.accounts.schemas import Token


class SessionStarted(BaseModel):
    """Signed in by cookie. The session itself is in a cookie that no script can read."""

    status: Literal["session_started"] = "session_started"
    csrf_token: str = Field(
        description="Also in the cookie `ncce_csrf`; to be sent as `X-CSRF-Token` with every change"
    )
    expires_at: datetime = Field(description="It ends then however much it is used")
    idle_seconds: int = Field(description="It ends earlier when it is not used for so long", examples=[3600])


class PresentedSession(BaseModel):
    """The cookie that a caller of the gateway presented."""

    model_config = ConfigDict(
        extra="forbid", hide_input_in_errors=True, json_schema_extra={"examples": [{"session": "b1946ac9…"}]}
    )

    session: Token


class ClaimedRole(BaseModel):
    """A role held at an organisation, or everywhere."""

    role: str
    organisation_id: UUID | None


class SessionClaims(BaseModel):
    """What an access token of this sign-in would say now."""

    iss: str
    aud: str
    sub: UUID
    iat: int
    exp: int
    auth_time: int
    amr: list[str]
    jti: UUID
    kind: Literal["person"]
    roles: list[ClaimedRole]
    attributes: dict[str, str]


class AuthenticatedSession(BaseModel):
    """Whose session it is. To be asked again at `expires_at`, and at once when the sign-in is said to have ended."""

    sign_in_id: UUID
    claims: SessionClaims
    csrf_token: str = Field(description="What `X-CSRF-Token` must be: it belongs to this value of the cookie alone")
    expires_at: datetime
