"""A network of a test's own in which packets are lost: the loopback of a namespace, and rules of nftables in it.

A proxy's connections are whole on both of its sides. Here the kernel repeats what nobody confirms, and one end can
believe in a connection that the other has given up.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from ncce_cli.debian import unpack
from ncce_cli.parts import ROOT

HOME = ROOT / ".tools" / "nftables"
PACKAGES = (
    "nftables",
    "libnftables1",
    "libnftnl11",
    "libmnl0",
    "libjansson4",
    "libxtables12",
    "libedit2",
    "libbsd0",
    "libmd0",
    "libgmp10",
)
NEEDED = "Losing packets needs nft: apt-get install nftables, or apt-get and dpkg to unpack it."
INSIDE = ("unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$0" "$@"')
"""Before a command that is to have a network of its own. Only root can make one."""


class Fate(StrEnum):
    """What becomes of packets to and from a port."""

    FAIR = "fair"
    SOME = "some"
    """A third of them is lost, either way."""
    SILENT = "silent"
    """All are."""
    MUTE = "mute"
    """Those to the port are lost."""
    DEAF = "deaf"
    """Those from it are."""
    REFUSED = "refused"
    """Who asks is told that there is no such connection, and the other end is not told."""


RULES: Mapping[Fate, Sequence[str]] = {
    Fate.FAIR: (),
    Fate.SOME: ("dport {port} numgen random mod 3 0 drop", "sport {port} numgen random mod 3 0 drop"),
    Fate.SILENT: ("dport {port} drop", "sport {port} drop"),
    Fate.MUTE: ("dport {port} drop",),
    Fate.DEAF: ("sport {port} drop",),
    Fate.REFUSED: ("dport {port} reject with tcp reset",),
}


class Packets:
    """The rules of the namespace that this process runs in."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._program, self._environment = find()
        for port in ports:
            chain = "{ type filter hook output priority 0; policy accept; }"
            self._say(f"add table inet ncce; add chain inet ncce at_{port} {chain}")

    def turn(self, port: int, fate: Fate) -> None:
        """From now on packets of this port fare so."""
        rules = (f"add rule inet ncce at_{port} tcp {rule.format(port=port)}" for rule in RULES[fate])
        self._say("; ".join((f"flush chain inet ncce at_{port}", *rules)))

    def _say(self, script: str) -> None:
        subprocess.run([self._program, script], env=self._environment, check=True)


def find() -> tuple[Path, Mapping[str, str]]:
    """The program nft and what it needs in its environment, unpacked first where it is missing. MissingTool."""
    if found := shutil.which("nft"):
        return Path(found), os.environ
    program = HOME / "usr" / "sbin" / "nft"
    for package in () if program.is_file() else PACKAGES[::-1]:
        unpack(package, HOME, NEEDED)
    libraries = [*HOME.glob("usr/lib/*-linux-gnu"), *HOME.glob("lib/*-linux-gnu")]
    return program, {"LD_LIBRARY_PATH": ":".join(map(str, libraries))}
