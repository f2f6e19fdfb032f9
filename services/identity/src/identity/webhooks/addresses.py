"""Which addresses the platform calls for partners: public ones, by https, under a name."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

HTTPS_PORT = 443
URL_LENGTH_MAX = 2000
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]")
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
_PATH = re.compile(r"[\x21-\x7e]*")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_V4_IN_V6 = tuple(ipaddress.IPv6Network(net) for net in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48"))
"""Networks whose addresses end in an IPv4 address: the deprecated compatible form, and translators (NAT64)."""
_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that is given out to the public internet."""
_NEVER = tuple(
    ipaddress.ip_network(net)
    for net in (
        *("168.63.129.16/32", "192.88.99.0/24", "192.0.0.0/24", "198.18.0.0/15", "100.64.0.0/10"),
        *("2001::/23", "3fff::/20"),
    )
)
"""Not all of these are private by the registry's word, nor by that of every Python 3.11, which is by its patches of
several minds: a cloud's metadata, relays, benchmarks, the protocols' own assignments, documentation."""


class UrlRefused(ValueError):
    """Nothing is ever sent to this URL."""


@dataclass(frozen=True)
class Target:
    """Where a URL leads, not yet looked up."""

    host: str
    port: int
    is_secure: bool
    path: str
    """With the query."""

    @property
    def authority(self) -> str:
        """For the Host header."""
        usual = HTTPS_PORT if self.is_secure else 80
        return self.host if self.port == usual else f"{self.host}:{self.port}"


def read_url(url: str, *, allow_private: bool) -> Target:
    """Where a URL leads, or UrlRefused. `allow_private`: this machine too, on any port, without TLS."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UrlRefused("It cannot be read.") from error
    host = (parts.hostname or "").lower()
    is_local = allow_private and (host in _LOCAL or f"[{host}]" in _LOCAL)
    if parts.scheme != "https" and not (is_local and parts.scheme == "http"):
        raise UrlRefused("It must begin with https://.")
    if parts.username is not None or parts.password is not None or parts.fragment or "\\" in url:
        raise UrlRefused("It must have no user name, no password and no fragment.")
    if not is_local and not _NAME.fullmatch(host):
        raise UrlRefused("Its host must be a name such as hooks.example.org, not an address.")
    if not is_local and port not in (None, HTTPS_PORT):
        raise UrlRefused(f"Its port must be {HTTPS_PORT}.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if len(url) > URL_LENGTH_MAX or not _PATH.fullmatch(path):
        raise UrlRefused("Write it in ASCII, with what else there is as %XX, in at most 2,000 characters.")
    is_secure = parts.scheme == "https"
    return Target(host, port or (HTTPS_PORT if is_secure else 80), is_secure, path)


def is_public(address: str) -> bool:
    """Whether an address is on the public internet, whatever form it hides in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_plain(found) and found.is_global and not found.is_multicast and not found.is_reserved


def _is_plain(address: Address) -> bool:
    """Whether an address is what it says: none that a translator or a tunnel would take for an IPv4 address."""
    if any(address.version == net.version and address in net for net in _NEVER):
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    if address not in _UNICAST:
        return False
    holds_another = address.ipv4_mapped or address.sixtofour or address.teredo
    return holds_another is None and not any(address in net for net in _V4_IN_V6)
