"""The full postcode directory: read from the package's form, and used before sectors and outcodes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import brotli
import msgpack
import pytest
from sqlalchemy import select

from builders import anonymous
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs.areas import postcodes
from hubs.areas.grid import grid_of, position_of
from hubs.areas.models import PostcodeDirectory
from hubs.areas.postcodes import COLUMNS, Outcome, PostcodePackageMissing
from hubs.areas.rules import Position
from worlds import StartService

POSTCODES: list[tuple[str, str | None, float | None, float | None]] = [
    ("OL6 6NX", "E08000008", 393841.0, 399270.0),
    ("OL6 9ZZ", "E08000004", 395000.0, 402000.0),
    ("CH4 0DN", "W06000005", 336000.0, 362000.0),
    ("CH4 8RE", "E06000050", 339700.0, 364500.0),
    ("EH1 1YZ", "S12000036", 325000.0, 673000.0),
    ("IM1 1AA", "M99999999", None, None),
    ("OL6 1AB", "E08000008", None, None),
    ("OL6 1AC", None, 393841.0, 399270.0),
]


def extract(directory: Path, rows: Sequence[tuple[Any, ...]]) -> Path:
    """Files in the package's form: one for each first letter."""
    directory.mkdir(exist_ok=True)
    for letter in {row[0][0] for row in rows}:
        mine = [row for row in rows if row[0].startswith(letter)]
        columns = {name: [row[place] for row in mine] for place, name in enumerate(COLUMNS)}
        packed = msgpack.packb({"columns": list(COLUMNS), "data": columns})
        (directory / f"postcodes_{letter}.msgpack.br").write_bytes(brotli.compress(packed))
    return directory


async def loaded(hubs: ServiceHarness, directory: Path, rows: Sequence[tuple[Any, ...]] = POSTCODES) -> Outcome:
    source = postcodes.source_of(extract(directory, rows), "NOV_2025")
    return await postcodes.import_directory(hubs.database, source, "a test", lambda line: None)


@pytest.fixture
async def network(start_service: StartService) -> ServiceHarness:
    """Areas and hubs, without a full directory."""
    return await start_service(SERVICE, loaded=["areas", "hubs"])


async def test_the_answer_says_whether_it_rests_on_the_postcode_the_sector_or_the_outcode(
    network: ServiceHarness, tmp_path: Path
) -> None:
    client = await network.client(anonymous())
    before = (await client.get("/v1/hubs/lookup", params={"postcode": "OL6 9ZZ"})).json()
    assert before["precision"] == "sector"
    await loaded(network, tmp_path / "p")
    asked = ("ol69zz", "OL6 6NX", "OL6 6AA", "OL6 1AB", "OL6 6", "OL6")
    found = [(await client.get("/v1/hubs/lookup", params={"postcode": one})).json() for one in asked]
    assert [one["precision"] for one in found] == ["postcode", "postcode", "sector", "outcode", "sector", "outcode"]
    assert (found[0]["district"]["name"], found[1]["district"]["name"]) == ("Oldham", "Tameside")
    assert found[0]["explanation"].startswith("Postcode OL6 9ZZ lies in Oldham.")


@pytest.mark.parametrize(
    ("postcode", "status", "said"),
    [
        ("CH4 0DN", 422, "Wales"),
        ("EH1 1YZ", 422, "Scotland"),
        ("IM1 1AA", 422, "the Isle of Man"),
        ("CH4 8RE", 200, "Cheshire West and Chester"),
        ("QQ1 1AA", 404, "postcode-unknown"),
    ],
)
async def test_a_nation_is_told_by_the_postcode_where_an_outcode_straddles_the_border(
    network: ServiceHarness, tmp_path: Path, postcode: str, status: int, said: str
) -> None:
    await loaded(network, tmp_path / "p")
    client = await network.client(anonymous())
    answer = await client.get("/v1/hubs/lookup", params={"postcode": postcode})
    assert answer.status_code == status
    assert said in answer.text


async def test_loading_again_writes_only_what_differs(hubs: ServiceHarness, tmp_path: Path) -> None:
    first = await loaded(hubs, tmp_path / "p")
    assert (first.postcodes, first.in_england, first.written, first.removed) == (7, 4, 7, 0)
    assert (await loaded(hubs, tmp_path / "p")).written == 0
    moved = [("OL6 6NX", "E08000004", 393841.0, 399270.0), *POSTCODES[2:]]
    again = await loaded(hubs, tmp_path / "p", moved)
    assert (again.postcodes, again.written, again.removed) == (6, 1, 1)
    async with hubs.session() as session:
        about = (await session.scalars(select(PostcodeDirectory))).one()
    assert (about.vintage, about.licence, about.postcodes, about.in_england) == ("NOV_2025", "OGL-UK-3.0", 6, 3)
    assert "Open Government Licence" in about.attribution


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(PostcodePackageMissing, match="no files"):
        postcodes.source_of(tmp_path, None)
    (tmp_path / "postcodes_A.msgpack.br").write_bytes(brotli.compress(msgpack.packb({"data": {"pcd": []}})))
    with pytest.raises(PostcodePackageMissing, match="lacks the columns laua"):
        list(postcodes.points(tmp_path / "postcodes_A.msgpack.br"))


def test_the_grid_is_that_of_the_ordnance_survey() -> None:
    """The worked example of its guide, shifted to WGS 84, and a round trip across England."""
    assert position_of(651410, 313177) == Position(52.65798, 1.71605)
    for easting, northing in ((134000, 25000), (393841, 399270), (655000, 310000), (400000, 650000)):
        east, north = grid_of(position_of(easting, northing))
        assert abs(east - easting) <= 1
        assert abs(north - northing) <= 1
