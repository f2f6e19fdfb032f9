"""Refusals about OAuth clients."""

from chassis.errors import Conflict, NotFound


class OAuthClientNotFound(NotFound):
    """No such client, or it is not the caller's to manage."""

    code, title = "oauth-client-not-found", "No such OAuth client"

    def __init__(self) -> None:
        super().__init__("There is no client with this id among those you manage.")


class TooManyOAuthClients(Conflict):
    """An organisation has so many clients that nobody knows them all."""

    code, title = "too-many-oauth-clients", "Too many OAuth clients"

    def __init__(self, limit: int) -> None:
        super().__init__(f"An organisation has at most {limit} clients per environment. Revoke one first.")


class ClientHasNoSecret(Conflict):
    """The client proves itself with a key, or the other way round."""

    code, title = "oauth-client-otherwise", "This client proves itself in another way"

    def __init__(self, way: str) -> None:
        super().__init__(f"This client was registered for {way}. Register another for the other way.")
