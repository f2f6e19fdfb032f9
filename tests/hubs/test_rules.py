"""Pure rules: postcodes, distances, durations, the calendar."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.hubs import DeliveryMode
from hubs.areas.errors import PostcodeMalformed
from hubs.areas.rules import Position, read_postcode
from hubs.courses.rules import learning_hours, release_days, weeks_to_shift
from hubs.reference import rows


@pytest.mark.parametrize(
    ("text", "normal", "sector"),
    [
        ("m1 1ae", "M1 1AE", "M1 1"),
        ("M11AE", "M1 1AE", "M1 1"),
        ("M111AE", "M11 1AE", "M11 1"),
        ("  ec1a1bb", "EC1A 1BB", "EC1A 1"),
        ("M1 1", "M1 1", "M1 1"),
        ("M11", "M11", None),
        ("EC1A1", "EC1A 1", "EC1A 1"),
        ("W1A", "W1A", None),
    ],
)
def test_postcodes_are_read_whatever_their_spacing(text: str, normal: str, sector: str | None) -> None:
    postcode = read_postcode(text)
    assert (postcode.text, postcode.sector) == (normal, sector)


@settings(deadline=None)
@given(st.text(max_size=10))
def test_any_text_is_read_or_refused_and_reading_is_stable(text: str) -> None:
    try:
        postcode = read_postcode(text)
    except PostcodeMalformed:
        return
    assert read_postcode(postcode.text) == postcode


@settings(deadline=None)
@given(st.sampled_from(rows("sectors.csv")), st.sampled_from(["AA", "ZZ"]))
def test_every_real_sector_is_found_in_its_postcodes_with_and_without_the_space(row: dict[str, str], unit: str) -> None:
    sector = row["sector"]
    for text in (f"{sector}{unit}", f"{sector}{unit}".replace(" ", ""), sector):
        assert read_postcode(text).sector == sector


def test_the_distance_from_land_s_end_to_john_o_groats_is_right() -> None:
    assert Position(50.0657, -5.7132).km_to(Position(58.6373, -3.0689)) == pytest.approx(968, abs=3)


@pytest.mark.parametrize(
    ("value", "unit", "mode", "hours", "days"),
    [
        ("2", "days", "face_to_face", "12", "2"),
        ("6", "hours", "live_remote", "6", "1"),
        ("5", "hours", "live_remote", "5", "1"),
        ("10", "hours", "live_remote", "10", "2"),
        ("3", "hours", "face_to_face", "3", "0.5"),
        ("90", "minutes", "live_remote", "1.5", "0"),
        ("80", "minutes", "live_remote", "1.33", "0"),
        ("3", "weeks", "online", "6", "0"),
        ("10", "weeks", "online", "8", "0"),
        (None, "", "face_to_face", None, None),
        (None, "", "online", None, "0"),
        ("1", "years", "face_to_face", None, None),
    ],
)
def test_durations_become_hours_of_learning_and_days_of_release(
    value: str | None, unit: str, mode: DeliveryMode, hours: str | None, days: str | None
) -> None:
    stated = Decimal(value) if value else None
    assert learning_hours(stated, unit) == (Decimal(hours) if hours else None)
    assert release_days(stated, unit, mode) == (Decimal(days) if days else None)


@settings(deadline=None)
@given(st.dates(date(2019, 1, 1), date(2040, 1, 1)), st.dates(date(2019, 1, 1), date(2040, 1, 1)))
def test_a_calendar_moves_by_the_fewest_whole_weeks_that_give_three_weeks_notice(first: date, loaded: date) -> None:
    weeks = weeks_to_shift(first, loaded)
    notice = first + timedelta(weeks=weeks) - loaded
    assert notice >= timedelta(weeks=3)
    assert weeks == 0 or notice < timedelta(weeks=4)
