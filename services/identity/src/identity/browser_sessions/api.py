"""Sessions by cookie: renewing and ending them, and recognising one for the gateway."""

from typing import Annotated

from fastapi import Response

from chassis import clock
from chassis.access import ENROLLING, SERVICE, allow
from chassis.db import Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.browser_sessions import cookies, service
from identity.browser_sessions.errors import NotInABrowser, SessionNotValid
from identity.browser_sessions.schemas import AuthenticatedSession, PresentedSession, SessionStarted
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1/auth/browser-session", tags=["sessions"])
internal_router = ServiceRouter(prefix="/internal/sessions", tags=["internal"])
Owner = Annotated[Principal, allow(ENROLLING)]


def started(response: Response, new: cookies.NewSession) -> SessionStarted:
    """The answer that gives a browser its session: the cookies beside it, and nothing that a cache may keep."""
    response.headers["Cache-Control"] = "no-store"
    cookies.give(response, new, clock.now())
    return SessionStarted(
        csrf_token=cookies.csrf_token(new.token),
        expires_at=new.expires_at,
        idle_seconds=int(new.idle.total_seconds()),
    )


@router.post("/renewal", response_model=SessionStarted, responses=errors(NotInABrowser))
async def renew_browser_session(response: Response, session: Session, caller: Owner) -> SessionStarted:
    """Exchange the session's cookie for another. Nothing else changes; the old one works for ten seconds longer."""
    return started(response, await service.renew(session, caller))


@router.delete("", status_code=204)
async def end_browser_session(response: Response, session: Session, caller: Owner) -> None:
    """Sign out, and have the browser forget the session."""
    await service.log_out(session, caller)
    cookies.take_back(response)


@internal_router.post("/authenticate", response_model=AuthenticatedSession, responses=errors(SessionNotValid))
async def authenticate_session(
    body: PresentedSession, session: Session, settings: IdentitySettings, _caller: Annotated[Principal, allow(SERVICE)]
) -> AuthenticatedSession:
    """Recognise the session in a cookie that a caller of the gateway presented."""
    return await service.authenticate(session, settings, body.session)
