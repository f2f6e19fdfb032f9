"""Tests get engines of tests before them, and each its own database."""

from sqlalchemy import text

from engines import MovingDatabase, database_for
from harness import Databases, settings_for
from sample_service.app import SERVICE


async def name_at(database: MovingDatabase) -> set[str]:
    """What the server says of both engines' connections."""
    async with database.engine.connect() as writing, database.reads.connect() as reading:
        told = [(await one.execute(text("SELECT current_database()"))).scalar_one() for one in (writing, reading)]
    return set(told)


async def test_an_engine_goes_on_with_the_next_tests_database(databases: Databases) -> None:
    urls = [await databases.empty() for _ in range(3)]
    first = database_for(settings_for(SERVICE, urls[0]), "engines")
    assert await name_at(first) == {urls[0].rpartition("/")[2]}
    beside = database_for(settings_for(SERVICE, urls[1]), "engines")
    assert beside is not first
    await first.retire()
    unlike = database_for(settings_for(SERVICE, urls[2], statement_timeout_ms=200), "engines")
    again = database_for(settings_for(SERVICE, urls[2]), "engines")
    assert again is first
    assert unlike is not first
    assert await name_at(again) == await name_at(unlike) == {urls[2].rpartition("/")[2]}
    for one in (beside, unlike, again):
        await one.close()
    for url in urls:
        await databases.drop(url)


async def test_an_engine_that_somebody_listens_to_serves_no_other_test(databases: Databases) -> None:
    url = await databases.empty()
    first = database_for(settings_for(SERVICE, url), "watched engines")
    first.watched = True
    await first.retire()
    assert database_for(settings_for(SERVICE, url), "watched engines") is not first
    await databases.drop(url)
