"""Refusals about API keys."""

from chassis.errors import Conflict, NotFound, Unauthenticated


class OrganisationNotFound(NotFound):
    """No such organisation, or its keys are not the caller's to manage."""

    code, title = "organisation-not-found", "No such organisation"

    def __init__(self) -> None:
        super().__init__("Choose an organisation whose keys you manage.")


class ApiKeyNotFound(NotFound):
    """No such key, or it is not the caller's to manage."""

    code, title = "api-key-not-found", "No such API key"

    def __init__(self) -> None:
        super().__init__("There is no key with this id among those you manage.")


class TooManyApiKeys(Conflict):
    """Two keys suffice to change from one to the next; a third would be forgotten somewhere."""

    code, title = "too-many-api-keys", "Two keys are in use already"

    def __init__(self, limit: int) -> None:
        super().__init__(f"An organisation has at most {limit} working keys per environment. Revoke one first.")


class ApiKeyNotValid(Unauthenticated):
    """The key is malformed, unknown, revoked or expired; which of them is not told."""

    code, title = "api-key-not-valid", "The API key is not valid"

    def __init__(self) -> None:
        super().__init__("Check the key, and whether it was revoked or has expired.")
