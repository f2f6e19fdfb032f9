"""Stages of the way to chartered status as pure calculation."""

from datetime import date

import pytest

from certification.chartered.rules import ApplicationStatus, Facts, Sent, standing_of, status_of, whole_years
from certification.chartered.schemas import CharteredPathwayRecord
from certification.reference import read

[RECORD] = read("chartered_pathways.json", CharteredPathwayRecord)
RULES = RECORD.versions[0].rules
ON = date(2026, 11, 22)
EVERYTHING = Facts(
    certificates=frozenset({"primary"}),
    endorsing=1,
    since_on=date(2024, 11, 22),
    activities={"cpd": 3, "community": 2},
    statements={"impact-statement": "x" * 200},
)


def met(facts: Facts) -> list[bool]:
    return [stage.is_met for stage in standing_of(RULES, facts, ON)]


def test_every_stage_is_met_by_just_what_it_asks_for() -> None:
    assert met(EVERYTHING) == [True] * 4
    assert met(Facts()) == [False] * 4


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({"certificates": frozenset({"a_level", "gcse_subject_knowledge"})}, 0),
        ({"since_on": date(2024, 11, 23)}, 1),
        ({"activities": {"cpd": 2, "community": 2}}, 1),
        ({"activities": {"cpd": 9, "community": 1}}, 2),
        ({"endorsing": 0}, 2),
        ({"statements": {"impact-statement": "x" * 199}}, 3),
        ({"statements": {"another": "x" * 500}}, 3),
    ],
)
def test_one_thing_less_leaves_one_stage_open(changes: dict[str, object], stage: int) -> None:
    facts = Facts(**{**vars(EVERYTHING), **changes})
    assert met(facts) == [place != stage for place in range(4)]


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        (date(2024, 2, 29), date(2025, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 3, 1), 1),
        (date(2024, 6, 1), date(2026, 5, 31), 1),
        (date(2024, 6, 1), date(2026, 6, 1), 2),
        (date(2027, 1, 1), date(2026, 6, 1), 0),
    ],
)
def test_years_are_whole(since: date, on: date, years: int) -> None:
    assert whole_years(since, on) == years


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (None, "in_progress"),
        (Sent(None, None), "sent"),
        (Sent("more_evidence", None), "more_evidence"),
        (Sent("refused", None), "refused"),
        (Sent("granted", ON), "granted"),
        (Sent("granted", date(2026, 11, 21)), "lapsed"),
    ],
)
def test_a_status_lapses_when_the_day_to_renew_by_is_over(sent: Sent | None, status: str) -> None:
    assert status_of(is_withdrawn=False, sent=sent, on=ON) == status
    assert status_of(is_withdrawn=True, sent=sent, on=ON) is ApplicationStatus.WITHDRAWN
