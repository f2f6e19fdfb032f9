"""Routes by which auditors search a service's audit trail and have its chain checked."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from sqlalchemy import ColumnElement, select

from chassis import audit_chain
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from chassis.tables import audit_entry
from chassis.wire import Moment

Auditor = Annotated[Principal, allow(role("auditor"))]


class AuditEntry(BaseModel):
    """Somebody did something."""

    model_config = ConfigDict(from_attributes=True)

    position: int
    recorded_at: datetime
    caller_kind: str = Field(description="`person`, `partner`, `service`, `anonymous`, or `platform`")
    caller_id: UUID | None
    organisation_id: UUID | None
    action: str
    subject: str = Field(examples=["person:0193a5c6-5c1e-7a6b-9a57-3f4a0f0c9a11"])
    details: dict[str, JsonValue]
    request_id: str | None


class AuditFinding(BaseModel):
    """Something that is not as it was written."""

    model_config = ConfigDict(from_attributes=True)

    number: int | None = Field(description="The link at which it shows")
    position: int | None
    what: str


class WitnessedHead(BaseModel):
    """A head of another service's chain, as it was heard of here."""

    number: int
    head: str


class AuditVerification(BaseModel):
    """What a check of the whole chain found."""

    number: int = Field(description="How many entries are chained")
    head: str
    findings: list[AuditFinding]


class WitnessedHeads(BaseModel):
    """What is held here of another service's chain, to compare with what that service says."""

    data: list[WitnessedHead]


def router_for(service: str) -> ServiceRouter:
    """The routes of one service."""
    router = ServiceRouter(prefix=f"/v1/audit/{service}", tags=["audit"])

    async def search(
        reader: Reader,
        page: PageRequest,
        _caller: Auditor,
        action: Annotated[str | None, Query(max_length=80)] = None,
        subject: Annotated[str | None, Query(max_length=160, description="Such as `person:0193…`")] = None,
        caller_id: Annotated[UUID | None, Query(description="Who did it")] = None,
        since: Annotated[Moment | None, Query()] = None,
        until: Annotated[Moment | None, Query()] = None,
    ) -> dict[str, Any]:
        entry = audit_entry.c
        fits: list[ColumnElement[bool]] = []
        for column, wanted in ((entry.action, action), (entry.subject, subject), (entry.caller_id, caller_id)):
            fits += [] if wanted is None else [column == wanted]
        fits += [] if since is None else [entry.recorded_at >= since]
        fits += [] if until is None else [entry.recorded_at < until]
        if (after := page.after_as(int)) is not None:
            fits.append(entry.position < after[0])
        query = select(audit_entry).where(*fits).order_by(entry.position.desc()).limit(page.limit + 1)
        return Page.of((await reader.execute(query)).all(), page, key=lambda row: (str(row.position),))

    async def verify(session: Session, _caller: Auditor) -> AuditVerification:
        number, head = await audit_chain.head_of(session)
        found = [AuditFinding.model_validate(one) for one in await audit_chain.verify(session)]
        return AuditVerification(number=number, head=head, findings=found)

    async def witnessed(
        session: Session, _caller: Auditor, of: Annotated[str, Query(max_length=40, description="Which service's")]
    ) -> WitnessedHeads:
        heads = await audit_chain.witnessed(session, of)
        return WitnessedHeads(data=[WitnessedHead(number=number, head=head) for number, head in heads])

    search.__doc__ = f"Search {service}'s audit trail, the newest first: who did what to what."
    verify.__doc__ = f"Compute the chain over {service}'s audit trail again and name what is not as written."
    witnessed.__doc__ = f"The heads that {service} holds of another service's chain."
    for path, endpoint, model in (
        ("", search, Page[AuditEntry]),
        ("/verification", verify, AuditVerification),
        ("/witnessed", witnessed, WitnessedHeads),
    ):
        name = f"{endpoint.__name__}_audit_of_{service}"
        router.add_api_route(path, endpoint, response_model=model, operation_id=name, name=name)
    return router
