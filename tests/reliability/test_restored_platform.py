"""One database of a whole platform is put back by some minutes, with a hundred thousand events behind it.

`./ncce test --campaign restored_platform --seed 1 --minutes 5`. Funding is put back first: everything that it had heard
since is named and told again. Then hubs: everything that others know of it and it does not is named. Then funding once
more, to a moment before it had heard of any school: a hundred thousand events are told again at once.
"""

import asyncio
import json
import random
import time
from collections import Counter

import pytest

from funding_facts import school_changed
from ncce_cli.parity import NOT_HEARD
from platform_harness import Platform
from real_parts import until
from under_faults.load import load_of
from under_faults.restores import Named, Shelf, apart, tell, unheard

EVENTS, FIRST_URN = 100_000, 200_000
LOST = 200
"""Schools of which hubs tells between the copy and the restore, beside what clients do meanwhile."""
AT_ONCE = 4
PATIENCE_SECONDS = 1200
KNOWN = "SELECT urn, name, sequence, is_open, as_of_on FROM school ORDER BY urn"


@pytest.mark.campaign
async def test_a_restored_platform_names_all_that_was_lost_and_hears_it_once(
    platform: Platform, pytestconfig: pytest.Config
) -> None:
    seed, minutes = pytestconfig.getoption("--seed"), pytestconfig.getoption("--minutes")
    shelf, chosen = Shelf(platform), random.Random(seed)
    await at_rest(shelf)
    await shelf.copy("funding", "funding_before_all")
    begun = time.monotonic()
    await tell(platform, [school_changed(str(FIRST_URN + number)) for number in range(EVENTS)])
    await at_rest(shelf)
    say(f"{EVENTS} events told and heard by three services in {time.monotonic() - begun:.0f} s")
    for service in ("funding", "hubs"):
        await shelf.copy(service, f"{service}_before")
    renamed = await work(platform, chosen, seed, minutes)
    await at_rest(shelf)
    was = await shelf.rows("funding", KNOWN)

    await shelf.put_back("funding", "funding_before")
    platform.run("events", "leap", "funding")
    lost = await named_as_they_are(platform, shelf)
    assert sum(what == NOT_HEARD and who == "funding-keep-school-facts" for who, _, what in lost) == len(renamed)
    await healed(platform, shelf, lost)
    assert await shelf.rows("funding", KNOWN) == was

    await shelf.put_back("hubs", "hubs_before")
    platform.run("events", "leap", "hubs")
    await named_as_they_are(platform, shelf)

    await shelf.put_back("funding", "funding_before_all")
    platform.run("events", "leap", "funding")
    lost = await named_as_they_are(platform, shelf)
    assert sum(what == NOT_HEARD for _, _, what in lost) >= EVENTS
    seconds = await healed(platform, shelf, lost)
    assert len(await shelf.rows("funding", KNOWN)) >= EVENTS
    say(f"{len(lost) * 60 / seconds:.0f} a minute")


def say(figure: str) -> None:
    """A figure of the campaign."""
    print(figure, flush=True)  # noqa: T201  what a campaign prints is its result


async def at_rest(shelf: Shelf) -> None:
    """Wait until everybody has heard everything."""

    async def nothing_is_to_come() -> bool:
        await asyncio.sleep(1)
        return await unheard(shelf) == 0

    await until(nothing_is_to_come, PATIENCE_SECONDS)


async def work(platform: Platform, chosen: random.Random, seed: int, minutes: float) -> set[str]:
    """Minutes in which clients do what they do, and hubs tells of some schools anew; which."""
    load = load_of(platform, seed)
    await load.begin(AT_ONCE)
    renamed = [str(FIRST_URN + number) for number in chosen.sample(range(EVENTS), LOST)]
    for urn in renamed:
        await tell(platform, [school_changed(urn, name=f"School {urn}, renamed", is_open=chosen.random() < 0.5)])
        await asyncio.sleep(minutes * 60 / LOST)
    await load.end()
    say(f"{minutes} minutes: {load.journal.requests} requests, {dict(load.journal.done)}")
    await load.close()
    return set(renamed)


async def named_as_they_are(platform: Platform, shelf: Shelf) -> set[Named]:
    """What `parity` names, which has to be just what is there."""
    begun, lost = time.monotonic(), await apart(shelf)
    done = await asyncio.to_thread(platform.done, "parity", "--settled-seconds", "0", "--json", seconds=1200)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    named = {(one["consumer"], one["event_id"], one["problem"]) for one in lines}
    say(f"{len(named)} differences named in {time.monotonic() - begun:.1f} s: {Counter(one[2] for one in named)}")
    assert named == lost
    return named


async def healed(platform: Platform, shelf: Shelf, lost: set[Named]) -> float:
    """Have told again what was not heard; how long it took. What only others know stays named, and nothing else."""
    begun = time.monotonic()
    done = await asyncio.to_thread(platform.done, "parity", "--settled-seconds", "0", "--heal", seconds=1200)
    assert "will be told again" in done.stdout, done.stderr
    told = time.monotonic() - begun
    await at_rest(shelf)
    seconds = time.monotonic() - begun
    say(f"healed in {seconds:.1f} s, of which {told:.1f} s until all was marked")
    assert {one for one in await apart(shelf) if one in lost} == {one for one in lost if one[2] != NOT_HEARD}
    return seconds
