"""The routes by which people get everything that a service holds about them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field, JsonValue

from chassis import audit, clock
from chassis.access import SIGNED_IN, allow
from chassis.db import Session
from chassis.errors import Responses, errors
from chassis.exports import ExportPartNotFound, Tell, read_part
from chassis.principal import Principal
from chassis.routing import ServiceRouter

PRIVATE = {"Cache-Control": "private, no-store"}
PART: Responses = {
    200: {"description": "The part as it was made", "content": {"application/json": {"schema": {"type": "object"}}}}
}


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
        response.headers.update(PRIVATE)
        form = f"uk.ncce.{service}.export.v1"
        return PersonExport(form=form, person_id=caller.id, made_at=clock.now(), held=held)

    export.__doc__ = f"Everything that {service} holds about you, and who of the staff looked at it there."
    name = f"get_{service}_export"
    router.add_api_route("", export, response_model=PersonExport, operation_id=name, name=name)
    add_part_route(router, service)
    return router


def add_part_route(router: ServiceRouter, service: str) -> None:
    """The route of a service's part of an export of everything."""

    async def part(export_id: UUID, session: Session, caller: Annotated[Principal, allow(SIGNED_IN)]) -> Response:
        body = await read_part(session, caller.id, export_id)
        await audit.record(session, caller, "export.fetched", f"person:{caller.id}")
        return Response(body, media_type="application/json", headers=PRIVATE)

    part.__doc__ = f"What {service} put by for an export of everything. The archive holds it with the other parts."
    name = f"get_{service}_export_part"
    router.add_api_route(
        "/parts/{export_id}",
        part,
        response_class=Response,
        responses={**PART, **errors(ExportPartNotFound)},
        operation_id=name,
        name=name,
    )
