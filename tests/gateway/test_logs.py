"""Log lines of the gateway have the form of the services', and quote nobody."""

import json
import logging
import sys
from typing import Any

from gateway.logs import Lines

WORDS = "an address of a person"


def record(event: str, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("gateway.front", logging.WARNING, __file__, 1, event, None, more.pop("exc_info", None))
    made.known = more
    return made


def test_a_line_says_what_happened_and_what_is_known() -> None:
    line = json.loads(Lines("json").format(record("upstream.unreachable", service="hubs")))
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "upstream.unreachable", "service": "hubs", "level": "warning"}
    assert json.loads(Lines("json").format(record("events.interrupted")))["service"] == "gateway"
    assert Lines("console").format(record("routing.kept", reason="no")).endswith("warning  routing.kept reason=no")


def test_of_an_error_a_line_has_the_place_and_not_the_words() -> None:
    try:
        try:
            int("the name of a person")
        except ValueError as error:
            raise RuntimeError(WORDS) from error
    except RuntimeError:
        line = Lines("json").format(record("request.failed", exc_info=sys.exc_info()))
    assert "RuntimeError" in line
    assert "because of ValueError" in line
    assert "test_logs.py" in line
    assert "invalid literal" not in line
    assert WORDS not in line
