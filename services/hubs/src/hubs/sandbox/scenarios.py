"""The scenarios of every organisation: learners and reports in each of the states that there are.

Numbers that begin with `sandbox-` are those of docs/guide/sandbox.md, where a table says what each of them is for.
"""

from datetime import timedelta

from chassis import clock
from contracts.sandbox import COLLEAGUES, KNOWN
from hubs.completions.schemas import BatchIn

ACTIVITY = "CO005"
NOT_OURS = "sandbox-not-ours"
DAYS_AGO = timedelta(days=14)

_REPORTS: tuple[dict[str, object], ...] = (
    {"external_id": "sandbox-recorded", "external_learner_id": "sandbox-known", "teacher_id": str(KNOWN.id)},
    {
        "external_id": "sandbox-queued",
        "external_learner_id": "sandbox-ambiguous",
        "school_urn": COLLEAGUES[0].school_urn,
    },
    {"external_id": "sandbox-below", "external_learner_id": "sandbox-known", "activity_code": "CO007", "percent": "10"},
    {"external_id": "sandbox-not-ours", "external_learner_id": NOT_OURS},
    {"external_id": "sandbox-withdrawn", "revision": 2, "withdrawn": True},
)


def reports() -> BatchIn:
    """What an organisation has reported when it begins."""
    usual = {"activity_code": ACTIVITY, "percent": "100", "hours": "3.5", "completed_on": str(clock.today() - DAYS_AGO)}
    rows = [one if one.get("withdrawn") else usual | one for one in _REPORTS]
    return BatchIn.model_validate({"completions": rows})
