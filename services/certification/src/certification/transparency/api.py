"""Routes of the log. All are public: it holds nothing about anybody."""

from typing import Annotated

from fastapi import Path, Query

from certification.settings import OwnSettings
from certification.transparency import queries
from certification.transparency.errors import LogSizesReversed, LogTooShort
from certification.transparency.queries import Inclusion
from certification.transparency.schemas import (
    ConsistencyProof,
    InclusionProof,
    LogEntryOut,
    LogHead,
    TreeHead,
    VerificationKeys,
)
from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1/transparency", tags=["transparency"])

Anybody = Annotated[Principal, allow(PUBLIC)]
LARGEST = 2**53 - 1
Position = Annotated[int, Path(ge=0, le=LARGEST)]
Size = Annotated[int, Query(ge=1, le=LARGEST)]


@router.get("/keys")
async def list_log_keys(reader: Reader, settings: OwnSettings, caller: Anybody) -> VerificationKeys:
    """The public keys that heads of the log are signed with: the first signs now, the others did up to some size."""
    signed = await queries.signed_up_to(reader)
    current, *others = settings.loaded_head_keys.public()
    retired = [{**key, "signs_up_to": signed[key["kid"]]} for key in others if key["kid"] in signed]
    return VerificationKeys.model_validate({"keys": [current, *retired]})


@router.get("/head", response_model=LogHead)
async def get_log_head(reader: Reader, caller: Anybody) -> dict[str, object]:
    """The newest signed head. Keep it: a later log has to be consistent with it."""
    return {"head": await queries.head(reader)}


@router.get("/heads/{tree_size}", response_model=TreeHead, responses=errors(LogTooShort))
async def get_head_of_size(
    tree_size: Annotated[int, Path(ge=1, le=LARGEST)], reader: Reader, caller: Anybody
) -> object:
    """The head that was signed when the log had this many entries."""
    return await queries.head(reader, tree_size)


@router.get("/entries", response_model=Page[LogEntryOut])
async def list_issuance_entries(reader: Reader, page: PageRequest, caller: Anybody) -> dict[str, object]:
    """Everything that was ever logged, in order."""
    rows = await queries.entries(reader, page)
    return Page.of(rows, page, key=lambda row: (str(row["position"]),))


@router.get("/entries/{position}/proof", response_model=InclusionProof, responses=errors(LogTooShort))
async def prove_inclusion(
    position: Position, reader: Reader, caller: Anybody, tree_size: Size | None = None
) -> Inclusion:
    """Prove that an entry is in the log of a size, or in the newest."""
    return await queries.inclusion(reader, position, tree_size)


@router.get("/consistency", response_model=ConsistencyProof, responses=errors(LogTooShort, LogSizesReversed))
async def prove_consistency(reader: Reader, older: Size, newer: Size, caller: Anybody) -> dict[str, object]:
    """Prove that the log of one size is the beginning of the log of another."""
    return {"older": older, "newer": newer, "path": await queries.consistency(reader, older, newer)}
