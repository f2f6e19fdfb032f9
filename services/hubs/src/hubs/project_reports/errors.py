"""Refusals of reports."""

from chassis.errors import Conflict, NotFound, Unprocessable


class ReportNotFound(NotFound):
    """There is no such report, or it is not the caller's to see."""

    code, title = "report-not-found", "No such report"


class ReportClosed(Conflict):
    """The report is handed in, accepted or no longer owed, so that it does not take what was asked."""

    code, title = "report-closed", "The report does not allow that now"


class ReportIncomplete(Unprocessable):
    """The report lacks what its project asks for; `missing` names it."""

    code, title = "report-incomplete", "The report is not complete"


class ReportAnswersWrong(Unprocessable):
    """An outcome is answered twice, or is none that this report is asked for."""

    code, title = "report-answers-wrong", "The answers do not fit the report"


class ReportOwn(Conflict):
    """Whoever handed a report in does not decide on it."""

    code, title = "report-own", "Somebody else decides on this report"
