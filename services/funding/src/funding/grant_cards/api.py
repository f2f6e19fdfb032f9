"""`/v1/grant-cards` and `/v1/grant-calculations`."""

from typing import Annotated

from fastapi import Path, Query

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.bursaries.schemas import ApprovalDecision
from funding.grant_cards import service
from funding.grant_cards.errors import (
    CalculationTooLarge,
    CardDecided,
    CardNotFound,
    CardVersionTaken,
    ExamplesDiffer,
    InputsRefused,
    SameCardPerson,
)
from funding.grant_cards.rules import Calculation
from funding.grant_cards.schemas import CalculationRequest, CardList, CardOut, CardProposal, CardVersion
from funding.roles import APPROVER, OFFICER

cards = ServiceRouter(prefix="/v1/grant-cards", tags=["grants"])
calculations = ServiceRouter(prefix="/v1/grant-calculations", tags=["grants"])

Anybody = Annotated[Principal, allow(PUBLIC)]
CardCode = Annotated[str, Path(max_length=60)]


@calculations.post("", responses=errors(CardNotFound, InputsRefused, CalculationTooLarge))
async def calculate_grant(body: CalculationRequest, reader: Reader, caller: Anybody) -> Calculation:
    """What a card comes to for these inputs, line by line. Nothing is stored or held."""
    return await service.preview(reader, body)


@cards.get("")
async def list_grant_cards(
    reader: Reader,
    caller: Anybody,
    programme: Annotated[str | None, Query(max_length=60, description="Only cards of this programme")] = None,
    project_year: Annotated[str | None, Query(pattern=r"^20\d\d-\d\d$", description="Only of this year")] = None,
) -> CardList:
    """Approved cards with all that they pay; funding staff and auditors see drafts too."""
    return CardList(data=await service.list_cards(reader, caller, programme, project_year))


@cards.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(CardVersionTaken, ExamplesDiffer),
)
async def propose_grant_card(
    body: CardProposal, session: Session, caller: Annotated[Principal, allow(role(OFFICER))]
) -> CardOut:
    """Propose a version; the worked examples in it have to come out."""
    await service.propose(session, caller, body.document)
    return await service.find_card(session, caller, body.document.card, body.document.version)


@cards.get("/{card_code}/versions/{card_version}", responses=errors(CardNotFound))
async def get_grant_card(card_code: CardCode, card_version: CardVersion, reader: Reader, caller: Anybody) -> CardOut:
    """One version of a card."""
    return await service.find_card(reader, caller, card_code, card_version)


@cards.post(
    "/{card_code}/versions/{card_version}/decision",
    dependencies=[IDEMPOTENT],
    responses=errors(CardNotFound, CardDecided, CardVersionTaken, SameCardPerson),
)
async def decide_grant_card(
    card_code: CardCode,
    card_version: CardVersion,
    body: ApprovalDecision,
    session: Session,
    caller: Annotated[Principal, allow(role(APPROVER))],
) -> CardOut:
    """Approve or decline a draft, as a person other than the one who proposed it."""
    await service.decide(session, caller, card_code, card_version, body)
    return await service.find_card(session, caller, card_code, card_version)
