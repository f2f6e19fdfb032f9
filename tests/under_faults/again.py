"""Whether a platform does what it did before: something of each kind, by clients that have not stopped asking."""

from collections import Counter
from functools import partial

from real_parts import until
from under_faults.load import Load

AGAIN_SECONDS = 240.0
KINDS = ("allocations", "bookings", "completions:batch")


async def all_is_done_again(load: Load, *more: str) -> None:
    """Wait until something of each kind has been done from now on."""
    await until(partial(_is_done, load, load.journal.done.copy(), (*KINDS, *more)), AGAIN_SECONDS)


async def _is_done(load: Load, before: Counter[str], kinds: tuple[str, ...]) -> bool:
    load.raise_early()
    since = load.journal.done - before
    return all(any(name.startswith(kind) for name in since) for kind in kinds)
