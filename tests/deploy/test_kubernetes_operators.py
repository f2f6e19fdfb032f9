"""What the operators of PostgreSQL and Prometheus are told: every database is kept, every process is watched."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no types

from composition import ROOT, SERVICES
from manifests import COMPONENT, K8S, NAME, Cluster, Manifest, built, render, schemas, selects

PLUGIN = "barman-cloud.cloudnative-pg.io"


@pytest.fixture(scope="module")
def production() -> Cluster:
    return Cluster(render("production"))


def follows_its_schema(manifest: Manifest) -> list[str]:
    known = schemas()
    schema = {**known["kinds"][f"{manifest['apiVersion']} {manifest['kind']}"], "$defs": known["$defs"]}
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(manifest)]


# --- numbers ----------------------------------------------------------------------------------------------------------


def monitored(cluster: Cluster) -> list[tuple[str, Any]]:
    """Pods with the endpoint that a monitor asks, one for each time that a monitor means the pod."""
    return [
        (pod.name, (pod, monitor["spec"]["podMetricsEndpoints"][0]))
        for monitor in cluster.of_kind("PodMonitor").values()
        for pod in cluster.pods
        if selects(monitor["spec"]["selector"], pod.labels)
    ]


def test_every_process_is_watched_once_and_nothing_else_is(production: Cluster) -> None:
    watched = [name for name, _ in monitored(production)]
    assert sorted(watched) == sorted(pod.name for pod in production.ours if pod.kind == "Deployment")


def test_a_process_is_asked_where_it_listens_and_as_who_it_is(production: Cluster) -> None:
    certificates = production.of_kind("Certificate").values()
    certified = {one["spec"]["secretName"]: one["spec"].get("dnsNames") for one in certificates}
    for name, (pod, asked) in monitored(production):
        assert asked["port"] in pod.ports
        assert {one["targetLabel"]: one["sourceLabels"][0].rpartition("label_")[2] for one in asked["relabelings"]} == {
            "service": NAME.replace(".", "_").replace("/", "_"),
            "mode": COMPONENT.replace(".", "_").replace("/", "_"),
        }
        speaks_tls = any(variable.endswith("_TLS_CERTIFICATE") for variable in pod.environment)
        assert (asked.get("scheme") == "https") is speaks_tls
        if name.endswith("-serve"):
            assert asked["tlsConfig"]["serverName"] in certified[f"{name}-tls"]


def test_the_rules_are_those_of_the_platform(production: Cluster) -> None:
    files = {path.stem: path for path in (ROOT / "deploy" / "observability" / "rules").glob("*.yaml")}
    given = {name: one["spec"] for name, one in production.of_kind("PrometheusRule").items()}
    assert given == {f"ncce-{name}": yaml.safe_load(path.read_text()) for name, path in files.items()}


# --- backups ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES)
def test_a_database_is_kept_every_night_and_as_it_changes(production: Cluster, service: str) -> None:
    (archiver,) = production.of_kind("Cluster")[f"{service}-database"]["spec"]["plugins"]
    assert (archiver["name"], archiver["isWALArchiver"]) == (PLUGIN, True)
    store = production.of_kind("ObjectStore")[archiver["parameters"]["barmanObjectName"]]
    assert store["spec"]["configuration"]["destinationPath"] == "s3://ncce-production-backups/"
    nightly = production.of_kind("ScheduledBackup")[f"{service}-nightly"]["spec"]
    assert nightly["cluster"] == {"name": f"{service}-database"}
    assert (nightly["method"], nightly["pluginConfiguration"]["name"]) == ("plugin", PLUGIN)
    seconds, _, hour, *every = nightly["schedule"].split()
    assert (seconds, int(hour) < 5, every) == ("0", True, ["*", "*", "*"])  # six fields, and while few are awake


def test_no_two_databases_are_copied_at_once(production: Cluster) -> None:
    schedules = [one["spec"]["schedule"] for one in production.of_kind("ScheduledBackup").values()]
    assert len(set(schedules)) == len(SERVICES)


@pytest.mark.parametrize("service", SERVICES)
def test_a_database_goes_back_to_a_moment_alone_and_into_an_archive_of_its_own(
    production: Cluster, service: str
) -> None:
    restored = Cluster(built(K8S / "restore" / service))
    now, then = (one.of_kind("Cluster") for one in (production, restored))
    assert {name for name in now if now[name] != then[name]} == {f"{service}-database"}
    changed = then[f"{service}-database"]
    assert follows_its_schema(changed) == []
    spec = changed["spec"]
    recovery, (origin,), (archiver,) = spec["bootstrap"]["recovery"], spec["externalClusters"], spec["plugins"]
    assert recovery["source"] == origin["name"]
    assert recovery["recoveryTarget"]["targetTime"].endswith("Z")
    assert (recovery["database"], recovery["owner"]) == (service, service)
    was = now[f"{service}-database"]["spec"]["plugins"][0]["parameters"]
    assert origin["plugin"]["parameters"] == was
    assert archiver["parameters"]["barmanObjectName"] == was["barmanObjectName"]
    assert archiver["parameters"]["serverName"] != was["serverName"]
    others = [one for one in restored.manifests if one["kind"] != "Cluster"]
    assert others == [one for one in production.manifests if one["kind"] != "Cluster"]
