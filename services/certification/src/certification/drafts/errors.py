"""Refusals about drafts of rules."""

from certification.proposals.errors import AnothersDraft, DayGoneBy, DraftOfOneself, NoSuchDraft, StepOutOfTurn


class DraftNotFound(NoSuchDraft):
    """No draft has this id."""

    code, title = "scheme-draft-not-found", "No such draft"
    listed_at = "/v1/scheme-drafts"


class DraftOfAnother(AnothersDraft):
    """Only the author changes a draft, so that it is known who may not approve it."""

    code, title = "scheme-draft-of-another", "The draft is another person's"


class OwnDraft(DraftOfOneself):
    """Rules are approved by a second person."""

    code, title = "own-scheme-draft", "A second person decides"


class DraftNotReady(StepOutOfTurn):
    """The step is not the draft's next one."""

    code, title = "scheme-draft-not-ready", "Not the draft's next step"


class DraftTooLate(DayGoneBy):
    """Rules take effect from a day to come, and after the rules before them."""

    code, title = "scheme-draft-too-late", "The day of effect has passed"
    what = "Rules"
