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
from ncce_cli.errors import MissingTool
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
            self._say(_chain(port))

    def turn(self, port: int, fate: Fate) -> None:
        """From now on packets of this port fare so."""
        self._say("; ".join((f"flush chain inet ncce at_{port}", *_rules(port, fate))))

    def _say(self, script: str) -> None:
        subprocess.run([self._program, script], env=self._environment, check=True)


def why_not() -> str:
    """Why this machine cannot lose packets, if it cannot. Asked outside, since a network of its own leads nowhere."""
    try:
        program, environment = find()
        every_rule = "; ".join((_chain(9), *(rule for fate in Fate for rule in _rules(9, fate))))
        command = [*INSIDE, str(program), every_rule]
        tried = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)
    except (MissingTool, OSError) as error:
        return str(error)
    return "" if tried.returncode == 0 else f"No network of its own, or no rules in it: {tried.stderr}"


def _chain(port: int) -> str:
    chain = "{ type filter hook output priority 0; policy accept; }"
    return f"add table inet ncce; add chain inet ncce at_{port} {chain}"


def _rules(port: int, fate: Fate) -> Sequence[str]:
    return [f"add rule inet ncce at_{port} tcp {rule.format(port=port)}" for rule in RULES[fate]]


def find() -> tuple[Path, Mapping[str, str]]:
    """The program nft and what it needs in its environment, unpacked first where it is missing. MissingTool."""
    if found := shutil.which("nft"):
        return Path(found), os.environ
    program = HOME / "usr" / "sbin" / "nft"
    for package in () if program.is_file() else PACKAGES[::-1]:
        unpack(package, HOME, NEEDED)
    libraries = [*HOME.glob("usr/lib/*-linux-gnu"), *HOME.glob("lib/*-linux-gnu")]
    return program, {"LD_LIBRARY_PATH": ":".join(map(str, libraries))}
