"""Routes of schemes."""

from typing import Annotated

from certification.schemes import queries
from certification.schemes.schemas import SchemeList
from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1/schemes", tags=["schemes"])


@router.get("")
async def list_schemes(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> SchemeList:
    """The certificate schemes, each with every version of its rules, their dates and their source."""
    return SchemeList(data=await queries.all_schemes(reader))
