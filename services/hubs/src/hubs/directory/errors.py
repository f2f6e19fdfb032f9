"""Refusals of the directory."""

from chassis.errors import BadRequest, Conflict, NotFound


class HubNotFound(NotFound):
    """There is no such hub."""

    code, title = "hub-not-found", "No such hub"


class HubClosed(Conflict):
    """The hub takes no new members."""

    code, title = "hub-closed", "The hub is closed"


class LookupAmbiguous(BadRequest):
    """A lookup is by postcode or by school, one of them."""

    code, title = "lookup-needs-one-parameter", "Send postcode or urn, one of them"


class NoHubs(NotFound):
    """The directory is empty."""

    code, title = "no-hubs", "The directory holds no open hub"
