"""What the capacity page computes is what the manifests allow, and grows with the load."""

import re
from dataclasses import replace

import pytest

from ncce_cli import capacity
from ncce_cli.capacity import MEASURED, NATIONAL, TEN_TIMES, Load, need_rows
from ncce_cli.parts import ROOT

NEEDS = dict(need_rows(MEASURED))


def number(what: str, load: Load) -> float:
    return float(NEEDS[what](load).replace(",", ""))


def test_the_countrys_load_fits_what_the_manifests_allow() -> None:
    most = re.search(r"maxReplicas: (\d+)", (ROOT / "deploy/k8s/process/serve.yaml").read_text())
    allowed = re.search(r"max_connections: \"(\d+)\"", (ROOT / "deploy/k8s/databases/databases.yaml").read_text())
    assert most
    assert allowed
    assert number("replicas of the busiest `serve`", NATIONAL) <= int(most[1])
    for load in (NATIONAL, TEN_TIMES):
        assert number("connections to the busiest database", load) <= int(allowed[1])


@pytest.mark.parametrize("what", NEEDS)
def test_ten_times_the_people_never_need_less(what: str) -> None:
    assert number(what, TEN_TIMES) >= number(what, NATIONAL)


def test_a_second_of_the_worst_minute_is_counted_from_people_to_requests() -> None:
    one = replace(NATIONAL, people=190, active_share=1, sessions_a_year=1, requests_a_session=3_600, visitors_a_day=0)
    assert one.requests_a_day == 3_600
    assert one.requests_a_second == pytest.approx(0.25 * 5)
    assert capacity.replicas(2 * capacity.BUSY + 0.01) == 3
