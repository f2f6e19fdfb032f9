"""Refusals about completions."""

from chassis.errors import Forbidden, NotFound


class PartnerUnknown(Forbidden):
    """The API key names no organisation."""

    code, title = "organisation-required", "The key belongs to no organisation"


class CompletionNotFound(NotFound):
    """The partner has reported nothing under this number; what others reported is not shown."""

    code, title = "completion-not-found", "There is no such completion"
