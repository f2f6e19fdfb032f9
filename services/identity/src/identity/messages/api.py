"""What people want to be sent: asked with their account, and by the link that every optional mail carries."""

from typing import Annotated

from fastapi import Path

from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.messages import service
from identity.messages.errors import UnsubscriptionNotFound
from identity.messages.rules import OPTIONAL
from identity.messages.schemas import MailPreferences, MailWishes, Unsubscription
from identity.people.errors import PersonNotFound

router = ServiceRouter(prefix="/v1", tags=["mail"])
Person = Annotated[Principal, allow(SIGNED_IN)]
Anybody = Annotated[Principal, allow(PUBLIC)]
Token = Annotated[str, Path(max_length=200, description="From the mail's `List-Unsubscribe`")]


def _shown(unwanted: list[str]) -> dict[str, object]:
    optional = [{"kind": kind, "title": title, "is_wanted": kind not in unwanted} for kind, title in OPTIONAL.items()]
    return {"unwanted": unwanted, "optional": optional}


@router.get("/me/mail-preferences", response_model=MailPreferences)
async def get_mail_preferences(reader: Reader, caller: Person) -> dict[str, object]:
    """What the caller is sent."""
    return _shown(await service.unwanted_of(reader, caller.id))


@router.put("/me/mail-preferences", response_model=MailPreferences, responses=errors(PersonNotFound))
async def set_mail_preferences(session: Session, caller: Person, body: MailWishes) -> dict[str, object]:
    """Say what not to be sent; all else is sent."""
    return _shown(await service.want_all_but(session, caller, body.unwanted))


@router.get("/unsubscriptions/{token}", response_model=Unsubscription, responses=errors(UnsubscriptionNotFound))
async def get_unsubscription(reader: Reader, caller: Anybody, token: Token) -> dict[str, object]:
    """What a link is about. Changes nothing: programs that look at links in mail come by here."""
    kind, person_id = await service.mail_of(reader, token)
    return {"kind": kind, "is_wanted": kind not in await service.unwanted_of(reader, person_id)}


@router.post("/unsubscriptions/{token}", response_model=Unsubscription, responses=errors(UnsubscriptionNotFound))
async def unsubscribe(session: Session, caller: Anybody, token: Token) -> dict[str, object]:
    """Stop mail of a kind with one click, as mail programs do it (RFC 8058): no sign-in, any body or none."""
    return {"kind": await service.unsubscribe(session, caller, token), "is_wanted": False}
