"""Documents of projects and networks as files that people edit. No database."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubs.networks.document import NetworkFile, contradictions
from hubs.projects.document import ProjectDocument
from hubs.projects.files import read, write_json, write_yaml
from hubs.projects.parts import UNWRITABLE

PROJECT: dict[str, Any] = {
    "code": "26-04",
    "title": "Physical computing clubs",
    "project_year": "2026-27",
    "phases": ["primary"],
    "kind": "work_group",
    "participation": {"kind": "one_of_set", "choice": "early-offer"},
    "sections": {"summary": "Teachers run a club, try tasks in between, and meet: on paper and on screen."},
    "leads": {
        "how_many": {"minimum": 1},
        "days": [{"label": "Visits", "days": "0.5", "per": "school"}, {"label": "Evaluation", "days": 2}],
        "attendance": [{"activity": "national-workshop"}],
    },
    "participants": {"unit": "school", "title": "school", "application": {"closes_on": "2026-10-31"}},
    "size": {"schools_of_group": {"minimum": 5, "maximum": 8, "expected": 7, "section": "G"}},
    "activities": [
        {
            "slug": "national-workshop",
            "kind": "workshop",
            "title": "National workshop",
            "audience": "leads",
            "per": "network",
            "occasions": [{"title": "Day 1", "starts_on": "2026-10-07", "place": "York"}],
        }
    ],
    "finance": {"card": "26-04", "inputs": {"schools": {"from": "schools"}}},
    "evaluation": {
        "duties": [
            {
                "slug": "lead-report",
                "title": "Report of the lead",
                "by": "lead",
                "kind": "report",
                "due": {"on": "2027-07-15"},
                "outcome_kinds": ["pupils"],
            }
        ]
    },
    "consequences": [{"kind": "does_not_count", "target": "schools", "says": "Its schools count elsewhere."}],
    "source": "Invented for tests",
}
NETWORK: dict[str, Any] = {
    "slug": "clubs",
    "title": "Clubs",
    "subject": "computing",
    "project_year": "2026-27",
    "national_team": "ncce",
    "choices": [
        {
            "slug": "early-offer",
            "title": "An early offer",
            "options": [{"project": "26-04"}],
            "says": "Each hub has one.",
            "source": "Invented",
        }
    ],
    "source": "Invented for tests",
}


WRITABLE = st.text(min_size=1).filter(lambda text: text.strip() and not UNWRITABLE.search(text))


def a_file(**changes: Any) -> NetworkFile:
    return NetworkFile.model_validate({"network": NETWORK, "projects": [PROJECT | changes]})


def faults(text: str) -> list[tuple[str, int | None, str]]:
    return [(one.where(), one.line, one.says) for one in read(text, ProjectDocument).problems]


@pytest.mark.parametrize("write", [write_yaml, write_json])
def test_a_written_document_is_read_as_the_same_and_written_again_byte_for_byte(write: Any) -> None:
    document = a_file()
    text = write(document)
    again = read(text, NetworkFile)
    assert again.document == document
    assert write(again.document) == text


@settings(max_examples=60, deadline=None)
@given(
    summary=WRITABLE,
    label=st.sampled_from(["on", "yes", "null", "1.0", "2026-10-01", "~"]),
)
def test_no_text_is_changed_by_writing_and_reading(summary: str, label: str) -> None:
    document = ProjectDocument.model_validate(
        PROJECT | {"sections": {"summary": summary}, "leads": {"days": [{"label": label, "days": 1}]}}
    )
    assert read(write_yaml(document), ProjectDocument).document == document
    assert read(write_json(document), ProjectDocument).document == document


def test_characters_that_no_file_can_hold_are_refused_by_their_number() -> None:
    text = write_json(ProjectDocument.model_validate(PROJECT)).replace("Visits", "Vi\\u0007sits")
    assert [says for _, _, says in faults(text)] == ["The character U+0007 is not for texts."]


def test_json_that_writes_a_character_as_two_halves_is_read_as_one() -> None:
    text = write_json(ProjectDocument.model_validate(PROJECT)).replace("Visits", "Visits \\ud83d\\ude80")
    document = read(text, ProjectDocument).document
    assert document
    assert document.leads.days[0].label == "Visits \N{ROCKET}"
    assert [says for _, _, says in faults(text.replace("\\ude80", ""))] == ["Half a character stands here."]


def test_a_file_for_people_says_only_what_is_not_as_usual() -> None:
    text = write_yaml(ProjectDocument.model_validate(PROJECT))
    assert "strands" not in text
    assert "is_limit" not in text
    assert "starts_on: 2026-10-07" in text


def test_each_fault_of_a_file_is_told_with_its_path_and_its_line() -> None:
    text = write_yaml(ProjectDocument.model_validate(PROJECT))
    lines = text.splitlines()
    broken = text.replace("maximum: 8", "maximum: eight").replace("unit: school", "units: school")
    assert faults(broken) == [
        ("participants.unit", lines.index("participants:") + 1, "The field is missing."),
        ("participants.units", lines.index("  unit: school") + 1, "There is no such field."),
        (
            "size.schools_of_group.maximum",
            lines.index("    maximum: 8") + 1,
            "Input should be a valid integer, unable to parse string as an integer.",
        ),
    ]


def test_a_fault_within_a_consequence_is_told_where_it_stands() -> None:
    text = write_yaml(ProjectDocument.model_validate(PROJECT)).replace("target: schools", "target: pupils")
    assert [where for where, _, _ in faults(text)] == ["consequences[0].target"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("code: &one A\ntitle: *one", 1),
        ("code: A\ntitle: !!python/name:os.system ''", 2),
        ("code: A\ncode: B", 2),
        ("title: [\n", 2),
        ("[" * 100 + "]" * 100, 1),
        ("? [a]\n: b", 1),
    ],
)
def test_what_is_more_than_plain_data_is_refused_at_its_line(text: str, line: int) -> None:
    assert [(where, at) for where, at, _ in faults(text)] == [("", line)]


@pytest.mark.parametrize("text", ["", "- 1", "5", "null", '"words"'])
def test_what_is_no_document_is_a_fault_and_no_crash(text: str) -> None:
    assert len(faults(text)) == 1


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"size": {"schools_of_group": {"minimum": 8, "maximum": 5}}}, "size.schools_of_group"),
        ({"size": {"schools_of_group": {"is_limit": False}}}, "size.schools_of_group"),
        ({"participation": {"kind": "one_of_set"}}, "participation"),
        ({"leads": {"attendance": [{"activity": "elsewhere"}]}}, ""),
        ({"activities": PROJECT["activities"] * 2}, ""),
        ({"project_year": "2026-28"}, ""),
        ({"national_aims": [{"measure": "schools", "says": "Many."}]}, "national_aims[0]"),
        ({"finance": {"card": "26-04", "inputs": {"role": {"from": "constant"}}}}, "finance.inputs.role"),
    ],
)
def test_what_contradicts_itself_is_refused(changes: dict[str, Any], where: str) -> None:
    text = json.dumps(PROJECT | changes)
    assert [one for one, _, _ in faults(text)] == [where]


def test_a_network_may_only_name_projects_facts_and_choices_that_it_has() -> None:
    assert contradictions(a_file()) == []
    file = a_file(
        participation={"kind": "one_of_set", "choice": "no-such-choice", "for_hubs": {"fact": "f", "says": "Those."}},
        size={"schools_of_hub_from": "schools-last-year"},
        consequences=[{"kind": "also_enrols", "project": "26-99", "says": "And this."}],
        project_year="2027-28",
    )
    assert [problem.where() for problem in contradictions(file)] == [
        "projects[0].project_year",
        "projects[0].participation.choice",
        "projects[0].participation.for_hubs.fact",
        "projects[0].size.schools_of_hub_from",
        "projects[0].consequences[0].project",
    ]
    without = NetworkFile.model_validate({"network": NETWORK, "projects": []})
    assert [problem.where() for problem in contradictions(without)] == ["network.choices[0].options[0].project"]
