"""What people may ask about themselves."""

from typing import Annotated

from chassis.access import ENROLLING, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.people import service
from identity.people.errors import PersonNotFound
from identity.people.schemas import Me

router = ServiceRouter(prefix="/v1/me", tags=["people"])


@router.get("", response_model=Me, responses=errors(PersonNotFound))
async def describe_me(reader: Reader, caller: Annotated[Principal, allow(ENROLLING)]) -> Me:
    """Tell the signed-in person what is held about them."""
    return await service.describe_person(reader, caller.id)
