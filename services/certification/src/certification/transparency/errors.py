"""Refusals about the log."""

from chassis.errors import NotFound, Unprocessable


class LogTooShort(NotFound):
    """The log has not been that long, or no head was signed at that length."""

    code, title = "log-too-short", "The log has no such place"

    def __init__(self) -> None:
        super().__init__("The log is not that long. GET /v1/transparency/head tells its length.")


class LogSizesReversed(Unprocessable):
    """A proof leads from an older head to a newer one."""

    code, title = "log-sizes-reversed", "The older size is the greater"

    def __init__(self) -> None:
        super().__init__("Give as `older` the size that the log had first, and as `newer` the size that it had later.")
