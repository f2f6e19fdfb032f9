"""Routes of progress."""

from typing import Annotated

from certification.endorsements import queries as endorsements
from certification.endorsements.schemas import EndorsementOut
from certification.progress import service
from certification.progress.schemas import Progress
from chassis.access import SIGNED_IN, allow
from chassis.db import Reader
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1/progress", tags=["progress"])


@router.get("")
async def get_progress(reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)]) -> Progress:
    """Credits recorded and needed per component and scheme, why a scheme is not complete, what would help next."""
    assert caller.id is not None
    endorsed = [endorsements.told_of(row) for row in await endorsements.standing_for(reader, caller.id)]
    data = await service.progress_of(reader, caller.id)
    return Progress(data=data, endorsements=[EndorsementOut.model_validate(one) for one in endorsed])
