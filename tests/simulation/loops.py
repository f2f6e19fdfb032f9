"""What a service does in the background, as it does it: its own loops, which sleep by the simulation's time."""

from chassis.service import Background, ServiceContext
from harness import ServiceHarness
from simulation.actors import Actor, Crashed, Program
from simulation.scheduler import Scheduler


def add_loops(scheduler: Scheduler, service: ServiceHarness, *loops: Background) -> None:
    """Let these run; one that crashes is begun again, as another process would."""
    context = ServiceContext(service.running, service.settings)
    for loop in loops:
        scheduler.add(loop.__name__, _again_and_again(scheduler, loop, context), is_endless=True)


def _again_and_again(scheduler: Scheduler, loop: Background, context: ServiceContext) -> Program:
    async def act(actor: Actor) -> None:
        while True:
            try:
                await loop(context)
            except Crashed:
                scheduler.note(actor.name, "is started again")

    return act
