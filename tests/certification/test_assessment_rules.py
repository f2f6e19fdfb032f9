"""When an attempt may begin and what it comes to: to the second and to the hundredth."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.assessments.papers import Candidate, PaperImpossible, draw
from certification.assessments.rules import (
    Answered,
    GateStatus,
    deadline_for,
    gate_for,
    marks_for,
    next_opening,
    passes,
    percent_of,
    total,
)
from certification.assessments.standing import reasons_for
from certification.question_banks.schemas import Limits, Topic
from certification.question_banks.seed import BankFile, bank_files
from chassis.ids import new_id

LIMITS = Limits()
BEGAN_AT = datetime(2026, 3, 28, 9, 30, tzinfo=UTC)
"""The day before England's clocks go forward: 48 hours are 48 hours."""
TWO_DAYS, A_MOMENT = timedelta(hours=48), timedelta(microseconds=1)


@dataclass(frozen=True)
class Attempt:
    status: str
    outcome: str | None
    deadline_at: datetime
    ended_at: datetime | None


def failed(at: datetime) -> Attempt:
    return Attempt("marked", "failed", at, at)


def gate_status(attempts: list[Attempt], now: datetime, *, passed: bool = False, eligible: bool = True) -> GateStatus:
    return gate_for(LIMITS, attempts, now, is_passed=passed, is_eligible=eligible).status


def test_65_percent_passes_and_a_hundredth_less_does_not() -> None:
    assert passes(650, 1000, Decimal(65))
    assert passes(13, 20, Decimal("65.0"))
    assert not passes(6499, 10_000, Decimal(65))
    assert not passes(649_999, 1_000_000, Decimal(65))


def test_a_percentage_is_rounded_down_so_that_a_failure_never_reads_like_a_pass() -> None:
    assert percent_of(649_999_999, 1_000_000_000) == Decimal("64.9999")
    assert percent_of(2, 3) == Decimal("66.6666")


@given(st.integers(0, 500), st.integers(1, 500), st.decimals(1, 100, places=4))
def test_passing_is_exact_whatever_the_marks(awarded: int, possible: int, needed: Decimal) -> None:
    awarded = min(awarded, possible)
    assert passes(awarded, possible, needed) == (Fraction(100 * awarded, possible) >= Fraction(needed))
    if percent_of(awarded, possible) >= needed:
        assert passes(awarded, possible, needed)


def test_a_question_gives_its_marks_for_exactly_the_right_options() -> None:
    right = frozenset({0, 1})
    assert marks_for(Answered(2, right, frozenset({0, 1}))) == 2
    for answer in (None, frozenset({0}), frozenset({0, 1, 2}), frozenset({2, 3})):
        assert marks_for(Answered(2, right, answer)) == 0
    assert marks_for(Answered(2, right, None, is_given_away=True)) == 2
    assert total([Answered(2, right, right), Answered(3, right, None)]) == (2, 5)


def test_two_attempts_may_be_made_at_once_and_the_third_after_exactly_48_hours() -> None:
    first, second = BEGAN_AT, BEGAN_AT + timedelta(minutes=31)
    assert gate_status([], BEGAN_AT) is GateStatus.OPEN
    assert gate_status([failed(first)], first) is GateStatus.OPEN
    twice = [failed(first), failed(second)]
    assert gate_status(twice, second) is GateStatus.WAITING
    assert gate_status(twice, second + TWO_DAYS - A_MOMENT) is GateStatus.WAITING
    assert gate_status(twice, second + TWO_DAYS) is GateStatus.OPEN
    third = second + TWO_DAYS + timedelta(minutes=5)
    assert gate_status([*twice, failed(third)], third + TWO_DAYS - A_MOMENT) is GateStatus.WAITING
    assert gate_status([*twice, failed(third)], third + TWO_DAYS) is GateStatus.OPEN


def test_a_pass_closes_the_gate_whatever_failed_before_or_after() -> None:
    late = BEGAN_AT + 10 * TWO_DAYS
    assert gate_status([failed(BEGAN_AT)], late, passed=True) is GateStatus.PASSED
    assert gate_status([failed(BEGAN_AT)], late, passed=True, eligible=False) is GateStatus.PASSED


def test_an_attempt_that_ran_out_and_was_not_marked_yet_lets_no_other_begin() -> None:
    running = Attempt("in_progress", None, BEGAN_AT + timedelta(minutes=30), None)
    assert gate_status([running], BEGAN_AT + timedelta(minutes=30) - A_MOMENT) is GateStatus.IN_PROGRESS
    assert gate_status([running], BEGAN_AT + timedelta(minutes=30)) is GateStatus.BEING_MARKED


def test_an_expired_attempt_counts_as_nothing_unless_the_version_says_failure() -> None:
    expired = Attempt("expired", None, BEGAN_AT, BEGAN_AT)
    assert gate_status([expired] * 5, BEGAN_AT) is GateStatus.OPEN
    as_failure = Attempt("expired", "failed", BEGAN_AT, BEGAN_AT)
    assert gate_status([as_failure] * 2, BEGAN_AT) is GateStatus.WAITING


def test_who_lacks_what_comes_first_may_not_begin() -> None:
    assert gate_status([], BEGAN_AT, eligible=False) is GateStatus.NOT_ELIGIBLE


def test_the_reason_names_the_second_at_which_the_wait_is_over() -> None:
    gate = gate_for(LIMITS, [failed(BEGAN_AT)] * 2, BEGAN_AT, is_passed=False, is_eligible=True)
    assert gate.opens_at == BEGAN_AT + TWO_DAYS
    assert reasons_for(gate, LIMITS, None) == [
        "After 2 failed attempts there are 48 hours from the last one to the next: "
        "it may begin on 30 March 2026 at 09:30:00 UTC."
    ]


PAUSES = st.lists(st.timedeltas(timedelta(0), timedelta(days=30)), max_size=8)


@given(PAUSES, st.timedeltas(timedelta(0), 40 * TWO_DAYS))
def test_failures_taken_one_after_another_as_the_gate_allows_are_never_closer_than_the_rule(
    pauses: list[timedelta], later: timedelta
) -> None:
    now = BEGAN_AT
    failures: list[datetime] = []
    for pause in pauses:
        now += pause
        opens_at = next_opening(LIMITS, failures)
        if opens_at is None or now >= opens_at:
            failures.append(now)
    assert all(second - first >= TWO_DAYS for first, second in pairwise(failures[LIMITS.attempts_at_once - 1 :]))
    history = [failed(at) for at in failures]
    opens_at = next_opening(LIMITS, failures)
    expected = GateStatus.OPEN if opens_at is None or now + later >= opens_at else GateStatus.WAITING
    assert gate_status(history, now + later) is expected
    assert gate_status(list(reversed(history)), now + later) is expected


def test_extra_time_makes_the_half_hour_longer() -> None:
    assert deadline_for(LIMITS, BEGAN_AT, 0) == BEGAN_AT + timedelta(minutes=30)
    assert deadline_for(LIMITS, BEGAN_AT, 25) == BEGAN_AT + timedelta(minutes=37, seconds=30)
    assert deadline_for(LIMITS, BEGAN_AT, 50) == BEGAN_AT + timedelta(minutes=45)


def test_no_attempt_expires_before_its_longest_time_is_over() -> None:
    with pytest.raises(ValueError, match="twice its time limit"):
        Limits(time_limit_minutes=61, expires_after_minutes=120)


TOPICS = (Topic(topic="one", title="One", questions=2), Topic(topic="two", title="Two", questions=3))
CANDIDATES = [Candidate(new_id(), f"{topic}-{number}", topic, 4) for topic in ("one", "two") for number in range(6)]


@given(st.integers(0, 2**63 - 1))
def test_a_paper_has_the_wanted_number_of_each_topic_and_comes_again_from_its_seed(seed: int) -> None:
    paper = draw(TOPICS, CANDIDATES, {}, seed)
    assert paper == draw(TOPICS, list(reversed(CANDIDATES)), {}, seed)
    topics = {one.id: one.topic for one in CANDIDATES}
    drawn = [topics[place.question_id] for place in paper]
    assert (drawn.count("one"), drawn.count("two")) == (2, 3)
    assert [place.position for place in paper] == [1, 2, 3, 4, 5]
    assert len({place.question_id for place in paper}) == 5
    assert all(sorted(place.shown) == [0, 1, 2, 3] for place in paper)


def test_papers_differ_and_so_do_the_places_of_the_right_options() -> None:
    papers = [draw(TOPICS, CANDIDATES, {}, seed) for seed in range(50)]
    assert len({tuple(place.question_id for place in paper) for paper in papers}) > 40
    assert {place.shown.index(0) for paper in papers for place in paper} == {0, 1, 2, 3}


def test_questions_that_somebody_has_seen_come_last() -> None:
    seen = {one.id: 1 for one in CANDIDATES if one.topic == "one"}
    fresh = [one for one in CANDIDATES if one.topic == "one"][:2]
    for one in fresh:
        del seen[one.id]
    drawn = {place.question_id for place in draw(TOPICS, CANDIDATES, seen, 7)}
    assert {one.id for one in fresh} <= drawn


def test_a_topic_with_too_few_questions_makes_no_paper() -> None:
    with pytest.raises(PaperImpossible):
        draw(TOPICS, CANDIDATES[:1], {}, 1)


@pytest.mark.parametrize("file", bank_files(), ids=lambda file: f"{file.assessment}-{file.version}")
def test_a_bank_that_comes_with_the_platform_fills_many_different_papers(file: BankFile) -> None:
    bank = file.bank
    for topic in bank.topics:
        there_are = sum(one.topic == topic.topic for one in bank.questions)
        assert there_are >= 2 * topic.questions
    assert all(len(one.options) >= 4 for one in bank.questions)
    texts = [one.text for one in bank.questions]
    assert len(set(texts)) == len(texts)
