"""Refusals about delegates."""

from chassis.errors import Unprocessable


class DelegatesNotAsked(Unprocessable):
    """The project sends no delegates to this, or it has no such occasion; `activities` are those it sends some to."""

    code, title = "delegates-not-asked", "Nobody is sent to this"


class DelegateUnknown(Unprocessable):
    """Only leads and participants of the group are sent, each once."""

    code, title = "delegate-unknown", "This person is not in the group"
