"""Pure rules of registers: minutes of a session, and what marks come to."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubs.registers.errors import MinutesRequired, TimesOutsideSession
from hubs.registers.models import Presence
from hubs.registers.rules import (
    Mark,
    Session,
    Standard,
    away,
    inputs_of,
    judge,
    judge_again,
    minutes_early,
    minutes_late,
    present,
    signed_in,
)

BEGINS = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
EIGHTY = Standard(Decimal(80), "course_hours", Decimal(6))
NOT_THERE: tuple[Presence, ...] = ("absent", "excused")
PLANS = st.lists(st.integers(1, 400), min_size=1, max_size=6)


def a_session(minutes: int, lasts: int | None = None, ordinal: int = 1) -> Session:
    begins = BEGINS + timedelta(days=ordinal)
    return Session(uuid4(), ordinal, begins, begins + timedelta(minutes=lasts or minutes), minutes)


def sessions_of(plan: list[int]) -> list[Session]:
    return [a_session(minutes, ordinal=number) for number, minutes in enumerate(plan, start=1)]


@given(minutes=st.integers(1, 400), breaks=st.integers(0, 120), comes=st.integers(-90, 500), goes=st.integers(-90, 500))
def test_a_presence_has_between_one_and_all_minutes(minutes: int, breaks: int, comes: int, goes: int) -> None:
    session = a_session(minutes, minutes + breaks)
    arrived, left = (session.starts_at + timedelta(minutes=one) for one in (comes, goes))
    try:
        mark = present(session, None, arrived, left)
    except TimesOutsideSession:
        assert comes >= min(goes, minutes + breaks) or goes <= 0
        return
    except MinutesRequired:
        assert minutes - minutes_late(session, arrived) - minutes_early(session, left) < 1
        return
    assert mark.minutes == minutes - max(0, comes) - max(0, minutes + breaks - goes)
    assert 1 <= mark.minutes <= minutes


@given(minutes=st.integers(1, 400), breaks=st.integers(0, 120), at=st.integers(-90, 600))
def test_signing_in_counts_from_that_moment_and_never_for_nothing(minutes: int, breaks: int, at: int) -> None:
    session = a_session(minutes, minutes + breaks)
    mark = signed_in(session, session.starts_at + timedelta(minutes=at))
    assert mark.minutes == max(1, minutes - max(0, at))


@pytest.mark.parametrize(
    ("minutes", "outcome"), [((300, 180), "attended"), ((300, 179), "incomplete"), ((0, 300), "incomplete")]
)
def test_the_share_is_of_all_planned_minutes_and_its_edge_is_met(minutes: tuple[int, int], outcome: str) -> None:
    sessions = [a_session(300), a_session(300, ordinal=2)]
    marks = {
        one.id: Mark("present", count) if count else away("absent")
        for one, count in zip(sessions, minutes, strict=True)
    }
    assert judge(sessions, marks, EIGHTY).outcome == outcome


def test_a_share_just_below_is_not_shown_as_if_it_were_met() -> None:
    [session] = sessions_of([9999])
    verdict = judge([session], {session.id: Mark("present", 7999)}, EIGHTY)
    assert (verdict.is_met, verdict.explanation) == (
        False,
        "7999 of 9999 minutes attended, 79.99 %; 80 % are needed.",
    )


@settings(max_examples=200)
@given(plan=PLANS, data=st.data(), percent=st.decimals(1, 100, places=2))
def test_a_verdict_follows_from_the_marks_and_from_their_record(
    plan: list[int], data: st.DataObject, percent: Decimal
) -> None:
    sessions, standard = sessions_of(plan), Standard(percent, "minutes_attended", None)
    marks: dict[UUID, Mark] = {}
    for one in sessions:
        count = data.draw(st.integers(0, one.minutes))
        said = data.draw(st.sampled_from(NOT_THERE))
        marks[one.id] = Mark("present", count) if count else away(said)
    verdict = judge(sessions, marks, standard)
    attended = sum(mark.minutes for mark in marks.values())
    assert verdict.is_met is (Decimal(attended * 100) / sum(plan) >= percent)
    assert (verdict.outcome == "attended") is verdict.is_met is (verdict.hours is not None)
    if verdict.outcome == "absent":
        assert attended == 0
    assert judge_again(inputs_of(sessions, marks, standard)) == verdict


@given(plan=PLANS, data=st.data())
def test_what_is_decided_early_stays_whatever_is_marked_later(plan: list[int], data: st.DataObject) -> None:
    sessions, marks = sessions_of(plan), dict[UUID, Mark]()
    decided: bool | None = None
    for one in sessions:
        count = data.draw(st.integers(0, one.minutes))
        marks[one.id] = Mark("present", count) if count else away("absent")
        verdict = judge(sessions, marks, EIGHTY)
        assert decided is None or verdict.is_met is decided
        decided = verdict.is_met
        assert (verdict.outcome is None) is (len(marks) < len(sessions))
    assert decided is not None


@pytest.mark.parametrize(
    ("credit", "course_hours", "hours"),
    [
        ("course_hours", Decimal(6), Decimal(6)),
        ("course_hours", None, Decimal("1.67")),
        ("minutes_attended", Decimal(6), Decimal("1.5")),
        ("minutes_attended", Decimal(1), Decimal(1)),
    ],
)
def test_hours_are_the_courses_or_those_attended_and_never_more_than_the_course(
    credit: str, course_hours: Decimal | None, hours: Decimal
) -> None:
    [session] = sessions_of([100])
    standard = Standard(Decimal(80), credit, course_hours)  # type: ignore[arg-type]  # parametrised text
    assert judge([session], {session.id: Mark("present", 90)}, standard).hours == hours
