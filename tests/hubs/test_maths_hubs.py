"""The mathematics network of 2019/20 as data: every project loads, holds together, and says what the source says."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from facts_of_maths_hubs import FACTS, YEARS_OF_RUNNING
from hubs.networks.document import NetworkDocument, NetworkFile, contradictions
from hubs.networks.seed import reference_networks
from hubs.projects.document import ProjectDocument
from hubs.projects.files import read, write_yaml

ROOT = Path(__file__).parents[2]
YEAR = ROOT / "services/hubs/src/hubs/reference/networks/maths-hubs/2019-20"
CARDS = ROOT / "services/funding/src/funding/reference/grant_cards.json"


def _project(code: str) -> ProjectDocument:
    found = read((YEAR / f"{code}.yaml").read_text(), ProjectDocument)
    assert found.document, found.problems
    return found.document


@pytest.fixture(scope="module")
def projects() -> Mapping[str, ProjectDocument]:
    return {f"19-{number:02}": _project(f"19-{number:02}") for number in range(1, 26)}


@pytest.fixture(scope="module")
def network() -> NetworkDocument:
    found = read((YEAR / "network.yaml").read_text(), NetworkDocument)
    assert found.document, found.problems
    return found.document


def _at(part: object, path: str) -> object:
    """What stands at a path; a list is entered by number or by the name of what it holds."""
    for step in path.split("."):
        if step == "#":
            assert isinstance(part, tuple)
            part = len(part)
        elif isinstance(part, tuple):
            part = part[int(step)] if step.isdigit() else next(one for one in part if step in _names(one))
        elif isinstance(part, Mapping):
            part = part[step]
        else:
            part = getattr(part, step)
    return part


def _names(part: object) -> set[object]:
    return {getattr(part, name, None) for name in ("slug", "criterion", "label")}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def test_there_are_the_25_projects_and_nothing_else(projects: Mapping[str, ProjectDocument]) -> None:
    assert {file.stem for file in YEAR.glob("*.yaml")} == {*projects, "network"}
    assert {code: one.code for code, one in projects.items()} == {code: code for code in projects}


def test_every_file_is_written_again_as_it_stands(
    projects: Mapping[str, ProjectDocument], network: NetworkDocument
) -> None:
    for name, document in {**projects, "network": network}.items():
        assert (YEAR / f"{name}.yaml").read_text() == write_yaml(document), name


def test_the_documents_of_the_network_do_not_contradict_each_other(
    projects: Mapping[str, ProjectDocument], network: NetworkDocument
) -> None:
    assert contradictions(NetworkFile(network=network, projects=tuple(projects.values()))) == []


def test_each_project_names_its_grant_card_and_fills_its_inputs(projects: Mapping[str, ProjectDocument]) -> None:
    cards = {card["card"]: card for card in json.loads(CARDS.read_text())}
    for code, project in projects.items():
        assert project.finance
        assert project.finance.card == code
        inputs = {one["input"]: one for one in cards[code]["inputs"]}
        needed = {name for name, one in inputs.items() if "default" not in one}
        filled = set(project.finance.inputs)
        assert needed <= filled <= set(inputs), code


def test_no_text_of_a_project_names_an_amount(projects: Mapping[str, ProjectDocument]) -> None:
    assert [code for code, project in projects.items() if "£" in project.model_dump_json()] == []


def test_every_project_has_its_sections_outcomes_and_duties(projects: Mapping[str, ProjectDocument]) -> None:
    for code, project in projects.items():
        texts = project.sections
        assert all((texts.purpose, texts.models, texts.leads, texts.participation, texts.national)), code
        assert all((texts.finances, texts.evaluation, project.outcomes.professional_learning)), code
        assert project.evaluation.duties, code
        assert code in project.source or code in ("19-03", "19-04"), code


def test_figures_and_days_are_those_of_the_source(projects: Mapping[str, ProjectDocument]) -> None:
    assert len(FACTS) > 200
    found = [(code, path, _plain(_at(projects[code], path))) for code, path, _ in FACTS]
    assert [one for one, expected in zip(found, FACTS, strict=True) if one != expected] == []


def test_each_project_is_in_the_year_of_its_life_that_the_source_names(
    projects: Mapping[str, ProjectDocument],
) -> None:
    assert {code: one.running_year.number for code, one in projects.items() if one.running_year.number} == (
        YEARS_OF_RUNNING
    )


def test_half_of_a_lead_s_days_for_intervention_depend_on_the_schools(
    projects: Mapping[str, ProjectDocument],
) -> None:
    days = projects["19-13"].leads.days
    once = sum(one.days for one in days if one.per == "group")
    each = sum(one.days for one in days if one.per == "school")
    assert once + 7 * each == 10
    assert [str(one.days) for one in days] == ["1", "0.5", "3", "2", "0.5"]


def test_a_lead_of_year_5_to_8_continuity_has_nine_days_or_ten_when_new(
    projects: Mapping[str, ProjectDocument],
) -> None:
    days = projects["19-18"].leads.days
    assert sum(one.days for one in days if one.for_leads in ("all", "existing")) == 9
    assert sum(one.days for one in days if one.for_leads in ("all", "new")) == 10


def test_every_hub_has_an_early_years_offer_and_chooses_between_two_projects_at_level_3(
    network: NetworkDocument,
) -> None:
    (offer,) = network.choices
    assert [(one.project, one.strand) for one in offer.options] == [
        ("19-05", "early-years"),
        ("19-06", "early-years"),
        ("19-08", None),
        ("19-24", "early-years"),
    ]
    assert [one.between for one in network.splits] == [("19-22", "19-23")]


def test_required_recommended_and_optional_projects_are_those_of_the_source(
    projects: Mapping[str, ProjectDocument],
) -> None:
    by_kind: dict[str, set[str]] = {}
    for code, project in projects.items():
        by_kind.setdefault(project.participation.kind, set()).add(code[3:])
    assert by_kind["required"] == {"01", "02", "03", "04", "07", "09", "10", "11", "15", "25"}
    assert by_kind["recommended"] == {"05", "06", "16"}
    assert by_kind["one_of_set"] == {"08"}
    assert len(by_kind["optional"]) == 11


def test_the_networks_that_are_seeded_are_those_of_the_reference_data() -> None:
    named = [(one.network.slug, one.network.project_year, len(one.projects)) for one in reference_networks()]
    assert named == [("maths-hubs", "2019-20", 25)]
    invented = list(reference_networks("networks_synthetic"))
    assert [(one.network.slug, len(one.projects)) for one in invented] == [("computing-hubs", 3)]
