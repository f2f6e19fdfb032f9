"""Refusals about assessments and question banks."""

from chassis.errors import Conflict, Forbidden, NotFound


class AssessmentNotFound(NotFound):
    """No assessment of that name, or another organisation's."""

    code, title = "assessment-not-found", "No such assessment"

    def __init__(self) -> None:
        super().__init__("There is no such assessment. GET /v1/assessments lists them.")


class AssessmentExists(Conflict):
    """The name is taken, or the scheme has an assessment already."""

    code, title = "assessment-exists", "There is such an assessment"

    def __init__(self) -> None:
        super().__init__("Each scheme has one assessment, and each assessment a name of its own.")


class QuestionBankNotFound(NotFound):
    """No bank has this id, or another organisation keeps it."""

    code, title = "question-bank-not-found", "No such question bank"

    def __init__(self) -> None:
        super().__init__("There is no question bank with this id. GET /v1/question-banks lists yours.")


class QuestionBankOfAnother(Forbidden):
    """Only the author changes a draft, so that it is known who may not approve it."""

    code, title = "question-bank-of-another", "The draft is another person's"

    def __init__(self) -> None:
        super().__init__("Only its author changes a draft. Make one of your own from its content.")


class OwnQuestionBank(Forbidden):
    """Questions are approved by a second person."""

    code, title = "own-question-bank", "A second person decides"

    def __init__(self) -> None:
        super().__init__("You wrote this bank. Another assessor has to decide on it.")


class QuestionBankNotReady(Conflict):
    """The step is not the bank's next one."""

    code, title = "question-bank-not-ready", "Not the bank's next step"

    def __init__(self, step: str, status: str) -> None:
        super().__init__(f"This bank is {status}; {step}.")


class ProviderUnknown(Conflict):
    """The bank names a provider that is not set up."""

    code, title = "assessment-provider-unknown", "No such provider"

    def __init__(self, provider: str) -> None:
        super().__init__(f"No assessment provider {provider!r} is set up here.")


class QuestionNotFound(NotFound):
    """The published bank has no such question."""

    code, title = "question-not-found", "No such question"

    def __init__(self, name: str) -> None:
        super().__init__(f"The published bank has no question {name!r}.")


class TooFewQuestions(Conflict):
    """Without it no paper could be made."""

    code, title = "too-few-questions", "Too few questions would be left"

    def __init__(self, topic: str, wanted: int) -> None:
        super().__init__(
            f"A paper has {wanted} questions on {topic}, and that is all there are. Publish a bank with more first."
        )
