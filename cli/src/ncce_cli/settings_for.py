"""The environment of each process: its own settings and nobody else's secrets."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ncce_cli import processes, sandbox
from ncce_cli.errors import SettingsWrong
from ncce_cli.keys import KeyStore, key_set, public_part
from ncce_cli.parts import GATEWAY, GATEWAY_ADMIN, MEMBERS, SERVICES, Part, running_role
from ncce_cli.state import Home

DEFAULT_PORT = 8080
SANDBOX_BANK = {
    "FUNDING_BACS_SERVICE_USER_NUMBER": "999999",
    "FUNDING_BACS_SORT_CODE": "089999",
    "FUNDING_BACS_ACCOUNT_NUMBER": "66374958",
    "FUNDING_BACS_ACCOUNT_NAME": "NCCE SANDBOX",
}
"""A bank account that does not exist, so that a development platform can make bank files."""
DATABASE_VARIABLES = {service: f"{service.upper()}_DATABASE_URL" for service in SERVICES}


@dataclass(frozen=True)
class External:
    """The parts that somebody else runs: database URLs by service (none or all), and the broker's URL."""

    databases: Mapping[str, str]
    nats_url: str | None

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "External":
        given = {name: environment[key] for name, key in DATABASE_VARIABLES.items() if environment.get(key)}
        if given and len(given) < len(SERVICES):
            missing = ", ".join(key for name, key in DATABASE_VARIABLES.items() if name not in given)
            raise SettingsWrong(
                f"Some databases are external and some are not: set {missing} too, or none of the four."
            )
        for name, url in given.items():
            if urlsplit(url).scheme not in ("postgresql", "postgres"):
                raise SettingsWrong(f"{DATABASE_VARIABLES[name]} must begin with postgresql://.")
        return cls(given, environment.get("NATS_URL") or None)


def gateway_port(environment: Mapping[str, str]) -> int:
    """NCCE_PORT, or 8080."""
    named = environment.get("NCCE_PORT") or str(DEFAULT_PORT)
    if not named.isdecimal() or not 0 < int(named) < 65536:
        raise SettingsWrong(f"NCCE_PORT must be a port number between 1 and 65535, not {named}.")
    return int(named)


@dataclass(frozen=True)
class Connections:
    """Where the databases and the broker are."""

    databases: Mapping[str, str]
    """As the services' processes reach them."""
    nats_url: str
    nats_monitor_url: str
    identities: Mapping[str, str] = field(default_factory=dict)
    """What tells each of our databases from any other there ever was; empty for external ones."""
    owned: Mapping[str, str] = field(default_factory=dict)
    """The same databases as their owners reach them, where that is somebody else."""


class Environments:
    """Builds the environment of every process of one platform."""

    def __init__(self, home: Home, connections: Connections, ports: Mapping[str, int]) -> None:
        self._home = home
        self._keys = KeyStore(home.secrets)
        self._connections = connections
        self._ports = ports

    def of(self, part: Part) -> dict[str, str]:
        """Everything `part` needs: our defaults, which the person at the terminal may override, and the wiring."""
        inherited = {name: value for name, value in os.environ.items() if not is_foreign(name, part.member)}
        wiring = self._gateway() if part.member == GATEWAY else self._service(part)
        return {**self._defaults(part.member), **inherited, **wiring}

    def to_migrate(self, service: str) -> dict[str, str]:
        """What `migrate` needs: the owner's way to the database, and who is to be given rights in it."""
        prefix, found = service.upper(), self.of(Part(service, "serve"))
        if owned := self._connections.owned.get(service):
            found |= {f"{prefix}_DATABASE_URL": owned, f"{prefix}_RUNNING_ROLE": running_role(service)}
        return found

    def _defaults(self, member: str) -> dict[str, str]:
        principal_key = self._keys.signing_key("gateway-principal")
        shared = {
            "NCCE_ENVIRONMENT": "development",
            "PRINCIPAL_KEYS": key_set(public_part(principal_key)),
            "PYTHONUNBUFFERED": "1",
        }
        if member == GATEWAY:
            operators = {"GATEWAY_ADMIN_PORT": str(self._ports.get(GATEWAY_ADMIN, 0))}
            here = {"GATEWAY_HOST": processes.LOOPBACK, **operators}
            return {**shared, "GATEWAY_PRINCIPAL_KEY": json.dumps(principal_key), **here}
        public_url = f"http://{processes.LOOPBACK}:{self._ports[Part(GATEWAY, 'serve').name]}"
        shared[f"{member.upper()}_AUDIT_KEYS"] = key_set(self._keys.signing_key(f"{member}-audit"))
        if member == "hubs":
            own = {
                "HUBS_DOCUMENT_DIRECTORY": str(self._home.documents),
                "HUBS_DOCUMENT_KEYS": key_set(self._keys.sealing_key("hubs-documents")),
            }
            return {**shared, **own, "HUBS_PUBLIC_URL": public_url}
        if member == "identity":
            token_keys = key_set(self._keys.signing_key("identity-token"))
            own = {
                "IDENTITY_TOKEN_KEYS": token_keys,
                "IDENTITY_FACTOR_KEYS": key_set(self._keys.sealing_key("identity-factors")),
                "IDENTITY_PUBLIC_URL": public_url,
                # The demo's staff are to be tried out by password; everywhere else they need a second factor.
                "IDENTITY_SECOND_FACTOR_ROLES": "[]",
            }
            hooks = {
                "IDENTITY_WEBHOOK_KEYS": key_set(self._keys.sealing_key("identity-webhooks")),
                "IDENTITY_WEBHOOKS_TO_THIS_MACHINE": "true",
            }
            return {**shared, **own, **hooks, "IDENTITY_MAILDIR": str(self._home.mail)}
        if member == "certification":
            signing = key_set(self._keys.signing_key("certification-signing"))
            badges = key_set(self._keys.badge_key("certification-badges"))
            heads = key_set(self._keys.signing_key("certification-heads"))
            own = {
                "CERTIFICATION_SIGNING_KEYS": signing,
                "CERTIFICATION_HEAD_KEYS": heads,
                "CERTIFICATION_BADGE_KEYS": badges,
                "CERTIFICATION_EVIDENCE_DIRECTORY": str(self._home.evidence),
                "CERTIFICATION_EVIDENCE_KEYS": key_set(self._keys.sealing_key("certification-evidence")),
            }
            return {**shared, **own, "CERTIFICATION_PUBLIC_URL": public_url}
        if member == "funding":
            payees = {"FUNDING_PAYEE_KEYS": key_set(self._keys.sealing_key("funding-payees"))}
            # The demo's staff have no second factor that they could prove anew.
            return {**shared, **payees, **SANDBOX_BANK, "FUNDING_RECENT_PROOF_MINUTES": "0"}
        return shared

    def _service(self, part: Part) -> dict[str, str]:
        service, prefix = part.member, part.member.upper()
        beside = "work" if part.mode == "serve" else part.mode
        ports = {
            variable: str(port)
            for mode, variable in (("serve", f"{prefix}_PORT"), (beside, f"{prefix}_WORK_PORT"))
            if (port := self._ports.get(Part(service, mode).name))
        }
        return {
            **ports,
            f"{prefix}_HOST": processes.LOOPBACK,
            f"{prefix}_DATABASE_URL": self._connections.databases[service],
            "NATS_URL": self._connections.nats_url,
            "NATS_MONITOR_URL": self._connections.nats_monitor_url,
        }

    def _gateway(self) -> dict[str, str]:
        found = {
            f"GATEWAY_{service.upper()}_URL": f"http://{processes.LOOPBACK}:{port}"
            for service in SERVICES
            if (port := self._ports.get(Part(service, "serve").name))
        }
        found |= sandbox.settings_for_gateway(sandbox.home_within(self._home))
        own_port = str(self._ports[Part(GATEWAY, "serve").name])
        return {**found, "GATEWAY_PORT": own_port, "NATS_URL": self._connections.nats_url}


def is_foreign(variable: str, member: str) -> bool:
    """Whether a variable is another member's setting, which may hold a secret."""
    return any(variable.startswith(f"{other.upper()}_") for other in MEMBERS if other != member)
