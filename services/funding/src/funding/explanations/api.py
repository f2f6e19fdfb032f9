"""`/v1/payments/{payment_id}/explanation`."""

from typing import Annotated
from uuid import UUID

from fastapi.responses import Response

from chassis.access import allow, role
from chassis.db import Reader
from chassis.errors import Responses, errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from funding.explanations import service
from funding.explanations.schemas import Explanation
from funding.recoveries.errors import PaymentNotFound
from funding.roles import READERS, SCHOOL_LEAD

router = ServiceRouter(prefix="/v1/payments", tags=["payments"])

Asking = Annotated[Principal, allow(role(*READERS, SCHOOL_LEAD))]
TEXT: Responses = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}
PRIVATE = {"Cache-Control": "private, no-store"}


@router.get("/{payment_id}/explanation", responses=errors(PaymentNotFound))
async def explain_payment(payment_id: UUID, reader: Reader, caller: Asking) -> Explanation:
    """Explain a pound: from a payment back to its claim, decision, rule version, facts, evidence, people and postings.

    By the payment's own id, or by that of its claim: then the last payment of it, since one that the bank sends back is
    made again. A school's lead sees the school's own, without people and postings.
    """
    return await service.explain(reader, caller, payment_id)


@router.get("/{payment_id}/explanation.txt", response_class=Response, responses={**TEXT, **errors(PaymentNotFound)})
async def explain_payment_in_words(payment_id: UUID, reader: Reader, caller: Asking) -> Response:
    """The same in plain English, a sentence a line."""
    told = await service.explain(reader, caller, payment_id)
    return Response("\n".join(told.sentences) + "\n", media_type="text/plain; charset=utf-8", headers=PRIVATE)
