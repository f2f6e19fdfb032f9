"""What an activity earns under a version of a scheme, and what a second report of it adds."""

from dataclasses import dataclass
from decimal import Decimal

from certification.credits.amounts import rounded_credits
from certification.schemes.requirements import ActivityKind, Facts
from certification.schemes.rules import SchemeRules
from contracts.certification import Component

ZERO = Decimal(0)


@dataclass(frozen=True)
class Earned:
    """Credits in a component, for the hours they were computed from."""

    component: Component
    credits: Decimal
    hours: Decimal


@dataclass(frozen=True)
class Held:
    """What the ledger holds for one activity so far."""

    credits: Decimal = ZERO
    hours: Decimal = ZERO
    entries: int = 0


def credits_earned(
    rules: SchemeRules, kind: ActivityKind, hours: Decimal, published_credits: Decimal, facts: Facts | None = None
) -> Earned | None:
    """What an activity is worth under the rules; None when this version gives nothing for such activity.

    Hours times rate is exact to four places; anything finer is rounded half up. `published_credits` are what the
    catalogue gave when the activity was recorded; where that was not kept, what it gives now counts.
    """
    rule = rules.credit_rule(kind, facts)
    if rule is None:
        return None
    override = rules.override_for(facts) if facts else None
    if override is not None:
        worth = override.credits
    elif rule.credits is None:
        worth = published_credits or (facts.published_credits if facts else ZERO)
    else:
        worth = rule.credits * hours if rule.basis == "per_hour" else rule.credits
    if rule.at_most is not None:
        worth = min(worth, rule.at_most)
    return Earned(rule.component, rounded_credits(worth), hours)


def top_up(earned: Earned, held: Held) -> Earned | None:
    """What a report adds to what its activity has earned already; None when nothing.

    An activity is worth the largest report of it, so the sum is the same in whatever order reports arrive, and nothing
    that counted towards a certificate is ever taken back by a later one.
    """
    if earned.credits <= held.credits:
        return None
    return Earned(earned.component, earned.credits - held.credits, max(earned.hours - held.hours, ZERO))
