"""Parts of this service's cursors. Each parser raises ValueError on what its list never wrote."""

from datetime import datetime

LARGEST_POSITION = 2**63 - 1


def instant(part: str) -> datetime:
    """An aware instant."""
    parsed = datetime.fromisoformat(part)
    if parsed.tzinfo is None:
        raise ValueError(f"{part} has no time zone")
    return parsed


def position(part: str) -> int:
    """A place in a numbered list."""
    parsed = int(part)
    if not 0 <= parsed <= LARGEST_POSITION:
        raise ValueError(f"{part} is no position")
    return parsed
