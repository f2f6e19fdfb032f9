"""The explanation of a payment on a grant in sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from funding.explanations.wording import day
from funding.spreadsheets import pounds

if TYPE_CHECKING:
    from funding.grant_explanations.schemas import GrantExplanation


def sentences(told: "GrantExplanation") -> list[str]:
    """The whole of it, one thought a sentence."""
    parts = (_paid, _asked, _award, _calculated, _funders, _people)
    return [sentence for part in parts for sentence in part(told)]


def _paid(told: "GrantExplanation") -> Iterator[str]:
    owed = told.owed
    lot = f", lot {owed.lot}" if owed.lot is not None else ""
    yield f"{pounds(owed.amount_pence)} for {owed.payee_name} has been owed since {day(owed.ready_at)}."
    yield f"It comes from the budget {owed.budget} of the fund {owed.fund}{lot}."
    for one in told.payments:
        when = f"was released on {day(one.released_at)}" if one.released_at else "is in a run and not released"
        yield f"Payment {one.attempt}, {one.reference}, {when}; it is {one.status}."


def _asked(told: "GrantExplanation") -> Iterator[str]:
    asked = told.asked
    what = "It was drawn" if asked.kind == "grant_drawdown" else "It was claimed for days and travel"
    of = f" from the instalment {asked.instalment} ({asked.condition})" if asked.instalment else ""
    yield f"{what}{of} on {day(asked.asked_at)}."
    for one in asked.evidence:
        yield f"Evidence: {one}."
    for line in asked.lines:
        yield f"{line.what} on {line.happened_on}: {line.quantity} at {pounds(line.rate_pence)} ({line.evidence})."
    if asked.decided_at is not None:
        yield f"That was approved on {day(asked.decided_at)}: {asked.reason}"


def _award(told: "GrantExplanation") -> Iterator[str]:
    award = told.award
    yield f"It is part of the award {award.title}, {award.reference}, of {pounds(award.amount_pence)}."
    if award.application_id is not None:
        yield f"The award came of application {award.application_id}, scored with {award.application_percent} per cent."
    if award.decided_at is not None:
        yield f"The award was approved on {day(award.decided_at)}: {award.decision_reason}"
    if award.accepted_at is not None:
        yield f"The recipient agreed to {award.agreement_reference} on {day(award.accepted_at)}."


def _calculated(told: "GrantExplanation") -> Iterator[str]:
    held = told.calculated
    card = held.calculation
    yield f"Card {card.card}, version {card.version}, {held.card_title} ({held.card_source}), says what it comes to."
    for line in card.lines:
        amount = "in kind" if line.in_kind else pounds(line.amount_pence)
        yield f"{line.label}: {line.quantity} at {pounds(line.rate_pence)} make {amount} ({line.source})."
    again = "comes out the same" if held.is_replayed else "does NOT come out the same"
    yield f"Calculated again now from the stored inputs, it {again}."


def _funders(told: "GrantExplanation") -> Iterator[str]:
    for one in told.funders:
        where = f", claimed from {one.claimed_from}, {one.status.replace('_', ' ')}" if one.is_external else ""
        yield f"{one.title} pays {pounds(one.amount_pence)} of the award{where}."


def _people(told: "GrantExplanation") -> Iterator[str]:
    for one in told.people or []:
        yield f"{one.person_id} {one.step}" + (f" on {day(one.at)}." if one.at else ".")
