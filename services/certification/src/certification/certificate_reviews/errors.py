"""Refusals about reviews of certificates."""

from chassis.errors import Conflict, Forbidden, NotFound


class ReviewNotFound(NotFound):
    """No review has this id."""

    code, title = "certificate-review-not-found", "No such review of a certificate"

    def __init__(self) -> None:
        super().__init__("There is no review with this id. GET /v1/certificate-reviews lists them.")


class ReviewClosed(Conflict):
    """A review is decided once; another correction opens another."""

    code, title = "certificate-review-closed", "The review is closed"

    def __init__(self) -> None:
        super().__init__("This review was decided already.")


class RecommendationWaits(Conflict):
    """One recommendation at a time."""

    code, title = "certificate-review-recommended", "A recommendation waits"

    def __init__(self) -> None:
        super().__init__("Somebody has recommended what to do. Another administrator has to decide on that first.")


class NothingRecommended(Conflict):
    """There is nothing to decide on yet."""

    code, title = "certificate-review-without-recommendation", "Nothing is recommended yet"

    def __init__(self) -> None:
        super().__init__("Recommend first whether to keep or to revoke; another administrator decides.")


class OwnRecommendation(Forbidden):
    """A second person decides."""

    code, title = "own-certificate-review", "A second person decides"

    def __init__(self) -> None:
        super().__init__("You recommended this. Somebody else has to decide on it.")
