"""What the platform consists of: the members, and the processes that run them."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SERVICES = ("identity", "hubs", "certification", "funding")
GATEWAY = "gateway"
GATEWAY_ADMIN = "gateway-admin"
"""What the gateway's second port is called among the ports, where numbers are read."""
MEMBERS = (*SERVICES, GATEWAY)


@dataclass(frozen=True)
class Part:
    """One process: `python -m <member> [<mode>]`."""

    member: str
    mode: str

    @property
    def name(self) -> str:
        return self.member if self.member == GATEWAY else f"{self.member}-{self.mode}"

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("-m", self.member, self.mode)


# In the order in which they are started; each kind starts together.
PARTS = (
    *(Part(service, "serve") for service in SERVICES),
    *(Part(service, "work") for service in SERVICES),
    Part("identity", "webhooks"),
    Part(GATEWAY, "serve"),
)


def running_role(service: str) -> str:
    """What a service's processes are called in its database, as with compose; `migrate` gives it its rights."""
    return f"{service}_run"
