"""The database away for minutes under load: everybody is told so at once, no process ends, all goes on when it is back.

`./ncce test --campaign database_away --seed 1 --minutes 10`, which is also the most. Seconds of it are in every run
(`tests/e2e/test_journey.py`).
"""

from collections import Counter

import pytest

from platform_harness import Platform
from under_faults.database import Absence, Answer, absence_of_the_database
from under_faults.growth import Growth
from under_faults.judge import judge
from under_faults.load import load_of
from under_faults.stretches import go_on

AT_ONCE = 3
MOST_MINUTES = 10.0
WARM_SECONDS = 20.0
NOT_READY_SECONDS, ANSWER_SECONDS, READY_SECONDS = 2.0, 0.2, 10.0


@pytest.mark.campaign
async def test_database_away_for_minutes_is_told_at_once_and_all_goes_on_by_itself_when_it_is_back(
    platform_without_quotas: Platform, pytestconfig: pytest.Config
) -> None:
    platform = platform_without_quotas
    seed, minutes = pytestconfig.getoption("--seed"), min(pytestconfig.getoption("--minutes"), MOST_MINUTES)
    load, growth = load_of(platform, seed), Growth()
    load.journal.patience_seconds += minutes * 60
    await load.begin(AT_ONCE)
    await go_on(platform, load, WARM_SECONDS)
    absence = await absence_of_the_database(platform, load, minutes * 60, growth)
    journal = load.journal
    asked = (one.status for one in journal.asked if absence.stopped_at <= one.began < absence.back_at)
    print(  # noqa: T201  the campaign's figures
        f"\nseed {seed}, {minutes:g} minutes: {journal.requests} requests, {journal.asked_again} asked again,"
        f" {len(journal.writes)} acknowledged writes; while it was away {dict(Counter(asked))}",
        *absence.told(),
        *growth.told(),
        sep="\n",
        flush=True,
    )
    found = await judge(platform, load)
    await load.close()
    assert found + growth.grown() + absence.wrong() == []
    assert max(absence.not_ready_after.values()) <= NOT_READY_SECONDS
    assert absence.p99 <= ANSWER_SECONDS
    assert absence.ready_after <= READY_SECONDS


def an_absence(**ready: str) -> Absence:
    """From the tenth second to the twentieth; what each process answered to a look every second from the ninth on."""
    absence = Absence({name: ["7", "1"] for name in ready})
    absence.stopped_at, absence.over_at, absence.back_at = 10.0, 19.0, 20.0
    absence.live = [Answer("hubs-serve live", 200, 0.01, 15.0)]
    absence.answers = [Answer("/v1/schemes", 503, 0.01, 12.0)]
    words = {"r": 200, "-": 503, "!": 500}
    absence.ready = {
        name: [Answer(name, words[one], 0.01, 9.5 + second) for second, one in enumerate(told)]
        for name, told in ready.items()
    }
    return absence


def test_what_is_said_falsely_while_the_database_is_away_is_found() -> None:
    gateway = "r" * 14
    right = an_absence(gateway=gateway, hubs_serve="rr----------rr")
    assert (right.wrong(), right.not_ready_after, right.ready_after) == ([], {"hubs_serve": 1.5}, 1.5)
    assert an_absence(gateway=gateway, hubs_serve="r" * 14).wrong() == ["hubs_serve: never said not to be ready"]
    assert an_absence(gateway=gateway, hubs_serve="rr--r-------rr").wrong() == [
        "hubs_serve: ready 200 without a database"
    ]
    assert an_absence(gateway=gateway, hubs_serve="rr--!-------rr").wrong() == [
        "hubs_serve: ready 500 without a database"
    ]
    assert an_absence(gateway="r" * 13 + "-").wrong() == ["gateway not ready: 503"]
    right.after = {"gateway": ["7", "1"], "hubs_serve": ["8", "3"]}
    right.live.append(Answer("hubs-serve live", None, 3.0, 13.0))
    right.answers += [Answer("/v1/me", 401, 0.01, 13.0), Answer("/v1/me", 500, 0.01, 14.0)]
    assert right.wrong() == [
        "/v1/me: 401 without a database",
        "/v1/me: 500 without a database",
        "hubs-serve live: None",
        "hubs_serve: another process",
    ]
