"""Refusals about drafts of policies."""

from datetime import date
from uuid import UUID

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class PolicyDraftNotFound(NotFound):
    """There is no such draft."""

    code, title = "policy-draft-not-found", "No such draft"

    def __init__(self, draft_id: UUID, listed_at: str) -> None:
        super().__init__(f"There is no draft {draft_id}. GET {listed_at} lists them.")


class PolicyDraftOfAnother(Forbidden):
    """Only the author changes a draft, so that it is known who may not approve it."""

    code, title = "policy-draft-of-another", "The draft is another person's"


class OwnPolicyDraft(Forbidden):
    """A policy is approved by a second person."""

    code, title = "own-policy-draft", "A second person decides"


class PolicyDraftNotReady(Conflict):
    """The step is not the draft's next one."""

    code, title = "policy-draft-not-ready", "Not the draft's next step"


class PolicyTooLate(Conflict):
    """A policy takes effect on a day to come, after the versions before it."""

    code, title = "policy-too-late", "The day of effect has passed"

    def __init__(self, earliest: date) -> None:
        super().__init__(f"Rules do not change for days gone by. The earliest day is {earliest}.")


class BudgetUnknown(Unprocessable):
    """The policy is to be paid from a budget that is not open."""

    code, title = "policy-budget-unknown", "No such budget"
