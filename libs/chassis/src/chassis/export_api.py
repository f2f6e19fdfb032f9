"""The route by which people get everything that a service holds about them."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field, JsonValue
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.access import SIGNED_IN, allow
from chassis.db import Session
from chassis.principal import Principal
from chassis.routing import ServiceRouter

Tell = Callable[[AsyncSession, UUID], Awaitable[dict[str, list[Any]]]]


class PersonExport(BaseModel):
    """Everything that one service holds about you."""

    form: str = Field(examples=["uk.ncce.hubs.export.v1"])
    person_id: UUID
    made_at: datetime
    held: dict[str, list[dict[str, JsonValue]]] = Field(
        description="By kind what is held; `what_you_did` and `who_looked` are from the audit trail"
    )


def router_for(service: str, tell: Tell) -> ServiceRouter:
    """The route of one service."""
    router = ServiceRouter(prefix=f"/v1/me/{service}-export", tags=["privacy"])

    async def export(
        session: Session, response: Response, caller: Annotated[Principal, allow(SIGNED_IN)]
    ) -> PersonExport:
        assert caller.id is not None
        held = await tell(session, caller.id)
        await audit.record(session, caller, "export.made", f"person:{caller.id}")
        response.headers["Cache-Control"] = "private, no-store"
        form = f"uk.ncce.{service}.export.v1"
        return PersonExport(form=form, person_id=caller.id, made_at=clock.now(), held=held)

    export.__doc__ = f"Everything that {service} holds about you, and who of the staff looked at it there."
    name = f"get_{service}_export"
    router.add_api_route("", export, response_model=PersonExport, operation_id=name, name=name)
    return router
