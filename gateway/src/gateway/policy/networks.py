"""Where a request comes from, and whether its credential may be used there."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
Networks = tuple[Network, ...]


def read_networks(texts: Iterable[str]) -> Networks:
    """Networks in CIDR notation; ValueError when one is not."""
    return tuple(ip_network(text, strict=False) for text in texts)


@lru_cache(maxsize=4096)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return parsed.ipv4_mapped or parsed if isinstance(parsed, IPv6Address) else parsed


def is_within(address: str, networks: Networks) -> bool:
    """Whether an address is in one of the networks. One that cannot be read is in none."""
    parsed = _address(address)
    return parsed is not None and any(parsed in network for network in networks)


@lru_cache(maxsize=4096)
def source_of(address: str) -> str:
    """What counts as one source: an IPv4 address, or the /64 that an IPv6 customer is given."""
    if ":" not in address:
        return address
    parsed = _address(address)
    return str(IPv6Address(int(parsed) >> 64 << 64)) if isinstance(parsed, IPv6Address) else str(parsed or address)
