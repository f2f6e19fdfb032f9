"""A second network, of another subject and year, is data alone."""

import json
from pathlib import Path

from hubs.networks.document import NetworkDocument, NetworkFile, contradictions
from hubs.projects.document import ProjectDocument
from hubs.projects.files import read, write_yaml

ROOT = Path(__file__).parents[2]
YEAR = ROOT / "services/hubs/src/hubs/reference/networks_synthetic/computing-hubs/2026-27"
CARDS = ROOT / "services/funding/src/funding/reference/grant_cards_synthetic.json"


def _network_file() -> NetworkFile:
    network = read((YEAR / "network.yaml").read_text(), NetworkDocument).document
    projects = [read(path.read_text(), ProjectDocument).document for path in sorted(YEAR.glob("26-*.yaml"))]
    assert network
    assert all(projects)
    return NetworkFile.model_validate({"network": network, "projects": projects})


def test_three_projects_make_a_network_that_holds_together_and_is_written_again_as_it_stands() -> None:
    file = _network_file()
    assert [one.code for one in file.projects] == ["26-01", "26-02", "26-03"]
    assert contradictions(file) == []
    for name, document in (("network", file.network), *((one.code, one) for one in file.projects)):
        assert (YEAR / f"{name}.yaml").read_text() == write_yaml(document)


def test_its_projects_are_marked_as_invented_and_name_cards_that_funding_has() -> None:
    file = _network_file()
    cards = {card["card"]: {one["input"] for one in card["inputs"]} for card in json.loads(CARDS.read_text())}
    assert {file.network.source, *(one.source for one in file.projects)} == {"Invented for demonstration"}
    assert {one.finance.card: set(one.finance.inputs) for one in file.projects if one.finance} == cards


def test_no_code_of_the_service_names_a_network_or_a_project() -> None:
    names = ("maths-hubs", "maths_hubs", "computing-hubs/", '"19-', '"26-0')
    code = [
        path
        for package in ("networks", "projects", "hub_plans", "project_leads", "project_applications", "groups")
        for path in (ROOT / "services/hubs/src/hubs" / package).rglob("*.py")
        if path.name not in ("api.py", "schemas.py")  # which have examples for readers
    ]
    assert [(path.name, name) for path in code for name in names if name in path.read_text()] == []
