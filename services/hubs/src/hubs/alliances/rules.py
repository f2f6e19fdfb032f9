"""How large an alliance should be, and what its application for set-up funds says; no database here."""

from collections.abc import Collection
from dataclasses import dataclass

from hubs.schools.models import SchoolPhase
from hubs.stem_plans.document import Assumption, PlanVersion

SET_UP_CARD, CENTRE_CARD = "stem-hub-set-up", "stem-centre"
"""Funding's grant cards of a hub and of a centre: what they grant stands there."""
YOUNGER: frozenset[SchoolPhase] = frozenset({"primary", "all_through"})
OLDER: frozenset[SchoolPhase] = frozenset({"secondary", "all_through", "post_16"})


@dataclass(frozen=True)
class AllianceFinding:
    """What is unusual about an alliance; what is decisive keeps it from asking to be a hub."""

    code: str
    says: str
    source: str
    is_decisive: bool = False


def findings(plan: PlanVersion, phases: Collection[SchoolPhase]) -> list[AllianceFinding]:
    """What to say of an alliance of schools of these phases, one for each school."""
    found, schools = [], len(phases)

    def note(code: str, says: str, rests_on: Assumption, *, is_decisive: bool = False) -> None:
        found.append(AllianceFinding(code, says, plan.assumptions[rests_on].source, is_decisive))

    least = plan.figure("alliance_schools_at_least")
    usual = (plan.figure("alliance_schools_expected_from"), plan.figure("alliance_schools_expected_to"))
    if schools < least:
        says = f"{schools} schools have consented; a hub has at least {least}."
        note("too-few-schools", says, "alliance_schools_at_least", is_decisive=True)
    elif schools < usual[0]:
        says = f"{schools} schools have consented; {usual[0]} to {usual[1]} are expected."
        note("fewer-schools-than-expected", says, "alliance_schools_expected_from")
    elif schools > usual[1]:
        says = f"{schools} schools have consented; {usual[0]} to {usual[1]} are expected."
        note("more-schools-than-expected", says, "alliance_schools_expected_to")
    if phases and not (YOUNGER & set(phases) and OLDER & set(phases)):
        note("ages-not-covered", "The schools do not cover ages 5 to 19.", "schools_per_hub")
    return found
