"""Who is told of which alert: every severity has its receiver, every name is an alert's, Kubernetes is told the same.

That the routes can be read and lead where they should is checked by `python -m ncce_cli.alerts`, with amtool.
"""

import re
from typing import Any

import yaml

from manifests import K8S
from ncce_cli.alerts import RECEIVERS, ROUTES, RULES, SOMEWHERE

MATCHER = re.compile(r'(?P<name>\w+)(?P<matchType>=~|=)"(?P<value>[^"]+)"')


def routing() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(ROUTES.read_text())
    return read


def severities() -> dict[str, str]:
    """By alert."""
    files = (yaml.safe_load(path.read_text()) for path in RULES.glob("*.yaml"))
    rules = [rule for file in files for group in file["groups"] for rule in group["rules"]]
    return {rule["alert"]: rule["labels"]["severity"] for rule in rules if "alert" in rule}


def matchers(written: list[str]) -> list[dict[str, str]]:
    found = [MATCHER.fullmatch(one) for one in written]
    assert all(found), written
    # Equal is what the operator takes for meant; written out, YAML 1.1 reads a sign of its own.
    return [{name: said for name, said in one.groupdict().items() if said != "="} for one in found if one]


def test_every_severity_has_a_receiver_and_every_name_in_a_route_is_an_alert() -> None:
    read, known = routing(), severities()
    assert set(known.values()) == set(RECEIVERS) == {one["name"] for one in read["receivers"]}
    for rule in read["inhibit_rules"]:
        for one in matchers([*rule["source_matchers"], *rule["target_matchers"]]):
            if one["name"] == "alertname":
                assert set(one["value"].split("|")) <= set(known)


def test_kubernetes_is_told_the_same() -> None:
    read, given = routing(), yaml.safe_load((K8S / "watching" / "routes.yaml").read_text())["spec"]
    route = {_camel(name): value for name, value in read["route"].items() if name != "routes"}
    inner = [{_camel(name): _matched(name, value) for name, value in one.items()} for one in read["route"]["routes"]]
    assert given["route"] == {**route, "routes": inner}
    assert given["inhibitRules"] == [
        {
            "sourceMatch": matchers(rule["source_matchers"]),
            "targetMatch": matchers(rule["target_matchers"]),
            **({"equal": rule["equal"]} if "equal" in rule else {}),
        }
        for rule in read["inhibit_rules"]
    ]
    # The same receivers, whose addresses come from files there and from a secret here.
    assert [one["name"] for one in given["receivers"]] == [one["name"] for one in read["receivers"]]


def test_nobody_is_told_before_somebody_is_named() -> None:
    assert (ROUTES.parent / "nobody.url").read_text().startswith(SOMEWHERE)


def _camel(name: str) -> str:
    return re.sub(r"_(.)", lambda found: found[1].upper(), name)


def _matched(name: str, value: Any) -> Any:
    return matchers(value) if name == "matchers" else value
