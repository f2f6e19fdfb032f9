"""The routes by which administrators see what a merge did in a service, and what of it a person has to settle."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import known_as
from chassis.access import allow, role
from chassis.db import Reader
from chassis.errors import NotFound, errors
from chassis.known_as import Merge
from chassis.merged_people import PersonTables
from chassis.principal import Principal
from chassis.routing import ServiceRouter


class MergeNotHeard(NotFound):
    """The service has not heard of the merge, or there is none."""

    code, title = "merge-not-heard", "Nothing is known of such a merge here"

    def __init__(self) -> None:
        super().__init__("If it was decided just now, ask again in a moment.")


@dataclass(frozen=True)
class Question:
    """Something that a person has to settle, since no rule may."""

    code: str
    about: str
    detail: str


Ask = Callable[[AsyncConnection, Merge], Awaitable[Sequence[Question]]]


class MergeQuestion(BaseModel):
    """Something that a person has to settle, since no rule may."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(examples=["two-places-on-a-run"])
    about: str = Field(examples=["course-run:0193a5c6-5c1e-7a6b-9a57-3f4a0f0c9a11"])
    detail: str


class MergeEffects(BaseModel):
    """What a merge did in one service."""

    merge_id: UUID
    kept_id: UUID
    merged_id: UUID
    merged_at: datetime
    separated_at: datetime | None
    moved: dict[str, int] = Field(description="Rows by table that the kept person has from the merged one")
    stayed: dict[str, list[dict[str, str]]] = Field(
        description="Keys by table of rows that stay with the merged id: the kept person has one like it"
    )
    stays_by_rule: dict[str, str] = Field(description="Tables whose rows stay under the id they were made for, and why")
    questions: list[MergeQuestion] = Field(description="What a person has to settle")


async def nothing_to_ask(_reader: AsyncConnection, _merge: Merge) -> Sequence[Question]:
    """Where rules settle everything."""
    return ()


def router_for(service: str, tables: PersonTables, ask: Ask = nothing_to_ask) -> ServiceRouter:
    """The route of one service."""
    router = ServiceRouter(prefix=f"/v1/merge-effects/{service}", tags=["merges"])

    async def effects(
        merge_id: UUID, reader: Reader, _caller: Annotated[Principal, allow(role("administrator", "auditor"))]
    ) -> MergeEffects:
        merge = await known_as.find(reader, merge_id)
        if merge is None:
            raise MergeNotHeard
        found = await tables.effects(reader, merge)
        questions = await ask(reader, merge) if merge.separated_at is None else ()
        return MergeEffects(
            **vars(merge),
            moved=found.moved,
            stayed=found.stayed,
            stays_by_rule=dict(tables.stays),
            questions=[MergeQuestion.model_validate(one) for one in questions],
        )

    effects.__doc__ = f"What a merge of two people did in {service}, and what of it a person has to settle."
    name = f"get_merge_effects_in_{service}"
    responses = errors(MergeNotHeard)
    router.add_api_route(
        "/{merge_id}", effects, response_model=MergeEffects, operation_id=name, name=name, responses=responses
    )
    return router
