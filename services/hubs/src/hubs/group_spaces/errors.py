"""Refusals of a group's space."""

from chassis.errors import Conflict, Forbidden, NotFound, TooManyRequests, Unprocessable


class SpaceNotFound(NotFound):
    """There is no such group, or the caller is not of it."""

    code, title = "group-space-not-found", "No such space of yours"


class SpacePartNotFound(NotFound):
    """The space has no such topic, post or report that the caller may see."""

    code, title = "group-space-part-not-found", "No such topic, post or report in this space"


class SpaceClosed(Conflict):
    """The group has ended: its space is read and no longer written in."""

    code, title = "group-space-closed", "The group has ended"


class TopicLocked(Conflict):
    """Moderators locked the topic."""

    code, title = "topic-locked", "The topic is locked"


class PostNotOpen(Conflict):
    """The post is withdrawn or hidden, so that it does not take what was asked."""

    code, title = "post-not-open", "The post does not allow that now"


class ReplyUnknown(Unprocessable):
    """A reply answers a post of the same topic."""

    code, title = "reply-unknown", "The topic has no such post to answer"


class PostingTooFast(TooManyRequests):
    """The caller wrote as much as anybody may for now. Nothing was stored."""

    code, title = "posting-too-fast", "Too many posts in a short time"


class NotYoursToModerate(Forbidden):
    """The group's leads and the hub's staff moderate, and nobody what they wrote themselves."""

    code, title = "not-yours-to-moderate", "Somebody else moderates this"


class PostReportDecided(Conflict):
    """The report was decided the other way."""

    code, title = "post-report-decided", "The report was decided already"


class NothingCredited(Conflict):
    """The group's project credits no contributions, not this one, or not to this person."""

    code, title = "contribution-not-credited", "This contribution earns no credit"
