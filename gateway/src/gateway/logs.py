"""Log lines as the services write them, by the standard library alone: what they use weighs as much as the gateway.

Of an error a line has types and places, but no messages, which may quote people's data.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Literal

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
SERVICE: Final = "gateway"


class Log:
    """What a module has to say: an event's name, and what is known of it."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def info(self, event: str, **known: object) -> None:
        """As it should be."""
        self._logger.info(event, extra={"known": known})

    def warning(self, event: str, **known: object) -> None:
        """Something is away, or was done wrong by others."""
        self._logger.warning(event, extra={"known": known})

    def error(self, event: str, **known: object) -> None:
        """Something has to be done by whoever runs the platform."""
        self._logger.error(event, extra={"known": known})

    def exception(self, event: str, **known: object) -> None:
        """A fault of ours, with the error being handled."""
        self._logger.error(event, extra={"known": known}, exc_info=True)


class Lines(logging.Formatter):
    """One line for each record, the libraries' as well."""

    def __init__(self, style: Literal["json", "console"]) -> None:
        super().__init__()
        self._is_json = style == "json"

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        known: dict[str, object] = {**getattr(record, "known", {})}
        if record.exc_info:
            known["exception"] = frames_of(record.exc_info)
        level, event = record.levelname.lower(), record.getMessage()
        if self._is_json:
            told = {"service": SERVICE, **known, "event": event, "level": level, "timestamp": at}
            return json.dumps(told, default=str)
        return " ".join([at, f"{level:8}", event, *(f"{name}={value}" for name, value in known.items())])


def configure_logs(level: str, style: Literal["json", "console"]) -> None:
    """Send every line to standard output, those of libraries only if they warn."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Lines(style))
    logging.basicConfig(handlers=[handler], level=max(logging.WARNING, logging.getLevelName(level)), force=True)
    logging.getLogger("gateway").setLevel(level)
    logging.getLogger("__main__").setLevel(level)


def frames_of(exc_info: ExcInfo) -> str:
    """An error and what caused it: types and places."""
    error: BaseException | None = exc_info[1]
    parts: list[str] = []
    while error is not None:
        parts.append(f"{type(error).__qualname__}\n{''.join(traceback.format_tb(error.__traceback__))}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "because of ".join(parts)
