"""An explanation in sentences."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from chassis.clock import ENGLAND
from funding.spreadsheets import pounds

if TYPE_CHECKING:
    from funding.explanations.schemas import AttemptPart, Explanation

MET = {"met": "met", "not_met": "not met", "unknown": "not known"}


def sentences(told: "Explanation") -> list[str]:
    """The whole of it, one thought a sentence."""
    return [
        *_payment(told),
        *_claim(told),
        *_decision(told),
        *_evidence(told),
        *_afterwards(told),
        *_people(told),
    ]


def day(at: datetime) -> str:
    """A day as people write it, in England."""
    return f"{at.astimezone(ENGLAND):%d %B %Y}".lstrip("0")


def _days(days: Decimal) -> str:
    return f"{days.normalize():f} day{'' if days == 1 else 's'}"


def _payment(told: "Explanation") -> list[str]:
    paid, amount = told.payment, pounds(told.payment.amount_pence)
    whom = f"{paid.payee_name} ({paid.payee_urn})" if paid.payee_name else f"school {paid.payee_urn}"
    lot = f", lot {paid.lot}" if paid.lot is not None else ""
    when = f"was paid on {day(paid.released_at)}" if paid.released_at else "is in a payment run and not paid yet"
    first = [f"{amount} for {whom} {when}.", f"It came from the budget {paid.budget} of the fund {paid.fund}{lot}."]
    return first + [_came_back(one) for one in told.attempts if one.returned_at is not None]


def _came_back(one: "AttemptPart") -> str:
    assert one.returned_at is not None
    return (
        f"The bank sent payment {one.attempt} of the claim ({one.reference}) back, code {one.return_code}: the ledger "
        f"took the opposite entry on {day(one.returned_at)}, and it was owed again."
    )


def _claim(told: "Explanation") -> list[str]:
    bursary, claim = told.bursary, told.claim
    found = [
        f"It is the bursary for booking {bursary.booking_id} of course {bursary.course_code}, {_days(bursary.days)}, "
        f"applied for on {day(bursary.applied_at)}."
    ]
    if bursary.approved_at is not None:
        found.append(f"The bursary was approved on {day(bursary.approved_at)}: {bursary.approval_reason}")
    found.append(f"It was claimed on {day(claim.submitted_at)}.")
    if claim.decided_at is not None:
        found.append(f"The claim was approved on {day(claim.decided_at)}: {claim.reason}")
    return found


def _decision(told: "Explanation") -> list[str]:
    decided = told.decision
    found = [
        f"{decided.policy_title}, version {decided.policy_version}, in force from {decided.policy_effective_from}, "
        f"decided ({decided.policy_source}).",
        f"It said {decided.outcome}: {decided.reason}",
    ]
    found += [
        f"{line.item.capitalize()}: {_days(line.days)} at {pounds(line.rate_pence)} make {pounds(line.amount_pence)}."
        for line in decided.trace
    ]
    found += [
        f"{one.title}: {MET[one.outcome]}, by {one.source}" + (f" of {one.as_of}." if one.as_of else ".")
        for one in decided.criteria
    ]
    again = "comes out the same" if decided.is_replayed else "does NOT come out the same"
    return [*found, f"Made again now from the stored facts, the decision {again}."]


def _evidence(told: "Explanation") -> list[str]:
    shown = told.evidence
    if shown is None:
        return ["No completion of the course is on record."]
    state = "It still counts." if shown.counts else "It does not count any more."
    return [f"The register shows the course completed on {shown.completed_on} (entry {shown.completion_id}). {state}"]


def _afterwards(told: "Explanation") -> list[str]:
    listed = [f"It stands on the statement of {one.month} with {pounds(one.amount_pence)}." for one in told.statements]
    return listed + [
        f"Of it {pounds(one.amount_pence)} have to come back ({one.because.replace('_', ' ')}): {one.status}, "
        f"{pounds(one.recovered_pence)} came back, {pounds(one.written_off_pence)} were written off."
        for one in told.recoveries
    ]


def _people(told: "Explanation") -> list[str]:
    people = told.people or []
    return [f"{one.person_id} {one.step}" + (f" on {day(one.at)}." if one.at else ".") for one in people]
