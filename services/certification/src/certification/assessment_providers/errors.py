"""Refusals about providers and their results."""

from chassis.errors import Conflict, ContentTooLarge, NotFound, Unauthenticated, Unavailable


class AssessmentProviderNotFound(NotFound):
    """No provider of that name, or another organisation's."""

    code, title = "assessment-provider-not-found", "No such provider"

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is no assessment provider {slug!r}.")


class AssessmentProviderExists(Conflict):
    """The name is taken."""

    code, title = "assessment-provider-exists", "There is such a provider"

    def __init__(self) -> None:
        super().__init__("There is a provider of this name.")


class AssessmentProviderNotReady(Unavailable):
    """No secret is set up for the provider, so nobody could be sent there."""

    code, title = "assessment-provider-not-ready", "The provider cannot be reached"

    def __init__(self) -> None:
        super().__init__("The provider of this assessment is not set up yet.", retry_after_seconds=3600)


class WebhookNotGenuine(Unauthenticated):
    """No signature of the provider's, or one that is more than five minutes old."""

    code, title = "webhook-not-genuine", "The signature does not verify"

    def __init__(self) -> None:
        super().__init__("Sign webhook-id, webhook-timestamp and the body with your secret, as of now.")


class ResultTooLarge(ContentTooLarge):
    """A result is a few hundred bytes."""

    code, title = "result-too-large", "The result is too large"

    def __init__(self, most: int) -> None:
        super().__init__(f"A result may have {most} bytes.")


class ProviderResultNotFound(NotFound):
    """No result of that id from this provider."""

    code, title = "provider-result-not-found", "No such result"

    def __init__(self) -> None:
        super().__init__("There is no such result.")


class ResultNotWaiting(Conflict):
    """Only what waits for a person is decided on."""

    code, title = "provider-result-not-waiting", "The result does not wait for a decision"

    def __init__(self, status: str) -> None:
        super().__init__(f"This result is {status}.")


class ResultCannotCount(Conflict):
    """It says nothing that could be applied to an attempt."""

    code, title = "provider-result-cannot-count", "The result cannot be applied"
