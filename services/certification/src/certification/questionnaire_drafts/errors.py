"""Refusals about drafts of questionnaires."""

from certification.proposals.errors import AnothersDraft, DayGoneBy, DraftOfOneself, NoSuchDraft, StepOutOfTurn


class QuestionnaireDraftNotFound(NoSuchDraft):
    """No draft has this id."""

    code, title = "questionnaire-draft-not-found", "No such draft"
    listed_at = "/v1/questionnaire-drafts"


class QuestionnaireDraftOfAnother(AnothersDraft):
    """Only the author changes a draft, so that it is known who may not approve it."""

    code, title = "questionnaire-draft-of-another", "The draft is another person's"


class OwnQuestionnaireDraft(DraftOfOneself):
    """Questionnaires are approved by a second person."""

    code, title = "own-questionnaire-draft", "A second person decides"


class QuestionnaireDraftNotReady(StepOutOfTurn):
    """The step is not the draft's next one."""

    code, title = "questionnaire-draft-not-ready", "Not the draft's next step"


class QuestionnaireDraftTooLate(DayGoneBy):
    """A version takes effect from a day to come, and after the version before it."""

    code, title = "questionnaire-draft-too-late", "The day of effect has passed"
    what = "Questionnaires"
