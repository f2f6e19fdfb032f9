"""Routes of schemes."""

from typing import Annotated

from fastapi import Path

from certification.schemes import queries
from certification.schemes.errors import SchemeNotFound, SchemeVersionNotFound
from certification.schemes.schemas import SchemeList, SchemeOut, SchemeVersionDetail
from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1/schemes", tags=["schemes"])

Slug = Annotated[str, Path(max_length=60, examples=["secondary"])]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, examples=[1])]


@router.get("")
async def list_schemes(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> SchemeList:
    """The certificate schemes, each with every version of its rules, their dates and their source."""
    return SchemeList(data=await queries.all_schemes(reader))


@router.get("/{scheme}", responses=errors(SchemeNotFound))
async def get_scheme(scheme: Slug, reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> SchemeOut:
    """One scheme with every version of its rules."""
    return await queries.one_scheme(reader, scheme)


@router.get("/{scheme}/versions/{version}", responses=errors(SchemeVersionNotFound))
async def get_scheme_version(
    scheme: Slug, version: Number, reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]
) -> SchemeVersionDetail:
    """One version of a scheme's rules, with the cases that it passed before it was published."""
    return await queries.one_version(reader, scheme, version)
