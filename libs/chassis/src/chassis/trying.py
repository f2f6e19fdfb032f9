"""The guard of what goes on whatever its parts do: a loop, or letters that are handled one by one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")


async def tried(work: Callable[P, Awaitable[Result]], *arguments: P.args, **named: P.kwargs) -> Result | Exception:
    """What comes of the work, or the error that it ended with, which the caller records. A cancellation passes through.

    Handlers and loops are code of services over a driver and a broker's client: what they raise cannot be listed.
    """
    try:
        return await work(*arguments, **named)
    except Exception as error:  # noqa: BLE001  given to the caller
        return error


def end_if_asked() -> None:
    """Raise CancelledError if this task was asked to end: what goes on after errors asks before each round.

    A cancellation that meets an error on its way out is lost, and a group of tasks says it only once: the loop would go
    on, and its process would not end. Not for a task that runs a group: with Python 3.11 that counts as asked as well.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
