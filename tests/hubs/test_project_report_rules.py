"""Which reports a group owes and when, over the documents of both networks. No database."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.project_reports.pseudonyms import pseudonym
from hubs.project_reports.rules import (
    FORGOTTEN_DAYS,
    LATE_DAYS,
    GroupStanding,
    is_overdue,
    not_asked,
    owed,
    register_due_on,
    reminder_windows,
    still_missing,
)
from hubs.projects.document import ProjectDocument
from hubs.projects.evaluation import Evaluation, OutcomeKind
from hubs.projects.files import read

REFERENCE = Path(__file__).parents[2] / "services/hubs/src/hubs/reference"
ENDED = date(2020, 7, 10)
TWO_PEOPLE = (UUID(int=1), UUID(int=2))


def evaluation_of(network: str, code: str) -> Evaluation:
    document = read((REFERENCE / network / f"{code}.yaml").read_text(), ProjectDocument).document
    assert document
    return document.evaluation


def a_group(status: str, **changes: object) -> GroupStanding:
    known = {"schools": ("900001", "900002"), "participants": TWO_PEOPLE, "ended_on": None} | changes
    return GroupStanding(id=UUID(int=7), hub_id=UUID(int=8), status=status, **known)  # type: ignore[arg-type]


def told(evaluation: Evaluation, group: GroupStanding) -> list[tuple[str, str, date | None]]:
    return [(one.duty.slug, one.subject, one.due_on) for one in owed(evaluation, group)]


def test_a_work_group_owes_its_schools_and_its_lead_s_reports_once_it_is_completed() -> None:
    evaluation = evaluation_of("networks/maths-hubs/2019-20", "19-09")
    assert told(evaluation, a_group("forming")) == []
    assert told(evaluation, a_group("running")) == [("co-ordination-input", "network", None)]
    group = f"group:{UUID(int=7)}"
    assert told(evaluation, a_group("completed", ended_on=ENDED)) == [
        ("participant-input", f"{group}:school:900001", ENDED + timedelta(days=14)),
        ("participant-input", f"{group}:school:900002", ENDED + timedelta(days=14)),
        ("lead-report", group, ENDED + timedelta(days=28)),
        ("co-ordination-input", "network", None),
    ]


def test_a_cancelled_group_owes_nothing() -> None:
    assert told(evaluation_of("networks/maths-hubs/2019-20", "19-09"), a_group("cancelled", ended_on=ENDED)) == []


def test_participants_report_for_themselves_where_a_project_counts_people() -> None:
    evaluation = evaluation_of("networks/maths-hubs/2019-20", "19-05")
    found = told(evaluation, a_group("completed", ended_on=ENDED))
    assert [one for one in found if one[0] == "accreditation-document"] == [
        ("accreditation-document", f"participant:{person}", ENDED) for person in TWO_PEOPLE
    ]


def test_what_is_due_on_a_day_is_owed_as_soon_as_the_group_runs() -> None:
    evaluation = evaluation_of("networks/maths-hubs/2019-20", "19-25")
    assert ("list-of-providers", f"hub:{UUID(int=8)}", date(2020, 6, 30)) in told(evaluation, a_group("running"))
    computing = evaluation_of("networks_synthetic/computing-hubs/2026-27", "26-01")
    assert told(computing, a_group("running")) == [("lead-report", f"group:{UUID(int=7)}", date(2027, 7, 16))]


def test_the_evaluator_of_the_exchange_reports_by_the_middle_of_august() -> None:
    evaluation = evaluation_of("networks/maths-hubs/2019-20", "19-02")
    assert ("evaluation-report", "network", date(2020, 8, 15)) in told(evaluation, a_group("running"))


def test_registers_are_no_reports_and_are_due_some_days_after_each_session() -> None:
    evaluation = evaluation_of("networks/maths-hubs/2019-20", "19-07")
    assert "registers" not in {slug for slug, _, _ in told(evaluation, a_group("completed", ended_on=ENDED))}
    assert register_due_on(evaluation, date(2020, 1, 8)) == date(2020, 1, 15)
    assert register_due_on(evaluation_of("networks/maths-hubs/2019-20", "19-09"), date(2020, 1, 8)) is None


@pytest.mark.parametrize("file", sorted(REFERENCE.glob("networks*/*/*/[0-9]*.yaml")), ids=lambda path: path.stem)
def test_every_duty_of_every_project_is_owed_by_somebody_in_the_end_and_once(file: Path) -> None:
    document = read(file.read_text(), ProjectDocument).document
    assert document
    found = owed(document.evaluation, a_group("completed", ended_on=ENDED))
    keys = [(one.duty.slug, one.subject) for one in found]
    assert len(keys) == len(set(keys))
    reports = {duty.slug for duty in document.evaluation.duties if duty.kind != "attendance"}
    assert {one.duty.slug for one in found} == reports


def test_a_report_says_what_it_lacks_in_the_order_in_which_it_is_asked() -> None:
    asked: list[OutcomeKind] = ["professional_learning", "pupils"]
    assert still_missing(asked, set(), None) == ["professional_learning", "pupils", "summary"]
    assert still_missing(asked, {"pupils"}, "Said.") == ["professional_learning"]
    assert not_asked(asked, ["pupils", "policies", "pupils"]) == ["policies", "pupils"]


def test_a_report_is_overdue_from_the_day_after_until_it_is_handed_in() -> None:
    due = date(2020, 7, 24)
    assert not is_overdue("draft", due, due)
    assert is_overdue("returned", due, due + timedelta(days=1))
    assert not is_overdue("submitted", due, due + timedelta(days=1))
    assert not is_overdue("draft", None, due)


@given(st.sets(st.integers(1, 60), max_size=5), st.integers(-100, 100))
def test_of_every_day_at_most_one_reminder_is_due(days_before: set[int], ahead: int) -> None:
    due = [one.days for one in reminder_windows(days_before) if one.first <= ahead <= one.last]
    expected = (
        [min(days for days in days_before if days >= ahead)] if 0 <= ahead <= max(days_before, default=-1) else []
    )
    if -FORGOTTEN_DAYS <= ahead <= -LATE_DAYS:
        expected = [-LATE_DAYS]
    assert due == expected


def test_a_pseudonym_is_the_same_each_time_and_leads_back_to_nobody() -> None:
    who, key = uuid4(), b"one key"
    name = pseudonym(key, "participant", who)
    assert name == pseudonym(key, "participant", who)
    assert name != pseudonym(key, "group", who)
    assert name != pseudonym(b"another", "participant", who)
    assert str(who) not in str(name)
    assert pseudonym(key, "school", None) is None
