"""Refusals about networks."""

from chassis.errors import NotFound, Unprocessable


class NetworkNotFound(NotFound):
    """There is no such network, or not in this year."""

    code, title = "network-not-found", "There is no such network"


class NetworkHubNotFound(NotFound):
    """The hub does not take part in the network in this year."""

    code, title = "network-hub-not-found", "The hub does not take part"


class NetworkFactUnknown(Unprocessable):
    """The network's document asks no such thing of hubs, or asks it otherwise."""

    code, title = "network-fact-unknown", "Hubs are not asked for this"


class NetworkTargetWrong(Unprocessable):
    """The target names a project that is not the network's."""

    code, title = "network-target-wrong", "The target cannot be set"


class NetworkDaysWrong(Unprocessable):
    """The last day is before the first."""

    code, title = "network-days-wrong", "The days are in the wrong order"
