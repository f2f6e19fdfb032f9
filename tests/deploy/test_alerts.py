"""Alerts and dashboards ask only for what the platform exports, and every alert says what to do.

What promtool makes of the rules, and when each alert fires, is checked by `python -m ncce_cli.alerts`.
"""

import importlib
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from chassis.measures import COMMON
from composition import ROOT, SERVICES
from gateway.observation import Observation
from ncce_cli.alerts import STORIES

OBSERVABILITY = ROOT / "deploy" / "observability"
RUNBOOKS = ROOT / "deploy" / "runbooks"
METRIC = re.compile(
    r"(?<![\w:{,\"])((?:ncce|process|identity|hubs|certification|funding)_[a-z_]+|up|gateway:[a-z0-9_:]+)\b(?!\()"
)
LABELS = re.compile(r"\{[^}]*\}|\b(?:by|on|without|ignoring) \([^)]*\)")
SUFFIXES = ("_bucket", "_count", "_sum", "_total", "_created")


def rules() -> list[dict[str, Any]]:
    files = sorted((OBSERVABILITY / "rules").glob("*.yaml"))
    return [rule for file in files for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"]]


def alerts() -> list[dict[str, Any]]:
    return [rule for rule in rules() if "alert" in rule]


def queries() -> Iterator[tuple[str, str]]:
    """Every query there is, with whose it is."""
    for rule in rules():
        yield rule.get("alert", rule.get("record", "")), rule["expr"]
    for file in sorted((OBSERVABILITY / "dashboards").glob("*.json")):
        for panel in json.loads(file.read_text())["panels"]:
            for target in panel["targets"]:
                yield f"{file.name}: {panel['title']}", target["expr"]


@cache
def exported() -> frozenset[str]:
    """Names that some process shows at /metrics, histograms and counters by their base."""
    services = [importlib.import_module(f"{name}.app").SERVICE for name in SERVICES]
    measured = {one.name for one in COMMON} | {one.name for service in services for one in service.measures}
    gateway = {family.name for family in Observation(level="INFO", style="json").registry.collect()}
    here = {family.name for family in REGISTRY.collect()}
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    return frozenset({"up"} | measured | gateway | here | recorded)


def asked_for(query: str) -> set[str]:
    return set(METRIC.findall(LABELS.sub("", query)))


def base_of(name: str) -> str:
    return next((name.removesuffix(one) for one in SUFFIXES if name.endswith(one)), name)


def test_every_query_asks_for_something_and_only_for_what_is_exported() -> None:
    for whose, query in queries():
        names = asked_for(query)
        assert names, f"{whose} asks for nothing"
        assert not {name for name in names if not {name, base_of(name)} & exported()}, whose


def test_every_number_of_the_business_is_on_a_dashboard_or_in_an_alert() -> None:
    asked = {name for _, query in queries() for name in asked_for(query)}
    services = [importlib.import_module(f"{name}.app").SERVICE for name in SERVICES]
    told = {one.name for one in COMMON} | {one.name for service in services for one in service.measures}
    assert told <= asked


def test_every_alert_has_a_runbook_of_its_name_and_no_runbook_is_without_alert() -> None:
    for alert in alerts():
        slug = re.sub(r"(?<!^)(?=[A-Z])", "-", alert["alert"]).lower()
        assert alert["annotations"]["runbook"] == f"deploy/runbooks/{slug}.md"
        page = (RUNBOOKS / f"{slug}.md").read_text()
        assert page.startswith(f"# {alert['alert']}\n")
        assert "**Look.**" in page
        assert "**Do.**" in page
    assert {path.stem for path in RUNBOOKS.glob("*.md")} == {
        re.sub(r"(?<!^)(?=[A-Z])", "-", alert["alert"]).lower() for alert in alerts()
    }


def test_every_alert_says_how_urgent_it_is_and_has_a_story_in_which_it_fires_and_one_in_which_not() -> None:
    stories = [story for file in STORIES for story in yaml.safe_load(file.read_text())["tests"]]
    told = {(one["alertname"], bool(one["exp_alerts"])) for story in stories for one in story["alert_rule_test"]}
    for alert in alerts():
        assert alert["labels"]["severity"] in ("page", "ticket")
        assert {(alert["alert"], True), (alert["alert"], False)} <= told
    assert {name for name, _ in told} == {alert["alert"] for alert in alerts()}


@pytest.mark.parametrize("query", ["sum(rate(ncce_requests_seconds_count[5m]))", "max(funding_budget_pounds) > 1"])
def test_the_check_finds_a_name_that_nobody_exports(query: str) -> None:
    assert not {name for name in asked_for(query) if {name, base_of(name)} & exported()}
