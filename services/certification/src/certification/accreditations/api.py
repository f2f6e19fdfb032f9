"""`/v1/accreditations`: what projects of networks accredited the caller as."""

from typing import Annotated

from certification.accreditations.schemas import AccreditationList, AccreditationOut
from certification.accreditations.service import accreditations_of
from chassis.access import SIGNED_IN, allow
from chassis.db import Reader
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1/accreditations", tags=["certificates"])


@router.get("")
async def list_accreditations(reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)]) -> AccreditationList:
    """Your accreditations, such as that of a lead of professional development."""
    rows = await accreditations_of(reader, [caller.id] if caller.id else [])
    return AccreditationList(data=[AccreditationOut.model_validate(row) for row in rows])
