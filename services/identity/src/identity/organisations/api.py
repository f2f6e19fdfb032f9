"""Who takes part in the programme."""

from typing import Annotated

from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.organisations import queries
from identity.organisations.schemas import OrganisationOut

router = ServiceRouter(prefix="/v1/organisations", tags=["organisations"])


@router.get("", response_model=Page[OrganisationOut])
async def list_organisations(
    reader: Reader, page: PageRequest, _caller: Annotated[Principal, allow(PUBLIC)]
) -> dict[str, object]:
    """List the organisations and what each is responsible for."""
    rows = await queries.list_organisations(reader, page)
    return Page.of(rows, page, key=lambda row: (row.slug,))
