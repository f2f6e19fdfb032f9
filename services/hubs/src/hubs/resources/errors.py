"""Refusals of the resource bank."""

from chassis.errors import Conflict, Forbidden, Gone, NotFound, Unprocessable


class ResourceNotFound(NotFound):
    """There is no such resource, or none that the caller may see or change."""

    code, title = "resource-not-found", "There is no such resource"


class ResourceWithdrawn(Gone):
    """The resource was published and is not any more."""

    code, title = "resource-withdrawn", "The resource was withdrawn"


class VocabularyUnknown(Unprocessable):
    """A topic or aim is not on the controlled list, or an aim is of a key stage that the resource is not for."""

    code, title = "not-in-vocabulary", "Use the topics and aims of the list"


class VersionOpen(Conflict):
    """One version of a resource at a time is on its way to being published."""

    code, title = "resource-version-open", "Another version is being prepared"


class VersionNotOpen(Conflict):
    """The version is submitted, in review or published: its content is not changed."""

    code, title = "resource-version-fixed", "This version cannot be changed"


class VersionNotInReview(Conflict):
    """The version does not wait for a reviewer."""

    code, title = "resource-version-not-in-review", "This version is not in review"


class ReviewTaken(Conflict):
    """Another reviewer has the version in hand."""

    code, title = "review-taken", "Another moderator reviews it"


class OwnResource(Forbidden):
    """Nobody reviews, uses or rates what is their own or their organisation's."""

    code, title = "own-resource", "This resource is yours"


class WithdrawalStands(Conflict):
    """There is no withdrawal that this could end, or the same was withdrawn already."""

    code, title = "withdrawal-stands", "The withdrawal cannot be changed so"


class AnotherModeratorNeeded(Forbidden):
    """Who withdrew a resource does not bring it back."""

    code, title = "another-moderator-needed", "Another moderator decides"


class UseNotRecorded(Conflict):
    """A resource is rated by those who used it."""

    code, title = "use-not-recorded", "Record that you used it first"


class CommentNotFound(NotFound):
    """There is no such comment."""

    code, title = "comment-not-found", "There is no such comment"


class CommentDecided(Conflict):
    """The comment does not, or no longer, wait for a decision."""

    code, title = "comment-decided", "The comment has been decided on"
