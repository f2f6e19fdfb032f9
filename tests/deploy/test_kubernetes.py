"""deploy/k8s, put together by kustomize: all that the code needs, nothing more, and nothing with too many rights."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no types

from completeness import MAKES_SECRETS, findings, guide_of_secrets, secrets_made, secrets_named
from composition import MEMBERS, SERVICES, settings_of
from manifests import OVERLAYS, Cluster, Manifest, Pod, render, schemas, selects

RENDERED: dict[str, list[Manifest]] = {}
MAX_CONNECTIONS = 400


def cluster_of(overlay: str) -> Cluster:
    """What an overlay makes, rendered once."""
    if overlay not in RENDERED:
        RENDERED[overlay] = render(overlay)
    return Cluster(RENDERED[overlay])


@pytest.fixture(params=OVERLAYS)
def cluster(request: pytest.FixtureRequest) -> Cluster:
    """Each overlay in turn."""
    return cluster_of(request.param)


def test_code_and_manifests_agree_in_both_directions(cluster: Cluster) -> None:
    assert findings(cluster) == []


def test_every_manifest_follows_its_kinds_schema_to_the_letter(cluster: Cluster) -> None:
    known = schemas()
    for manifest in cluster.manifests:
        kind = f"{manifest['apiVersion']} {manifest['kind']}"
        assert kind in known["kinds"], kind
        schema = {**known["kinds"][kind], "$defs": known["$defs"]}
        errors = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(manifest)]
        assert errors == [], (kind, manifest["metadata"]["name"])


@pytest.mark.parametrize("wrong", ["readynessProbe", "imagePullPolicies", "envs"])
def test_the_schemas_refuse_a_word_that_kubernetes_does_not_know(wrong: str) -> None:
    known = schemas()
    deployment = next(iter(cluster_of("production").of_kind("Deployment").values()))
    spec = deployment["spec"]["template"]["spec"]
    container = {**spec["containers"][0], wrong: {}}
    template = {**deployment["spec"]["template"], "spec": {**spec, "containers": [container]}}
    changed = {**deployment, "spec": {**deployment["spec"], "template": template}}
    schema = {**known["kinds"]["apps/v1 Deployment"], "$defs": known["$defs"]}
    assert not Draft202012Validator(schema).is_valid(changed)


def test_everything_is_in_the_overlays_own_namespace(cluster: Cluster) -> None:
    (namespace,) = cluster.of_kind("Namespace")
    assert {
        manifest["metadata"].get("namespace") for manifest in cluster.manifests if manifest["kind"] != "Namespace"
    } == {namespace}


# --- policies ---------------------------------------------------------------------------------------------------------


def test_no_container_is_root_or_may_write_or_gain_rights(cluster: Cluster) -> None:
    for pod in cluster.pods:
        whole, own = pod.spec["securityContext"], pod.container["securityContext"]
        assert whole["runAsNonRoot"] is True
        assert whole["runAsUser"] > 0
        assert whole["seccompProfile"] == {"type": "RuntimeDefault"}
        assert own["allowPrivilegeEscalation"] is False
        assert own["readOnlyRootFilesystem"] is True
        assert own["capabilities"] == {"drop": ["ALL"]}
        assert pod.spec["automountServiceAccountToken"] is False
        assert pod.spec["serviceAccountName"] in cluster.of_kind("ServiceAccount")
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod.spec)
        assert all("hostPath" not in volume for volume in pod.spec.get("volumes", ()))


def test_every_container_says_what_it_takes_and_what_it_may_take(cluster: Cluster) -> None:
    for pod in cluster.pods:
        resources = pod.container["resources"]
        assert {"cpu", "memory"} == set(resources["requests"]) == set(resources["limits"])


def test_every_image_has_a_version(cluster: Cluster) -> None:
    for pod in cluster.pods:
        assert re.fullmatch(r"[a-z/]+:\d+\.\d+\.\d+(-[a-z]+)?", pod.container["image"]), pod.container["image"]
    images = {pod.container["image"].partition(":")[0] for pod in cluster.ours}
    assert images == {f"ncce/{member}" for member in MEMBERS}


def test_everything_long_running_is_probed_and_never_away_as_a_whole(cluster: Cluster) -> None:
    budgets = [one["spec"] for one in cluster.of_kind("PodDisruptionBudget").values()]
    for pod in cluster.pods:
        if pod.kind == "Job":
            continue
        assert {"startupProbe", "livenessProbe", "readinessProbe"} == set(pod.probes)
        about = [budget for budget in budgets if selects(budget["selector"], pod.labels)]
        assert [budget["maxUnavailable"] for budget in about] == [1]
        assert pod.spec["topologySpreadConstraints"]
        for spread in pod.spec["topologySpreadConstraints"]:
            assert spread["labelSelector"]["matchLabels"] == pod.workload["spec"]["selector"]["matchLabels"]


def test_no_selector_means_two_workloads(cluster: Cluster) -> None:
    for pod in cluster.pods:
        if pod.kind != "Job":
            selector = pod.workload["spec"]["selector"]
            assert [other.name for other in cluster.pods if selects(selector, other.labels)] == [pod.name]


def test_a_stopping_pod_has_the_time_that_its_process_needs(cluster: Cluster) -> None:
    for pod in cluster.ours:
        if pod.kind == "Deployment":
            fields = settings_of(pod.command[0]).model_fields
            needed = pod.container["lifecycle"]["preStop"]["sleep"]["seconds"] + fields["drain_seconds"].default
            assert needed + 5 < pod.spec["terminationGracePeriodSeconds"]


def test_every_process_that_can_be_many_is_counted_by_one_scaler(cluster: Cluster) -> None:
    targets = [
        scaler["spec"]["scaleTargetRef"]["name"]
        for kind in ("HorizontalPodAutoscaler", "ScaledObject")
        for scaler in cluster.of_kind(kind).values()
    ]
    assert len(targets) == len(set(targets))
    assert set(targets) == {"gateway", *(f"{service}-{mode}" for service in SERVICES for mode in ("serve", "work"))}
    for name, deployment in cluster.of_kind("Deployment").items():
        assert ("replicas" in deployment["spec"]) is (name not in targets), name


def test_a_database_has_connections_for_as_many_processes_as_there_can_be(cluster: Cluster) -> None:
    most = {one["spec"]["scaleTargetRef"]["name"]: one["spec"] for one in cluster.of_kind("ScaledObject").values()}
    most |= {
        one["spec"]["scaleTargetRef"]["name"]: one["spec"]
        for one in cluster.of_kind("HorizontalPodAutoscaler").values()
    }
    for service in SERVICES:
        pools = 2 * settings_of(service).model_fields["database_pool_size"].default
        processes = 0
        for pod in cluster.ours:
            if pod.command[0] == service and pod.kind == "Deployment":
                spec: dict[str, Any] = most.get(pod.name) or pod.workload["spec"]
                # A roll-out has one more of each for a while.
                (most_of_it,) = (spec[name] for name in ("maxReplicas", "maxReplicaCount", "replicas") if name in spec)
                processes += most_of_it + 1
        parameters = cluster.of_kind("Cluster")[f"{service}-database"]["spec"]["postgresql"]["parameters"]
        assert parameters["max_connections"] == str(MAX_CONNECTIONS)
        assert processes * pools + 10 <= MAX_CONNECTIONS, service


# --- what is named ----------------------------------------------------------------------------------------------------


def test_secrets_are_named_and_never_written(cluster: Cluster) -> None:
    assert cluster.of_kind("Secret") == {}
    for pod in cluster.ours:
        fields = {variable for variable in pod.environment if re.search(r"KEY$|KEYS$|SECRETS$|PASSWORD$", variable)}
        fields -= {variable for variable in fields if variable.endswith("_TLS_KEY")}  # where a file is
        assert all(isinstance(pod.environment[variable], dict) for variable in fields)


def test_what_is_named_is_there_or_is_in_the_guides_list(cluster: Cluster) -> None:
    told = guide_of_secrets()
    if not cluster.of_kind("ObjectStore"):  # development keeps no backups
        told = {(name, key) for name, key in told if not name.endswith("-backups")}
    if not cluster.of_kind("AlertmanagerConfig"):  # nobody is woken by it
        told = {(name, key) for name, key in told if name != "alert-receivers"}
    assert secrets_named(cluster) == told
    made = secrets_made(cluster)
    for pod in cluster.pods:
        assert pod.mounted_secrets <= made
        for name in pod.mounted_secrets:
            assert MAKES_SECRETS.search(name)
        for source in pod.environment.values():
            if isinstance(source, dict) and "configMapKeyRef" in source:
                one = source["configMapKeyRef"]
                assert one["key"] in cluster.of_kind("ConfigMap")[one["name"]]["data"]


def test_no_key_is_mounted_where_a_certificate_is_enough(cluster: Cluster) -> None:
    for pod in cluster.ours:
        for volume in pod.spec.get("volumes", ()):
            sources = [one["secret"] for one in volume.get("projected", {}).get("sources", ())]
            if "secret" in volume and volume["name"] != "tls":
                sources.append(volume["secret"])
            assert all([item["key"] for item in source["items"]] == ["ca.crt"] for source in sources)


def test_production_stands_when_one_of_anything_is_lost() -> None:
    production = cluster_of("production")
    assert {one["spec"]["minReplicas"] for one in production.of_kind("HorizontalPodAutoscaler").values()} == {3}
    assert all(one["spec"]["minReplicaCount"] >= 2 for one in production.of_kind("ScaledObject").values())
    assert {one["spec"]["instances"] for one in production.of_kind("Cluster").values()} == {3}
    assert production.of_kind("StatefulSet")["nats"]["spec"]["replicas"] == 3
    for pod in production.ours:
        if pod.command[0] in SERVICES:
            assert pod.environment[f"{pod.command[0].upper()}_STREAM_REPLICAS"] == "3"


# --- the completeness test, tested ------------------------------------------------------------------------------------

Change = Callable[[Cluster], Any]


def named(cluster: Cluster, kind: str, name: str) -> Manifest:
    return cluster.of_kind(kind)[name]


def environment(cluster: Cluster, name: str, kind: str = "Deployment") -> list[Manifest]:
    found: list[Manifest] = Pod(named(cluster, kind, name)).container["env"]
    return found


def without(variable: str, name: str, kind: str = "Deployment") -> Change:
    def change(cluster: Cluster) -> None:
        variables = environment(cluster, name, kind)
        variables[:] = [one for one in variables if one["name"] != variable]

    return change


def gone(kind: str, name: str) -> Change:
    return lambda cluster: cluster.manifests.remove(named(cluster, kind, name))


def told(variable: str, value: str, name: str) -> Change:
    return lambda cluster: environment(cluster, name).append({"name": variable, "value": value})


def retold(variable: str, value: str, name: str) -> Change:
    def change(cluster: Cluster) -> None:
        without(variable, name)(cluster)
        told(variable, value, name)(cluster)

    return change


def subject(old: str, new: str) -> Change:
    def change(cluster: Cluster) -> None:
        for name, found in cluster.of_kind("ConfigMap").items():
            if re.fullmatch("nats-[a-z0-9]{10}", name):
                assert old in found["data"]["users.conf"]
                found["data"]["users.conf"] = found["data"]["users.conf"].replace(old, new)

    return change


def policy(name: str, direction: str, rule: Manifest) -> Change:
    return lambda cluster: named(cluster, "NetworkPolicy", name)["spec"].setdefault(direction, []).append(rule)


SEEDED: dict[str, tuple[Change, str]] = {
    "a process": (gone("Deployment", "hubs-work"), "process ('hubs', 'work') is in the code"),
    "a process of its own": (
        gone("Deployment", "identity-webhooks"),
        "process ('identity', 'webhooks') is in the code",
    ),
    "the gateway": (gone("Deployment", "gateway"), "process ('gateway', 'serve') is in the code"),
    "a job": (gone("Job", "funding-migrate"), "job ('funding', 'migrate') is in the code"),
    "a process that nobody knows": (
        lambda cluster: Pod(named(cluster, "Deployment", "hubs-work")).container.update(args=["hubs", "watch"]),
        "process ('hubs', 'watch') is in the manifests",
    ),
    "another's image": (
        lambda cluster: Pod(named(cluster, "Deployment", "hubs-work")).container.update(image="ncce/funding:0.1.0"),
        "hubs-work runs the image ncce/funding:0.1.0",
    ),
    "a required setting": (without("IDENTITY_TOKEN_KEYS", "identity-serve"), "is not given IDENTITY_TOKEN_KEYS"),
    "a setting of the place": (without("NATS_CA_FILE", "funding-work"), "funding-work is not given NATS_CA_FILE"),
    "a setting of one mode": (without("HUBS_TLS_KEY", "hubs-serve"), "hubs-serve is not given HUBS_TLS_KEY"),
    "a setting that nothing reads": (told("HUBS_COLOUR", "blue", "hubs-serve"), "HUBS_COLOUR, which no setting reads"),
    "another's setting": (told("FUNDING_PAYEE_KEYS", "", "hubs-serve"), "FUNDING_PAYEE_KEYS, which no setting reads"),
    "a port": (retold("HUBS_PORT", "8081", "hubs-serve"), "port 8081 is in the code and not in the manifests"),
    "a service": (gone("Service", "funding-serve"), "leads to https://funding-serve:8080, which is nowhere"),
    "a probe": (
        lambda cluster: Pod(named(cluster, "Deployment", "hubs-serve")).container.pop("livenessProbe"),
        "probe livenessProbe is in the code",
    ),
    "a page": (
        lambda cluster: Pod(named(cluster, "Deployment", "hubs-serve")).probes["readinessProbe"].update(path="/ready"),
        "asks /ready at http, which is nowhere",
    ),
    "a route": (without("GATEWAY_HUBS_URL", "gateway"), "route to https://hubs-serve:8080 is in the code"),
    "a consumer": (
        lambda cluster: named(cluster, "ScaledObject", "hubs-work")["spec"]["triggers"].pop(),
        "consumer ('hubs', ",
    ),
    "a consumer that nobody is": (
        lambda cluster: named(cluster, "ScaledObject", "hubs-work")["spec"]["triggers"][0]["metadata"].update(
            consumer="hubs-nobody"
        ),
        "'hubs-nobody') is in the manifests and not in the code",
    ),
    "a scaler": (gone("ScaledObject", "funding-work"), "consumer ('funding', "),
    "a subject": (subject('"payment.released"', ""), "funding publishes payment.released is in the code"),
    "a subject that is no event": (
        subject('"payment.released"', '"payment.released" "payment.lost"'),
        "funding publishes payment.lost is in the manifests",
    ),
    "what the gateway hears": (
        subject('"_INBOX_gateway.>"\n          "api_key.changed"', ""),
        "gateway listens to api_key",
    ),
    "anybody's answers": (subject('"_INBOX_hubs.>"', '"_INBOX.>"'), "hubs has the inbox _INBOX.> is in the manifests"),
    "a broker's password": (without("HUBS_BROKER_PASSWORD", "nats", "StatefulSet"), "password HUBS_BROKER_PASSWORD"),
    "a database": (gone("Cluster", "hubs-database"), "database hubs-database is in the code"),
    "the running role": (
        lambda cluster: named(cluster, "Cluster", "funding-database")["spec"]["managed"]["roles"].clear(),
        "running role ('funding_run', 'funding-database') is in the code",
    ),
    "the grant": (without("HUBS_RUNNING_ROLE", "hubs-migrate", "Job"), "hubs-migrate grants nothing to hubs_run"),
    "a policy": (
        gone("NetworkPolicy", "hubs-asks-its-database"),
        "connection ('hubs-serve', 'hubs-database', 5432) is in the code",
    ),
    "the closed door": (gone("NetworkPolicy", "nothing-by-default"), "is in the manifests and not in the code"),
    "a door to another's database": (
        lambda cluster: (
            policy("hubs-asks-its-database", "egress", {})(cluster),
            policy("funding-database", "ingress", {})(cluster),
        ),
        "connection ('hubs-serve', 'funding-database', 5432) is in the manifests",
    ),
    "a way out": (
        policy(
            "funding-asks-its-database",
            "egress",
            {"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [{"port": 443}]},
        ),
        "way out ('funding-serve', 443) is in the manifests",
    ),
}


@pytest.mark.parametrize("what", SEEDED)
def test_what_is_taken_out_or_put_in_is_found(what: str) -> None:
    change, finding = SEEDED[what]
    changed = Cluster(render("production") if not RENDERED else _copy(cluster_of("production").manifests))
    change(changed)
    assert any(finding in found for found in findings(changed)), findings(changed)


def _copy(manifests: list[Manifest]) -> list[Manifest]:
    return [copied(manifest) for manifest in manifests]


def copied(value: Any) -> Any:
    """All of it anew: rendered manifests hold nothing but mappings, lists and words."""
    if isinstance(value, dict):
        return {name: copied(one) for name, one in value.items()}
    return [copied(one) for one in value] if isinstance(value, list) else value
