"""The route by which auditors read how long a service keeps what, and what its rules have met."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from chassis import clock
from chassis.access import allow, role
from chassis.db import Reader
from chassis.principal import Principal
from chassis.retention import Basis, Line, Retention, last_runs
from chassis.routing import ServiceRouter

Overseer = Annotated[Principal, allow(role("auditor", "administrator"))]


class RetentionLine(BaseModel):
    """One table, or a part of one: what it is, why it is held and until when."""

    rule: str
    table: str
    what: str
    why: str
    basis: Basis = Field(description="Of UK GDPR Article 6(1)")
    until: str
    then: Literal["delete", "pseudonymise", "stays"]
    keep_days: int | None = Field(description="Counted from `since`; null where nothing happens by itself")
    since: str | None = Field(description="The column that time is counted from")
    last_ran_at: datetime | None = None
    last_found: int | None = Field(None, description="How many rows it met then")
    due_now: int | None = Field(None, description="With `count_due`: how many rows it would meet now")


class RetentionTable(BaseModel):
    """How long one service keeps what it holds about people."""

    service: str
    data: list[RetentionLine]
    about_nobody: dict[str, str] = Field(description="Tables that might look like people's, and why they are not")


def router_for(service: str, retention: Retention) -> ServiceRouter:
    """The route of one service."""
    router = ServiceRouter(prefix=f"/v1/privacy/retention/{service}", tags=["privacy"])

    async def lines(
        reader: Reader,
        _caller: Overseer,
        count_due: Annotated[bool, Query(description="A dry run: count what each rule would meet now")] = False,
    ) -> RetentionTable:
        ran = await last_runs(reader)
        told = [_told(line, ran) for line in retention.lines]
        if count_due:
            for one, line in zip(told, retention.lines, strict=True):
                one.due_now = await retention.count_due(reader, line, clock.now()) if line.since else None
        return RetentionTable(service=service, data=told, about_nobody=dict(retention.about_nobody))

    lines.__doc__ = f"How long {service} keeps what it holds about people, and what its rules last met."
    name = f"get_{service}_retention"
    router.add_api_route("", lines, response_model=RetentionTable, operation_id=name, name=name)
    return router


def _told(line: Line, ran: dict[str, tuple[datetime, int]]) -> RetentionLine:
    ran_at, found = ran.get(line.name, (None, None))
    said: dict[str, object] = {name: getattr(line, name) for name in ("table", "what", "why", "basis", "until", "then")}
    timed = {"keep_days": line.keep.days, "since": line.since} if line.since else {"keep_days": None, "since": None}
    return RetentionLine(rule=line.name, last_ran_at=ran_at, last_found=found, **said, **timed)
