"""Refusals about thresholds."""

from chassis.errors import Unprocessable


class ActivityUnknown(Unprocessable):
    """No approved activity has the code."""

    code, title = "activity-unknown", "No approved activity has this code"


class ThresholdNotAhead(Unprocessable):
    """A threshold begins on a day to come, so that it never changes what was decided."""

    code, title = "threshold-not-ahead", "A threshold begins tomorrow at the earliest"
