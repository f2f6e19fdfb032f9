"""deploy/k8s as tests read it: what a cluster would be given, and what of the code is missing there or is too much."""

import json
import re
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from composition import ROOT

K8S = ROOT / "deploy" / "k8s"
OVERLAYS = tuple(sorted(path.name for path in (K8S / "overlays").iterdir()))
WORKLOADS = ("Deployment", "StatefulSet", "Job")
SCHEMAS = ROOT / "tests" / "deploy" / "kubernetes_schemas.json"
"""Names and types of Kubernetes 1.37 (its published API), of KEDA, CloudNativePG and cert-manager (their resource
definitions of August 2026); all Apache-2.0. Descriptions are left out, and a name that is not there is refused."""

NAME, COMPONENT = "app.kubernetes.io/name", "app.kubernetes.io/component"

Manifest = dict[str, Any]


def render(overlay: str) -> list[Manifest]:
    """What kustomize makes of an overlay."""
    return built(K8S / "overlays" / overlay)


def built(directory: Path) -> list[Manifest]:
    kubectl = Path(sysconfig.get_path("scripts")) / "kubectl"
    done = subprocess.run([kubectl, "kustomize", directory], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [found for found in yaml.safe_load_all(done.stdout) if found]


def schemas() -> dict[str, Any]:
    """By `apiVersion kind` what a manifest may say."""
    read: dict[str, Any] = json.loads(SCHEMAS.read_text())
    return read


@dataclass(frozen=True)
class Pod:
    """What a workload runs: one container each."""

    workload: Manifest

    @property
    def name(self) -> str:
        return str(self.workload["metadata"]["name"])

    @property
    def kind(self) -> str:
        return str(self.workload["kind"])

    @property
    def spec(self) -> dict[str, Any]:
        found: dict[str, Any] = self.workload["spec"]["template"]["spec"]
        return found

    @property
    def labels(self) -> dict[str, str]:
        return dict(self.workload["spec"]["template"]["metadata"]["labels"])

    @property
    def container(self) -> dict[str, Any]:
        (one,) = self.spec["containers"]
        found: dict[str, Any] = one
        return found

    @property
    def command(self) -> tuple[str, ...]:
        return tuple(self.container.get("args", ()))

    @property
    def environment(self) -> dict[str, Any]:
        """Each variable with its value, or with where it comes from."""
        return {one["name"]: one.get("value", one.get("valueFrom")) for one in self.container.get("env", ())}

    @property
    def ports(self) -> dict[str, int]:
        return {one["name"]: one["containerPort"] for one in self.container.get("ports", ())}

    @property
    def probes(self) -> dict[str, dict[str, Any]]:
        names = ("startupProbe", "livenessProbe", "readinessProbe")
        given = {name: self.container[name] for name in names if name in self.container}
        return {name: one.get("httpGet") or one["exec"] for name, one in given.items()}

    @property
    def secret_keys(self) -> set[tuple[str, str]]:
        """Secrets by name and key that its variables come from."""
        sources = [source.get("secretKeyRef") for source in self.environment.values() if isinstance(source, dict)]
        return {(source["name"], source["key"]) for source in sources if source}

    @property
    def mounted_secrets(self) -> set[str]:
        found = set()
        for volume in self.spec.get("volumes", ()):
            if "secret" in volume:
                found.add(volume["secret"]["secretName"])
            for source in volume.get("projected", {}).get("sources", ()):
                if "secret" in source:
                    found.add(source["secret"]["name"])
        return found


class Cluster:
    """Everything that one overlay puts into a cluster."""

    def __init__(self, manifests: list[Manifest]) -> None:
        self.manifests = manifests

    def of_kind(self, kind: str) -> dict[str, Manifest]:
        """By name."""
        return {found["metadata"]["name"]: found for found in self.manifests if found["kind"] == kind}

    @property
    def pods(self) -> list[Pod]:
        return [Pod(found) for found in self.manifests if found["kind"] in WORKLOADS]

    @property
    def ours(self) -> list[Pod]:
        """Those that run an image of ours."""
        return [pod for pod in self.pods if pod.container["image"].startswith("ncce/")]

    def configuration(self, beginning: str) -> dict[str, str]:
        """A generated ConfigMap, by its name without the hash."""
        (found,) = (
            one
            for name, one in self.of_kind("ConfigMap").items()
            if re.fullmatch(rf"{re.escape(beginning)}-[a-z0-9]{{10}}", name)
        )
        return dict(found["data"])


# --- network policies, as a cluster would read them -------------------------------------------------------------------


@dataclass(frozen=True)
class Flow:
    """Who may open a connection to whom, on which port."""

    source: str
    target: str
    port: int


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector means something with these labels; an empty one means everything."""
    if any(labels.get(name) != value for name, value in selector.get("matchLabels", {}).items()):
        return False
    for one in selector.get("matchExpressions", ()):
        assert one["operator"] == "In", one
        if labels.get(one["key"]) not in one["values"]:
            return False
    return True


def flows(cluster: Cluster) -> set[Flow]:
    """Every connection between two pods that both a policy of the one and a policy of the other let through."""
    pods = dict(_labelled(cluster))
    ports = {port for policy in _policies(cluster) for port in _ports_named(policy)}
    return {
        Flow(source, target, port)
        for source in pods
        for target in pods
        for port in ports
        if _lets(cluster, "egress", "to", pods[source], pods[target], port)
        and _lets(cluster, "ingress", "from", pods[target], pods[source], port)
    }


def who_may_leave(cluster: Cluster) -> dict[str, set[int]]:
    """By pod the ports on which it may reach addresses outside the cluster."""
    found: dict[str, set[int]] = {}
    for name, labels in _labelled(cluster):
        for policy in _policies(cluster):
            if selects(policy["podSelector"], labels):
                for rule in policy.get("egress", ()):
                    if any("ipBlock" in peer for peer in rule.get("to", ())):
                        found.setdefault(name, set()).update(one["port"] for one in rule["ports"])
    return found


def _labelled(cluster: Cluster) -> Iterator[tuple[str, dict[str, str]]]:
    for pod in cluster.pods:
        yield pod.name, pod.labels
    for name in cluster.of_kind("Cluster"):
        yield name, {"cnpg.io/cluster": name}


def _policies(cluster: Cluster) -> list[Manifest]:
    return [policy["spec"] for policy in cluster.of_kind("NetworkPolicy").values()]


def _ports_named(policy: Manifest) -> Iterator[int]:
    for rule in (*policy.get("ingress", ()), *policy.get("egress", ())):
        yield from (one["port"] for one in rule.get("ports", ()))


def _lets(
    cluster: Cluster, direction: str, side: str, mine: Mapping[str, str], theirs: Mapping[str, str], port: int
) -> bool:
    """Whether some policy about a pod lets it have a connection with another, in one direction."""
    about = [policy for policy in _policies(cluster) if selects(policy["podSelector"], mine)]
    if not any(direction.capitalize() in policy["policyTypes"] for policy in about):
        return True  # nothing is said, and so everything is allowed
    rules = [rule for policy in about for rule in policy.get(direction, ())]
    return any(_rule_lets(rule, side, theirs, port) for rule in rules)


def _rule_lets(rule: Manifest, side: str, labels: Mapping[str, str], port: int) -> bool:
    if "ports" in rule and port not in {one["port"] for one in rule["ports"]}:
        return False
    peers = rule.get(side)
    if peers is None:
        return True
    here = [peer for peer in peers if "namespaceSelector" not in peer and "ipBlock" not in peer]
    return any(selects(peer["podSelector"], labels) for peer in here)
