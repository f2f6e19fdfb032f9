"""`python -m ncce_cli.kubernetes_secrets`: the secrets that deploy/k8s names, with fresh keys and passwords.

Written once, as manifests, to standard output: keep them where secrets are kept, and never in the repository. Keys that
have signed awards, or have sealed anything, cannot be made again.
"""

import json
import re
import sys
from collections.abc import Mapping

from ncce_cli.compose_environment import TEMPLATE, environment
from ncce_cli.parts import GATEWAY, MEMBERS, SERVICES

LINE = re.compile(r"^(?P<name>[A-Z_]+)='?(?P<value>.*?)'?$")
DATABASE_TLS = "sslmode=verify-full&sslrootcert=/etc/ncce/authorities/database/ca.crt"
OWNED = ("_AUDIT_KEYS", "_KEYS", "_SECRETS", "_BACS_")
"""What names of variables hold that are a service's own secrets."""
FROM_OTHERS = (
    "IDENTITY_SMTP_URL",
    "IDENTITY_NOTIFY_KEY",
    "IDENTITY_NOTIFY_TEMPLATE_ID",
    "IDENTITY_PROVIDERS",
)
"""Secrets that somebody else gives out; a process starts without them."""


def secrets_of(variables: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """By secret its keys and values, from what compose has in variables."""
    found = {
        "principal-keys": {"PRINCIPAL_KEYS": variables["PRINCIPAL_KEYS"]},
        "gateway-principal-key": {"GATEWAY_PRINCIPAL_KEY": variables["GATEWAY_PRINCIPAL_KEY"]},
        "broker-passwords": {
            f"{member.upper()}_BROKER_PASSWORD": variables[f"{member.upper()}_BROKER_PASSWORD"] for member in MEMBERS
        },
    }
    for member in MEMBERS:
        password = variables[f"{member.upper()}_BROKER_PASSWORD"]
        found[f"{member}-broker"] = {"NATS_URL": f"tls://{member}:{password}@nats:4222"}
    for service in SERVICES:
        prefix = service.upper()
        found[f"{service}-database-owner"] = _database(service, service, variables[f"{prefix}_DATABASE_PASSWORD"])
        found[f"{service}-database"] = _database(service, f"{service}_run", variables[f"{prefix}_RUNNING_PASSWORD"])
        found[f"{service}-keys"] = {name: value for name, value in variables.items() if _is_own(name, prefix)}
    found["identity-keys"] |= dict.fromkeys(FROM_OTHERS, "")
    return found


def _database(service: str, role: str, password: str) -> dict[str, str]:
    url = f"postgresql://{role}:{password}@{service}-database-rw:5432/{service}?{DATABASE_TLS}"
    return {"username": role, "password": password, "url": url}


def _is_own(name: str, prefix: str) -> bool:
    return name.startswith(f"{prefix}_") and any(part in name for part in OWNED) and prefix != GATEWAY.upper()


def manifests(namespace: str) -> str:
    """All of it, as `kubectl apply` takes it. A value that is empty is left out."""
    lines = [found for line in environment(TEMPLATE.read_text()).splitlines() if (found := LINE.match(line))]
    secrets = secrets_of({line["name"]: line["value"] for line in lines})
    return "".join(
        "---\n"
        + json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Secret",
                "metadata": {"name": name, "namespace": namespace},
                "type": "kubernetes.io/basic-auth" if "username" in content else "Opaque",
                "stringData": {key: value for key, value in content.items() if value},
            },
            indent=2,
        )
        + "\n"
        for name, content in secrets.items()
    )


def main() -> None:
    """Print them for a namespace."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m ncce_cli.kubernetes_secrets NAMESPACE, such as ncce-staging")
    sys.stdout.write(manifests(sys.argv[1]))


if __name__ == "__main__":
    main()
