"""Routes by which auditors search a service's audit trail and have its chain checked."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, select

from chassis import audit_chain, audit_disputes
from chassis.access import PUBLIC, allow, role
from chassis.audit_heads import Witness
from chassis.audit_views import (
    AuditClearance,
    AuditDispute,
    AuditDisputes,
    AuditEntry,
    AuditExplanation,
    AuditFinding,
    AuditVerification,
    NewestHead,
    SignedHead,
    WitnessedHead,
    WitnessedHeads,
)
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from chassis.tables import audit_entry, audit_head, audit_witness
from chassis.wire import Moment

Auditor = Annotated[Principal, allow(role("auditor"))]


def _between(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    recorded_at = audit_entry.c.recorded_at
    return [
        *([] if since is None else [recorded_at >= since]),
        *([] if until is None else [recorded_at < until]),
    ]


async def _newest_head(reader: Reader, service: str) -> NewestHead:
    newest = select(audit_head).order_by(audit_head.c.number.desc()).limit(1)
    found = (await reader.execute(newest)).one_or_none()
    return NewestHead(head=None if found is None else SignedHead(service=service, **found._mapping))


def _add_clearing(router: ServiceRouter, service: str, witness: Witness) -> None:
    async def clear(wish: AuditExplanation, session: Session, caller: Auditor) -> AuditClearance:
        made = await witness.clear(session, caller, audit_disputes.Explanation(**wish.model_dump()))
        return AuditClearance(**made.model_dump(exclude={"service"}), reason=wish.reason, said_in=service)

    clear.__doc__ = f"Say at {service} how disputed links of another trail came about. Nothing is taken off."
    name = f"clear_disputes_at_{service}"
    found = errors(audit_disputes.OwnTrailDisputed, audit_disputes.NothingDisputed, audit_disputes.BeyondWhatWasSeen)
    router.add_api_route(
        "/disputes/clearances",
        clear,
        methods=["POST"],
        status_code=201,
        response_model=AuditClearance,
        operation_id=name,
        name=name,
        responses=found,
    )


def _add_reads(router: ServiceRouter, service: str) -> None:
    """The routes that compute nothing and are named after the service, since all services have them."""

    async def search(
        reader: Reader,
        page: PageRequest,
        _caller: Auditor,
        action: Annotated[str | None, Query(max_length=80)] = None,
        subject: Annotated[str | None, Query(max_length=160, description="Such as `person:0193…`")] = None,
        caller_id: Annotated[UUID | None, Query(description="Who did it")] = None,
        since: Annotated[Moment | None, Query()] = None,
        until: Annotated[Moment | None, Query()] = None,
    ) -> dict[str, object]:
        entry = audit_entry.c
        same = ((entry.action, action), (entry.subject, subject), (entry.caller_id, caller_id))
        fits = [column == wanted for column, wanted in same if wanted is not None] + _between(since, until)
        if (after := page.after_as(int)) is not None:
            fits.append(entry.position < after[0])
        query = select(audit_entry).where(*fits).order_by(entry.position.desc()).limit(page.limit + 1)
        return Page.of((await reader.execute(query)).all(), page, key=lambda row: (str(row.position),))

    async def head(reader: Reader, _caller: Annotated[Principal, allow(PUBLIC)]) -> NewestHead:
        return await _newest_head(reader, service)

    search.__doc__ = f"Search {service}'s audit trail, the newest first: who did what to what."
    head.__doc__ = f"The newest head of {service}'s audit trail, signed. It says nothing about anybody; keep it."
    _add(router, service, "", search, Page[AuditEntry])
    _add(router, service, "/head", head, NewestHead)


def _add_checks(router: ServiceRouter, service: str) -> None:
    """The routes by which an auditor compares the chain with itself and with what others hold of it."""

    async def verify(session: Session, _caller: Auditor) -> AuditVerification:
        number, head = await audit_chain.head_of(session)
        found = [AuditFinding.model_validate(one) for one in await audit_chain.verify(session)]
        return AuditVerification(number=number, head=head, findings=found)

    async def witnessed(
        session: Session, _caller: Auditor, of: Annotated[str, Query(max_length=40, description="Which service's")]
    ) -> WitnessedHeads:
        query = select(audit_witness).where(audit_witness.c.service == of).order_by(audit_witness.c.number)
        rows = (await session.execute(query)).all()
        return WitnessedHeads(data=[WitnessedHead.model_validate(row) for row in rows])

    async def disputes(reader: Reader, _caller: Auditor) -> AuditDisputes:
        found = await audit_disputes.disputes(reader)
        return AuditDisputes(data=[AuditDispute.model_validate(one) for one in found])

    verify.__doc__ = f"Compute the chain over {service}'s audit trail again and name what is not as written."
    witnessed.__doc__ = f"The heads that {service} holds of another service's chain."
    disputes.__doc__ = f"What {service} knows of audit trails, its own and others', that do not agree with held heads."
    _add(router, service, "/verification", verify, AuditVerification)
    _add(router, service, "/witnessed", witnessed, WitnessedHeads)
    _add(router, service, "/disputes", disputes, AuditDisputes)


def _add(
    router: ServiceRouter,
    service: str,
    path: str,
    endpoint: Callable[..., Awaitable[object]],
    model: type[BaseModel],
) -> None:
    name = f"{endpoint.__name__}_audit_of_{service}"
    router.add_api_route(path, endpoint, response_model=model, operation_id=name, name=name)


def router_for(service: str, witness: Witness) -> ServiceRouter:
    """The routes of one service."""
    router = ServiceRouter(prefix=f"/v1/audit/{service}", tags=["audit"])
    _add_reads(router, service)
    _add_checks(router, service)
    _add_clearing(router, service, witness)
    return router
