"""What a failed statement means. Judged by SQLSTATE: the driver's exception classes say too little."""

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

AWAY = ("08", "28", "3D", "53", "57P", "25006")
"""Connection lost or refused, no such role or database now, out of resources, shutting down, a standby."""

PASSING = ("40", "25P03", "55P03", "57014")
"""Deadlock or serialisation failure, idle too long, a lock not had, a statement cut off: may go well next time."""

UNSTORABLE = ("22000", "22003", "22021", "22P05")
"""A value no column of its type can hold: NUL in a text, a number out of range."""


def is_away(error: BaseException) -> bool:
    """Whether the database could not be asked: says nothing about what was asked of it."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or _state(error).startswith(AWAY)
    return isinstance(error, OSError | PoolTimeout)


def is_passing(error: SQLAlchemyError) -> bool:
    """Whether trying the same again is right."""
    return is_away(error) or _state(error).startswith(PASSING)


def is_unstorable(error: SQLAlchemyError) -> bool:
    """Whether a value was refused as such, whatever the table."""
    return _state(error) in UNSTORABLE


def _state(error: SQLAlchemyError) -> str:
    return getattr(getattr(error, "orig", None), "sqlstate", None) or ""
