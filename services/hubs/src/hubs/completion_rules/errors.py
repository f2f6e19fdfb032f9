"""Refusals of completion rules."""

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class CompletionRuleNotFound(NotFound):
    """There is no such rule."""

    code, title = "completion-rule-not-found", "There is no such rule"


class CompletionRuleDecided(Conflict):
    """The version has been approved or refused."""

    code, title = "completion-rule-decided", "The rule has been decided"


class CompletionRuleNeedsAnother(Forbidden):
    """Who proposed a rule does not decide on it."""

    code, title = "completion-rule-needs-another", "Another person decides on the rule"


class CompletionRuleOfNothing(Unprocessable):
    """The rule is for a course or a programme that there is not."""

    code, title = "completion-rule-of-nothing", "The rule applies to nothing"
