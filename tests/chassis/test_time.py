"""Instants are aware UTC; days are England's; identifiers follow the time they were made."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy.dialects import postgresql

from chassis import clock
from chassis.ids import new_id
from chassis.tables import UtcDateTime

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-06-30T22:59:59+00:00", date(2026, 6, 30)),
        ("2026-06-30T23:00:00+00:00", date(2026, 7, 1)),
        ("2026-12-31T23:59:59+00:00", date(2026, 12, 31)),
    ],
)
def test_the_day_is_englands(instant: str, day: date) -> None:
    with time_machine.travel(instant, tick=False):
        assert clock.today() == day
        assert clock.now().utcoffset() == UTC.utcoffset(None)


def test_an_instant_without_a_zone_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 6, 1), DIALECT)  # noqa: DTZ001  the point


def test_nothing_stays_nothing() -> None:
    assert UtcDateTime().process_bind_param(None, DIALECT) is None
    assert UtcDateTime().process_result_value(None, DIALECT) is None


def test_identifiers_sort_by_the_time_they_were_made() -> None:
    made = [new_id() for _ in range(1000)]
    assert made == sorted(made)
    assert {one.version for one in made} == {7}
