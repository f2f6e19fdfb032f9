"""What the operators of PostgreSQL and Prometheus are told: every database is kept, every process is watched."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no types

from composition import ROOT, SERVICES, settings_of
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


# --- poolers ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pooled(tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    """Production, with the poolers put before its databases as the guide says."""
    folder = tmp_path_factory.mktemp("pooled")
    overlay, component = (os.path.relpath(K8S / name, folder) for name in ("overlays/production", "pooler"))
    kind = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}
    (folder / "kustomization.yaml").write_text(
        yaml.safe_dump(kind | {"resources": [overlay], "components": [component]})
    )
    return Cluster(built(Path(os.path.realpath(folder))))


def test_each_database_has_a_pooler_which_shows_a_certificate_with_its_name(pooled: Cluster) -> None:
    poolers, databases = pooled.of_kind("Pooler"), pooled.of_kind("Cluster")
    assert {one["spec"]["cluster"]["name"] for one in poolers.values()} == set(databases)
    for service in SERVICES:
        pooler, database = poolers[f"{service}-pooler"], databases[f"{service}-database"]
        assert follows_its_schema(pooler) + follows_its_schema(database) == []
        spec = pooler["spec"]
        assert (spec["cluster"]["name"], spec["type"]) == (f"{service}-database", "rw")
        assert spec["pgbouncer"]["poolMode"] == "transaction"
        assert database["spec"]["certificates"] == {"serverAltDNSNames": [f"{service}-pooler"]}
        assert pooled.of_kind("PodDisruptionBudget")[f"{service}-pooler"]["spec"]["selector"] == {
            "matchLabels": {"cnpg.io/poolerName": f"{service}-pooler"}
        }


def test_poolers_open_no_more_connections_than_a_database_has_and_take_every_process(pooled: Cluster) -> None:
    for service in SERVICES:
        spec = pooled.of_kind("Pooler")[f"{service}-pooler"]["spec"]
        parameters = spec["pgbouncer"]["parameters"]
        most = int(
            pooled.of_kind("Cluster")[f"{service}-database"]["spec"]["postgresql"]["parameters"]["max_connections"]
        )
        renewed = spec["instances"] + spec["deploymentStrategy"]["rollingUpdate"]["maxSurge"]
        assert renewed * int(parameters["default_pool_size"]) + 20 <= most
        pools = 2 * settings_of(service).model_fields["database_pool_size"].default
        scaled = {
            one["spec"]["scaleTargetRef"]["name"]: one["spec"]
            for kind in ("ScaledObject", "HorizontalPodAutoscaler")
            for one in pooled.of_kind(kind).values()
        }
        own = [one for name, one in scaled.items() if name.startswith(f"{service}-")]
        assert own
        processes = sum(one.get("maxReplicas", one.get("maxReplicaCount")) + 1 for one in own)
        assert processes * pools <= int(parameters["max_client_conn"])


def test_every_process_but_the_one_that_migrates_goes_through_its_pooler(production: Cluster, pooled: Cluster) -> None:
    for pod in pooled.ours:
        service, mode = pod.command[:2]
        told = pod.environment.get(f"{service.upper()}_DATABASE_POOLED")
        assert told == ("true" if service in SERVICES and mode != "migrate" else None), pod.name
    names = {f"{service}-database" for service in SERVICES}
    changed = {one["metadata"]["name"] for one in pooled.manifests if one not in production.manifests}
    assert changed == {f"{service}-pooler" for service in SERVICES} | names | {
        pod.name for pod in pooled.ours if pod.command[0] in SERVICES and pod.command[1] != "migrate"
    }
