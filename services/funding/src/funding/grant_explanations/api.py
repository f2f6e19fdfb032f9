"""`/v1/payables/{payable_id}/explanation`."""

from typing import Annotated
from uuid import UUID

from fastapi.responses import Response

from chassis.access import SIGNED_IN, allow
from chassis.db import Reader
from chassis.errors import Responses, errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from funding.grant_explanations import service
from funding.grant_explanations.errors import PayableNotFound
from funding.grant_explanations.schemas import GrantExplanation

router = ServiceRouter(prefix="/v1/payables", tags=["payments"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]
TEXT: Responses = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}
PRIVATE = {"Cache-Control": "private, no-store"}


@router.get("/{payable_id}/explanation", responses=errors(PayableNotFound))
async def explain_payable(payable_id: UUID, reader: Reader, caller: SignedIn) -> GrantExplanation:
    """Explain a pound of a grant: from its payment back to drawdown or claim, award, calculation, card and people.

    A payment run names it as `award_id` where `award_kind` is `payable`. The recipient's people see their own, without
    other people and without postings.
    """
    return await service.explain(reader, caller, payable_id)


@router.get("/{payable_id}/explanation.txt", response_class=Response, responses={**TEXT, **errors(PayableNotFound)})
async def explain_payable_in_words(payable_id: UUID, reader: Reader, caller: SignedIn) -> Response:
    """The same in plain English, a sentence a line."""
    told = await service.explain(reader, caller, payable_id)
    return Response("\n".join(told.sentences) + "\n", media_type="text/plain; charset=utf-8", headers=PRIVATE)
