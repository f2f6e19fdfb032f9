"""Five times what a platform can bear, at a rate that heeds nobody: who is refused, who is served, and the time after.

`./ncce test --campaign five_times_the_load --seed 1`: five minutes, which is also the most (`--minutes`). The gateway
and all services are processes as `./ncce up` starts them. Whoever asks and the gateway have a processor apart from the
services, the databases and the broker: on one machine, refusing would take from answers what in life it does not.
NCCE_CONNECTIONS: how many questions the gateway lets be under way at a service, at most.
"""

import json
import resource
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from left_running import owner_of
from platform_harness import Platform
from real_parts import until
from under_faults.backlog import Backlog
from under_faults.crowd import FIRST, KINDS, Crowd
from under_faults.judge import judge
from under_faults.offering import Lines, Tally, ask_on, offer

MOST_MINUTES, TIMES, TEACHERS, FIRST_SHARE = 5.0, 5, 40, 0.01
CALM_PER_SECOND, CALM_SECONDS, PEAK_SECONDS, PEAK_CLIENTS = 20.0, 20.0, 15.0, (8, 16, 32)
ALONE_SECONDS, ALONE_CLIENTS = 5.0, 8
LOOK_SECONDS, AFTER_SECONDS, AFTER_SHARE = 0.5, 10.0, 0.8
RECOVERY_SECONDS, GIVEN_UP_SECONDS, GOODPUT, AMPLIFIED = 10.0, 60.0, 0.9, 0.1


@dataclass
class Figures:
    """What a run found."""

    seconds: float
    calm: Tally
    alone: dict[str, float]
    """How many of a kind are answered in a second, and heard of by everybody, when nothing else is asked for."""
    peaks: dict[int, Tally]
    """By how many asked one after another."""
    flood: Tally
    own_share: float
    """Of a processor, that those who ask took during the flood."""
    recovery_seconds: float
    after: Tally

    @property
    def peak(self) -> float:
        """Answers a second, at most."""
        return max(one.served() for one in self.peaks.values()) / PEAK_SECONDS

    @property
    def goodput(self) -> float:
        """What was answered during the flood, as a part of what is at the peak.

        Each answer counts for the time that one takes when nothing else is asked for: a changed place is work for
        dozens of lists, and as it goes first a flood brings more of them than the peak had.
        """
        at_the_peak = max(self._worked(one) for one in self.peaks.values()) / PEAK_SECONDS
        return self._worked(self.flood) / self.seconds / at_the_peak

    def _worked(self, tally: Tally) -> float:
        return sum(tally.served(kind) / per_second for kind, per_second in self.alone.items())

    def __str__(self) -> str:
        first = self.flood.served(*FIRST) / max(1, self.flood.statuses(*FIRST).total())
        return "\n".join((
            f"calm: {self.calm}",
            "alone: " + ", ".join(f"{kind} {per_second:.0f}/s" for kind, per_second in self.alone.items()),
            *(f"{clients} at once: {one.served() / PEAK_SECONDS:.0f}/s: {one}" for clients, one in self.peaks.items()),
            f"offered {self.flood.statuses().total()}: {self.flood}",
            f"goodput {self.goodput:.3f} by work, {self.flood.served() / self.seconds / self.peak:.3f} by number"
            f" of a peak of {self.peak:.0f}/s; first rank answered {first:.4f}",
            f"p99 {self.flood.p99() / self.calm.p99():.1f} times that of calm",
            f"whole after {self.recovery_seconds:.1f} s",
            f"after: {self.after}; those who ask took {self.own_share:.2f} of a processor",
        ))  # fmt: skip


@pytest.mark.campaign
async def test_five_times_the_load_for_minutes_loses_nothing_and_is_over_when_it_is_over(
    platform_on_other_processors: Platform, pytestconfig: pytest.Config
) -> None:
    platform = platform_on_other_processors
    under_way = platform.setting("GATEWAY_UPSTREAM_CONNECTIONS")
    seed, minutes = pytestconfig.getoption("--seed"), min(pytestconfig.getoption("--minutes"), MOST_MINUTES)
    crowd = Crowd(platform.state.base_url, platform.home.mail, seed, FIRST_SHARE)
    await crowd.begin_crowd(TEACHERS)
    before, asked = _identities(platform), _asked(platform)
    backlog = Backlog(platform.databases())
    figures = await _flooded(Lines(int(platform.setting("NCCE_PORT"))), crowd, backlog, minutes * 60)
    told = _asked(platform)
    unsure = await crowd.ask_the_unsure()
    await crowd.end()
    repeated = {name: one["repeated"] - asked[name]["repeated"] for name, one in told.items()}
    shed = {name: one["shed_by_rank"] for name, one in told.items()}
    print(  # noqa: T201  the campaign's figures
        f"\nseed {seed}, {minutes:g} minutes, {under_way} under way at a service",
        figures,
        f"repeated {repeated}, shed {shed}; of {unsure} changes nobody knew what had become of them",
        sep="\n",
        flush=True,
    )
    found = await judge(platform, crowd)
    await crowd.close()
    assert (found, _identities(platform)) == ([], before)
    assert figures.recovery_seconds <= RECOVERY_SECONDS
    assert figures.goodput >= GOODPUT
    assert sum(repeated.values()) <= AMPLIFIED * figures.flood.statuses().total()


async def _flooded(lines: Lines, crowd: Crowd, backlog: Backlog, seconds: float) -> Figures:
    """Calm, the peak, five times as much, and the time after."""
    calm = await offer(lines, crowd.draw, CALM_PER_SECOND, CALM_SECONDS)
    alone = {kind: await _alone(lines, crowd, kind, backlog) for kind in KINDS}
    peaks = {clients: await ask_on(lines, crowd.draw, clients, PEAK_SECONDS) for clients in PEAK_CLIENTS}
    peak = max(one.served() for one in peaks.values()) / PEAK_SECONDS
    own = _own_seconds()
    flood = await offer(lines, crowd.draw, peak * TIMES, seconds)
    share = (_own_seconds() - own) / seconds
    ended = time.monotonic()
    while not _is_whole(await offer(lines, crowd.draw, peak * AFTER_SHARE, LOOK_SECONDS)):
        assert time.monotonic() - ended < GIVEN_UP_SECONDS
    recovery = time.monotonic() - ended
    after = await offer(lines, crowd.draw, peak * AFTER_SHARE, AFTER_SECONDS)
    lines.close()
    return Figures(seconds, calm, alone, peaks, flood, share, recovery, after)


async def _alone(lines: Lines, crowd: Crowd, kind: str, backlog: Backlog) -> float:
    """How many are answered in a second, with all that follows from them."""
    since, begun = datetime.now(UTC), time.monotonic()
    answered = (await ask_on(lines, partial(crowd.draw_of, kind), ALONE_CLIENTS, ALONE_SECONDS)).served()
    if kind in FIRST:
        events = await backlog.since(since)
        await until(lambda: backlog.is_heard(events), GIVEN_UP_SECONDS)
    return answered / (time.monotonic() - begun)


def _identities(platform: Platform) -> dict[str, list[str]]:
    return {name: owner_of(one.pid) for name, one in platform.state.processes.items() if one.pid}


def _is_whole(tally: Tally) -> bool:
    return tally.served() == tally.statuses().total()


def _own_seconds() -> float:
    """Of the processor, that this process took until now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _asked(platform: Platform) -> dict[str, Any]:
    """What the gateway tells of each service."""
    with urllib.request.urlopen(f"http://127.0.0.1:{platform.state.gateway_admin_port}/services", timeout=30) as page:
        return {one["name"]: one for one in json.loads(page.read())}
