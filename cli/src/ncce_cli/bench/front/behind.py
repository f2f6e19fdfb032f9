"""The gateway and nginx before a real service, which is what limits both."""

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from chassis.principal import HEADER, Principal
from ncce_cli import processes
from ncce_cli.bench.front import targets
from ncce_cli.bench.front.comparison import OURS, rig_running
from ncce_cli.bench.front.load import How
from ncce_cli.bench.front.rounds import Gate, report, run_rounds
from ncce_cli.bench.rig import rig as platform_rig
from ncce_cli.parts import Part

GATES = (Gate("through a real service / the same through nginx", OURS, "nginx", 0.75),)
PATH = "/v1/schools/900001"
CONNECTIONS = 16


def behind_service(rounds: int, seconds: float, tell: Callable[[str], None]) -> dict[str, object]:
    """Reads of one school from hubs, with its database. nginx sends a statement about the caller signed beforehand."""
    with tempfile.TemporaryDirectory(prefix="ncce-bench-") as home, platform_rig(Path(home)) as platform:
        asyncio.run(platform.prepare("hubs"))
        service = platform.start(Part("hubs", "serve"), core=0)
        statement = platform.vouched("hubs", Principal(kind="anonymous"))[HEADER]
        with rig_running() as rig:
            vouched = targets.nginx(
                rig.root, processes.free_port(), service, f'proxy_set_header {HEADER} "{statement}";'
            )
            rig.add(replace(vouched, answers=False))
            rig.add(targets.gateway(rig.root, processes.free_port(), rig.behind, service, platform.home.secrets))
            how: How = {"credentials": rig.tokens, "connections": CONNECTIONS, "path": PATH}
            entries = [rig.entry("nginx", **how), rig.entry("gateway", OURS, **how)]
            return report(run_rounds(rig.load, entries, rounds, seconds, tell), GATES)
