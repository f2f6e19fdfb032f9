"""The operator's file of modulus weights, read once."""

from functools import lru_cache
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from funding.payees.rules import Weighing, read_weights
from funding.settings import settings_in


def weights(session: AsyncSession) -> tuple[Weighing, ...]:
    """The weights that this process has; none when the operator gave no file."""
    return _read(settings_in(session).modulus_weights_file)


@lru_cache(maxsize=4)
def _read(path: str) -> tuple[Weighing, ...]:
    return tuple(read_weights(Path(path).read_text(encoding="ascii").splitlines())) if path else ()
