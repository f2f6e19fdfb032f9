"""What the code says that a deployment needs, held against what the manifests give it; in both directions."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from pydantic import HttpUrl, SecretStr
from pydantic.fields import FieldInfo

from chassis import health
from chassis.bus import inbox_of
from chassis.service import Service
from composition import MEMBERS, ROOT, SERVICES, variables_of
from contracts.registry import PUBLISHED, PUBLISHER, stream_of
from gateway.control.events import ENDINGS
from gateway.routes import ROUTES
from manifests import Cluster, Flow, Pod, flows, who_may_leave
from ncce_cli.parts import PARTS

PORT, DATABASE_PORT, BROKER_PORT, ROUTE_PORT, MONITOR_PORT = 8080, 5432, 4222, 6222, 8222
OPERATORS = "inside"
"""The name of a port that no Service leads to."""
JOBS = {(service, mode) for service in SERVICES for mode in ("migrate", "seed")}
OF_THE_PLACE = ("url", "host", "port", "address", "domain", "origins", "directory", "file", "role", "replicas")
"""How names of settings end that say something of where the platform is. A rule is right by default anywhere."""
ONLY_IN = {"running_role": {"migrate"}, "tls_certificate": {"serve"}, "tls_key": {"serve"}}
"""Settings that not every process of a member reads."""
SANDBOX = "a sandbox is a second platform, in a namespace and with keys of its own"
RIGHT_WITHOUT = {
    "routing_file": "replicas are found by the name of the Service, routes are the code's",
    "sandbox": SANDBOX,
    **{f"sandbox_{name}": SANDBOX for name in ("principal_key", *(f"{service}_url" for service in SERVICES))},
    "sandbox_clock_file": "no live platform starts with it",
    "otlp_url": "who has a collector of traces says where, and lets processes reach it",
    "notify_url": "there is one GOV.UK Notify",
    "federation_redirect_url": "follows from the public URL",
    "passkey_domain": "follows from the public URL",
    "passkey_origins": "pages of no other place use passkeys",
    "modulus_weights_file": "licensed to whoever pays by BACS, and put there by them",
    "clamd_address": "which scanner there is, its operator knows",
}
"""Settings of the place that stay as they are, and why."""
MAKES_SECRETS = re.compile(r"^internal-ca$|-tls$|^[a-z]+-database-ca$")
"""Secrets that operators make: cert-manager and CloudNativePG."""


def findings(cluster: Cluster) -> list[str]:
    """What is missing and what is too much, each as a sentence; nothing when code and manifests agree."""
    checks = (_processes, _settings, _ports, _probes, _upstreams, _consumers, _subjects, _databases, _connections)
    return [found for check in checks for found in check(cluster)]


def _differences(what: str, code: set[Any], manifests: set[Any]) -> Iterator[str]:
    yield from (f"{what} {one} is in the code and not in the manifests" for one in sorted(code - manifests, key=str))
    yield from (f"{what} {one} is in the manifests and not in the code" for one in sorted(manifests - code, key=str))


def _processes(cluster: Cluster) -> Iterator[str]:
    running = {pod.command for pod in cluster.ours if pod.kind == "Deployment"}
    yield from _differences("process", {(part.member, part.mode) for part in PARTS}, running)
    yield from _differences("job", JOBS, {pod.command for pod in cluster.ours if pod.kind == "Job"})
    for pod in cluster.ours:
        if not pod.container["image"].startswith(f"ncce/{pod.command[0]}:"):
            yield f"{pod.name} runs the image {pod.container['image']}"


# --- settings ---------------------------------------------------------------------------------------------------------


def is_of_the_place(name: str, field: FieldInfo) -> bool:
    """Whether a setting says where the platform is, or is a secret of that place."""
    kinds = {field.annotation, *get_args(field.annotation)}
    return bool(kinds & {SecretStr, Path, HttpUrl}) or name.rpartition("_")[2] in OF_THE_PLACE


def _settings(cluster: Cluster) -> Iterator[str]:
    names = {f: name for member in MEMBERS for name, f in _by_name(member)}
    for pod in cluster.ours:
        known = variables_of(pod.command[0])
        given = set(pod.environment)
        yield from (f"{pod.name} is given {one}, which no setting reads" for one in sorted(given - set(known)))
        for variable, field in known.items():
            name = names[(pod.command[0], variable)]
            wanted = field.is_required() or (is_of_the_place(name, field) and name not in RIGHT_WITHOUT)
            if wanted and pod.command[1] in ONLY_IN.get(name, {pod.command[1]}) and variable not in given:
                yield f"{pod.name} is not given {variable}"


def _by_name(member: str) -> Iterator[tuple[str, tuple[str, str]]]:
    fields = importlib.import_module(f"{member}.settings").Settings.model_fields
    yield from ((name, (member, variable)) for name, variable in zip(fields, variables_of(member), strict=True))


# --- ports, pages, names ----------------------------------------------------------------------------------------------


def _ports(cluster: Cluster) -> Iterator[str]:
    for pod in cluster.ours:
        if pod.kind == "Deployment":
            mode = "PORT" if pod.command[1] == "serve" else "WORK_PORT"
            listens = {int(pod.environment.get(f"{pod.command[0].upper()}_{mode}", 0))}
            listens |= {int(pod.environment[name]) for name in pod.environment if name.endswith("_ADMIN_PORT")}
            yield from _differences(f"{pod.name}: port", listens, set(pod.ports.values()))
        elif pod.ports:
            yield f"{pod.name} is a job and listens"
    for name, service in cluster.of_kind("Service").items():
        behind = [pod for pod in cluster.pods if service["spec"]["selector"].items() <= pod.labels.items()]
        if not behind:
            yield f"Service {name} leads nowhere"
        for pod in behind:
            wanted = {port["targetPort"] for port in service["spec"]["ports"]}
            yield from _differences(f"Service {name}: port", set(pod.ports) - {OPERATORS}, wanted)


def _probes(cluster: Cluster) -> Iterator[str]:
    pages = {route.path for route in health.router.routes if hasattr(route, "path")}
    for pod in cluster.ours:
        if pod.kind != "Deployment":
            continue
        wanted = {"startupProbe", "livenessProbe", "readinessProbe"}
        yield from _differences(f"{pod.name}: probe", wanted, set(pod.probes))
        speaks = "HTTPS" if any(name.endswith("_TLS_CERTIFICATE") for name in pod.environment) else "HTTP"
        for name, asked in pod.probes.items():
            if asked["path"] not in pages or asked["port"] not in pod.ports:
                yield f"{pod.name}: {name} asks {asked['path']} at {asked['port']}, which is nowhere"
            if asked.get("scheme", "HTTP") != speaks:
                yield f"{pod.name}: {name} does not speak {speaks}"
        ready = pod.probes.get("readinessProbe", {}).get("path")
        if ready != "/health/ready":
            yield f"{pod.name} is asked {ready} whether it is ready"


def _upstreams(cluster: Cluster) -> Iterator[str]:
    names = {
        (name, port["port"])
        for name, service in cluster.of_kind("Service").items()
        for port in service["spec"]["ports"]
    }
    names |= {
        (f"{name}-{index}.{one['spec']['serviceName']}", port)
        for name, one in cluster.of_kind("StatefulSet").items()
        for index in range(one["spec"]["replicas"])
        for service, port in names
        if service == one["spec"]["serviceName"]
    }
    routed = {route.service for route in ROUTES}
    for pod in cluster.ours:
        urls = {name: value for name, value in pod.environment.items() if isinstance(value, str) and "://" in value}
        for variable, url in ((name, one) for name, value in urls.items() for one in value.split(",")):
            if (urlsplit(url).hostname, urlsplit(url).port) not in names:
                yield f"{pod.name}: {variable} leads to {url}, which is nowhere"
        if pod.command[0] == "gateway":
            asked = {value for name, value in urls.items() if name.startswith("GATEWAY_")}
            yield from _differences("route to", {f"https://{name}-serve:{PORT}" for name in routed}, asked)


# --- broker and databases ---------------------------------------------------------------------------------------------


def _consumers(cluster: Cluster) -> Iterator[str]:
    code, manifests = set(), set()
    for name in SERVICES:
        service: Service = importlib.import_module(f"{name}.app").SERVICE
        code |= {(name, stream_of(PUBLISHER[one.event]), one.durable) for one in service.subscriptions.table}
    deployments = {pod.name: pod for pod in cluster.ours}
    for scaled in cluster.of_kind("ScaledObject").values():
        target = deployments.get(scaled["spec"]["scaleTargetRef"]["name"])
        if target is None or target.command[1:] != ("work",):
            yield f"{scaled['metadata']['name']} scales nothing that consumes"
            continue
        for trigger in scaled["spec"]["triggers"]:
            told = trigger["metadata"]
            manifests.add((target.command[0], told["stream"], told["consumer"]))
            place = f"nats.{scaled['metadata']['namespace']}.svc:{MONITOR_PORT}"
            if told["natsServerMonitoringEndpoint"] != place:
                yield f"{told['consumer']} is looked for at {told['natsServerMonitoringEndpoint']}"
    yield from _differences("consumer", code, manifests)


USER = re.compile(r"user: (?P<user>[a-z]+), password: \$(?P<password>[A-Z_]+)\s*\n(?P<rest>.*?)\n    }\n", re.DOTALL)


def _subjects(cluster: Cluster) -> Iterator[str]:
    (pod,) = (pod for pod in cluster.pods if pod.name == "nats")
    users = {found["user"]: found for found in USER.finditer(cluster.configuration("nats")["users.conf"])}
    yield from _differences("broker's user", set(MEMBERS), set(users))
    passwords = {found["password"] for found in users.values()}
    given = {name for name in pod.environment if name.endswith("_PASSWORD")}
    yield from _differences("broker's password", passwords, given)
    for name, found in users.items():
        publish, _, subscribe = found["rest"].partition("subscribe:")
        may_say, may_hear = (set(re.findall(r'"([a-z_]+\.[a-z_]+)"', part)) for part in (publish, subscribe))
        says = {event.subject for event in PUBLISHED.get(name, ())}
        yield from _differences(f"{name} publishes", says, may_say)
        hears = {"api_key.changed", *(event.subject for event in ENDINGS)} if name == "gateway" else set()
        inboxes = set(re.findall(r'"(_INBOX[^"]*)"', found["rest"]))
        yield from _differences(f"{name} has the inbox", {f"{inbox_of(name)}.>"}, inboxes)
        yield from _differences(f"{name} listens to", hears, may_hear)


def _databases(cluster: Cluster) -> Iterator[str]:
    clusters = cluster.of_kind("Cluster")
    yield from _differences("database", {f"{service}-database" for service in SERVICES}, set(clusters))
    for service in set(SERVICES) & {name.removesuffix("-database") for name in clusters}:
        spec = clusters[f"{service}-database"]["spec"]
        made = spec["bootstrap"]["initdb"]
        if (made["database"], made["owner"], made["secret"]["name"]) != (service, service, f"{service}-database-owner"):
            yield f"the database of {service} is {made}"
        running = {(role["name"], role["passwordSecret"]["name"]) for role in spec["managed"]["roles"]}
        yield from _differences("running role", {(f"{service}_run", f"{service}-database")}, running)
        for pod in cluster.ours:
            if pod.command[0] == service:
                yield from _who_connects(pod, service)


def _who_connects(pod: Pod, service: str) -> Iterator[str]:
    owner = pod.command[1] == "migrate"
    secret = f"{service}-database-owner" if owner else f"{service}-database"
    if (secret, "url") not in pod.secret_keys:
        yield f"{pod.name} does not connect as {secret}"
    if owner and pod.environment.get(f"{service.upper()}_RUNNING_ROLE") != f"{service}_run":
        yield f"{pod.name} grants nothing to {service}_run"


def _connections(cluster: Cluster) -> Iterator[str]:
    may = {(flow.source, flow.target, flow.port) for flow in flows(cluster)}
    must = {(flow.source, flow.target, flow.port) for flow in expected_flows(cluster)}
    yield from _differences("connection", must, may)
    outside = {"identity-serve": {443, 465, 587}, "identity-work": {443, 465, 587}, "identity-webhooks": {443}}
    leaving = {(name, port) for name, ports in who_may_leave(cluster).items() for port in ports}
    yield from _differences("way out", {(name, port) for name, ports in outside.items() for port in ports}, leaving)


def expected_flows(cluster: Cluster) -> Iterator[Flow]:
    """Who has to talk with whom, as the code has it: nobody asks another service, everybody one database."""
    yield Flow("nats", "nats", ROUTE_PORT)
    yield Flow("gateway", "nats", BROKER_PORT)
    for service in SERVICES:
        database = f"{service}-database"
        yield Flow(database, database, DATABASE_PORT)
        yield Flow(database, database, 8000)
        yield Flow("gateway", f"{service}-serve", PORT)
        for mode in ("serve", "work", "migrate", "seed", *(("webhooks",) if service == "identity" else ())):
            yield Flow(f"{service}-{mode}", database, DATABASE_PORT)
        for mode in ("serve", "work"):
            yield Flow(f"{service}-{mode}", "nats", BROKER_PORT)
            yield Flow(f"{service}-{mode}", "nats", MONITOR_PORT)


def secrets_named(cluster: Cluster) -> set[tuple[str, str]]:
    """Secrets that somebody has to put there, by name and key."""
    found = {pair for pod in cluster.pods for pair in pod.secret_keys}
    for database in cluster.of_kind("Cluster").values():
        names = [database["spec"]["bootstrap"]["initdb"]["secret"]["name"]]
        names += [role["passwordSecret"]["name"] for role in database["spec"]["managed"]["roles"]]
        found |= {(name, key) for name in names for key in ("username", "password")}
    for routes in cluster.of_kind("AlertmanagerConfig").values():
        hooks = [hook["urlSecret"] for one in routes["spec"]["receivers"] for hook in one["webhookConfigs"]]
        found |= {(one["name"], one["key"]) for one in hooks}
    for store in cluster.of_kind("ObjectStore").values():
        found |= {(one["name"], one["key"]) for one in store["spec"]["configuration"]["s3Credentials"].values()}
    return found


def secrets_made(cluster: Cluster) -> set[str]:
    """Secrets that operators make in the course of things."""
    issued = {one["spec"]["secretName"] for one in cluster.of_kind("Certificate").values()}
    return issued | {f"{name}-ca" for name in cluster.of_kind("Cluster")}


def guide_of_secrets() -> set[tuple[str, str]]:
    """The table of the guide: what an operator is told to make."""
    text = (ROOT / "docs" / "guide" / "kubernetes.md").read_text()
    return set(re.findall(r"^\| `([a-z-]+)` \| `([A-Za-z_]+)` \|", text, re.MULTILINE))
