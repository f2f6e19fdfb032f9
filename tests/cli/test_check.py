"""What `ncce check` finds between services, and what it leaves out because it was only on its way."""

from typing import Any

import pytest

from chassis.invariants import Invariants
from corruptions import SERVICES
from ncce_cli import check
from ncce_cli.check import Finding

ONE = Finding("hubs", "outbox-is-sent", "1", "This event waits to be told.")
OTHER = Finding("hubs", "outbox-is-sent", "2", "This event waits to be told.")


def lines_of(**said: list[dict[str, Any]]) -> dict[str, list[dict[str, object]]]:
    """What each service said; nothing, unless given."""
    return {name: said.get(name, []) for name in SERVICES}


def fact(side: str, name: str, *ids: str) -> dict[str, Any]:
    return {"fact": name, "fact_side": side, "ids": list(ids)}


def test_a_fact_that_its_holder_lacks_is_named_and_one_it_has_beyond_is_not() -> None:
    said = lines_of(hubs=[fact("tells", "booking", "a", "b")], funding=[fact("holds", "booking", "b", "c")])
    assert list(check.unknown_facts(said)) == [Finding("funding", "facts-are-known", "booking a", "hubs has it.")]


def test_every_fact_that_is_held_is_told_by_one_other_service() -> None:
    own: dict[str, Invariants] = {name: service.invariants for name, service in SERVICES.items()}
    told = [fact for one in own.values() for fact in one.tells]
    assert len(told) == len(set(told))
    for name, one in own.items():
        assert set(one.holds) <= set(told) - set(one.tells), name
    assert set(told) == {fact for one in own.values() for fact in one.holds}


@pytest.mark.parametrize(("second", "left"), [([], []), ([ONE], [ONE]), ([ONE, OTHER], [ONE])])
def test_only_what_is_found_twice_is_told(second: list[Finding], left: list[Finding]) -> None:
    looks = iter([[ONE], second])
    assert check.settled(lambda: next(looks), 0.001) == left
    assert check.settled(list, 60) == []
