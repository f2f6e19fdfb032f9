"""Refusals about moderation and its policy."""

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class PolicyNotFound(NotFound):
    """No version of that number."""

    code, title = "moderation-policy-not-found", "No such version of the moderation policy"

    def __init__(self) -> None:
        super().__init__("GET /v1/moderation/policies lists the versions there are.")


class PolicyAlreadyApproved(Conflict):
    """A version is approved once."""

    code, title = "moderation-policy-approved", "The version is approved already"

    def __init__(self) -> None:
        super().__init__("This version is approved already; propose another to change the policy.")


class PolicyBeginsTooEarly(Unprocessable):
    """What has been drawn was drawn under the policy of its day."""

    code, title = "moderation-policy-too-early", "A policy begins tomorrow at the earliest"

    def __init__(self) -> None:
        super().__init__("A policy cannot change what was decided by the one before: let it begin on a later day.")


class OwnPolicy(Forbidden):
    """A policy takes two people."""

    code, title = "moderation-policy-own", "You proposed this version yourself"

    def __init__(self) -> None:
        super().__init__("Another administrator approves what you proposed.")


class UnknownActivities(Unprocessable):
    """The policy names activities that no catalogue has."""

    code, title = "moderation-policy-activities-unknown", "The policy names unknown activities"

    def __init__(self, activities: list[str]) -> None:
        super().__init__(f"The catalogue does not know {', '.join(activities[:5])}.", activities=activities)


class NothingToAudit(Conflict):
    """Only what was accepted, and has not been looked at twice, can be looked at once more."""

    code, title = "log-entry-not-auditable", "This entry is not there for a second look"

    def __init__(self, status: str) -> None:
        super().__init__(f"This entry is {status}, or has had its second look.")


class NotClaimed(Conflict):
    """The entry is not in the caller's hands."""

    code, title = "log-entry-not-claimed", "You have not taken this entry"

    def __init__(self) -> None:
        super().__init__("Claim the entry first; a claim lapses after a while.")
